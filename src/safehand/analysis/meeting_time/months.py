"""Months and dates by number, as ordinals of days."""

from __future__ import annotations

from datetime import date
from typing import Final

_SEARCHED: Final = 9
"""Years ahead that are searched for a date: 29 February is at most eight away."""


def _first_of(year: int, month: int) -> int:
    """The first day of a month; months past December are in the years after."""
    years, place = divmod(month - 1, 12)
    return date(year + years, place + 1, 1).toordinal()


def months_on(day: int, months: int) -> tuple[int, int, int]:
    """The first and last day of the month so many months after that of ``day``, and its year."""
    here = date.fromordinal(day)
    month = here.month + months
    first = _first_of(here.year, month)
    return first, _first_of(here.year, month + 1) - 1, here.year + (month - 1) // 12


def month_days(month: int, day: int) -> tuple[int, int]:
    """The first and last day of the next such month that is not over on ``day``."""
    year = date.fromordinal(day).year
    last = _first_of(year, month + 1) - 1
    if last < day:
        year += 1
    return _first_of(year, month), _first_of(year, month + 1) - 1


def on_date(year: int, month: int, day: int) -> int | None:
    """The ordinal of a date, or None where there is none."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def next_date(month: int, day: int, now: int) -> int | None:
    """The first such date from ``now`` on; None for a date that no year has."""
    year = date.fromordinal(now).year
    for ahead in range(_SEARCHED):
        found = on_date(year + ahead, month, day)
        if found is not None and found >= now:
            return found
    return None


def days_of_month(day: int, now: int, months: int) -> tuple[int, ...]:
    """Every such day of a month from ``now`` on, in the month of ``now`` and so many after it."""
    here = date.fromordinal(now)
    found = []
    for ahead in range(months + 1):
        years, place = divmod(here.month - 1 + ahead, 12)
        one = on_date(here.year + years, place + 1, day)
        if one is not None and one >= now:
            found.append(one)
    return tuple(found)


def nth_weekday(begin: int, last: int, weekday: int, number: int | None) -> int | None:
    """The first, second … such day of the week between two days, or the last; None where there are not so many."""
    if number is None:
        return last - ((last + 6) % 7 - weekday) % 7
    day = begin + (weekday - (begin + 6) % 7) % 7 + 7 * (number - 1)
    return day if number > 0 and day <= last else None
