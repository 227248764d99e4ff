"""The page "Has it happened?": what became of the meetings of a report whose time has passed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import open_report, show_triage
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.happened_form import HappenedForm
from safehand.desk.triage.presenters.happened import answer_rows, past_rows


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def happened(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: what is asked, and what was answered. POST: an answer."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    meetings = past_meetings(case)
    past = past_rows(meetings)
    form = HappenedForm(past, request.POST) if request.method == "POST" and past else None
    if form is not None and form.is_valid():
        answer_meeting(officer, case, form.about(), form.chosen(), form.cleaned_data["reason"])
        messages.success(request, "It is written down with your name, and the suggestion was made again with it.")
        return redirect("triage:triage", reference)
    shown = show_triage(officer, case)
    given = {
        "case": case,
        "heading": "Has it happened?",
        "here": "triage",
        "current": "true",
        "past": past,
        "answers": answer_rows(shown.answers, meetings),
        "may_decide": shown.may_decide,
        "form": form or (HappenedForm(past) if past else None),
    }
    return render(request, "triage/happened.html", given, status=400 if form is not None else 200)
