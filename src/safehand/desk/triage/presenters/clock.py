"""The clock of a report in words: of its meetings the one that comes first, or began and is not over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from safehand.desk.intake.clock_words import meeting_words
from safehand.desk.triage.models import FAR, Standing
from safehand.desk.triage.readings import LATER
from safehand.seal.meeting import Basis

_OF_SEVERAL: Final = {Basis.EARLIER.value: "of its readings the earlier", LATER: "of its readings the later"}


def clock_words(standing: Standing | None, now: datetime) -> tuple[str, bool]:
    """The words, and whether it presses. Empty where there is no clock."""
    if standing is None or standing.clock_at == FAR:
        return "", False
    words, pressing = meeting_words(standing.clock_at, standing.clock_basis, now)
    which = _OF_SEVERAL.get(standing.clock_basis)
    return f"{words} ({which})" if which else words, pressing
