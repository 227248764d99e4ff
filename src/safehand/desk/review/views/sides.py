"""Two exports of one conversation, side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.comparing import read_sides
from safehand.desk.review.forms import AfterForm
from safehand.desk.review.presenters.sides import sides_page


@needs(Ability.READ_MESSAGES)
@require_safe
def sides(request: HttpRequest, reference: str, pair: int) -> HttpResponse:
    """A page of stretches: the same, differing, only in one. A page of the reader: messages stand here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    asked = AfterForm(request.GET)
    if not asked.is_valid():
        raise Http404
    page = sides_page(read_sides(officer, case, pair, asked.cleaned_data["after"] or 0))
    heading = f"Conversations {page.a} and {page.b}, side by side"
    shown = {"case": case, "page": page, "heading": heading, "here": "whole", "current": "true"}
    return render(request, "review/sides.html", shown)
