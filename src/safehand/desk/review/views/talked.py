"""When they talked: the pictures of a conversation, or of all of a case.

GET   ?reading=second         days that can be read two ways are drawn at their second reading
      ?from=2026-01-04        the first day of the cadence; the nearest there is, where it lies outside
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.casefile.talked import Reading
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.case_talking import show_case_talked
from safehand.desk.review.presenters.case_talked import case_talked_page
from safehand.desk.review.presenters.talked import talked_page
from safehand.desk.review.talking import show_talked

_SHOWN: Final = {"heading": "When they talked", "here": "conversations", "current": "true"}


@needs(Ability.READ_MESSAGES)
@require_safe
def talked(request: HttpRequest, reference: str, conversation: int) -> HttpResponse:
    """Pictures and their tables. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = talked_page(show_talked(officer, case, conversation, *_asked(request)))
    return render(request, "review/talked.html", {**_SHOWN, "case": case, "page": page})


@needs(Ability.READ_MESSAGES)
@require_safe
def case_talked(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of all conversations of a case."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = case_talked_page(show_case_talked(officer, case, *_asked(request)))
    return render(request, "review/case_talked.html", {**_SHOWN, "case": case, "page": page})


def _asked(request: HttpRequest) -> tuple[Reading, date | None]:
    reading = Reading.SECOND if request.GET.get("reading") == "second" else Reading.FIRST
    return reading, _day(request.GET.get("from"))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise Http404 from err
