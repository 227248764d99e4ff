"""Who saw what, when and why: the custody entries of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.actions import who_saw_what as look
from safehand.desk.review.forms import PurposeForm
from safehand.desk.review.giving_proof import may_give
from safehand.desk.review.presenters.seen import seen_page


@needs(Ability.SEE_LOG)
@require_safe
def who_saw_what(request: HttpRequest, reference: str) -> HttpResponse:
    """First the question why, then the entries."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    form = PurposeForm(request.GET) if "purpose" in request.GET or "asked" in request.GET else PurposeForm()
    page = None
    if form.is_bound and form.is_valid():
        page = seen_page(look(officer, case, form.chosen(), form.cleaned_data["before"]))
    shown = {"case": case, "form": form, "page": page, "heading": "Who saw what", "here": "seen"}
    shown |= {"may_give": may_give(officer, case)}
    return render(request, "review/who_saw_what.html", shown, status=400 if form.errors else 200)
