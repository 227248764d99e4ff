"""The clock of a report in words: of its meetings the one that comes first, or began and is not over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from safehand.desk.core import say
from safehand.desk.intake.clock_words import meeting_words
from safehand.desk.triage.models import FAR, Standing
from safehand.desk.triage.readings import LATER
from safehand.seal.meeting import Basis

_OF_SEVERAL: Final = {Basis.EARLIER.value: "of its readings the earlier", LATER: "of its readings a later one"}


def clock_words(standing: Standing | None, now: datetime) -> tuple[str, bool]:
    """The words, and whether it presses. Empty where there is no clock."""
    if standing is None or standing.clock_at == FAR:
        return "", False
    words, pressing = meeting_words(standing.clock_at, standing.clock_basis, now)
    beside = [words for words in (_OF_SEVERAL.get(standing.clock_basis), _next(standing, now)) if words]
    return f"{words} ({'; '.join(beside)})" if beside else words, pressing


def _next(standing: Standing, now: datetime) -> str | None:
    """When the next moment comes at which one may begin, where the clock stands at one that has passed."""
    if standing.passes_at is None or not standing.clock_at <= now < standing.passes_at:
        return None
    return f"the next is in {say.stretch(int((standing.passes_at - now).total_seconds()))}"
