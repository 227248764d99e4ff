"""Times that words can mean: the values.

    MeetingTime(earliest=1763487000000000, latest=1763487000000000, local=…, local_end=…,
                words=((8, 14),), rules=("clock.half",), doubts=(TimeDoubt.HALF_OF_DAY,))

"meet at half 5", sent at 16:20 on 18 November 2025, has this reading (17:30 that day) and another (05:30 the next).
Each is a prompt to look: it says which words, by which rules, and what was assumed. What readings there should be is
docs/spec/meeting-time.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class TimeDoubt(StrEnum):
    """What was assumed for a reading. A code, never a guess passed off as known."""

    HALF_OF_DAY = "half_of_day"
    """The words give an hour and not which half of the day: both are read."""
    WHICH_DAY = "which_day"
    """The words fit more than one day: "Friday" said on a Friday, "tomorrow" said after midnight."""
    WHICH_WEEK = "which_week"
    """"Next Friday", "next weekend": people mean the first to come or the one after."""
    NEXT_COMING = "next_coming"
    """A clock time, a part of a day or a date without its day or year: the next coming of it."""
    ABOUT = "about"
    """The words are not exact: "4ish", "a few days", "tonight". The hours of parts are those of parts.py."""
    LOOKS_PAST = "looks_past"
    """A verb before it tells of the past. The reading to come is kept all the same."""
    MONTH_FIRST = "month_first"
    """The figures are no date with the day first."""
    DATES_DIFFER = "dates_differ"
    """Day of the week and date do not agree: each is read."""
    WHERE = "where"
    """It is on other days in other places: bank holidays of the nations, weeks of schools."""
    ZONE_UNKNOWN = "zone_unknown"
    """The clock of the message is in no zone that is known: the interval covers them all."""
    CLOCK_CHANGE = "clock_change"
    """The clock shows this time twice that day, or never: the interval covers both."""


class MeetingTime(msgspec.Struct, frozen=True, gc=False):
    """One reading. Microseconds as in safehand.model.instant; ``latest`` is the last one that belongs to it.

    ``local`` and ``local_end`` are the same by the clock of the message, written as if it showed UTC. They are equal
    for a moment; for a stretch ``local_end`` is the first microsecond after it. ``words`` are stretches of the text,
    start and end (not included) in characters, in order.
    """

    earliest: int
    latest: int
    local: int
    local_end: int
    words: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    doubts: tuple[TimeDoubt, ...] = ()

    def order_key(self) -> tuple[int, int, tuple[tuple[int, int], ...], tuple[str, ...]]:
        """Earliest first; nothing is equal that differs in what it means or where it stands."""
        return self.earliest, self.latest, self.words, self.rules


def earliest_ahead(times: Iterable[MeetingTime], now: int) -> MeetingTime | None:
    """The reading that drives the clock: the earliest that is not over at ``now`` (UTC), or None where all are.

    A doubt about the half of the day, the week or the zone so takes the earlier (F6.4).
    """
    return min((time for time in times if time.latest >= now), key=MeetingTime.order_key, default=None)
