"""The page "Has it happened?": what became of the meetings of a report whose time has passed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.core import say
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import open_report, show_triage
from safehand.desk.triage.happened import answer_meeting, newest_answer, past_meetings
from safehand.desk.triage.happened_form import HappenedForm
from safehand.desk.triage.presenters.happened import PastRow, answer_rows, past_rows
from safehand.errors import UsageError


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def happened(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: what is asked, and what was answered. POST: an answer."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    past = past_rows(past_meetings(case))
    form = HappenedForm(past, request.POST) if request.method == "POST" and past else None
    wrong = _why_not(officer, case, form) if form is not None else ""
    if form is not None and form.is_valid() and not wrong:
        messages.success(request, "It is written down with your name, and the suggestion was made again with it.")
        return redirect("triage:triage", reference)
    shown = show_triage(officer, case)
    past, after = past_rows(shown.past), newest_answer(shown.answers)
    if form is not None and wrong:
        form = _as_typed(request, past, after, wrong)
    given = {
        "case": case,
        "heading": "Has it happened?",
        "here": "triage",
        "current": "true",
        "past": past,
        "answers": answer_rows(shown.answers, shown.past),
        "may_decide": shown.may_decide,
        "ask_again": say.stretch(int(settings.ASK_AGAIN_AFTER.total_seconds())),
        "form": form or (HappenedForm(past, after=after) if past else None),
    }
    return render(request, "triage/happened.html", given, status=400 if form is not None else 200)


def _why_not(officer: Officer, case: Case, form: HappenedForm) -> str:
    """Keep the answer. Where it is of a page that is old, why it is not kept; what else is wrong the form says."""
    if form.of_another():
        return "Of the meetings of this report another is asked about since you opened the page: look again."
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_meeting(officer, case, form.about(), form.chosen(), said["reason"], after=said["after"] or 0)
        except UsageError as err:
            return str(err)
    return ""


def _as_typed(request: HttpRequest, past: Sequence[PastRow], after: int, wrong: str) -> HappenedForm:
    """The same words, of what stands now."""
    only = {"meeting": past[0].key} if len(past) == 1 else {}
    again = HappenedForm(past, {**request.POST.dict(), **only, "after": after})
    again.add_error(None, wrong)
    return again
