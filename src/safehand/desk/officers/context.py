"""What every page of the desk is given: what its officer may do. ``{% if "give_roles" in may %}`` shows a link or not.

A link that is not shown is no lock: the view asks, and so does the action.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from safehand.desk.officers.holding import abilities_of
from safehand.desk.officers.models import Officer


def may(request: HttpRequest) -> dict[str, object]:
    """Looked up by a page that asks, once. The pages of holders and of error do not."""

    def abilities() -> frozenset[str]:
        officer = getattr(request, "user", None)
        return frozenset(abilities_of(officer)) if isinstance(officer, Officer) else frozenset()

    return {"may": SimpleLazyObject(abilities)}
