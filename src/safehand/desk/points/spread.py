"""How the messages of a case lie about a day on which the law changed.

    spread = spread_of(days_of(casefile))
    spread.first, spread.last             the earliest and the latest day that a dated message may be of
    spread.about(date(2017, 4, 3))        Split(before=41, since=900, either=2)

A message whose zone is not stated may be of the day before or after what its clock read, for zones run from UTC-12 to
UTC+14; one whose day and month may be read two ways may be of either day. Such messages are never put on one side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from safehand.casefile.clock import Clock
from safehand.casefile.dates import DayOfCase
from safehand.desk.points.offence import Offence, Wording

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many messages are each of a day from ``first`` to ``last``, in the United Kingdom."""

    first: date
    last: date
    messages: int


@dataclass(frozen=True, slots=True)
class Split:
    """Messages before a day, on or after it, and those that may be either. Messages without a time are in none."""

    before: int
    since: int
    either: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The days of a case. ``undated`` messages may be of any."""

    stretches: tuple[Stretch, ...]
    undated: int

    @property
    def first(self) -> date | None:
        """The earliest day; None where no message has one."""
        return min((each.first for each in self.stretches), default=None)

    @property
    def last(self) -> date | None:
        """The latest day."""
        return max((each.last for each in self.stretches), default=None)

    def about(self, day: date) -> Split:
        """How they lie about it."""
        before = sum(each.messages for each in self.stretches if each.last < day)
        since = sum(each.messages for each in self.stretches if each.first >= day)
        return Split(before, since, sum(each.messages for each in self.stretches) - before - since)


def spread_of(days: Iterable[DayOfCase]) -> Spread:
    """Of what a case file holds."""
    stretches: list[Stretch] = []
    undated = 0
    for each in days:
        if each.day is None:
            undated += each.messages
            continue
        readings = [day for day in (each.day, each.other) if day is not None]
        first, last = min(readings), max(readings)
        if each.clock is not Clock.UK:
            first, last = _earlier(first), _later(last)
        stretches.append(Stretch(first, last, each.messages))
    return Spread(tuple(stretches), undated)


def is_outside(offence: Offence, spread: Spread) -> bool:
    """Whether every dated message is from a time in which it was not in force. Never, where none is dated."""
    held = offence.in_force
    if held is None or not spread.stretches:
        return False
    return not any(
        (held.start is None or each.last >= held.start) and (held.end is None or each.first <= held.end)
        for each in spread.stretches
    )


def may_hold(wording: Wording, spread: Spread) -> bool:
    """Whether some message may be from the time in which an element read so. All may, where one is undated."""
    if spread.undated or not spread.stretches:
        return True
    return any(
        (wording.start is None or each.last >= wording.start) and (wording.end is None or each.first <= wording.end)
        for each in spread.stretches
    )


def _earlier(day: date) -> date:
    return day - _DAY if day > date.min else day


def _later(day: date) -> date:
    return day + _DAY if day < date.max else day
