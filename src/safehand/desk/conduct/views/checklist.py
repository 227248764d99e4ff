"""The prosecutor's checklist of a case, and answering an item of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from safehand.desk.cases.models import Case
from safehand.desk.conduct.answering import answer_item, item_to_answer, view_checklist
from safehand.desk.conduct.checklist_table import Item
from safehand.desk.conduct.forms import AnswerForm
from safehand.desk.conduct.models import Answered
from safehand.desk.conduct.presenters.checklist import checklist_page
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.errors import UsageError


@needs(Ability.READ_MESSAGES)
@require_safe
def checklist(request: HttpRequest, reference: str) -> HttpResponse:
    """Items, what was declared, and what officers answered. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = checklist_page(view_checklist(officer, case))
    shown = {"case": case, "page": page, "heading": "CPS checklist", "here": "checklist"}
    return render(request, "conduct/checklist.html", shown)


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The form of one item, with nothing chosen; POST keeps the answer."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    item = item_to_answer(officer, case, number)
    form = AnswerForm(case.package, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _kept(officer, case, item, form):
        messages.success(request, f"Item {number} is answered")
        return redirect(f"{reverse('conduct:checklist', args=[reference])}#item-{number}")
    shown = {"case": case, "form": form, "item": item, "heading": f"Item {number} of the CPS checklist"}
    shown |= {"here": "checklist", "current": "true"}
    return render(request, "conduct/answer.html", shown, status=400 if request.method == "POST" else 200)


def _kept(officer: Officer, case: Case, item: Item, form: AnswerForm) -> bool:
    said = form.cleaned_data
    try:
        answer_item(officer, case, item.number, Answered(said["answered"]), said["words"], rests=form.rests())
    except UsageError as err:
        form.add_error("conversation", str(err))
        return False
    return True
