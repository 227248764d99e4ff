"""The first-mention table of a case, one conversation at a time: ``?conversation=2``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.mentions import list_mentions
from safehand.desk.review.presenters.mentions import mentions_page
from safehand.desk.review.views.reader import message_number


@needs(Ability.READ_MESSAGES)
@require_safe
def first_mentions(request: HttpRequest, reference: str) -> HttpResponse:
    """Tags, counts and places. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = mentions_page(list_mentions(officer, case, message_number(request.GET.get("conversation"))))
    shown = {"case": case, "page": page, "heading": "First mentions", "here": "mentions"}
    return render(request, "review/mentions.html", shown)
