"""The clock of a meeting in words: how long until it is, or that its time has passed.

meeting_words(at, Basis.STATED, now)     ("Meeting in 3 hours 10 minutes", True): it presses
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from safehand.desk.core import say
from safehand.seal.meeting import Basis

SOON: Final = 4 * 3600
"""Seconds: what domain.md 6.3 calls immediate."""


def meeting_words(at: datetime, basis: str, now: datetime) -> tuple[str, bool]:
    """The words, and whether it presses: it begins soon, or its time has passed."""
    if basis == Basis.DAY_ONLY:
        return _day_words(at, now)
    away = int((at - now).total_seconds())
    if away >= 0:
        return f"Meeting in {say.stretch(away)}", away < SOON
    return f"The time of the meeting passed {say.stretch(-away)} ago: has it happened?", True


def _day_words(first: datetime, now: datetime) -> tuple[str, bool]:
    day, today = first.astimezone(say.LONDON).date(), now.astimezone(say.LONDON).date()
    if day == today:
        return "Meeting today; the time is not known", True
    if day < today:
        return f"The day of the meeting, {say.day(day)}, has passed: has it happened?", True
    away = int((first - now).total_seconds())
    return f"Meeting on {say.weekday(day)}, in {say.stretch(away)} at the earliest", away < SOON
