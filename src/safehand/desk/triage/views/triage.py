"""The page "Triage" of a report: the suggestion, a grade with its reason, what is known, and what was before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import grade_report, open_report, show_triage, tag_report
from safehand.desk.triage.forms import GradeForm, TagsForm, TakeOverForm
from safehand.desk.triage.happened import newest_answer
from safehand.desk.triage.happened_form import HappenedForm
from safehand.desk.triage.presenters.triage import present_triage
from safehand.desk.triage.presenters.work import work_shown
from safehand.errors import UsageError


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: the page. POST: a grade."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    if request.method != "POST":
        return _page(request, case)
    form = GradeForm(request.POST)
    if not form.is_valid():
        return _page(request, case, grade=form)
    try:
        given = grade_report(officer, case, form.chosen(), form.cleaned_data["reason"], seen=form.cleaned_data["seen"])
    except UsageError as err:
        return _page(request, case, grade=form, changed=str(err))
    messages.success(request, f"Graded {form.chosen().words}. It is written down with your reason and your name.")
    return redirect("triage:triage", given.case.reference)


@needs(Ability.GRADE)
@require_POST
def tags(request: HttpRequest, reference: str) -> HttpResponse:
    """What is known of it: all of it, each time."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    form = TagsForm(request.POST)
    if not form.is_valid():
        return _page(request, case, tags=form)
    tag_report(officer, case, form.cleaned_data["tags"])
    messages.success(request, "It is noted. The suggestion was made again with it.")
    return redirect("triage:triage", reference)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    grade: GradeForm | None = None,
    tags: TagsForm | None = None,
    changed: str = "",
) -> HttpResponse:
    shown = show_triage(signed_in(request), case)
    noted = shown.taggings[-1].tags if shown.taggings else []
    wrong = grade is not None or tags is not None
    page = present_triage(shown)
    only = page.past if (page.asked or page.again) and len(page.past) == 1 else ()
    if grade is not None and changed:
        grade = _as_typed(grade, shown.stands, changed)
    return render(
        request,
        "triage/triage.html",
        {
            "case": case,
            "heading": "Triage",
            "here": "triage",
            "page": page,
            # Of one meeting it is asked here; of several, which of them is meant is asked on their own page.
            "happened": HappenedForm(only, after=newest_answer(shown.answers), auto_id="happened_%s") if only else None,
            "work": work_shown(signed_in(request), case),
            "over": TakeOverForm(auto_id="over_%s"),
            "form": grade or GradeForm(initial={"seen": shown.stands}),
            "tags": tags or TagsForm(initial={"tags": noted}),
        },
        status=400 if wrong else 200,
    )


def _as_typed(form: GradeForm, stands: str, changed: str) -> GradeForm:
    """The same words, and what stands now: it is said what changed, and the next press is of that."""
    again = GradeForm({**form.data.dict(), "seen": stands} if isinstance(form.data, QueryDict) else {"seen": stands})
    again.add_error(None, changed)
    return again
