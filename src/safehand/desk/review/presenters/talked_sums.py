"""Pictures of sums with their tables: hours by weekdays, and what each part wrote by hours, or day by day.

Whose hours and days they are the caller says: of a conversation (talked.py), or of a case (case_talked.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from safehand.casefile.talked import Unit
from safehand.desk.core import say
from safehand.desk.review.pictures import heat
from safehand.desk.review.pictures.bars import Bars, bar_chart, bar_reach
from safehand.desk.review.pictures.frame import LeadsTo, Words
from safehand.desk.review.pictures.scale import HoursOfDay, TimeLine, begin_of, unit_words, units
from safehand.desk.review.presenters.figures import Figure, Head, Table, TableRow, figure
from safehand.desk.review.presenters.parts import Parts


@dataclass(frozen=True, slots=True)
class Named:
    """What a picture is called on its page, its title, and the rule by which it counts."""

    id: str
    title: str
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """The time line of a page: its first day and its last, in units, and where a press on it leads."""

    span: tuple[date, date]
    unit: Unit
    leads_to: LeadsTo
    counted: Callable[[int], str]
    """The words under a picture of so many messages."""


class OfUnit(NamedTuple):
    """Messages of a part in a unit. ``first`` is what a press leads to."""

    day: date
    part: int
    messages: int
    first: int


def hours_figure(counts: Counter[tuple[int, int]], rule: str, counted: Callable[[int], str]) -> Figure:
    """Hours by weekdays. ``counts`` has the messages of (weekday, hour)."""
    total = counts.total()
    title = "Activity by hour"
    description = f"Messages in each hour of each day of the week, {say.count(total)} in all. {_most_hour(counts)}"
    rows = tuple(
        TableRow(
            _hour_words(hour),
            (
                *(say.count(counts[weekday, hour]) for weekday in range(7)),
                say.count(sum(counts[weekday, hour] for weekday in range(7))),
            ),
        )
        for hour in heat.HOURS
    )
    foot = (
        *(say.count(sum(counts[weekday, hour] for hour in heat.HOURS)) for weekday in range(7)),
        say.count(total),
    )
    heads = (Head("Hour"), *(Head(name[:3]) for name in heat.WEEKDAYS), Head("All"))
    drawings = (
        heat.heat(counts, Words("hours-wide", title, description), wide=True),
        heat.heat(counts, Words("hours-narrow", title, description), wide=False),
    )
    return figure("hours", title, rule, counted(total), drawings, Table(heads, rows, foot))


def _most_hour(counts: Counter[tuple[int, int]]) -> str:
    if not counts:
        return "None has an hour."
    (weekday, hour), most = max(counts.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
    return f"Most on {heat.WEEKDAYS[weekday]}, {hour:02}:00 to {hour:02}:59 ({say.count(most)})."


def _hour_words(hour: int) -> str:
    return f"{hour:02}:00 to {hour:02}:59"


def sides_figure(counts: Counter[tuple[int, int]], parts: Parts, named: Named, counted: Callable[[int], str]) -> Figure:
    """The hours of the day, by part. ``counts`` has the messages of (hour, part)."""
    bars = Bars(HoursOfDay(), parts.lanes, counts)
    lanes = range(len(bars.lanes))
    totals = [sum(counts[hour, lane] for hour in heat.HOURS) for lane in lanes]
    description = "; ".join(
        f"{lane.letter}: {say.count(total)}" for lane, total in zip(bars.lanes, totals, strict=True)
    )
    return figure(
        named.id,
        named.title,
        named.rule,
        counted(sum(totals)),
        (
            bar_chart(bars, Words(f"{named.id}-wide", named.title, description), wide=True),
            bar_chart(bars, Words(f"{named.id}-narrow", named.title, description), wide=False),
        ),
        Table(
            (Head("Hour"), *parts.heads),
            tuple(
                TableRow(_hour_words(hour), tuple(say.count(counts[hour, lane]) for lane in lanes))
                for hour in heat.HOURS
            ),
            tuple(say.count(total) for total in totals),
        ),
    )


def bars_figure(counts: Iterable[OfUnit], parts: Parts, named: Named, line: Line) -> Figure:
    """What each part wrote, unit by unit. A press leads to the first of a unit."""
    begins = units(*line.span, line.unit)
    places = {begin: at for at, begin in enumerate(begins)}
    sums: Counter[tuple[int, int]] = Counter()
    firsts: dict[int, int] = {}
    for one in counts:
        at = places[begin_of(one.day, line.unit)]
        sums[at, one.part] += one.messages
        firsts[at] = min(one.first, firsts.get(at, one.first))
    bars = Bars(TimeLine(begins, line.unit), parts.lanes, sums)
    totals = _totals(bars)
    by_whom = ", ".join(parts.told(at, totals[at]) for at in range(len(bars.lanes)))
    description = f"{say.days(*line.span)}. {by_whom}."
    words = {at: f"{unit_words(begins[at], line.unit)}: {_by_lane(bars, parts, at)}" for at in firsts}
    return figure(
        named.id,
        named.title,
        named.rule,
        line.counted(sums.total()),
        (
            bar_chart(bars, Words(f"{named.id}-wide", named.title, description), wide=True),
            bar_chart(bars, Words(f"{named.id}-narrow", named.title, description), wide=False),
        ),
        _bar_table(bars, begins, firsts, parts, line.unit),
        (
            bar_reach(bars, firsts, words, line.leads_to, wide=True),
            bar_reach(bars, firsts, words, line.leads_to, wide=False),
        ),
    )


def _by_lane(bars: Bars, parts: Parts, unit: int) -> str:
    return ", ".join(parts.told(at, bars.counts.get((unit, at), 0)) for at in range(len(bars.lanes)))


def _bar_table(bars: Bars, begins: Sequence[date], firsts: dict[int, int], parts: Parts, unit: Unit) -> Table:
    """Units in which nobody wrote are left out of it: the picture has them as empty places."""
    lanes = range(len(bars.lanes))
    rows = tuple(
        TableRow(
            unit_words(begins[at], unit),
            tuple(say.count(bars.counts.get((at, lane), 0)) for lane in lanes),
            firsts[at],
        )
        for at in sorted(firsts)
    )
    totals = _totals(bars)
    return Table((Head("When"), *parts.heads), rows, tuple(say.count(totals[lane]) for lane in lanes))


def _totals(bars: Bars) -> Counter[int]:
    totals: Counter[int] = Counter()
    for (_, lane), messages in bars.counts.items():
        totals[lane] += messages
    return totals
