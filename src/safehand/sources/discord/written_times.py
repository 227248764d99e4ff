"""Times as .NET writes them in the culture of a machine: short date, short time, no zone; one file, one culture.

    1/4/2026 7:02 PM      American: the 4th of January          4.1.2026 19.02      Finnish: the same day
    04/01/2026 19:02      British: the same day                 04-Jan-26 07:02 PM  older versions of the program

Which number is the day is told by the whole file, or not at all: a number over 12 is no month; a year written first is
followed by the month; an export runs forward, so in the wrong order its days run back again and again. A person's
statement decides where the file does not, and never overrides it. Where two orders are left, both stand in each time
that differs: ``order_ambiguous``.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import DAY, LocalClock, doubts_of, local_micros

_NUMBERS: Final = re.compile(
    r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?,?\s+(?:[^\W\d]{1,8}\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
    r"(?:\s?([AaPp])\.?\s?[Mm]\.?)?"
)
_NAMED: Final = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s([AP])M)?")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_DAY_FIRST: Final = "day first"
_MONTH_FIRST: Final = "month first"
_YEAR_FIRST: Final = "year first"
_BACKWARD: Final = 10
"""Times that the days of a file must run back in one order, and not in the other, to rule it out."""
_FIRST_YEAR: Final = 2015
"""Discord began."""
_LAST_YEAR: Final = 2049
_MOST_DAYS: Final = 50_000
_NOON: Final = 12
_UNREADABLE: Final = (Doubt.TIME_UNREADABLE,)


class WrittenTimes:
    """The times of one file: first ``see`` them all, then ``decide``, then ``read``."""

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._impossible: dict[str, int] = {_DAY_FIRST: 0, _MONTH_FIRST: 0}
        self._back: dict[str, int] = {_DAY_FIRST: 0, _MONTH_FIRST: 0}
        self._last: dict[str, int] = {}
        self._before = ""
        self._orders: tuple[str, ...] = (_DAY_FIRST, _MONTH_FIRST)
        self._days: dict[tuple[str, str, str], tuple[tuple[str, int], ...]] = {}
        self._kept: tuple[str, Instant, tuple[Doubt, ...]] = ("", unknown_instant(""), ())

    def see(self, text: str) -> None:
        """Take in the evidence of the next time of the file."""
        found = _NUMBERS.fullmatch(text)
        if found is None or len(found[1]) > 2 or found[0][: found.end(4)] == self._before:
            return
        self._before = found[0][: found.end(4)]
        for order in (_DAY_FIRST, _MONTH_FIRST):
            at = _day(found[1], found[3], found[4], order)
            if at is None:
                self._impossible[order] += 1
                continue
            self._back[order] += at < self._last.get(order, at)
            self._last[order] = at

    def decide(self, *, day_first: bool | None, by: str | None) -> tuple[str, ...]:
        """Weigh it. What is to be said of it, as plain sentences."""
        bad, back = self._impossible, self._back
        if not self._last and not any(bad.values()):
            return ()
        for order, other in ((_DAY_FIRST, _MONTH_FIRST), (_MONTH_FIRST, _DAY_FIRST)):
            if bad[other] and not bad[order]:
                self._orders = (order,)
                return (f"Dates are {order}: {bad[other]} cannot be read {other}.",)
        if any(bad.values()):
            return ("The dates contradict each other: some can only be read in one order, some only in another.",)
        for order, other in ((_DAY_FIRST, _MONTH_FIRST), (_MONTH_FIRST, _DAY_FIRST)):
            if back[other] >= _BACKWARD and not back[order]:
                self._orders = (order,)
                return (f"Dates are {order}: read {other}, the days of the file run back {back[other]} times.",)
        if day_first is not None:
            self._orders = (_DAY_FIRST if day_first else _MONTH_FIRST,)
            return (f"That dates are {self._orders[0]} was stated by {by or 'a person'}; nothing in the file says it.",)
        return ("Whether dates are day first or month first cannot be told from this file.",)

    def read(self, text: str) -> tuple[Instant, tuple[Doubt, ...]]:
        """The time that ``text`` tells. Messages of one minute have the same."""
        if text == self._kept[0]:
            return self._kept[1], self._kept[2]
        sent, doubts = self._read(text)
        self._kept = text, sent, doubts
        return sent, doubts

    def _read(self, text: str) -> tuple[Instant, tuple[Doubt, ...]]:
        found = _NUMBERS.fullmatch(text)
        if found is not None:
            days = self._dated(found[1], found[3], found[4])
            hour, minute, second, half = found.group(5, 6, 7, 8)
        elif (found := _NAMED.fullmatch(text)) is not None:
            at = _named_day(found[1], found[2], found[3])
            days = () if at is None else ((_DAY_FIRST, at),)
            hour, minute, second, half = found.group(4, 5, 6, 7)
        else:
            return unknown_instant(text), _UNREADABLE
        clock = _clock(int(hour), int(minute), int(second or 0), half)
        if clock is None or not days:
            return unknown_instant(text), _UNREADABLE
        precision = Precision.MINUTE if second is None else Precision.SECOND
        readings = tuple((label, at + clock) for label, at in days)
        sent = self._clock.either(text, readings, precision, Basis.EXPORTER_LOCAL)
        return sent, doubts_of(sent)

    def _dated(self, one: str, two: str, three: str) -> tuple[tuple[str, int], ...]:
        key = one, two, three
        if key not in self._days:
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
            orders = (_YEAR_FIRST,) if len(one) > 2 else self._orders
            found = [(order, at) for order in orders if (at := _day(one, two, three, order)) is not None]
            self._days[key] = tuple(found)
        return self._days[key]


def _day(one: str, two: str, three: str, order: str) -> int | None:
    """The first moment of a day; None where there is no such day in Discord's years."""
    if order == _YEAR_FIRST:
        year, month, day = int(one), int(two), int(three)
    elif order == _DAY_FIRST:
        year, month, day = int(three), int(two), int(one)
    else:
        year, month, day = int(three), int(one), int(two)
    return _at(year, month, day)


def _named_day(day: str, month: str, year: str) -> int | None:
    number = _MONTHS.get(month)
    return None if number is None else _at(int(year), number, int(day))


def _at(year: int, month: int, day: int) -> int | None:
    year += 2000 if year < 100 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return local_micros(year, month, day)
    except ValueError:
        return None


def _clock(hour: int, minute: int, second: int, half: str | None) -> int | None:
    """A time of day in microseconds; None for one that no clock shows."""
    if half is not None:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in "pP" else 0)
    micros = (hour * 3600 + minute * 60 + second) * MICRO
    return micros if minute < 60 and second < 60 and micros < DAY else None
