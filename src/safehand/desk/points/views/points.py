"""Points to prove of a case.

GET    what is looked at, and the form that chooses
POST   look at an offence
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.points.choosing import OutsideItsTime, choose
from safehand.desk.points.forms import ChooseForm
from safehand.desk.points.presenters.overview import points_page
from safehand.desk.points.showing import show_points
from safehand.desk.review.actions import open_case
from safehand.desk.review.citing import may_cite
from safehand.errors import UsageError


@needs(Ability.READ_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, reference: str) -> HttpResponse:
    """No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    form = ChooseForm(request.POST if request.method == "POST" else None)
    asks_outside = False
    if request.method == "POST":
        try:
            if _chosen(officer, case, form):
                messages.success(request, "It is looked at from now on. Your reason stands with it.")
                return redirect("points:offence", reference, form.chosen()[0])
        except OutsideItsTime as err:
            asks_outside = True
            form.add_error("outside", f"{err.found} Tick the box to look at it all the same, or choose another.")
        except UsageError as err:
            form.add_error("what", str(err))
    shown = {
        "case": case,
        "page": points_page(show_points(officer, case)),
        "form": form if may_cite(officer, case) else None,
        "asks_outside": asks_outside,
        "heading": "Points to prove",
        "here": "points",
    }
    return render(request, "points/points.html", shown, status=400 if request.method == "POST" else 200)


def _chosen(officer: Officer, case: Case, form: ChooseForm) -> bool:
    if not form.is_valid():
        return False
    code, attempt = form.chosen()
    said = form.cleaned_data
    choose(officer, case, code, attempt=attempt, reason=said["reason"], outside=said["outside"])
    return True
