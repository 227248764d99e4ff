"""When a whole case was written, by one of the two clocks of its time line: sums of days, as activity.py has them.

    found = activity_of_line(casefile, Clock.UK)        as the strip above the time line draws them

A stretch leads to its first day: its ``number`` is that day, counted from 1970-01-01. Messages on no line are in none
of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from safehand.casefile.activity import MOST, Activity, Stretch
from safehand.casefile.clock import Clock, date_of
from safehand.casefile.read import CaseFile

_DAYS: Final = (
    "SELECT day, sum(last - first + 1 - undated) FROM runs WHERE clock = ? AND day IS NOT NULL GROUP BY day "
    "ORDER BY day"
)


def activity_of_line(casefile: CaseFile, clock: Clock, most: int = MOST) -> Activity | None:
    """The days of a line in at most ``most`` bars; None where no message stands on it."""
    days: list[tuple[int, int]] = [(day, held) for day, held in casefile.rows(_DAYS, (int(clock),))]
    if not days:
        return None
    first, last = days[0][0], days[-1][0]
    step = -(-(last - first + 1) // most)
    by_month = len(days) > most
    busiest = max(days, key=lambda day: (day[1], -day[0]))
    return Activity(
        first=date_of(first),
        last=date_of(last),
        days=len(days),
        busiest=_stretch([busiest]),
        step=step,
        bars=_stretches(days, lambda day: (day - first) // step),
        listed=_stretches(days, _month) if by_month else tuple(_stretch([day]) for day in days),
        by_month=by_month,
    )


def _month(day: int) -> int:
    date_ = date_of(day)
    return date_.year * 12 + date_.month


def _stretches(days: Iterable[tuple[int, int]], of: Callable[[int], int]) -> tuple[Stretch, ...]:
    return tuple(_stretch(list(here)) for _, here in groupby(days, key=lambda day: of(day[0])))


def _stretch(days: list[tuple[int, int]]) -> Stretch:
    first = days[0][0]
    return Stretch(date_of(first), date_of(days[-1][0]), sum(held for _, held in days), first)
