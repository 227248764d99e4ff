"""Handing in a package."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from safehand.desk.core.views import too_large
from safehand.desk.custody.actions import NotRecorded
from safehand.desk.custody.evidence_store import EvidenceStore, TooLarge
from safehand.desk.intake.actions import receive
from safehand.desk.intake.forms import HandInForm
from safehand.desk.intake.presenters import present_already
from safehand.desk.intake.uploads import Streamed
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.errors import CannotWrite, NotRecognised, SafehandError

_ENVELOPE = 64 * 1024
"""Bytes a browser puts round the file in a form, and then some."""


@needs(Ability.HAND_IN)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """The form, and the file. The token is looked at by _hand_in, after the file's way in has been laid."""
    if request.method != "POST":
        return _form(request, HandInForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.LARGEST_PACKAGE + _ENVELOPE:
        return too_large(request, settings.LARGEST_PACKAGE)
    with EvidenceStore(settings.STATE).begin(settings.LARGEST_PACKAGE) as incoming:
        upload = Streamed(incoming, request)
        request.upload_handlers = [upload]
        return _hand_in(request, upload)


@csrf_protect
def _hand_in(request: HttpRequest, upload: Streamed) -> HttpResponse:
    form = HandInForm(request.POST, request.FILES)
    if isinstance(upload.problem, TooLarge):
        return too_large(request, settings.LARGEST_PACKAGE)
    if upload.problem is not None:
        return _refused(request, upload.problem)
    if not form.is_valid():
        return _form(request, form)
    officer = signed_in(request)
    try:
        received = receive(officer, upload.incoming)
    except NotRecorded:
        raise  # NothingUnrecorded says that one
    except (NotRecognised, CannotWrite) as problem:  # it ended before it was seen to be sealed; the disk is full
        return _refused(request, problem)
    if received.new:
        return redirect("intake:report", received.package.case.reference)
    return _form(request, HandInForm(), already=present_already(officer, received.package))


def _refused(request: HttpRequest, problem: SafehandError) -> HttpResponse:
    status = 503 if isinstance(problem, CannotWrite) else 400
    return _form(request, HandInForm.refused(str(problem)), status=status)


def _form(request: HttpRequest, form: HandInForm, *, status: int | None = None, **shown: object) -> HttpResponse:
    return render(
        request,
        "intake/hand_in.html",
        {"form": form, "largest": settings.LARGEST_PACKAGE, "already": None, **shown},
        status=status or (400 if form.errors else 200),
    )
