"""Who began, and who began again. Rules 26 and 27. Times of one clock alone are compared; where there are none, none.

contact_initiated  first          who wrote the first message
contact_initiated  session        who wrote the first after six hours of silence
re_engagement      greeting       wrote again after a day in which the other side had not answered
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.rule import Found, Kind, Points, Rule
from safehand.analysis.indicators.sorts import spread
from safehand.model.instant import MICRO

CONTACT_INITIATED: Final = Rule(
    "contact_initiated",
    title="Who began",
    number=26,
    version=1,
    towards="Whoever wrote first made the contact.",
    away="The other side may have, before the record begins or on another platform.",
    why="Who opened, and who opened each time, is the first question of every review of fairness.",
    false_alarms=("an export that begins in the middle: see the gaps beside it", "contact that began elsewhere"),
    kinds=(
        Kind("first", Points.BOTH, "is the first of the conversation as it is here"),
        Kind("session", Points.BOTH, "is the first after a silence of hours"),
    ),
)

RE_ENGAGEMENT: Final = Rule(
    "re_engagement",
    title="Writing again after silence",
    number=27,
    version=1,
    towards="Whoever wrote again after no answer pursued the other.",
    away="It may be the child or decoy account that pursued; or a birthday was being wished.",
    why="Persistence after silence is counted for both sides alike.",
    false_alarms=("holidays and broken phones", "messages that were deleted in between"),
    kinds=(
        Kind("greeting", Points.BOTH, "writes again, a greeting alone, after a long silence of the other side"),
        Kind("topic", Points.BOTH, "writes again after a long silence of the other side"),
    ),
)

SESSION: Final = 6 * 3_600 * MICRO
"""Silence after which a message opens a session, in microseconds: six hours (analysis.md 3)."""

SILENCE: Final = 12 * 3_600 * MICRO
"""Silence after an unanswered message of one's own after which the next is writing again: twelve hours (the same)."""

_GREETINGS: Final = spread(
    "hi hey hello hiya heya yo sup oi morning afternoon evening night good hru wuu2 wuu wyd you u there up whats "
    "what how are r",
    "ok hun babe mate bro x xx heyy hii and today doing it is alright alrite iya 2",
)
_GREETING_WORDS: Final = 6


class Timing:
    """Looks at who writes and when, at every message."""

    def __init__(self) -> None:
        self._begun = False
        self._last: tuple[int, str | None, int | None, bool] | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        last = self._last
        known = line.message.sent.utc is not None
        self._last = (line.number, line.by, line.at, known)
        if last is None:
            return (Found(CONTACT_INITIATED, "first", (line.number,), by=line.by),)
        # Two clocks that are not known to agree: no silence is claimed.
        if line.at is None or last[2] is None or last[3] is not known or line.at - last[2] < SESSION:
            return ()
        return tuple(self._after_silence(line, last[0], last[1], line.at - last[2]))

    @staticmethod
    def _after_silence(line: Line, number: int, by: str | None, silence: int) -> Iterator[Found]:
        hours = silence // (3_600 * MICRO)
        yield Found(CONTACT_INITIATED, "session", (number, line.number), by=line.by, value=hours)
        if by == line.by and silence >= SILENCE:
            kind = "greeting" if _is_greeting(line.words) else "topic"
            yield Found(RE_ENGAGEMENT, kind, (number, line.number), by=line.by, value=hours)


def _is_greeting(words: list[str]) -> bool:
    return 0 < len(words) <= _GREETING_WORDS and _GREETINGS.issuperset(words)
