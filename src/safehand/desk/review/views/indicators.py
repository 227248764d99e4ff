"""What the rules point to in a conversation, rule by rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.pointing import list_indicators
from safehand.desk.review.presenters.indicators import indicators_page


@needs(Ability.READ_MESSAGES)
@require_safe
def indicators(request: HttpRequest, reference: str, conversation: int) -> HttpResponse:
    """Rules, counts and places. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = indicators_page(list_indicators(officer, case, conversation))
    heading = f"What the rules point to in conversation {conversation}"
    shown = {"case": case, "page": page, "heading": heading, "here": "conversations", "current": "true"}
    return render(request, "review/indicators.html", shown)
