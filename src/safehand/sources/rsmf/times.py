"""Moments in RSMF: ISO 8601, with an offset or, as the schema's own example has it, without one.

2018-09-11T09:45:00Z           UTC
2018-09-11T09:45:00+02:00      an offset
2018-09-11T09:45:00            the clock of whoever made the file: an interval, never UTC
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of, local_micros

_FORM: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"(?:([Zz])|([+-])([0-9]{2}):?([0-9]{2}))?"
)
_MOST: Final = 4096
_MINUTES: Final = {
    f"{hour:02d}:{minute:02d}:": (hour * 60 + minute) * 60 * MICRO for hour in range(24) for minute in range(60)
}
_SECONDS: Final = {f"{second:02d}{zone}": second * MICRO for second in range(60) for zone in "Zz"}


class Timed(NamedTuple):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()


class Times:
    """Reads the moments of one manifest."""

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._days: dict[tuple[str, str, str], int | None] = {}
        self._begun: dict[str, int] = {}
        """By ``2018-09-11T``: the beginnings of days that were read."""

    def read(self, value: Any) -> Timed:
        """The moment that ``value`` tells."""
        if isinstance(value, str) and (day := self._begun.get(value[:11])) is not None:  # in UTC, to the second
            minute, second = _MINUTES.get(value[11:17]), _SECONDS.get(value[17:])
            if minute is not None and second is not None:
                utc = day + minute + second
                return Timed(Instant(value, Basis.UTC, Precision.SECOND, utc, utc, utc))
        match = _FORM.fullmatch(value) if isinstance(value, str) else None
        micros = None if match is None else self._local(match)
        if match is None or micros is None:
            return Timed(unknown_instant("" if value is None else str(value)), (Doubt.TIME_UNREADABLE,))
        fraction = match[7]
        precision = Precision.MINUTE if match[6] is None else Precision.SECOND
        if fraction is not None:
            precision = Precision.MILLISECOND if len(fraction) <= 3 else Precision.MICROSECOND
        if match[8]:
            return Timed(Instant(value, Basis.UTC, precision, micros, micros, micros))
        if match[9]:
            offset = (int(match[10]) * 60 + int(match[11])) * 60 * MICRO
            utc = micros - offset if match[9] == "+" else micros + offset
            return Timed(Instant(value, Basis.OFFSET, precision, utc, utc, utc))
        instant = self._clock.instant(value, micros, precision, Basis.EXPORTER_LOCAL)
        return Timed(instant, doubts_of(instant))

    def _local(self, match: re.Match[str]) -> int | None:
        """The clock reading; None for what no calendar or clock shows."""
        key = (match[1], match[2], match[3])
        if key not in self._days:
            if len(self._days) >= _MOST:
                self._days.clear()
            try:
                self._days[key] = local_micros(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                self._days[key] = None
        day = self._days[key]
        if day is not None:
            if len(self._begun) >= _MOST:
                self._begun.clear()
            self._begun[match[0][:11]] = day
        hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
        offset = match[10] is None or (int(match[10]) <= 23 and int(match[11]) <= 59)
        if day is None or hour > 23 or minute > 59 or second > 59 or not offset:
            return None
        return day + ((hour * 60 + minute) * 60 + second) * MICRO + int((match[7] or "0").ljust(6, "0")[:6])
