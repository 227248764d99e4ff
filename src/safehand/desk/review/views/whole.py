"""Where the record may not be whole, and which conversations are one in two exports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.comparing import list_gaps
from safehand.desk.review.forms import AfterForm
from safehand.desk.review.presenters.whole import whole_page


@needs(Ability.READ_MESSAGES)
@require_safe
def whole(request: HttpRequest, reference: str) -> HttpResponse:
    """Kinds, counts and places. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    asked = AfterForm(request.GET)
    if not asked.is_valid():
        raise Http404
    page = whole_page(list_gaps(officer, case, asked.cleaned_data["after"] or 0))
    shown = {"case": case, "page": page, "heading": "Is it whole?", "here": "whole"}
    return render(request, "review/whole.html", shown)
