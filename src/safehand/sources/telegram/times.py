"""Telegram's two times: ``date``, the clock of the machine that exported, and ``date_unixtime``, seconds in UTC.

    "date": "2026-01-09T22:27:01", "date_unixtime": "1767997621"     UTC, and the clock stood at UTC+00:00
    "date": "2026-01-09T22:27:01"                                    before version 3.7.6: an interval, zone unknown

The two are one moment, so their difference is the zone of the exporting machine: between UTC-12 and UTC+14, in quarter
hours, which is what every zone has been in Telegram's time. A difference that is no zone is the doubt
``times_disagree``, and UTC stands.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant, utc_instant
from safehand.sources.local_time import LocalClock, doubts_of, local_micros

_HOUR: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2})")
_SECONDS: Final = {f":{n // 60:02d}:{n % 60:02d}": n for n in range(3600)}
"""Every end of a clock reading, ``:27:01``, as seconds: a look-up is quicker than two conversions."""

_MOST_HOURS: Final = 4096
"""Hours that are remembered; half a year of an unbroken chat."""

_LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999, past which no time can be written."""

_UTC, _SECOND = Basis.UTC, Precision.SECOND
_QUARTER: Final = 900
_WEST: Final = -(WEST_MOST // MICRO)
_EAST: Final = EAST_MOST // MICRO


class Timed(NamedTuple):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()


class Times:
    """Reads the times of one file."""

    __slots__ = ("_clock", "_hours", "_offset", "offsets")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._hours: dict[str, int] = {}
        self._offset: int | None = None
        self.offsets: set[int] = set()
        """The exporting machine's offsets from UTC, in seconds, as far as the file shows them."""

    def begin(self) -> None:
        """Another conversation begins: its offsets are its own."""
        self._offset = None
        self.offsets = set()

    def quick(self, date: str, unixtime: str) -> Instant | None:
        """Both times as Telegram writes them, agreeing; anything else is for ``read``."""
        base = self._hours.get(date[:13]) or self._learn(date[:13])
        seconds = _SECONDS.get(date[13:])
        if base is None or seconds is None or not (unixtime.isascii() and unixtime.isdigit() and len(unixtime) < 12):
            return None
        utc = int(unixtime)
        offset = base + seconds - utc
        if offset != self._offset and not self._is_zone(offset):
            return None
        micros = utc * MICRO
        return Instant(unixtime, _UTC, _SECOND, micros, micros, micros)

    def read(self, date: Any, unixtime: Any) -> Timed:
        """The moment that one or both of the fields tell."""
        utc = _seconds(unixtime)
        local = self._local(date)
        if utc is None and local is None:
            raw = unixtime if unixtime is not None else date
            return Timed(unknown_instant("" if raw is None else str(raw)), (Doubt.TIME_UNREADABLE,))
        bad = (Doubt.TIME_UNREADABLE,) if _stands_unread(date, local) or _stands_unread(unixtime, utc) else ()
        if utc is None:
            return self._by_clock(str(date), local or 0, bad)
        if local is not None and not self._is_zone(local - utc):
            bad = (*bad, Doubt.TIMES_DISAGREE)
        return Timed(utc_instant(str(unixtime), utc * MICRO, Precision.SECOND), bad)

    def local(self, date: Any) -> Timed:
        """A field that has only the exporting machine's clock, such as a reaction's."""
        return self.read(date, None)

    def _by_clock(self, raw: str, local: int, doubts: tuple[Doubt, ...]) -> Timed:
        instant = self._clock.instant(raw, local * MICRO, Precision.SECOND, Basis.EXPORTER_LOCAL)
        return Timed(instant, (*doubts, *doubts_of(instant)))

    def _is_zone(self, offset: int) -> bool:
        if offset % _QUARTER or not _WEST <= offset <= _EAST:
            return False
        self._offset = offset
        self.offsets.add(offset)
        return True

    def _local(self, date: Any) -> int | None:
        """The clock reading in seconds since 1970 as if it were UTC."""
        if not isinstance(date, str):
            return None
        seconds = _SECONDS.get(date[13:])
        if seconds is None:
            return None
        base = self._hours.get(date[:13]) or self._learn(date[:13])
        return None if base is None else base + seconds

    def _learn(self, hour: str) -> int | None:
        base = _hour(hour)
        if base is not None:
            if len(self._hours) >= _MOST_HOURS:
                self._hours.clear()
            self._hours[hour] = base
        return base


def _hour(text: str) -> int | None:
    match = _HOUR.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour = map(int, match.groups())
    try:
        return local_micros(year, month, day, hour) // MICRO
    except ValueError:
        return None


def _seconds(unixtime: Any) -> int | None:
    """A string of digits, as Telegram writes it, or a number, as other tools do."""
    if isinstance(unixtime, str) and unixtime.isascii() and unixtime.isdigit() and len(unixtime) <= 12:
        unixtime = int(unixtime)
    if not isinstance(unixtime, int) or isinstance(unixtime, bool) or not 0 <= unixtime <= _LAST_SECOND:
        return None
    return unixtime


def _stands_unread(field: Any, read: int | None) -> bool:
    return field is not None and read is None
