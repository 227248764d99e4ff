"""Time lines: how many days one unit has, which units there are, and which of them have words under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from safehand.casefile.talked import Unit
from safehand.desk.core import say

MOST: Final = 92
"""Units in a picture: three months of days, two years of weeks. A bar is still seven pixels wide then."""

_DAYS_OF: Final = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.YEAR: 365}
_APART: Final = 52
"""Pixels from one label to the next."""


class Axis(Protocol):
    """What stands along a picture."""

    def __len__(self) -> int: ...

    def labels(self, slot: float) -> tuple[tuple[int, str], ...]:
        """Which places have words under them, and which words, where each place has ``slot`` pixels."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Units of time, by their first days."""

    begins: tuple[date, ...]
    unit: Unit

    def __len__(self) -> int:
        return len(self.begins)

    def labels(self, slot: float) -> tuple[tuple[int, str], ...]:
        """See Axis."""
        return labels(self.begins, self.unit, slot)


@dataclass(frozen=True, slots=True)
class HoursOfDay:
    """From midnight to midnight."""

    def __len__(self) -> int:
        return 24

    def labels(self, slot: float) -> tuple[tuple[int, str], ...]:
        """See Axis."""
        every = 3 if slot * 3 >= _APART else 6
        return tuple((hour, f"{hour:02}:00") for hour in range(0, 24, every))


def unit_for(first: date, last: date) -> Unit:
    """The smallest unit of which there are few enough between two days."""
    length = (last - first).days + 1
    fits = (unit for unit in (Unit.DAY, Unit.WEEK, Unit.MONTH) if length <= _DAYS_OF[unit] * (MOST - 1))
    return next(fits, Unit.YEAR)


def begin_of(day: date, unit: Unit) -> date:
    """The first day of the unit that a day lies in."""
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - timedelta(days=min(day.weekday(), (day - date.min).days))
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.YEAR:
            return day.replace(month=1, day=1)


def units(first: date, last: date, unit: Unit) -> tuple[date, ...]:
    """The first day of every unit from one day to another, silent ones too."""
    return tuple(_units(begin_of(first, unit), last, unit))


def _units(begin: date, last: date, unit: Unit) -> Iterator[date]:
    while begin <= last:
        yield begin
        following = _after(begin, unit)
        if following is None:
            return
        begin = following


def _after(begin: date, unit: Unit) -> date | None:
    try:
        match unit:
            case Unit.DAY | Unit.WEEK:
                return begin + timedelta(days=_DAYS_OF[unit])
            case Unit.MONTH:
                return begin.replace(year=begin.year + begin.month // 12, month=begin.month % 12 + 1)
            case Unit.YEAR:
                return begin.replace(year=begin.year + 1)
    except (OverflowError, ValueError):
        return None  # the last a calendar has


def unit_words(begin: date, unit: Unit) -> str:
    """A unit in a sentence or a table: ``4 January 2026``, ``week of 5 January 2026``, ``January 2026``."""
    match unit:
        case Unit.DAY:
            return say.weekday(begin)
        case Unit.WEEK:
            return f"Week of {say.day(begin)}"
        case Unit.MONTH:
            return f"{begin:%B} {begin.year}"
        case Unit.YEAR:
            return str(begin.year)


def labels(begins: Sequence[date], unit: Unit, slot: float) -> tuple[tuple[int, str], ...]:
    """Which units have words under them, and which words, so that no two meet."""
    found: list[tuple[int, str]] = []
    free_from = 0.0
    for at, begin in enumerate(begins):
        words = _label(begin, unit, begins[at - 1] if at else None)
        if words and at * slot >= free_from:
            found.append((at, words))
            free_from = at * slot + max(_APART, 7 * len(words))
    return tuple(found)


def _label(begin: date, unit: Unit, before: date | None) -> str:
    match unit:
        case Unit.DAY:
            return f"{begin.day} {begin:%b}" if before is not None else f"{begin.day} {begin:%b} {begin.year}"
        case Unit.YEAR:
            return str(begin.year)
    month, last = _month_of(begin, unit), _month_of(before, unit) if before is not None else None
    if last is None or month.year != last.year:
        return f"{month:%b} {month.year}"
    return f"{month:%b}" if month.month != last.month else ""


def _month_of(begin: date, unit: Unit) -> date:
    # A week belongs to the month of its Thursday, as its number does to the year (ISO 8601-1, 3.1.1.23).
    if unit is Unit.WEEK and begin <= date.max - timedelta(days=3):
        return begin + timedelta(days=3)
    return begin


def round_up(most: int) -> int:
    """The next round number: 1, 2, 5 and their tens."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= most:
                return step * power
        power *= 10
