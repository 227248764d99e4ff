"""A time named near talk of a meeting. Rule 12. Reading times is not done here: a reader of times is handed in.

    def times(text, sent): …       every time the words may mean, read against when the message was sent

What it gives is only pointed to: which words, and the earliest moment that any of their readings names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.meeting_rules import MEETING_PROPOSAL, MEETING_TIME, PROPOSALS
from safehand.analysis.indicators.rule import Found
from safehand.model.instant import Instant

NEAR: Final = 10
"""Messages after a proposal in which a time is told (analysis.md section 6)."""


class TimeRead(NamedTuple):
    """Characters ``start`` to ``end`` (not included) of a text, and the earliest moment they may mean, or None.

    ``earliest`` is in microseconds since 1970 in UTC, the start of the earliest reading that is not before the message
    was sent; where every reading is past, the earliest of all.
    """

    start: int
    end: int
    earliest: int | None


class TimesIn(Protocol):
    """Reads times: every one that a text names, by when the message was sent. It raises nothing on any text."""

    def __call__(self, text: str, sent: Instant, bag: Iterable[str]) -> Iterable[TimeRead]:
        """The times of ``text``, in its order. ``bag``: its words as line.py has them."""
        ...


def no_times(text: str, sent: Instant, bag: Iterable[str]) -> Iterable[TimeRead]:
    """The reader of times where none was handed in: it finds none."""
    del text, sent, bag
    return ()


class TimesNear:
    """Asks the reader of times about a proposal and the few messages after it."""

    wakes = frozenset({MEETING_PROPOSAL.id})

    def __init__(self, times: TimesIn) -> None:
        self.waiting = False
        self._times = times
        self._proposed: int | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        if line.has(MEETING_PROPOSAL, *PROPOSALS):
            self._proposed = line.number
        self.waiting = self._proposed is not None and line.number - self._proposed < NEAR
        if self._proposed is None or line.number - self._proposed > NEAR:
            return ()
        return tuple(self._told(line))

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _told(self, line: Line) -> Iterator[Found]:
        for start, end, earliest in self._times(line.time_text, line.message.sent, line.bag):
            yield Found(MEETING_TIME, "time", (line.number,), (line.time_place(start, end),), line.by, earliest)
