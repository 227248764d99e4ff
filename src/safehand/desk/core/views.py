"""The front door, and the pages of error. None of these knows anything of a case."""

from __future__ import annotations

import sys
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from safehand.desk.core.health import ready

_OF_HOLDERS: Final = {
    "403.html": "refused",
    "404.html": "lost",
    "413.html": "too-big",
    "500.html": "failed",
    "cannot_write.html": "not-kept",
}
"""What a holder reads in place of a page of the desk's: its name in data/holder-words.json."""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """An officer who is signed in starts from the inbox, and everybody else from the page for holders."""
    if settings.ROLE.opens and (request.user.is_authenticated or not settings.ROLE.takes_in):
        return redirect("triage:inbox")
    return redirect("handover:start")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """The desk answers. Says nothing of what is in it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def health_ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Can it serve a page? For a proxy; what is wrong is said on the loopback port alone (core/listening.py)."""
    serves = ready()
    said, status = ("ready\n", 200) if serves else ("not ready\n", 503)
    return HttpResponse(said, content_type="text/plain; charset=utf-8", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something the desk cannot make sense of. 413 where it was a form that is too big."""
    if isinstance(exception, RequestDataTooBig) and _is_holders(request):
        return _trouble(request, "413.html", status=413)
    return _trouble(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: this officer may not do this."""
    return _trouble(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was not from this desk, or its cookie is gone."""
    if _is_holders(request):
        return _trouble(request, "403.html", status=403)
    return render(request, "403.html", {"form_expired": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing here, or nothing for this officer. The page is the same."""
    return _trouble(request, "404.html", status=404)


def too_large(request: HttpRequest, largest: int) -> HttpResponse:
    """413: the file is larger than this desk takes."""
    return render(request, "413.html", {"largest": largest}, status=413)


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """429: too many wrong passwords. The same page whoever's password it was."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """500: something went wrong. Nothing of what it was is shown; the log says where.

    503 when it is the database that cannot go on: its disk is full, or it may not be written to.
    """
    if isinstance(sys.exception(), OperationalError | InternalError):
        return _trouble(request, "cannot_write.html", status=503)
    return _trouble(request, "500.html", status=500)


def not_recorded(request: HttpRequest) -> HttpResponse:
    """503: the custody entry could not be written, so nothing is shown."""
    return render(request, "503.html", status=503)


def _trouble(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """The desk's page, or under the holders' addresses theirs: it speaks of 999 and of nothing they cannot know."""
    name = ""
    if _is_holders(request):
        name = _OF_HOLDERS.get(template, "lost")
        template = "handover/lost.html" if status < 500 else "handover/failed.html"
    return render(request, template, {"unit": "", "page_name": name}, status=status)


def _is_holders(request: HttpRequest) -> bool:
    return settings.ROLE.takes_in and request.path.startswith("/report/")
