"""Writing a step of the review.

GET   ?stage=conclusion       the form, with what was written before
POST                          keep it, then back to the review
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.conduct.asking import check_may_write
from safehand.desk.conduct.concluding import write_step
from safehand.desk.conduct.forms import StepForm
from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.models import Stage
from safehand.desk.conduct.presenters.page import act_words, conduct_page
from safehand.desk.conduct.shown import ConductShown
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.errors import UsageError


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """A page of its own: what was written before stands above the field, and the questions beside it."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    check_may_write(officer, case)
    stage = _stage(request)
    form = StepForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _kept(officer, case, stage, form):
        messages.success(request, "Kept")
        return redirect("conduct:conduct", reference)
    seen = view_conduct(officer, case)
    shown = {
        "case": case,
        "form": form or StepForm(initial={"after": _newest(seen)}),
        "page": conduct_page(seen),
        "stage": stage.value,
        "is_theirs": stage in seen.may,
        "heading": act_words(stage),
        "here": "conduct",
        "current": "true",
    }
    return render(request, "conduct/write.html", shown, status=400 if form is not None else 200)


def _stage(request: HttpRequest) -> Stage:
    asked = (request.POST if request.method == "POST" else request.GET).get("stage", "")
    return Stage(asked) if asked in Stage.values else Stage.CONCLUSION


def _kept(officer: Officer, case: Case, stage: Stage, form: StepForm) -> bool:
    try:
        write_step(officer, case, stage, form.cleaned_data["words"], after=form.cleaned_data["after"])
    except UsageError as err:
        form.add_error("words", str(err))
        return False
    return True


def _newest(seen: ConductShown) -> int | None:
    return seen.steps[-1].id if seen.steps else None
