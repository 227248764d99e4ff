"""Asking how far a report is, with its check code. The code is posted, and stands in no address."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safehand.desk.core.address import counted_as
from safehand.desk.handover.models import Progress
from safehand.desk.handover.page import page
from safehand.desk.handover.progress import Sent, ask_progress
from safehand.desk.handover.refusals import Refusal, Refused

_WRONG: Final = "This code opens nothing. Look at your receipt: the code has 16 letters and digits."
_LONGEST: Final = 100
"""Characters looked at: a code with blanks and dashes has some thirty."""


@csrf_exempt  # nobody is signed in here, and no cookie is set for it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """GET: the question. POST: how far it is."""
    if request.method != "POST":
        return page(request, "progress_ask.html", with_exit=True, back="handover:start")
    code = str(request.POST.get("code", ""))[:_LONGEST]
    try:
        sent = ask_progress(code, counted_as(request))
    except Refused as refused:
        if refused.refusal is Refusal.TOO_OFTEN:
            return page(request, "progress_wait.html", with_exit=True, back="handover:progress", status=429)
        shown = {"wrong": _WRONG, "code": code}
        return page(request, "progress_ask.html", with_exit=True, back="handover:start", status=400, **shown)
    steps = [(each, _steps(each)) for each in sent]
    return page(request, "progress.html", with_exit=True, back="handover:progress", sent=steps)


def _steps(sent: Sent) -> list[tuple[str, str]]:
    """Each step's words, and whether it is done, now or next."""
    steps = list(Progress)
    at = steps.index(sent.progress)
    where = ["done" if place < at else "now" if place == at else "next" for place in range(len(steps))]
    return [(str(step.label), status) for step, status in zip(steps, where, strict=True)]
