"""Clock readings of signal-export: the clock of the computer that made the export, its zone not stated.

    2024-01-15T10:30:00.123000      data.json: Python's isoformat, without the fraction where it is zero
    2024-01-15 10:30:00             chat.md
    2019-12-24, 12:23               index.md of old versions

Where Signal kept no time the program writes the beginning of 1970, which is no time.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import DAY, LocalClock, doubts_of, local_micros

_READING: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T|,? )([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
)
_DATE: Final = 10
"""Characters of a date."""
_NO_TIME: Final = 2 * DAY
"""Readings before this are the beginning of 1970 in some zone: Signal is younger."""
_DAYS_KEPT: Final = 40_000
_LOCAL: Final = Basis.EXPORTER_LOCAL

Read = tuple[Instant, tuple[Doubt, ...]]


class Moments:
    """Reads the times of one file."""

    __slots__ = ("_clock", "_days", "_last", "usual")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._days: dict[str, int | None] = {}
        self._last: tuple[str, Read] = ("", (unknown_instant(""), (Doubt.TIME_UNREADABLE,)))
        self.usual: tuple[Doubt, ...] = (Doubt.ZONE_UNKNOWN,) if clock.zone is None else ()
        """What is in doubt about nearly every time: the same tuple each time it is given."""

    def read(self, raw: str) -> Read:
        """The instant of one reading, and what is in doubt about it."""
        if raw == self._last[0]:
            return self._last[1]
        found = self._read(raw)
        self._last = raw, found
        return found

    def _read(self, raw: str) -> Read:
        match = _READING.fullmatch(raw)
        day = None if match is None else self._day(raw[:_DATE])
        if match is None or day is None:
            return unknown_instant(raw), (Doubt.TIME_UNREADABLE,)
        hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
        if hour > 23 or minute > 59 or second > 59 or day < _NO_TIME:
            return unknown_instant(raw), (Doubt.TIME_UNREADABLE,)
        local = day + ((hour * 60 + minute) * 60 + second) * MICRO + int((match[7] or "0").ljust(6, "0"))
        precision = Precision.MILLISECOND if match[7] else Precision.SECOND if match[6] else Precision.MINUTE
        if self._clock.zone is None:
            # Just what LocalClock makes of it, without the way there.
            return Instant(raw, _LOCAL, precision, None, local - EAST_MOST, local + WEST_MOST, local), self.usual
        sent = self._clock.instant(raw, local, precision, _LOCAL)
        return sent, doubts_of(sent) or self.usual

    def _day(self, date: str) -> int | None:
        """Where the day begins; None for one that no calendar has."""
        if date in self._days:
            return self._days[date]
        try:
            found: int | None = local_micros(int(date[:4]), int(date[5:7]), int(date[8:10]))
        except ValueError:
            found = None
        if len(self._days) >= _DAYS_KEPT:
            self._days.clear()
        self._days[date] = found
        return found
