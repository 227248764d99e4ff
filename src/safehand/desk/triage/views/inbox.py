"""The inbox: what came in, most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.intake.left_presenters import left_sentences
from safehand.desk.intake.notice_presenters import notice_rows
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.forms import PageForm
from safehand.desk.triage.presenters.inbox import present_inbox


@needs(Ability.SEE_INBOX)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """References, grades, states and counts; urgent notices, without a word of any. No evidence."""
    officer = signed_in(request)
    own, untaken = PageForm(request.GET).asked()
    shown = {
        "inbox": present_inbox(officer, own, untaken),
        "notices": notice_rows(officer),
        "left": left_sentences(),
    }
    return render(request, "triage/inbox.html", shown)
