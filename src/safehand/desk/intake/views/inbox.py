"""The inbox: what came in, most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.intake.left_presenters import left_sentences
from safehand.desk.intake.notice_presenters import notice_rows
from safehand.desk.intake.presenters import present_inbox
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability


@needs(Ability.SEE_INBOX)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """References, states and counts of the officer's own cases; urgent notices, without a word of any. No evidence."""
    officer = signed_in(request)
    shown = {"inbox": present_inbox(officer), "notices": notice_rows(officer), "left": left_sentences()}
    return render(request, "intake/inbox.html", shown)
