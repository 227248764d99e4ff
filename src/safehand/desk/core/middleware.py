"""What every answer of the desk carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_PERMISSIONS = "camera=(), microphone=(), geolocation=(), clipboard-read=(), interest-cohort=()"


def no_store(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No browser or proxy keeps a page of the desk: a page may hold evidence, and a shared machine has a back button.

    Styles and scripts never come this way: whitenoise answers for them first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "no-store, private"
        response["Permissions-Policy"] = _PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if response.get("Content-Type", "").startswith("application/json"):
            # What is meant for a script is never shown as a page, whatever it holds (OWASP ASVS 4.0.3, 14.4.2).
            response.headers.setdefault("Content-Disposition", 'attachment; filename="answer.json"')
        return response

    return middleware
