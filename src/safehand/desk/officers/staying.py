"""How long an officer stays in: half an hour without a press, and a shift in all (OWASP ASVS 4.0.3, 3.3.2 at level 2).

    31 minutes after the last page     a code of the second factor is asked for, and the page that was wanted comes next
    8 hours after signing in           the session ends

An inbox that stands open asks every few seconds whether an urgent notice came in. That is nobody's press, so it keeps
nobody in; but it is answered until the shift ends: a desk that fell silent because nobody touched it would be worse
than one that shows a reference to whoever walks by.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

IDLE: Final = 30 * 60
"""Seconds without a page after which a code is asked for."""

_EVERY: Final = 60
"""Seconds between two notes of a press: a row of the session is not written for each page."""

_SINCE: Final = "safehand_since"
_SEEN: Final = "safehand_seen"

_ASKED_BY_SCRIPTS: Final = frozenset({"intake:waiting", "intake:progress"})
"""What open pages ask by themselves. Neither shows a word of evidence."""

_OF_THE_DOOR: Final = frozenset({"officers:confirm", "officers:sign_out", "officers:sign_in"})
"""Where an officer proves who they are, or leaves."""


class StaysIn:
    """Asks again, or ends the session. Stands after what makes sure of the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before it is known which page is asked for."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Django's hook between finding the view and calling it."""
        page = request.resolver_match.view_name if request.resolver_match is not None else ""
        if page.startswith("handover:") or not request.user.is_authenticated:
            return None
        now = time.time()
        if now - _since(request, now) > settings.SESSION_COOKIE_AGE:
            return _end(request)
        if page in _ASKED_BY_SCRIPTS | _OF_THE_DOOR:
            return None
        if now - _seen(request, now) > IDLE:
            # Without a second factor there is nothing to ask for: whoever typed the password types it again.
            return _end(request) if page == "officers:set_up" else _ask(request)
        if now - request.session.get(_SEEN, 0) > _EVERY:
            request.session[_SEEN] = int(now)
        return None


def _since(request: HttpRequest, now: float) -> float:
    """When they signed in."""
    if _SINCE not in request.session:
        request.session[_SINCE] = int(now)
    return float(request.session[_SINCE])


def _seen(request: HttpRequest, now: float) -> float:
    """When they last asked for a page, or proved who they are."""
    proved = max((float(each["at"]) for each in get_authentication_records(request, request.user)), default=0.0)
    return max(float(request.session.get(_SEEN, now)), proved)


def _end(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("officers:sign_in")


def _ask(request: HttpRequest) -> HttpResponse:
    """The page that was wanted comes next; a form that was sent is not sent again behind an officer's back."""
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("triage:inbox")
    return redirect(f"{reverse('officers:confirm')}?{urlencode({'next': wanted})}")
