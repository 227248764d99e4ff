"""When a conversation was written: sums of days, as the activity strip above the reader draws them.

    found = activity(casefile, 1)
    found.bars       at most so many stretches of equally many days, each with the messages that it holds
    pointed_at(casefile, 1, found, kinds)    in which bars a rule points at something, and where first
    found.listed     every day that holds any, or every month where there are more days than ``most``

Summed where the rows are: a conversation of ten years has as many bars as one of one. Messages without a day are in
none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from safehand.casefile.candidates import Kinds
from safehand.casefile.clock import date_of, day_number
from safehand.casefile.read import CaseFile

MOST: Final = 400
"""Bars of a strip: on a 940-pixel column each still has two pixels."""

_OF: Final = "FROM runs WHERE conversation = ?1 AND day IS NOT NULL"
_LENGTH: Final = f"SELECT min(day), max(day), count(DISTINCT day) {_OF}"
_SUMS: Final = "SELECT min(day) AS earliest, max(day), sum(last - first + 1) AS held, min(first)"
_BUSIEST: Final = f"{_SUMS} {_OF} GROUP BY day ORDER BY held DESC, earliest LIMIT 1"
_BARS: Final = f"{_SUMS} {_OF} GROUP BY (day - ?2) / ?3 ORDER BY earliest"
_DAYS: Final = f"{_SUMS} {_OF} GROUP BY day ORDER BY earliest"
_MONTHS: Final = f"{_SUMS} {_OF} GROUP BY strftime('%Y-%m', day * 86400, 'unixepoch') ORDER BY earliest"
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
    ((first, last, days),) = casefile.rows(_LENGTH, (conversation,))
    if first is None:
        return None
    step = -(-(last - first + 1) // most)
    by_month = days > most
    return Activity(
        first=date_of(first),
        last=date_of(last),
        days=days,
        busiest=_stretches(casefile, _BUSIEST, (conversation,))[0],
        step=step,
        bars=_stretches(casefile, _BARS, (conversation, first, step)),
        listed=_stretches(casefile, _MONTHS if by_month else _DAYS, (conversation,)),
        by_month=by_month,
    )


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


def _stretches(casefile: CaseFile, sql: str, bindings: tuple[int, ...]) -> tuple[Stretch, ...]:
    rows = casefile.rows(sql, bindings)
    return tuple(Stretch(date_of(first), date_of(last), held, number) for first, last, held, number in rows)
