"""Days that have a name in Britain, by the year. Days are ordinals: 1 is 1 January of the year 1 (date.toordinal).

    feasts("boxing_day", 2025)          ((739246, 739246),)
    bank_holidays(2026)                 New Year, Good Friday, … each as one day

Bank holidays are those of England and Wales (Banking and Financial Dealings Act 1971, gov.uk/bank-holidays), then the
other days of Scotland. One-off holidays are proclaimed and not in here. Weeks without school are set by each council:
what stands here is wide enough for most of England (term dates on gov.uk).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, TypeAlias

Days: TypeAlias = tuple[int, int]
"""The first and the last of some days."""

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


def ordinal(year: int, month: int, day: int) -> int:
    """The ordinal of a date; ValueError where there is none."""
    return date(year, month, day).toordinal()


def weekday_of(day: int) -> int:
    """0 is Monday."""
    return (day + 6) % 7


def on_or_after(day: int, weekday: int) -> int:
    """The first such day of the week from ``day`` on."""
    return day + (weekday - weekday_of(day)) % 7


@cache
def easter(year: int) -> int:
    """Easter Sunday (Meeus/Jones/Butcher, Gregorian)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return ordinal(year, month, day + 1)


_FIXED: Final = {
    "christmas_eve": (12, 24),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
    "new_years_day": (1, 1),
    "burns_night": (1, 25),
    "valentines_day": (2, 14),
    "st_davids_day": (3, 1),
    "st_patricks_day": (3, 17),
    "april_fools_day": (4, 1),
    "st_georges_day": (4, 23),
    "halloween": (10, 31),
    "bonfire_night": (11, 5),
    "st_andrews_day": (11, 30),
}

_FROM_EASTER: Final = {
    "pancake_day": -47,
    "ash_wednesday": -46,
    "mothers_day": -21,
    "palm_sunday": -7,
    "good_friday": -2,
    "easter_saturday": -1,
    "easter_sunday": 0,
    "easter_monday": 1,
}


def _may_day(year: int) -> int:
    return on_or_after(ordinal(year, 5, 1), MONDAY)


def _spring(year: int) -> int:
    return on_or_after(ordinal(year, 5, 25), MONDAY)


def _summer(year: int) -> int:
    return on_or_after(ordinal(year, 8, 25), MONDAY)


def _fathers_day(year: int) -> int:
    return on_or_after(ordinal(year, 6, 15), SUNDAY)


def _working_days(*days: int) -> tuple[int, ...]:
    """The days themselves, and for each that falls on a weekend the first working day that none of them has."""
    free = [day for day in days if weekday_of(day) < SATURDAY]
    for _ in range(len(days) - len(free)):
        day = days[0]
        while weekday_of(day) >= SATURDAY or day in free or day < days[-1]:
            day += 1
        free.append(day)
    return tuple(sorted(free))


def _new_year(year: int) -> tuple[int, ...]:
    return _working_days(ordinal(year, 1, 1))


def _christmas(year: int) -> tuple[int, ...]:
    christmas = ordinal(year, 12, 25)
    return _working_days(christmas, christmas + 1)


@cache
def bank_holidays(year: int) -> tuple[int, ...]:
    """The bank holidays of England and Wales in a year, in order."""
    return (
        *_new_year(year),
        easter(year) - 2,
        easter(year) + 1,
        _may_day(year),
        _spring(year),
        _summer(year),
        *_christmas(year),
    )


@cache
def scottish_holidays(year: int) -> tuple[int, ...]:
    """Those of Scotland that England and Wales do not have, in order."""
    second, andrew = ordinal(year, 1, 2), ordinal(year, 11, 30)
    if weekday_of(second) >= SATURDAY:
        second += 2  # the working day after the one that stands for 1 January
    if weekday_of(andrew) >= SATURDAY:
        andrew = on_or_after(andrew, MONDAY)
    return second, on_or_after(ordinal(year, 8, 1), MONDAY), andrew


def half_term(year: int, month: int) -> Days:
    """The weeks in which most schools have half term: ``month`` is 2, 5 or 10, the month in which it begins."""
    match month:
        case 2:
            monday = on_or_after(ordinal(year, 2, 10), MONDAY)
            return monday - 2, monday + 13
        case 5:
            return _spring(year) - 2, _spring(year) + 6
        case _:
            monday = on_or_after(ordinal(year, 10, 19), MONDAY)
            return monday - 2, monday + 13


def _easter_holidays(year: int) -> Days:
    return easter(year) - 16, easter(year) + 16


def _summer_holidays(year: int) -> Days:
    return ordinal(year, 7, 18), ordinal(year, 9, 5)


def _christmas_holidays(year: int) -> Days:
    return ordinal(year, 12, 18), ordinal(year + 1, 1, 6)


_STRETCHES: Final[dict[str, Callable[[int], tuple[Days, ...]]]] = {
    "easter": lambda year: ((easter(year) - 2, easter(year) + 1),),
    "half_term": lambda year: tuple(half_term(year, month) for month in (2, 5, 10)),
    "half_term_february": lambda year: (half_term(year, 2),),
    "half_term_may": lambda year: (half_term(year, 5),),
    "half_term_october": lambda year: (half_term(year, 10),),
    "easter_holidays": lambda year: (_easter_holidays(year),),
    "summer_holidays": lambda year: (_summer_holidays(year),),
    "christmas_holidays": lambda year: (_christmas_holidays(year),),
    "fathers_day": lambda year: ((_fathers_day(year),) * 2,),
    "bank_holiday": lambda year: tuple((day, day) for day in bank_holidays(year)),
    "bank_holiday_monday": lambda year: tuple((d, d) for d in bank_holidays(year) if weekday_of(d) == MONDAY),
    "may_day": lambda year: ((_may_day(year),) * 2,),
    "may_bank_holiday": lambda year: tuple((day, day) for day in (_may_day(year), _spring(year))),
    "spring_bank_holiday": lambda year: ((_spring(year),) * 2,),
    "summer_bank_holiday": lambda year: ((_summer(year),) * 2,),
}

FEASTS: Final = frozenset((*_FIXED, *_FROM_EASTER, *_STRETCHES))
"""Every name there is."""

WIDE: Final = frozenset(name for name in _STRETCHES if "half_term" in name or "holidays" in name)
"""Those that are weeks, and other weeks in other places."""

_IN_SCOTLAND: Final[dict[str, Callable[[int], tuple[int, ...]]]] = {
    "bank_holiday": scottish_holidays,
    "summer_bank_holiday": lambda year: scottish_holidays(year)[1:2],
}


def feasts(name: str, year: int) -> tuple[Days, ...]:
    """The days that have this name in a year, in order. KeyError for a name that is not in FEASTS."""
    if name in _FIXED:
        return ((ordinal(year, *_FIXED[name]),) * 2,)
    if name in _FROM_EASTER:
        return ((easter(year) + _FROM_EASTER[name],) * 2,)
    return _STRETCHES[name](year)


def in_scotland(name: str, year: int) -> tuple[Days, ...]:
    """The days that have this name in Scotland and not in England, where there are any."""
    found = _IN_SCOTLAND.get(name)
    return () if found is None else tuple((day, day) for day in found(year))
