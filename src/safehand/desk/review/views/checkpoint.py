"""The checkpoint of the custody log, to print and lodge. It holds nothing of any record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safehand.desk.custody.giving import verifier
from safehand.desk.intake.log_alarms import log_alarm_known
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.lodging import files, have_signed, look
from safehand.desk.review.presenters.checkpoint import checkpoint_page
from safehand.errors import CannotRead, CheckFailed, SafehandError
from safehand.model.digest import sha256_of

_CONFLICT = 409


@needs(Ability.LODGE_CHECKPOINTS)
@require_http_methods(["GET", "HEAD", "POST"])
def checkpoint(request: HttpRequest) -> HttpResponse:
    """GET: what was signed last. POST: have it signed as it stands."""
    officer = signed_in(request)
    problem: SafehandError | None = None
    if request.method == "POST":
        try:
            have_signed(officer)
        except (CannotRead, CheckFailed) as err:
            problem = err
        else:
            messages.success(request, "The log is signed as it stands. Print this page and lodge it.")
            return redirect("log:checkpoint")
    page = None
    try:
        lodging = look(officer)
        page = checkpoint_page(lodging) if lodging is not None else None
    except CannotRead as err:
        problem = err
    said = f"{problem.found} Tell whoever looks after this desk." if problem is not None else ""
    shown = {"page": page, "problem": said, "sha256": sha256_of(verifier())}
    return render(request, "review/checkpoint.html", shown, status=_CONFLICT if problem is not None else 200)


@needs(Ability.LODGE_CHECKPOINTS)
@require_safe
def checkpoint_files(request: HttpRequest) -> HttpResponse:
    """The checkpoint as files, with what lets others check it; back to the page where there is none to give."""
    try:
        given = files(signed_in(request))
    except CannotRead:
        given = None
    if given is None:
        return redirect("log:checkpoint")
    answer = HttpResponse(given.data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return answer


@needs(Ability.LODGE_CHECKPOINTS)
@require_POST
def alarm_known(request: HttpRequest, alarm: int) -> HttpResponse:
    """Whoever lodges checkpoints knows of an alarm of the log."""
    log_alarm_known(signed_in(request), alarm)
    messages.success(request, "It is written down that you said so.")
    return redirect("log:checkpoint")
