"""A page of messages.

GET   ?message=205            the page message 205 stands on, with it selected
      ?layout=bubbles         remembered in a cookie that holds this word and nothing else
      ?keys=off, ?marks=on    the same
      ?sort=meeting           only candidates of one sort are marked; in the address alone, so that no other
                              conversation is read by a choice that was forgotten
      ?who=A, ?what=files, ?tag=age, ?rule=meeting, ?since= and ?to=
                              only messages that fit are shown (filter.py); ?turn=until the page that ends with one
POST  words, message          from a search: what was searched for is marked, and stands in no address
"""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safehand.casefile.terms import parse_query, spans
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case, read_page
from safehand.desk.review.cite_form import CiteForm
from safehand.desk.review.citing import may_cite
from safehand.desk.review.filter import Ask
from safehand.desk.review.forms import FilterForm
from safehand.desk.review.presenters.reader import Layout, Spans
from safehand.desk.review.presenters.reader import reader as present
from safehand.desk.review.sorts import CHOICES, USUAL
from safehand.desk.review.views.remembered import KEYS, choice, remember
from safehand.errors import UsageError

LAYOUT: Final = "safehand_layout"
MARKS: Final = "safehand_marks"


@needs(Ability.READ_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def reader(request: HttpRequest, reference: str, conversation: int) -> HttpResponse:
    """Messages of one conversation, whole days at a time."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    asked = request.POST if request.method == "POST" else request.GET
    selected = message_number(asked.get("message"))
    layout = Layout(choice(request, "layout", LAYOUT, tuple(Layout)))
    keys = choice(request, "keys", KEYS, ("on", "off"))
    marks = choice(request, "marks", MARKS, ("off", "on"))
    sort = request.GET.get("sort", USUAL)
    words = request.POST.get("words", "")
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    back = request.GET.get("turn") == "until"
    sort = sort if sort in CHOICES else USUAL
    page = present(
        read_page(officer, case, conversation, selected, sort, Ask(form.filter(), back=back)),
        selected=selected,
        whole=selected or 0 if request.GET.get("whole") else 0,
        layout=layout,
        words=words,
        spans=_spans(words),
    )
    shown = {"case": case, "page": page, "keys": keys, "marks": marks, "heading": f"Conversation {conversation}"}
    shown["cite_form"] = CiteForm() if may_cite(officer, case) else None
    response = render(request, "review/reader.html", {**shown, "here": "conversations", "current": "true"})
    for parameter, cookie, value in (("layout", LAYOUT, layout.value), ("keys", KEYS, keys), ("marks", MARKS, marks)):
        remember(request, response, parameter, cookie, value)
    return response


def message_number(text: str | None) -> int | None:
    """The number of a message in an address or a form; Http404 for what is none."""
    if text is None or text == "":
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Http404
    return int(text)


def _spans(words: str) -> Spans | None:
    if not words:
        return None
    try:
        query = parse_query(words)
    except UsageError:
        return None
    return lambda message: spans(query, message.text or "")
