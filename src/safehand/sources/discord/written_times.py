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
_MOST_CLOCKS: Final = 5_000
_NOON: Final = 12
_UNREADABLE: Final = (Doubt.TIME_UNREADABLE,)
ZONE_UNKNOWN: Final = (Doubt.ZONE_UNKNOWN,)
"""The doubts of nearly every time here: this very tuple, so that a reader may count them apart."""


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
        self._date: tuple[str, tuple[tuple[str, int], ...]] = "", ()
        """The last date with the sign behind it, and how it is read."""
        self._clocks: dict[str, tuple[int, bool]] = {}
        """Times of day, by what stands behind a date."""
        self._kept: tuple[str, Instant, tuple[Doubt, ...]] = ("", unknown_instant(""), ())

    def see(self, text: str) -> None:
        """Take in the evidence of the next time of the file."""
        if self._before and text.startswith(self._before):
            return
        found = _NUMBERS.fullmatch(text)
        if found is None or len(found[1]) > 2:
            return
        self._before = text[: found.end(4) + 1]
        ways = {order: _day(found[1], found[3], found[4], order) for order in (_DAY_FIRST, _MONTH_FIRST)}
        if not any(at is not None for at in ways.values()):
            return  # no day in any order: it tells nothing of the others
        for order, at in ways.items():
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
        date, days = self._date
        clock = self._clocks.get(text[len(date) :]) if date and text.startswith(date) else None
        if clock is None:
            days, clock = self._parse(text)
        if clock is None or not days:
            return unknown_instant(text), _UNREADABLE
        precision = Precision.MINUTE if clock[1] else Precision.SECOND
        if len(days) == 1:
            sent = self._clock.instant(text, days[0][1] + clock[0], precision, Basis.EXPORTER_LOCAL)
            return sent, ZONE_UNKNOWN if self._clock.zone is None else doubts_of(sent)
        readings = tuple((label, at + clock[0]) for label, at in days)
        sent = self._clock.either(text, readings, precision, Basis.EXPORTER_LOCAL)
        return sent, doubts_of(sent)

    def _parse(self, text: str) -> tuple[tuple[tuple[str, int], ...], tuple[int, bool] | None]:
        """The ways to read the day, and the time of day in microseconds with whether it has no seconds."""
        found = _NUMBERS.fullmatch(text)
        if found is not None:
            days = self._dated(found[1], found[3], found[4])
            hour, minute, second, half = found.group(5, 6, 7, 8)
            self._date = text[: found.end(4) + 1], days
        elif (found := _NAMED.fullmatch(text)) is not None:
            at = _named_day(found[1], found[2], found[3])
            days = () if at is None else ((_DAY_FIRST, at),)
            hour, minute, second, half = found.group(4, 5, 6, 7)
            self._date = text[: found.end(3) + 1], days
        else:
            return (), None
        micros = _clock(int(hour), int(minute), int(second or 0), half)
        if micros is None:
            return (), None
        if len(self._clocks) >= _MOST_CLOCKS:
            self._clocks.clear()
        clock = self._clocks[text[len(self._date[0]) :]] = micros, second is None
        return days, clock

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
