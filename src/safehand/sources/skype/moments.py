"""Times of Skype's data: ``2021-02-01T00:00:02.1Z``, UTC, with as many digits as were wanted; and milliseconds."""

from __future__ import annotations

import re
from typing import Final

from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import local_micros

_FORM: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,7}))?(?:Z|\+00:00)"
)
_DATE: Final = 10
_USUAL: Final = len("2021-02-01T00:00:02.100Z")
_MINUTES: Final = {
    f"T{hour:02d}:{minute:02d}:": (hour * 60 + minute) * 60 * MICRO for hour in range(24) for minute in range(60)
}
"""Microseconds of a day before each of its minutes."""
_SECONDS: Final = {f"{second:02d}.": second * MICRO for second in range(60)}
_FRACTIONS: Final = {f"{fraction:03d}Z": fraction * 1000 for fraction in range(1000)}
_NO_YEAR: Final = 1
"""What .NET writes where there is no time."""
_DAYS_KEPT: Final = 40_000
_MILLIS: Final = 3
_LAST: Final = 253_402_300_799_999
_UTC, _MILLI = Basis.UTC, Precision.MILLISECOND


class Moments:
    """Reads the times of one file: the days of it are each looked up once."""

    __slots__ = ("_days",)

    def __init__(self) -> None:
        self._days: dict[str, int] = {}

    def read(self, raw: str) -> Instant:
        """The moment that ``raw`` tells."""
        if len(raw) != _USUAL:
            return self._read(raw)
        try:
            micros = self._days[raw[:_DATE]] + _MINUTES[raw[10:17]] + _SECONDS[raw[17:20]] + _FRACTIONS[raw[20:]]
        except KeyError:
            return self._read(raw)
        return Instant(raw, _UTC, _MILLI, micros, micros, micros)

    def _read(self, raw: str) -> Instant:
        match = _FORM.fullmatch(raw)
        day = None if match is None else self._day(raw[:_DATE])
        if match is None or day is None:
            return unknown_instant(raw)
        hour, minute, second, rest = int(match[4]), int(match[5]), int(match[6]), match[7]
        if hour > 23 or minute > 59 or second > 59:
            return unknown_instant(raw)
        micros = day + ((hour * 60 + minute) * 60 + second) * MICRO
        precision = Precision.SECOND
        if rest is not None:
            micros += int(rest.ljust(6, "0")[:6])
            precision = Precision.MILLISECOND if len(rest) <= _MILLIS else Precision.MICROSECOND
        return Instant(raw, _UTC, precision, micros, micros, micros)

    def _day(self, date: str) -> int | None:
        """Where the day begins; None for one that no calendar has."""
        year = int(date[:4])
        try:
            found = None if year == _NO_YEAR else local_micros(year, int(date[5:7]), int(date[8:10]))
        except ValueError:
            return None
        if found is not None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[date] = found
        return found


def millis(given: object) -> Instant | None:
    """Milliseconds of UTC, as text or as a number; None for what is none."""
    text = str(given) if type(given) is int else given
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > len(str(_LAST)):
        return None
    number = int(text)
    if not 0 < number <= _LAST:
        return None
    micros = number * 1000
    return Instant(text, _UTC, Precision.MILLISECOND, micros, micros, micros)
