"""The custody log of the desk, for an auditor or a supervisor: who did what, when and why, and no message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.every_entry import every_entry
from safehand.desk.review.forms import LogForm
from safehand.desk.review.presenters.seen import seen_page


@needs(Ability.SEE_EVERY_LOG)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """First the question why, then the entries."""
    officer = signed_in(request)
    form = LogForm(request.GET) if "purpose" in request.GET or "asked" in request.GET else LogForm()
    page, case = None, ""
    if form.is_bound and form.is_valid():
        case = form.cleaned_data["case"]
        page = seen_page(every_entry(officer, form.chosen(), case, form.cleaned_data["before"]))
    shown = {"form": form, "page": page, "of_case": case}
    return render(request, "review/log.html", shown, status=400 if form.errors else 200)
