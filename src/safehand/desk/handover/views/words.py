"""Pages that are nothing but words, each from data/holder-words.json."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from safehand.desk.handover.desk_seen import desk_is_away
from safehand.desk.handover.page import page
from safehand.desk.handover.room import has_room_for
from safehand.seal.holder_words import WORDS

_BACK = {"now": "danger", "not-sure": "danger", "leave": "danger", "next": "leave", "danger": "start"}
"""Where "Back" leads. The pages that the footer leads to have none: the browser knows where they came from."""


def words_page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one page."""

    @login_not_required
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        shown = WORDS.pages[name]
        template = "interruption.html" if name == "leave" else "words.html"
        back = f"handover:{_BACK[name]}" if name in _BACK else ""
        return page(
            request,
            template,
            page=shown,
            with_exit=shown.exit,
            back=back,
            said_first=_before_sending() if name == "next" else "",
        )

    return view


def _before_sending() -> str:
    """What a holder must know before they spend ten minutes on it. Empty when all is well."""
    try:
        if not has_room_for(1):
            return WORDS.sending.no_room
        return WORDS.sending.desk_away if desk_is_away() else ""
    except (DatabaseError, OSError):
        return WORDS.sending.no_room  # what cannot be looked up cannot be kept, and this page is shown all the same
