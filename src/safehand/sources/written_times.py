"""Times as tables write them: what the text says of its zone is taken at its word, and nothing else is.

    times = Times(LocalClock())
    times.read("2026-01-05T10:00:00.123Z")         UTC
    times.read("2026-04-11 04:02:00 UTC")          UTC
    times.read("Wed Aug 19 12:00:00 UTC 2021")     UTC
    times.read("2026-01-05 10:00:00")              a clock reading: an interval, zone_unknown
    times.read("1629194400000")                    milliseconds since 1970: UTC

The order of day and month is never in question here: the year stands first, or the month is a word.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant, utc_instant
from safehand.sources.local_time import LocalClock, doubts_of

_EPOCH_UTC: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH: Final = _EPOCH_UTC.replace(tzinfo=None)
_DAY: Final = 86_400

_YEAR_FIRST: Final = re.compile(
    r"(\d{4})(?:-(\d\d)-(\d\d)|/(\d\d)/(\d\d))[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?"
    r"(?:( ?UTC|Z)|([+-])(\d\d):?(\d\d))?",
    re.ASCII,
)
_MONTH_IN_WORDS: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (?:UTC|GMT) (\d{4})", re.ASCII
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MILLIS: Final = range(12, 15)
"""Digits of a count of milliseconds, of 1973 to 5138: no count of seconds, and no day in digits, has so many."""
_SECONDS: Final = re.compile(r"\d{9,11}(?:\.0+)?", re.ASCII)

_MICRO_DIGITS: Final = 6
_MILLI_DIGITS: Final = 3

Read = tuple[Instant, tuple[Doubt, ...]]


class Times:
    """Reads the times of one file: many rows have the same second, and all the same doubts."""

    __slots__ = ("_clock", "_last")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._last: tuple[str, Read] = ("", (unknown_instant(""), (Doubt.TIME_UNREADABLE,)))

    def read(self, text: str) -> Read:
        """When that was, and what is in doubt about it."""
        if text == self._last[0]:
            return self._last[1]
        sent = _quick(text) or self._quick_local(text) or self._instant(text)
        found = sent, () if sent.basis in _CERTAIN else doubts_of(sent)
        self._last = text, found
        return found

    def _quick_local(self, text: str) -> Instant | None:
        """A clock reading, by the short way: 2026-01-05 10:00:00."""
        micros = clock_reading(text)
        return None if micros is None else self._clock.instant(text, micros, Precision.SECOND, Basis.SERVER_LOCAL)

    def _instant(self, text: str) -> Instant:
        match = _YEAR_FIRST.fullmatch(text)
        if match is not None:
            return self._year_first(text, match)
        millis = millis_of(text)
        if millis is not None:
            return utc_instant(text, millis * 1000, Precision.MILLISECOND)
        words = _MONTH_IN_WORDS.fullmatch(text)
        if words is not None and words[1] in _MONTHS:
            local = _micros(f"{words[4]}-{_MONTHS.index(words[1]) + 1:02d}-{int(words[2]):02d}T{words[3]}")
            if local is not None:
                return utc_instant(text, local, Precision.SECOND)
        return unknown_instant(text)

    def _year_first(self, text: str, match: re.Match[str]) -> Instant:
        year, month, day, month_, day_, clock, fraction, is_utc, sign, hours, minutes = match.groups()
        micros = _micros(f"{year}-{month or month_}-{day or day_}T{clock}")
        if micros is None:
            return unknown_instant(text)
        precision = Precision.SECOND
        if fraction is not None:
            micros += int(fraction[:_MICRO_DIGITS].ljust(_MICRO_DIGITS, "0"))
            precision = Precision.MILLISECOND if len(fraction) <= _MILLI_DIGITS else Precision.MICROSECOND
        if is_utc is not None:
            return Instant(text, Basis.UTC, precision, micros, micros, micros)
        if sign is None:
            return self._clock.instant(text, micros, precision, Basis.SERVER_LOCAL)
        if int(hours) > _MOST_HOURS or int(minutes) >= _MINUTES:
            return unknown_instant(text)
        offset = (int(hours) * _MINUTES + int(minutes)) * _MINUTES * MICRO
        return utc_instant(text, micros - offset if sign == "+" else micros + offset, precision, Basis.OFFSET)


_LENGTHS: Final = {20: Precision.SECOND, 24: Precision.MILLISECOND}
_CERTAIN: Final = frozenset((Basis.UTC, Basis.OFFSET))
_T_AT: Final = 10
_DASH_AT: Final = 7
_LOCAL_LENGTH: Final = 19
_UTC: Final = " UTC"
_UTC_LENGTH: Final = 23
_BASIS_UTC: Final = Basis.UTC
_SECOND: Final = Precision.SECOND


def _quick(text: str) -> Instant | None:
    """The commonest spellings, by the short way: 2026-01-05T10:00:00.123Z and 2026-01-05 10:00:00 UTC."""
    size = len(text)
    if size == _UTC_LENGTH and text[_LOCAL_LENGTH:] == _UTC and text[_T_AT] == " " and text[_DASH_AT] == "-":
        micros = _micros(text[:_LOCAL_LENGTH])
        if micros is None:
            return None
        return Instant(text, _BASIS_UTC, _SECOND, micros, micros, micros)
    precision = _LENGTHS.get(size)
    if precision is None or text[-1] != "Z" or text[_T_AT] != "T":
        return None
    try:
        since = datetime.fromisoformat(text) - _EPOCH_UTC
    except ValueError:
        return None
    micros = (since.days * _DAY + since.seconds) * MICRO + since.microseconds
    return Instant(text, _BASIS_UTC, precision, micros, micros, micros)


_MOST_HOURS: Final = 14
_MINUTES: Final = 60


def millis_of(text: str) -> int | None:
    """Milliseconds since 1970, where ``text`` is a count of them."""
    return int(text) if len(text) in _MILLIS and text.isdecimal() and text.isascii() else None


def clock_reading(text: str) -> int | None:
    """What ``2026-01-05 10:00:00`` shows, in microseconds of a clock of no zone; None for any other spelling."""
    if len(text) != _LOCAL_LENGTH or text[_T_AT] != " " or text[_DASH_AT] != "-":
        return None
    return _micros(text)


def seconds_instant(text: str) -> Instant | None:
    """Seconds since 1970, where ``text`` is a count of them: for columns that say so."""
    match = _SECONDS.fullmatch(text)
    return None if match is None else utc_instant(text, int(text.partition(".")[0]) * MICRO, Precision.SECOND)


def _micros(text: str) -> int | None:
    try:
        since = datetime.fromisoformat(text) - _EPOCH
    except (ValueError, TypeError):  # TypeError: an offset stands there too
        return None
    return (since.days * _DAY + since.seconds) * MICRO + since.microseconds
