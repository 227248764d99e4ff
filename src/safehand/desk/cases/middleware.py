"""A case that cannot be read yet has a page that says how far it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safehand.desk.cases.opening import CaseNotReady


class NotReadyYet:
    """Leads to the report of the case."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way through."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:  # noqa: ARG002
        """Django's hook for what a view raised."""
        return redirect("intake:report", exception.reference) if isinstance(exception, CaseNotReady) else None
