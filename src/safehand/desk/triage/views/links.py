"""The page "Other reports": what belongs with a report, what the desk noticed, and an officer's word on the two."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import TriageShown, open_report, show_triage
from safehand.desk.triage.link_form import LinkForm
from safehand.desk.triage.linking import decide
from safehand.desk.triage.models import Together
from safehand.desk.triage.presenters.links import links_shown


@needs(Ability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: the page. POST: two reports are linked, or parted."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    form = LinkForm(case, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and form.other is not None:
        together = form.together()
        try:
            decide(officer, case, form.other, together, form.cleaned_data["reason"])
        except Http404:
            form.refuse()
        else:
            done = "parted" if together is Together.APART else "linked"
            messages.success(request, f"The two reports are {done}. It is written down with your reason and your name.")
            return redirect("triage:links", reference)
    return _page(request, case, show_triage(officer, case), form)


def _page(request: HttpRequest, case: Case, shown: TriageShown, form: LinkForm | None) -> HttpResponse:
    asked = {"reference": request.GET.get("with", "")}
    return render(
        request,
        "triage/links.html",
        {
            "case": case,
            "heading": "Other reports",
            "here": "triage",
            "current": "true",
            "page": links_shown(signed_in(request), case),
            "may_decide": shown.may_decide,
            "form": form or LinkForm(case, initial=asked),
        },
        status=400 if form is not None else 200,
    )
