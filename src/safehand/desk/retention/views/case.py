"""One case: how long it is kept, what holds it, and its erasure. For who may see that; they need not be on it.

?case=SH-7K3M9QXAR      which one: no address names a case to who is not on it, and no list links a name
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.custody.folder import LocationAway
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.retention import erasing, keeping
from safehand.desk.retention.erasing import OnHold
from safehand.desk.retention.forms import AskForm, ConfirmForm, HoldForm, ReasonForm, ReviewForm, WhichCaseForm
from safehand.desk.retention.presenters import case_page
from safehand.desk.retention.showing import show_case
from safehand.desk.retention.sweeping import sweep
from safehand.errors import CannotWrite, UsageError

Forms: TypeAlias = dict[str, forms.Form]
_CONFLICT: Final = 409


@needs(Ability.SEE_RETENTION)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest) -> HttpResponse:
    """GET: what was decided. POST: one thing more, as ``do`` says."""
    officer = signed_in(request)
    which = WhichCaseForm(request.GET)
    if not which.is_valid():
        return redirect("retention:due")
    reference = which.cleaned_data["case"]
    if request.method != "POST":
        return _page(request, officer, reference, _forms(reference))
    do = str(request.POST.get("do", ""))
    every = _forms(reference, do, request)
    if do not in _DO:
        raise Http404
    form = every[do]
    if not form.is_valid():
        return _page(request, officer, reference, every, status=400)
    try:
        said = _DO[do](officer, reference, form)
    except (OnHold, UsageError) as problem:
        return _page(request, officer, reference, every, problem=f"{problem.found} {problem.todo}", status=_CONFLICT)
    messages.success(request, said)
    return redirect(request.get_full_path())


def _forms(reference: str, do: str = "", request: HttpRequest | None = None) -> Forms:
    posted = request.POST if request is not None else None

    def given(name: str) -> QueryDict | None:
        return posted if name == do else None

    return {
        "review": ReviewForm(given("review")),
        "hold": HoldForm(given("hold")),
        "end_hold": ReasonForm("end_hold", "Why is it needed no longer?", given("end_hold")),
        "ask": AskForm(given("ask")),
        "confirm": ConfirmForm(reference, given("confirm")),
        "refuse": ReasonForm("refuse", "Why is it not to be erased?", given("refuse")),
    }


def _review(officer: Officer, reference: str, form: forms.Form) -> str:
    said = form.cleaned_data
    row = keeping.review(officer, reference, said["kept_by"], said["due"], said["reason"])
    return f"Kept. It is looked at again on {row.due:%Y-%m-%d}."


def _hold(officer: Officer, reference: str, form: forms.Form) -> str:
    keeping.put_hold(officer, reference, form.cleaned_data["look_on"], form.cleaned_data["reason"])
    return "The hold stands: nothing of this case is erased."


def _end_hold(officer: Officer, reference: str, form: forms.Form) -> str:
    keeping.end_hold(officer, reference, form.cleaned_data["reason"])
    return "The hold is over."


def _ask(officer: Officer, reference: str, form: forms.Form) -> str:
    erasing.ask_erasure(officer, reference, form.cleaned_data["basis"], form.cleaned_data["reason"])
    return "Asked for. Another officer, who may confirm it, looks at it now."


def _confirm(officer: Officer, reference: str, form: forms.Form) -> str:
    answer = erasing.confirm_erasure(officer, reference, form.cleaned_data["reason"])
    try:
        sweep(answer)
    except (CannotWrite, LocationAway):  # it is erased all the same, and the worker goes on (sweeping.py)
        return "Erased: its key is destroyed. The desk is still taking its files off the disk."
    return "Erased: its key is destroyed, and its files are gone from this desk’s disk."


def _refuse(officer: Officer, reference: str, form: forms.Form) -> str:
    erasing.refuse_erasure(officer, reference, form.cleaned_data["reason"])
    return "It is not erased."


_DO: Final[dict[str, Callable[[Officer, str, forms.Form], str]]] = {
    "review": _review,
    "hold": _hold,
    "end_hold": _end_hold,
    "ask": _ask,
    "confirm": _confirm,
    "refuse": _refuse,
}


def _page(
    request: HttpRequest, officer: Officer, reference: str, every: Forms, *, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        page = case_page(show_case(officer, reference))
    except Http404:
        form = WhichCaseForm({"case": reference})
        form.add_error("case", "There is no case of this reference. Compare it with what you were given.")
        return render(request, "retention/ask.html", {"form": form}, status=400)
    return render(request, "retention/case.html", {"page": page, "problem": problem, **every}, status=status)
