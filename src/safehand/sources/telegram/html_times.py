"""The times of Telegram's pages: what stands in ``title`` beside each message, and the day above a row of them.

    title="09.01.2026 22:27:01 UTC+03:30"     since about November 2022: the offset is stated, and UTC follows
    title="09.01.2026 22:27:01"               before: the clock of the machine that exported, an interval
    9 January 2026                            the line above the first message of a day

What stands there is day first, always, and in English, always (Telegram Desktop's FormatDateTime, FormatDateText). The
offset is east of Greenwich: 22:27:01 at UTC+03:30 is 18:57:01 in UTC.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import DAY, LocalClock, doubts_of, local_micros
from safehand.sources.telegram.times import Timed

_TITLE: Final = re.compile(r"(\d\d\.\d\d\.\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):?(\d\d))?", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", re.ASCII)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        1,
    )
}  # fmt: skip

_OFFSET, _SECOND = Basis.OFFSET, Precision.SECOND
_UNREADABLE: Final = (Doubt.TIME_UNREADABLE,)


class PageTimes:
    """Reads the times of one conversation."""

    __slots__ = ("_clock", "_day", "_day_at", "_zone", "_zone_micros", "offsets")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._day = ""
        self._day_at = 0
        self._zone = ("", "", "")
        self._zone_micros = 0
        self.offsets: set[int] = set()
        """The offsets from UTC that the pages state, in seconds."""

    def read(self, raw: str) -> Timed:
        """The moment that ``title`` gives."""
        found = _TITLE.fullmatch(raw)
        if found is None:
            return Timed(unknown_instant(raw), _UNREADABLE)
        day, hour, minute, second, *zone = found.groups()
        day_at = self._day_at if day == self._day else self._day_of(day)
        if day_at is None or hour > "23" or minute > "59" or second > "59":
            return Timed(unknown_instant(raw), _UNREADABLE)
        local = day_at + (int(hour) * 3600 + int(minute) * 60 + int(second)) * MICRO
        if zone[0] is None:
            instant = self._clock.instant(raw, local, _SECOND, Basis.EXPORTER_LOCAL)
            return Timed(instant, doubts_of(instant))
        stated = (zone[0], zone[1], zone[2])
        if stated != self._zone and not self._learn(*stated):
            return Timed(unknown_instant(raw), _UNREADABLE)
        utc = local - self._zone_micros
        return Timed(Instant(raw, _OFFSET, _SECOND, utc, utc, utc))

    def whole_day(self, words: str) -> Timed | None:
        """The day that a line names, from its first moment to its last. None where it names none."""
        found = _DAY.fullmatch(words)
        month = _MONTHS.get(found[2]) if found else None
        if found is None or month is None:
            return None
        try:
            local = local_micros(int(found[3]), month, int(found[1]))
        except ValueError:
            return None
        # The day of the zone that the messages state; before any does, of the exporting machine's, whichever it was.
        east, west = (self._zone_micros, -self._zone_micros) if self.offsets else (EAST_MOST, WEST_MOST)
        basis = _OFFSET if self.offsets else Basis.EXPORTER_LOCAL
        instant = Instant(words, basis, Precision.DAY, None, local - east, local + DAY - MICRO + west, local)
        return Timed(instant, () if self.offsets else (Doubt.ZONE_UNKNOWN,))

    def is_on(self, raw: str, day: Instant) -> bool:
        """Whether a title that was read is of the day that stands above it."""
        return raw[:10] == self._day and self._day_at == day.local

    def _day_of(self, day: str) -> int | None:
        try:
            at = local_micros(int(day[6:]), int(day[3:5]), int(day[:2]))
        except ValueError:
            return None
        self._day, self._day_at = day, at
        return at

    def _learn(self, sign: str, hours: str, minutes: str) -> bool:
        seconds = int(hours) * 3600 + int(minutes) * 60
        micros = seconds * MICRO * (-1 if sign == "-" else 1)
        if minutes > "59" or not -WEST_MOST <= micros <= EAST_MOST:
            return False
        self._zone, self._zone_micros = (sign, hours, minutes), micros
        self.offsets.add(micros // MICRO)
        return True
