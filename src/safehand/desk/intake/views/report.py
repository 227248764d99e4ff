"""How far a package is, what was checked, and what to do when it could not be accepted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safehand.desk.cases.models import Case, Cases, PackageState
from safehand.desk.intake.actions import show_report, try_again
from safehand.desk.intake.arrivals import take_report
from safehand.desk.intake.presenters import present_report
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.holding import abilities_of
from safehand.desk.officers.roles import Ability

_REFRESH = 2
"""Seconds after which a page without scripts asks again."""


@needs(Ability.SEE_REPORTS)
@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The page. While work goes on it asks again by itself."""
    officer = signed_in(request)
    package = show_report(officer, _readable(request, reference))
    shown = {"report": present_report(officer, package), "refresh": None if package.finished else _REFRESH}
    return render(request, "intake/report.html", shown)


@needs(Ability.SEE_REPORTS)
@require_safe
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The same in short, for a script that keeps the page fresh. States and counts: no evidence."""
    shown = present_report(signed_in(request), _readable(request, reference).package)
    return JsonResponse(
        {
            "state": shown.state,
            "state_words": shown.state_words,
            "messages_so_far": shown.messages_so_far,
            "finished": shown.finished,
            "stages": [{"title": stage.title, "status": stage.status} for stage in shown.stages],
        }
    )


@needs(Ability.SEE_REPORTS)
@require_POST
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Try again what stopped."""
    try_again(signed_in(request), _case(request, reference))
    return redirect("intake:report", reference)


@needs(Ability.TAKE_REPORTS)
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a report that nobody has taken. What comes next is its grade, unless it failed its checks."""
    officer = signed_in(request)
    package = take_report(officer, reference).package
    failed = package.state in (PackageState.REFUSED, PackageState.STOPPED)
    grades = Ability.GRADE in abilities_of(officer)
    return redirect("triage:triage" if grades and not failed else "intake:report", reference)


def _case(request: HttpRequest, reference: str) -> Case:
    return _only(Case.objects.for_officer(signed_in(request)), reference)


def _readable(request: HttpRequest, reference: str) -> Case:
    return _only(Case.objects.readable_by(signed_in(request)), reference)


def _only(cases: Cases, reference: str) -> Case:
    case = cases.filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case
