"""Who asks, and whether a role of theirs lets them.

    @needs(Ability.READ_MESSAGES)
    @require_safe
    def reader(request, …)

What a page needs stands on its view. A page of the desk that says nothing is shown to nobody: 403, and a test fails
(tests/unit/desk/test_desk_roles_by_routes.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest

from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability

View = TypeVar("View", bound=Callable[..., object])

_NEEDS: Final = "safehand_needs"


def needs(ability: Ability) -> Callable[[View], View]:
    """Write on a view what it needs. Whether an officer may is asked before it is called."""

    def write(view: View) -> View:
        setattr(view, _NEEDS, ability)
        return view

    return write


def needed_by(view: Callable[..., object]) -> Ability | None:
    """What stands on it; None where nothing does."""
    found = getattr(view, _NEEDS, None)
    return found if isinstance(found, Ability) else None


def signed_in(request: HttpRequest) -> Officer:
    """The officer who asks. Every page but the door is behind LoginRequiredMiddleware, so there is one."""
    officer = request.user
    if not isinstance(officer, Officer):
        raise TypeError("a page without an officer")
    return officer
