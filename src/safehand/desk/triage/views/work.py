"""Working on a report: beginning, taking over, putting down; the two short forms; leaving triage."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import open_report, show_triage
from safehand.desk.triage.assessing import Form, assess, entry_that_counts, leave_triage, missing
from safehand.desk.triage.assessment_form import AssessmentForm
from safehand.desk.triage.forms import TakeOverForm
from safehand.desk.triage.presenters.work import assessment_rows
from safehand.desk.triage.turns import begin_work, put_down, take_over


@needs(Ability.GRADE)
@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Work on it from now on."""
    officer = signed_in(request)
    begin_work(officer, open_report(officer, reference))
    return redirect("triage:triage", reference)


@needs(Ability.GRADE)
@require_POST
def over(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it over from a colleague, with a reason."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    form = TakeOverForm(request.POST)
    if form.is_valid():
        take_over(officer, case, form.cleaned_data["reason"])
    else:
        messages.error(request, "Say why you take it over: nothing was changed.")
    return redirect("triage:triage", reference)


@needs(Ability.GRADE)
@require_POST
def down(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop working on it."""
    officer = signed_in(request)
    put_down(officer, open_report(officer, reference))
    return redirect("triage:triage", reference)


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """GET: the form, and its earlier versions. POST: another version."""
    officer, about = signed_in(request), Form(form)
    case = open_report(officer, reference)
    filled = AssessmentForm(about, request.POST) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and filled.found is not None:
        assess(officer, case, about, filled.answers(), filled.found)
        return _next(request, case, about)
    show_triage(officer, case)
    rows = assessment_rows(case, about)
    shown = {
        "case": case,
        "heading": f"{about.words} entry",
        "here": "triage",
        "current": "true",
        "form": filled or AssessmentForm(about),  # nothing is filled in: what was said before stands beside it
        "rows": rows,
    }
    return render(request, "triage/assessment.html", shown, status=400 if filled is not None else 200)


def _next(request: HttpRequest, case: Case, kept: Form) -> HttpResponse:
    """Straight to the other form where it is missing: whoever writes one has both before them."""
    other = next(form for form in Form if form is not kept)
    if entry_that_counts(case, other) is not None:
        messages.success(request, f"The {kept.words} entry is kept.")
        return redirect("triage:triage", case.reference)
    messages.success(request, f"The {kept.words} entry is kept. The report needs this one, too.")
    return redirect(f"triage:{other.value}", case.reference)


@needs(Ability.GRADE)
@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Out of triage, when everything is there."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    wanted = missing(case)
    if wanted:
        messages.error(request, " ".join(wanted))
    else:
        leave_triage(officer, case)
        messages.success(request, "The report has left triage.")
    return redirect("triage:triage", reference)
