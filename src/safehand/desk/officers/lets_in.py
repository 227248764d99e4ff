"""Every page asks for a role first: what stands on its view (asking.needs) is asked of whoever is signed in.

no role of theirs lets them        403, the same page for a case that is there and for one that is not
nothing stands on the view         403 for everybody: a page that was forgotten is shown to nobody
the inbox                          whoever may not see it is led to their own first page, for all roads lead there
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safehand.desk.core.views import not_allowed
from safehand.desk.officers.asking import needed_by
from safehand.desk.officers.holding import abilities_of, ask_once
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import NotAllowed

INBOX: Final = "triage:inbox"

_ONLY_SHOWS: Final = frozenset({"GET", "HEAD"})


class LetsIn:
    """Stands after what makes sure that an officer is signed in, with a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before it is known which page is asked for."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_: object) -> HttpResponse | None:
        """Django's hook between finding the view and calling it."""
        officer = request.user
        if is_open(view) or not isinstance(officer, Officer):
            return None  # a page for everybody; or the door has been shown to them already
        if request.method in _ONLY_SHOWS:
            ask_once(officer)
        needed, may = needed_by(view), abilities_of(officer)
        if needed in may:
            return None
        match = request.resolver_match
        if match is not None and match.view_name == INBOX:
            return redirect(first_page(may))
        return not_allowed(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An action that was asked for what this officer may not do."""
        return not_allowed(request) if isinstance(exception, NotAllowed) else None


def is_open(view: Callable[..., object]) -> bool:
    """Is it for everybody, signed in or not? Django's own mark (login_not_required)."""
    return not getattr(view, "login_required", True)


def first_page(may: frozenset[Ability]) -> str:
    """Where an officer begins who has no inbox."""
    if Ability.GIVE_ROLES in may:
        return "officers:officers"
    if Ability.SEE_EVERY_LOG in may:
        return "log:log"
    if Ability.SEE_RETENTION in may:
        return "retention:due"
    if Ability.LODGE_CHECKPOINTS in may:
        return "log:checkpoint"
    return "welfare:everybody" if Ability.SEE_WELFARE in may else "officers:account"
