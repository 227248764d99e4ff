"""A message beside the bytes it was read from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case, view_original
from safehand.desk.review.presenters.original import beside


@needs(Ability.READ_MESSAGES)
@require_safe
def original(request: HttpRequest, reference: str, conversation: int, number: int) -> HttpResponse:
    """Source left, message right."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = beside(view_original(officer, case, conversation, number))
    heading = f"Message {page.shown} beside its source"
    shown = {"case": case, "page": page, "heading": heading, "here": "conversations", "current": "true"}
    return render(request, "review/original.html", shown)
