"""The conduct review of a case, one conversation at a time: ``?conversation=2``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.presenters.page import conduct_page
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.views.reader import message_number


@needs(Ability.READ_MESSAGES)
@require_safe
def conduct(request: HttpRequest, reference: str) -> HttpResponse:
    """Counts, places and what officers wrote. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = conduct_page(view_conduct(officer, case, message_number(request.GET.get("conversation"))))
    shown = {"case": case, "page": page, "heading": "Conduct review", "here": "conduct"}
    return render(request, "conduct/conduct.html", shown)
