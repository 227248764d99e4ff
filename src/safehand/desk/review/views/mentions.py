"""The first-mention table of a case, or of one of its conversations: ``?conversation=2``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.case_mentions import list_case_mentions
from safehand.desk.review.mentions import list_mentions
from safehand.desk.review.presenters.case_mentions import case_mentions_page
from safehand.desk.review.presenters.mentions import mentions_page
from safehand.desk.review.views.reader import message_number


@needs(Ability.READ_MESSAGES)
@require_safe
def first_mentions(request: HttpRequest, reference: str) -> HttpResponse:
    """Tags, counts and places. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    shown = {"case": case, "heading": "First mentions", "here": "mentions"}
    number = message_number(request.GET.get("conversation"))
    if number is None:
        whole = case_mentions_page(list_case_mentions(officer, case))
        return render(request, "review/case_mentions.html", {**shown, "page": whole})
    page = mentions_page(list_mentions(officer, case, number))
    return render(request, "review/mentions.html", {**shown, "page": page})
