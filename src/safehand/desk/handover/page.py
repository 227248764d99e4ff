"""Showing a page to a holder: what every one of them is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safehand.desk.core.state import State
from safehand.errors import SafehandError
from safehand.seal.holder_words import WORDS
from safehand.signing.keys import load_desk_public


def page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Render a holder's page. No cookie is set, and nobody is looked up."""
    given = {"words": WORDS, "unit": unit(), "officers_door": settings.ROLE.opens, **shown}
    return render(request, f"handover/{template}", given, status=status)


def unit() -> str:
    """Whom a holder writes to: the name in desk.pub."""
    state: State = settings.STATE
    try:
        return load_desk_public(state.desk_public).unit
    except SafehandError:
        return "the police unit"  # its key cannot be read: nothing can be sealed, and the words still help
