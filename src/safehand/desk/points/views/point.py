"""One point of an offence.

GET    ?follows=3     what may show and undermine it, what was entered, and the form, with nothing chosen
POST                  an entry; with ``follows`` in place of another, with ``act=take_back`` to take that one back
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
from safehand.desk.points.entering import Said, add, entry_that_stands, take_back
from safehand.desk.points.forms import EntryForm, ReasonForm
from safehand.desk.points.models import Entry, Side
from safehand.desk.points.presenters.choices import citable_choices
from safehand.desk.points.presenters.grid import point_page
from safehand.desk.points.showing import show_point
from safehand.desk.review.actions import open_case
from safehand.desk.review.citing import check_may_cite, may_cite
from safehand.desk.review.views.reader import message_number


@needs(Ability.READ_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest, reference: str, offence: str, element: str) -> HttpResponse:
    """No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        check_may_cite(officer, case)
    follows = message_number((posted or request.GET).get("follows"))
    followed = entry_that_stands(officer, case, offence, element, follows) if follows is not None else None
    page = point_page(show_point(officer, case, offence, element))
    taking_back = followed is not None and request.POST.get("act") == "take_back"
    form = ReasonForm(posted) if taking_back else EntryForm(citable_choices(page.citable), posted)
    if posted is not None and _done(officer, case, (offence, element), form, followed):
        messages.success(request, "Taken back" if taking_back else f"Entry kept for {page.point.shown}")
        return redirect("points:offence", reference, offence)
    shown = {
        "case": case,
        "page": page,
        "form": form if may_cite(officer, case) and page.looked_at else None,
        "followed": followed,
        "heading": f"{page.point.shown} {page.point.name}",
        "here": "points",
        "current": "true",
    }
    return render(request, "points/point.html", shown, status=400 if posted is not None else 200)


def _done(
    officer: Officer, case: Case, where: tuple[str, str], form: EntryForm | ReasonForm, followed: Entry | None
) -> bool:
    if not form.is_valid():
        return False
    reason = str(form.cleaned_data["reason"])
    if isinstance(form, EntryForm):
        said = Said(*where, Side(form.cleaned_data["side"]), reason, form.named())
        add(officer, case, said, follows=followed.pk if followed is not None else None)
    elif followed is not None:
        take_back(officer, case, followed.pk, reason)
    return True
