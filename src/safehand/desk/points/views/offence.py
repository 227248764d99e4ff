"""The grid of one offence.

GET    each point by what supports it, what undermines it, what is not here, what police are to ask
POST   look at it no more: ``chosen``, ``reason``
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.points.choosing import take_back
from safehand.desk.points.forms import ReasonForm
from safehand.desk.points.presenters.grid import offence_page
from safehand.desk.points.showing import show_offence
from safehand.desk.review.actions import open_case
from safehand.desk.review.citing import check_may_cite, may_cite
from safehand.desk.review.views.reader import message_number


@needs(Ability.READ_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def offence(request: HttpRequest, reference: str, offence: str) -> HttpResponse:
    """No message stands here: numbers, letters and dates lead to one."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    chosen = message_number(request.POST.get("chosen"))
    if request.method == "POST":
        check_may_cite(officer, case)
        if form.is_valid() and chosen is not None:
            take_back(officer, case, chosen, form.cleaned_data["reason"])
            messages.success(
                request, "It is looked at no more. What was entered stays, and is there if it is chosen again."
            )
            return redirect("points:points", reference)
    page = offence_page(show_offence(officer, case, offence))
    shown = {
        "case": case,
        "page": page,
        "form": form if may_cite(officer, case) else None,
        "asked": chosen,
        "heading": f"Points to prove: {page.title}",
        "here": "points",
        "current": "true",
    }
    return render(request, "points/offence.html", shown, status=400 if request.method == "POST" else 200)
