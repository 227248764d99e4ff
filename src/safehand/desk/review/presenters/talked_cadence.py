"""The cadence of four weeks, with its table: a row a day, a mark for ten minutes in which anybody wrote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from safehand.casefile.talked import Reading
from safehand.desk.core import say
from safehand.desk.review.pictures.cadence import DAYS, Cadence, cadence_chart, cadence_reach
from safehand.desk.review.pictures.frame import LeadsTo, Words
from safehand.desk.review.presenters.figures import Figure, Head, Table, TableRow, figure
from safehand.desk.review.presenters.parts import Parts


class OfTen(NamedTuple):
    """Messages of a part in ten minutes of a day; None where no hour is known. ``first`` is what a press leads to."""

    day: date
    ten: int | None
    part: int
    messages: int
    first: int


def cadence_figure(
    tens: Iterable[OfTen], window: tuple[date, date], parts: Parts, leads_to: LeadsTo, counted: str
) -> Figure:
    """Up to four weeks."""
    first, last = window
    by_day: defaultdict[int, list[OfTen]] = defaultdict(list)
    counts: dict[tuple[int, int, int], int] = {}
    for one in tens:
        day = (one.day - first).days
        by_day[day].append(one)
        if one.ten is not None:
            key = (day, one.ten, one.part)
            counts[key] = counts.get(key, 0) + one.messages
    firsts = {day: min(one.first for one in here) for day, here in by_day.items()}
    cadence = Cadence(first, (last - first).days + 1, parts.lanes, counts)
    told = cache(lambda part, messages: parts.told(part, messages).replace(" ", "\u00a0"))  # of few counts, many times
    rows = {day: _Day(first + timedelta(days=day), firsts[day], parts, told, here) for day, here in by_day.items()}
    words = {day: f"{say.weekday(first + timedelta(days=day))}: {rows[day].head_count}" for day in firsts}
    title = "Cadence, day by day"
    total = sum(one.messages for here in by_day.values() for one in here)
    description = f"{say.days(first, last)}: {say.counted(total, 'message')} on {say.counted(len(firsts), 'day')}."
    return figure(
        "cadence",
        title,
        _rule(parts),
        f"{say.days(first, last)}: {say.counted(total, 'message')}. {counted}",
        (
            cadence_chart(cadence, Words("cadence-wide", title, description), wide=True),
            cadence_chart(cadence, Words("cadence-narrow", title, description), wide=False),
        ),
        Table(
            (Head("Day"), *parts.heads, Head("In the ten minutes from")),
            tuple(rows[day].row for day in sorted(rows)),
            has_words=True,
        ),
        (
            cadence_reach(cadence, firsts, words, leads_to, wide=True),
            cadence_reach(cadence, firsts, words, leads_to, wide=False),
        ),
    )


def turned(found: Figure, window: tuple[date, date], span: tuple[date, date], reading: Reading) -> Figure:
    """The picture with the addresses of those of the time before and after it."""
    (begin, end), (first, last) = window, span
    earlier = begin - timedelta(days=min(DAYS, (begin - first).days)) if begin > first else None
    return replace(
        found,
        earlier=_from(earlier, reading) if earlier is not None else "",
        later=_from(end + timedelta(days=1), reading) if end < last else "",
    )


def _from(day: date, reading: Reading) -> str:
    keep = "&reading=second" if reading is Reading.SECOND else ""
    return f"?from={day.isoformat()}{keep}#cadence"


def _rule(parts: Parts) -> str:
    heights = "A low mark is 1 message, a middle one 2 to 4, a tall one 5 or more. At the end, the day’s messages."
    if len(parts.names) == 2:
        above, below = parts.names
        return f"A row a day, a mark for ten minutes: {above} above the line, {below} below it. {heights}"
    return f"A row a day, a mark for ten minutes in which anybody wrote. {heights}"


class _Day:
    """One day of the cadence: its row of the table, and its counts in a sentence."""

    def __init__(
        self, day: date, number: int, parts: Parts, told: Callable[[int, int], str], counts: list[OfTen]
    ) -> None:
        by_part: Counter[int] = Counter()
        by_ten: defaultdict[int | None, list[str]] = defaultdict(list)
        for one in counts:
            by_part[one.part] += one.messages
            by_ten[one.ten].append(told(one.part, one.messages))
        lanes = range(len(parts.lanes))
        tens = "; ".join(f"{_clock(ten)} {', '.join(said)}" for ten, said in by_ten.items())
        self.row = TableRow(say.weekday(day), tuple(say.count(by_part[at]) for at in lanes), number, tens)
        self.head_count = ", ".join(parts.told(at, by_part[at]) for at in lanes)


def _clock(ten: int | None) -> str:
    return "no hour" if ten is None else f"{ten // 6:02}:{ten % 6}0"
