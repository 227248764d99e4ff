"""The time line of a case: messages of all its conversations as they followed each other.

GET   ?clock=device      readings of clocks whose zone no source names, instead of known instants
      ?at=2-41           the page that message 41 of conversation 2 stands on, whichever line that is
      ?start=2-41        the page that begins with it; ?until=2-41 the page that ends with it
      ?day=2026-03-04    the page that begins with a day
      ?keys=off          remembered, as in the reader
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.casefile.timeline import Turn
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.citing import may_cite
from safehand.desk.review.forms import TimeLineForm
from safehand.desk.review.presenters.timeline import CODES, timeline_page
from safehand.desk.review.timing import Asked, read_timeline
from safehand.desk.review.views.remembered import KEYS, choice, remember


@needs(Ability.READ_MESSAGES)
@require_safe
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Messages of several conversations, whole days at a time."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    form = TimeLineForm(request.GET)
    if not form.is_valid():
        raise Http404
    page = timeline_page(read_timeline(officer, case, _asked(form)))
    keys = choice(request, "keys", KEYS, ("on", "off"))
    shown = {"case": case, "page": page, "keys": keys, "may_cite": may_cite(officer, case), "heading": "Time line"}
    response = render(request, "review/timeline.html", {**shown, "here": "conversations", "current": "true"})
    remember(request, response, "keys", KEYS, keys)
    return response


def _asked(form: TimeLineForm) -> Asked:
    said = form.cleaned_data
    line = CODES.get(said["clock"])
    for name, turn in (("at", Turn.ABOUT), ("start", Turn.FROM), ("until", Turn.UNTIL)):
        if said[name] is not None:
            return Asked(None if turn is Turn.ABOUT else line, turn, said[name])
    return Asked(line, day=said["day"])
