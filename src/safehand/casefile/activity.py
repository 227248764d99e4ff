"""When a conversation was written: sums of days, as the activity strip above the reader draws them.

    found = activity(casefile, 1)
    found.bars       at most so many stretches of equally many days, each with the messages that it holds
    pointed_at(casefile, 1, found, kinds)    in which bars a rule points at something, and where first
    found.listed     every day that holds any, or every month where there are more days than ``most``

The days are read once and summed stretch by stretch: a conversation of ten years has as many bars as one of one.
Messages without a day are in none of it.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from safehand.casefile.candidates import Kinds
from safehand.casefile.clock import date_of, day_number
from safehand.casefile.read import CaseFile

MOST: Final = 400
"""Bars of a strip: on a 940-pixel column each still has two pixels."""

_DAYS: Final = (
    "SELECT day, sum(last - first + 1), min(first) FROM runs WHERE conversation = ? AND day IS NOT NULL "
    "GROUP BY day ORDER BY day"
)
_POINTED: Final = (
    "SELECT (day - ?2) / ?3, min(first) FROM indicator_days WHERE conversation = ?1 "
    "AND (rule, kind) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?4)) "
    "GROUP BY 1 ORDER BY 1"
)
_DAYS_OF: Final = (
    "SELECT value, (SELECT day FROM runs WHERE conversation = ? AND first <= value ORDER BY first DESC LIMIT 1) "
    "FROM json_each(?)"
)


class Stretch(msgspec.Struct, frozen=True):
    """Days from ``first`` to ``last``, the earliest and the latest of a stretch that hold messages."""

    first: date
    last: date
    messages: int
    number: int
    """The lowest number of a message in it: where it leads."""


class Activity(msgspec.Struct, frozen=True):
    """The days of a conversation."""

    first: date
    last: date
    days: int
    """Days that hold messages."""
    busiest: Stretch
    step: int
    """Days that one bar stands for."""
    bars: tuple[Stretch, ...]
    listed: tuple[Stretch, ...]
    by_month: bool
    """Whether ``listed`` are months."""


def activity(casefile: CaseFile, conversation: int, most: int = MOST) -> Activity | None:
    """The days of a conversation in at most ``most`` bars; None where no message of it has a day."""
    return activity_of(casefile.rows(_DAYS, (conversation,)), most)


def activity_of(days: Sequence[tuple[Any, ...]], most: int) -> Activity | None:
    """Of days in their order: each as stored, with how many messages it holds, and the number that it leads to."""
    if not days:
        return None
    first, last = days[0][0], days[-1][0]
    step = -(-(last - first + 1) // most)
    by_month = len(days) > most
    stretches = _Stretches(days)
    busiest = stretches.held.index(max(stretches.held))
    return Activity(
        first=date_of(first),
        last=date_of(last),
        days=len(days),
        busiest=stretches.of(busiest, busiest + 1),
        step=step,
        bars=stretches.until(lambda day: day + step - (day - first) % step),
        listed=stretches.until(_end_of_month if by_month else _next),
        by_month=by_month,
    )


class _Stretches:
    """Sums of days that follow one another. A conversation of ten years has three thousand: no step for each of them
    is taken here, only for each stretch.
    """

    def __init__(self, days: Sequence[tuple[Any, ...]]) -> None:
        self.days, self.held, self.numbers = zip(*days, strict=True)

    def of(self, begin: int, end: int) -> Stretch:
        """Those from the place ``begin`` to before ``end``."""
        first, last = date_of(self.days[begin]), date_of(self.days[end - 1])
        return Stretch(first, last, sum(self.held[begin:end]), min(self.numbers[begin:end]))

    def until(self, end_of: Callable[[int], int]) -> tuple[Stretch, ...]:
        """All of them. ``end_of`` says before which day the stretch of a day ends."""
        found = []
        at = 0
        while at < len(self.days):
            end = bisect_left(self.days, end_of(self.days[at]), at + 1)
            found.append(self.of(at, end))
            at = end
        return tuple(found)


def _next(day: int) -> int:
    return day + 1


def _end_of_month(day: int) -> int:
    date_ = date_of(day)
    return day + monthrange(date_.year, date_.month)[1] - date_.day + 1


def pointed_at(casefile: CaseFile, conversation: int, found: Activity, kinds: Kinds) -> tuple[tuple[int, int], ...]:
    """In which bars (from 0) one of ``kinds`` points at a message, each with the first such message."""
    pairs = msgspec.json.encode([(rule, kind) for rule, of_it in kinds.items() for kind in sorted(of_it)]).decode()
    return tuple(
        (bar, number)
        for bar, number in casefile.rows(_POINTED, (conversation, day_number(found.first), found.step, pairs))
    )


def days_of(casefile: CaseFile, conversation: int, numbers: Iterable[int]) -> tuple[tuple[int, date], ...]:
    """Of single messages, by their numbers, the day each stands under; those without one are left out."""
    rows = casefile.rows(_DAYS_OF, (conversation, msgspec.json.encode(list(numbers)).decode()))
    return tuple((number, date_of(day)) for number, day in rows if day is not None)
