"""The inbox: what came in, most urgent first; and what left triage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.intake.left_presenters import left_sentences
from safehand.desk.intake.notice_presenters import notice_rows
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.forms import PageForm
from safehand.desk.triage.presenters.inbox import present_inbox, present_left
from safehand.desk.triage.presenters.shift import shift_shown


@needs(Ability.SEE_INBOX)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """References, grades, states and counts; urgent notices, without a word of any. No evidence."""
    officer = signed_in(request)
    page, only = PageForm(request.GET).asked()
    shown = {
        "inbox": present_inbox(officer, page, only),
        "notices": notice_rows(officer),
        "left": left_sentences(),
        "shift": shift_shown(officer),
        "view": only.value,
    }
    return render(request, "triage/inbox.html", shown)


@needs(Ability.SEE_INBOX)
@require_safe
def left_triage(request: HttpRequest) -> HttpResponse:
    """The same of the officer's own that left triage."""
    page, _ = PageForm(request.GET).asked()
    shown = {"list": present_left(signed_in(request), page), "view": "left"}
    return render(request, "triage/left.html", shown)
