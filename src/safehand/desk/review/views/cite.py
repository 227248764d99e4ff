"""Citing a message.

GET   ?follows=7     the form, with nothing chosen; of the message its number alone
POST                 cite it, or with ``act=take_back`` take back what it follows; then back to the reader
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
from safehand.desk.review.actions import open_case
from safehand.desk.review.cite_form import CiteForm, FollowForm, TakeBackForm
from safehand.desk.review.citing import citable, citation_that_stands, cite, take_back
from safehand.desk.review.models import Citation
from safehand.desk.review.tags import tag_of
from safehand.desk.review.views.reader import message_number


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def cite_message(request: HttpRequest, reference: str, conversation: int, number: int) -> HttpResponse:
    """The form on a page of its own: for what was not filled in, for following, and for a browser without scripts."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    citable(officer, case, conversation, number)
    asked = request.POST if request.method == "POST" else request.GET
    follows = message_number(asked.get("follows"))
    followed = citation_that_stands(officer, case, conversation, number, follows) if follows is not None else None
    taking_back = request.POST.get("act") == "take_back"
    form = _form(request, following=followed is not None, taking_back=taking_back)
    if request.method == "POST" and _done(officer, case, (conversation, number), form, followed):
        messages.success(request, "Taken back" if isinstance(form, TakeBackForm) else "Citation saved")
        back = reverse("review:reader", args=[reference, conversation])
        return redirect(f"{back}?message={number}#m{number}")
    shown = {"case": case, "form": form, "conversation": conversation, "number": number}
    shown |= {"followed": followed, "title": tag_of(followed.tag).title if followed else ""}
    shown |= {"heading": f"Cite message {number:,}", "here": "conversations", "current": "true"}
    return render(request, "review/cite.html", shown, status=400 if request.method == "POST" else 200)


def _form(request: HttpRequest, *, following: bool, taking_back: bool) -> CiteForm:
    filled_in = request.POST if request.method == "POST" else None
    if not following:
        return CiteForm(filled_in)
    return (TakeBackForm if taking_back else FollowForm)(filled_in)


def _done(officer: Officer, case: Case, where: tuple[int, int], form: CiteForm, followed: Citation | None) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    if isinstance(form, TakeBackForm) and followed is not None:
        take_back(officer, case, *where, followed.pk, said["note"])
    else:
        follows = followed.pk if followed is not None else None
        cite(officer, case, *where, said["tag"], said["points"], said["note"], follows=follows)
    return True
