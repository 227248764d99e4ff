"""From the reader: one message is cited for a point to prove.

GET    the form, with nothing chosen; of the message its number alone
POST   cite it, and keep the entry; then back to the reader
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.points.entering import Said, add_from_message
from safehand.desk.points.forms import UseForm
from safehand.desk.points.looks import looks_of
from safehand.desk.points.models import Side
from safehand.desk.points.presenters.choices import cited_as_choices, point_choices, used_words
from safehand.desk.points.showing import citations_of, show_used
from safehand.desk.review.actions import open_case
from safehand.desk.review.citing import citable


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def use_message(request: HttpRequest, reference: str, conversation: int, number: int) -> HttpResponse:
    """The form on a page of its own."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    citable(officer, case, conversation, number)
    looks = looks_of(case)
    stand = citations_of(officer, case, conversation, number)
    posted = request.POST if request.method == "POST" else None
    form = UseForm(point_choices(looks), cited_as_choices(stand), posted)
    if posted is not None and _done(officer, case, (conversation, number), form):
        messages.success(request, "Kept for the point to prove")
        return redirect(f"{reverse('review:reader', args=[reference, conversation])}?message={number}#m{number}")
    shown = {"case": case, "form": form, "conversation": conversation, "number": number, "looks": looks}
    shown |= {"used": used_words(show_used(officer, case, conversation, number))}
    shown |= {"heading": f"Use message {number:,} for a point to prove", "here": "points", "current": "true"}
    return render(request, "points/use.html", shown, status=400 if posted is not None else 200)


def _done(officer: Officer, case: Case, where: tuple[int, int], form: UseForm) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    entry = Said(*form.where(), Side(said["side"]), str(said["reason"]))
    add_from_message(officer, case, where, form.as_what(), entry)
    return True
