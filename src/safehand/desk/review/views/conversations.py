"""The conversations of a case, by letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.cases.not_read import not_read_of
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import list_conversations, open_case
from safehand.desk.review.presenters.conversations import conversation_rows


@needs(Ability.READ_MESSAGES)
@require_safe
def conversations(request: HttpRequest, reference: str) -> HttpResponse:
    """What there is to read."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    listed = list_conversations(officer, case)
    not_read = not_read_of(case.package).sentences
    shown = {
        "case": case,
        "rows": conversation_rows(listed),
        "words_looked_for": listed.words_looked_for,
        "not_read": not_read,
        "heading": "Conversations",
        "here": "conversations",
    }
    return render(request, "review/conversations.html", shown)
