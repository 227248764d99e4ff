"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest

from safehand.desk.officers.models import Officer


def signed_in(request: HttpRequest) -> Officer:
    """The officer who asks. Every page but the door is behind LoginRequiredMiddleware, so there is one."""
    officer = request.user
    if not isinstance(officer, Officer):
        raise TypeError("a page without an officer")
    return officer
