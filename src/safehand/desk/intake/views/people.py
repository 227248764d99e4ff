"""Who is on a case: a colleague is put on it, an officer taken off it. For its owner and for supervisors.

cases/<reference>/people/     for those who may read the case
people/?case=SH-7K3M9QXAR     for a supervisor, of any case whose reference they have: no case is listed
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.people import People, put_on, show_people, take_off
from safehand.desk.intake.people_form import AnyCaseForm, PutOnForm, TakeOffForm
from safehand.desk.intake.people_presenters import people_page
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability

_METHODS = ["GET", "HEAD", "POST"]


@needs(Ability.SEE_REPORTS)
@require_http_methods(_METHODS)
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: who is on it. POST: put on, or take off."""
    return _answer(request, reference, supervising=False)


@needs(Ability.SUPERVISE)
@require_http_methods(_METHODS)
def people_of_any(request: HttpRequest) -> HttpResponse:
    """The same for a supervisor, once they said which case."""
    form = AnyCaseForm(request.GET) if "case" in request.GET else AnyCaseForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "intake/people_ask.html", {"form": form}, status=400 if form.errors else 200)
    try:
        return _answer(request, form.cleaned_data["case"], supervising=True)
    except Http404:
        form.add_error("case", "There is no case of this reference. Compare it with what you were given.")
        return render(request, "intake/people_ask.html", {"form": form}, status=400)


def _answer(request: HttpRequest, reference: str, *, supervising: bool) -> HttpResponse:
    officer = signed_in(request)
    shown = show_people(officer, reference, supervising=supervising)
    if request.method != "POST":
        return _page(request, shown, supervising=supervising)
    if request.POST.get("do") == "put_on":
        return _put_on(request, officer, shown, supervising=supervising)
    return _take_off(request, officer, shown, supervising=supervising)


def _put_on(request: HttpRequest, by: Officer, shown: People, *, supervising: bool) -> HttpResponse:
    form = PutOnForm(shown.colleagues, request.POST)
    if not form.is_valid():
        return _page(request, shown, supervising=supervising, put_on_form=form)
    colleague = form.chosen()
    put_on(by, shown.case.reference, colleague, form.cleaned_data["reason"], supervising=supervising)
    messages.success(request, f"{colleague.reference} is on this case now, and finds it in their inbox.")
    return redirect(request.get_full_path())


def _take_off(request: HttpRequest, by: Officer, shown: People, *, supervising: bool) -> HttpResponse:
    form = TakeOffForm(shown.may_be_taken_off, request.POST)
    if not form.is_valid():
        return _page(request, shown, supervising=supervising, take_off_form=form)
    officer = form.chosen()
    take_off(by, shown.case.reference, officer, form.cleaned_data["reason"], supervising=supervising)
    messages.success(request, f"{officer.reference} is on case {shown.case.reference} no longer.")
    return redirect("triage:inbox" if officer == by and not supervising else request.get_full_path())


def _page(
    request: HttpRequest,
    shown: People,
    *,
    supervising: bool,
    put_on_form: PutOnForm | None = None,
    take_off_form: TakeOffForm | None = None,
) -> HttpResponse:
    wrong = put_on_form is not None or take_off_form is not None
    given = {
        "page": people_page(shown, signed_in(request)),
        "put_on": put_on_form or PutOnForm(shown.colleagues),
        "take_off": take_off_form or TakeOffForm(shown.may_be_taken_off),
        "supervising": supervising,
    }
    return render(request, "intake/people.html", given, status=400 if wrong else 200)
