"""How the messages of a case lie about a day on which the law changed.

    spread = spread_in(casefile)
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
from safehand.casefile.dates import DaysOfCase, days_of
from safehand.casefile.read import CaseFile
from safehand.desk.points.library import days_of_change
from safehand.desk.points.offence import Offence, Wording

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many messages are each of a day from ``first`` to ``last``, in the United Kingdom."""

    first: date
    last: date
    messages: int
    latest: date
    """The latest of them, each by the earliest day that it may be of."""


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
    exact: bool
    """Of every dated message the day is known."""

    @property
    def first(self) -> date | None:
        """The earliest day; None where no message has one."""
        return min((each.first for each in self.stretches), default=None)

    @property
    def last(self) -> date | None:
        """The latest day."""
        return max((each.last for each in self.stretches), default=None)

    @property
    def latest(self) -> date | None:
        """The day of the latest message; in doubt of its day, the earlier one."""
        return max((each.latest for each in self.stretches), default=None)

    def about(self, day: date) -> Split:
        """How they lie about a day on which the law changed: one of ``days_of_change``. About any other day those
        that are told together are said to be of either side.
        """
        before = sum(each.messages for each in self.stretches if each.last < day)
        since = sum(each.messages for each in self.stretches if each.first >= day)
        return Split(before, since, sum(each.messages for each in self.stretches) - before - since)


def spread_in(casefile: CaseFile) -> Spread:
    """Of what a case file holds."""
    return spread_of(days_of(casefile, days_of_change()))


def spread_of(days: Iterable[DaysOfCase]) -> Spread:
    """Of days that were counted."""
    stretches: list[Stretch] = []
    undated = 0
    exact = True
    for each in days:
        if each.first is None or each.last is None:
            undated += each.messages
            continue
        first, last, latest = each.first, each.last, each.latest or each.first
        if each.clock is not Clock.UK:
            exact = False
            first, last, latest = _earlier(first), _later(last), _earlier(latest)
        stretches.append(Stretch(first, last, each.messages, latest))
    return Spread(tuple(stretches), undated, exact)


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
