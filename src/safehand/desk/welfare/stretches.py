"""Time in hard material: stretches, how long they are, and whether a break is due. Pure: no database.

A stretch begins with a page that holds hard material and goes on while the next such page comes within five minutes
of the one before. It counts from its first page to its last, and one minute for the last. Nobody's screen is watched:
it is reckoned from the pages a desk gives out, whether what they hold was covered or not.

counted(stretch)                     8 minutes from 10:00 to 10:07
since_a_break(stretches, now)        all of a run of stretches with less than fifteen minutes between
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from safehand.desk.core.say import LONDON

GAP: Final = timedelta(minutes=5)
"""Between two pages of one stretch: about as long as a page of 200 messages takes to read (the brief of issue 5)."""

LAST: Final = timedelta(minutes=1)
"""For the last page of a stretch: it was looked at, and nobody knows how long."""

BREAK: Final = timedelta(minutes=15)
"""Without a page of hard material: a break was taken, and counting begins anew."""

KEPT: Final = timedelta(days=84)
"""How long stretches are kept: long enough to see a season, and no file on anybody."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From its first page to its last."""

    began: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the UK's clock: a stretch belongs to the day on which it began."""

    day: date
    time: timedelta
    stretches: int
    longest: timedelta


def counted(stretch: Stretch) -> timedelta:
    """How long it counts."""
    return stretch.last - stretch.began + LAST


def total(stretches: Iterable[Stretch]) -> timedelta:
    """All of them together."""
    return sum(map(counted, stretches), timedelta())


def since_a_break(stretches: Sequence[Stretch], now: datetime) -> timedelta:
    """How long without a break until now. ``stretches`` in the order they began. Nothing where a break is under way."""
    run: list[Stretch] = []
    until = now
    for stretch in reversed(stretches):
        if until - stretch.last >= BREAK:
            break
        run.append(stretch)
        until = stretch.began
    return total(run)


def by_day(stretches: Iterable[Stretch]) -> tuple[Day, ...]:
    """The days on which there was any, the latest first."""
    days: dict[date, list[Stretch]] = {}
    for stretch in stretches:
        days.setdefault(stretch.began.astimezone(LONDON).date(), []).append(stretch)
    return tuple(
        Day(day, total(days[day]), len(days[day]), max(map(counted, days[day]))) for day in sorted(days, reverse=True)
    )
