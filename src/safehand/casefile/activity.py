"""When a conversation was written: sums of days, as the activity strip above the reader draws them.

    found = activity(casefile, 1)
    found.bars       at most so many stretches of equally many days, each with the messages that it holds
    pointed_at(casefile, 1, found, kinds)    in which bars a rule points at something, and where first
    found.listed     every day that holds any, or every month where there are more days than ``most``

The days are read once, as three columns, and summed stretch by stretch: a conversation of ten years has as many bars as
one of one, and a row for each of its days would be three thousand values to make for each page. Messages without a day
are in none of it.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from operator import lt
from typing import Final, TypeAlias

import msgspec

from safehand.casefile.candidates import Kinds
from safehand.casefile.clock import date_of, day_number
from safehand.casefile.read import CaseFile

Columns: TypeAlias = tuple[list[int], list[int], list[int]]
"""Of runs of days: the day of each, how many messages it holds, and where it leads to."""

MOST: Final = 400
"""Days that are listed one by one: of more, their months are."""

BARS: Final = 240
"""Bars of a strip: on a 940-pixel column each has nearly four pixels, and on a phone more than one."""

_DAYS: Final = (
    "SELECT json_group_array(day), json_group_array(last - first + 1), json_group_array(first) FROM runs "
    "WHERE conversation = ? AND day IS NOT NULL"
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


_numbers = msgspec.json.Decoder(list[int]).decode


class Stretch(msgspec.Struct, frozen=True, gc=False):
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
    """The days of a conversation in at most BARS bars, or ``most``; None where no message of it has a day."""
    return activity_of(columns(casefile, _DAYS, (conversation,)), most)


def activity_of(runs: Columns, most: int) -> Activity | None:
    """Of runs of days, in whatever order: the day of each as stored, how many messages it holds, where it leads to."""
    days = _Days(*runs)
    if not days.days:
        return None
    first, last = days.days[0], days.days[-1]
    step = -(-(last - first + 1) // min(most, BARS))
    by_month = len(days.days) > most
    busiest = days.held.index(max(days.held))
    return Activity(
        first=date_of(first),
        last=date_of(last),
        days=len(days.days),
        busiest=days.stretch(busiest, busiest + 1),
        step=step,
        bars=days.stretches(lambda day: day + step - (day - first) % step),
        listed=days.stretches(_end_of_month if by_month else _next),
        by_month=by_month,
    )


def columns(casefile: CaseFile, sql: str, bindings: tuple[int, ...]) -> Columns:
    """What three aggregates of a query gathered, as lists of numbers. For this package."""
    ((days, held, numbers),) = casefile.rows(sql, bindings)
    return _numbers(days), _numbers(held), _numbers(numbers)


class _Days:
    """Days in order, each once, with how many messages it holds and the lowest number that it leads to."""

    def __init__(self, days: list[int], held: list[int], numbers: list[int]) -> None:
        if not all(map(lt, days, islice(days, 1, None))):
            days, held, numbers = _merged(days, held, numbers)
        self.days, self.held, self._numbers = days, held, numbers

    def stretch(self, begin: int, end: int) -> Stretch:
        """Those from the place ``begin`` to before ``end``."""
        first, last = date_of(self.days[begin]), date_of(self.days[end - 1])
        return Stretch(first, last, sum(self.held[begin:end]), min(self._numbers[begin:end]))

    def stretches(self, end_of: Callable[[int], int]) -> tuple[Stretch, ...]:
        """All of them. ``end_of`` says before which day the stretch of a day ends."""
        found = []
        at = 0
        while at < len(self.days):
            end = bisect_left(self.days, end_of(self.days[at]), at + 1)
            found.append(self.stretch(at, end))
            at = end
        return tuple(found)


def _merged(days: list[int], held: list[int], numbers: list[int]) -> Columns:
    """Where a day comes back, as in a source that is out of order or in two conversations: each once."""
    sums: dict[int, int] = {}
    lowest: dict[int, int] = {}
    for day, messages, number in zip(days, held, numbers, strict=True):
        sums[day] = sums.get(day, 0) + messages
        lowest[day] = min(number, lowest.get(day, number))
    every = sorted(sums)
    return every, [sums[day] for day in every], [lowest[day] for day in every]


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
