"""What was first mentioned when, and where the record may not be whole: one time line, and its table both ways."""

from __future__ import annotations

from datetime import date, timedelta

from safehand.casefile.clock import Clock
from safehand.casefile.views import clock_reading
from safehand.desk.core import say
from safehand.desk.review.models import Points
from safehand.desk.review.pictures.firsts import FirstRow, Firsts, Mark, first_chart, first_reach
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Words
from safehand.desk.review.pictures.scale import begin_of, units
from safehand.desk.review.presenters.figures import Figure, Head, Table, TableRow, figure, lanes_of
from safehand.desk.review.presenters.no_offer import no_offer
from safehand.desk.review.shown import FirstOf, Talked

_NONE_TAGGED = "None tagged"


def firsts_figure(shown: Talked, leads_to: LeadsTo, counted: str) -> Figure | None:
    """The picture, or None where nobody tagged anything, no rule offers anything, and no gap is known."""
    rows = tuple(row for one in shown.firsts if (row := _row(one, shown)).marks)
    rows = tuple(sorted(rows, key=lambda row: min(mark.number for mark in row.marks)))
    gaps = tuple(sorted({_along(day, shown) for day in shown.gap_days}))
    if shown.span is None or not (rows or gaps):
        return None
    firsts = Firsts(rows, gaps, units(*shown.span, shown.unit), shown.unit)
    title = "What was first mentioned when"
    first = "; ".join(f"{row.name}: {min(row.marks, key=lambda mark: mark.number).words}" for row in rows)
    description = f"{say.days(*shown.span)}. In the order of the first: {first or 'nothing'}."
    return figure(
        "firsts",
        title,
        _rule(shown),
        counted,
        (
            first_chart(firsts, Words("firsts-wide", title, description), wide=True),
            first_chart(firsts, Words("firsts-narrow", title, description), wide=False),
        ),
        _table(shown),
        (first_reach(firsts, leads_to, wide=True), first_reach(firsts, leads_to, wide=False)),
    )


def _rule(shown: Talked) -> str:
    words = (
        "The first message of each account on each tag. Filled: a person tagged it. Open, with a broken edge: a rule "
        "offers it and nobody tagged it. Rules offer, and decide nothing."
    )
    if shown.gap_days:
        places = say.counted(len(shown.gap_days), "day")
        words += f" Triangles: {places} on which the record may not be whole; the page “Is it whole?” says how."
    return words


def _row(one: FirstOf, shown: Talked) -> FirstRow:
    tagged: dict[str, int] = {}
    for letter, _, number in one.tagged:
        tagged[letter] = min(number, tagged.get(letter, number))
    marks = [_mark(letter, number, shown, tagged=True) for letter, number in tagged.items()]
    marks += [
        _mark(letter or "–", number, shown, tagged=False)
        for letter, number in one.offered.items()
        if tagged.get(letter or "") != number
    ]
    return FirstRow(one.tag.title, tuple(mark for mark in marks if mark is not None))


def _mark(letter: str, number: int, shown: Talked, *, tagged: bool) -> Mark | None:
    when = shown.whens.get(number)
    reading = clock_reading(when.at) if when is not None else None
    if reading is None or shown.span is None:
        return None
    lanes = {lane.letter: lane for lane in lanes_of(shown.letters)}
    lane = lanes.get(letter, Lane(letter, hatched=False))
    words = f"{letter} {say.count(number)}, {_when(number, shown)}{'' if tagged else ', offered by a rule'}"
    return Mark(lane, _along(reading.date(), shown), tagged, number, words)


def _along(day: date, shown: Talked) -> float:
    """Where a day stands on the time line, 0 to 1: the line has whole units, as every other of the page."""
    assert shown.span is not None  # noqa: S101  whoever asks has a day
    begin = begin_of(shown.span[0], shown.unit)
    last = units(*shown.span, shown.unit)[-1]
    length = max(1, (last - begin).days + {"day": 1, "week": 7, "month": 30, "year": 365}[shown.unit])
    return min(1.0, max(0.0, ((day - begin) / timedelta(days=1) + 0.5) / length))


def _table(shown: Talked) -> Table:
    heads = (
        *(Head("What"), Head("First tagged, may point towards"), Head("First tagged, may point away")),
        Head("Offered by rules, not tagged"),
    )
    return Table(heads, tuple(_table_row(one, shown) for one in shown.firsts), is_words=True)


def _table_row(one: FirstOf, shown: Talked) -> TableRow:
    towards = [(letter, number) for letter, points, number in one.tagged if points in (Points.TOWARDS, Points.BOTH)]
    away = [(letter, number) for letter, points, number in one.tagged if points in (Points.AWAY, Points.BOTH)]
    offered = [(letter or "The platform", number) for letter, number in one.offered.items()]
    nothing = _no_offer(one, shown)
    return TableRow(
        one.tag.title,
        (
            _firsts(towards, shown) or _NONE_TAGGED,
            _firsts(away, shown) or _NONE_TAGGED,
            _firsts(offered, shown) or nothing,
        ),
    )


def _no_offer(one: FirstOf, shown: Talked) -> str:
    return no_offer(one.tag, asked=shown.looked, has_words=shown.has_words)


def _firsts(found: list[tuple[str, int]], shown: Talked) -> str:
    """The first of each account: ``A 41, 9 January 2026, 22:34``."""
    first: dict[str, int] = {}
    for letter, number in sorted(found, key=lambda item: item[1]):
        first.setdefault(letter, number)
    return "; ".join(f"{letter} {say.count(number)}, {_when(number, shown)}" for letter, number in first.items())


def _when(number: int, shown: Talked) -> str:
    when = shown.whens.get(number)
    reading = clock_reading(when.at) if when is not None else None
    if when is None or reading is None:
        return "no time that can be read"
    other = " (or another day)" if when.clock is Clock.EITHER else ""
    return f"{say.day(reading.date())}{other}, {reading:%H:%M}"
