"""The activity strip: how many messages each day holds, with a frame round what is shown below.

Widths and places are percentages that go into SVG attributes, so the drawing stretches with the page, its letters do
not, and no style attribute is needed. The same numbers stand beside it as a list of links: the drawing is an aid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from safehand.casefile.activity import Activity, Stretch
from safehand.desk.core import say

HEIGHT: Final = 38
"""Pixels of the tallest bar."""

_WIDEST: Final = 1.4
_LABELS: Final = 12


class Bar(NamedTuple):
    """One day, or a few together. ``message`` is where it leads: on the time line to a day, counted from 1970."""

    x: str
    width: str
    reach_x: str
    reach_width: str
    y: int
    height: int
    message: int
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A date under the strip. A ``minor`` one gives way on a narrow screen."""

    x: str
    words: str
    minor: bool


class CitedMark(NamedTuple):
    """A day, or a few together, on which messages are cited: a shape above the bars, so that no colour has to tell."""

    x: str
    message: int
    words: str


class PointedMark(NamedTuple):
    """A day, or a few together, on which a message is marked by a rule: a bar below the line, of a shape of its own."""

    x: str
    width: str
    message: int
    words: str


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day (or a month) with messages."""

    words: str
    message: int


@dataclass(frozen=True, slots=True)
class Month:
    """Days of one month, or months of one year."""

    title: str
    links: tuple[DayLink, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole of it. ``words`` says in a sentence what the drawing shows."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    frame_x: str
    frame_width: str
    months: tuple[Month, ...]
    words: str
    cited: tuple[CitedMark, ...] = ()
    pointed: tuple[PointedMark, ...] = ()


def strip(
    found: Activity | None,
    shown_from: date | None,
    shown_to: date | None,
    cited: Sequence[tuple[int, date]] = (),
    pointed: Sequence[tuple[int, int]] = (),
    *,
    by_number: bool = True,
) -> Strip | None:
    """The strip of a conversation, or None where it would show nothing: no dates, or a single day.

    ``cited`` are messages by number, each with its day. Without ``by_number`` they lead to days, and no number is said.
    ``pointed`` are bars (from 0) in which a candidate is marked, each with the first such message.
    """
    if found is None or found.days < 2:
        return None
    first, last, step = found.first, found.last, found.step
    length = (last - first).days + 1
    slots = -(-length // step)
    frame_from = (shown_from - first).days // step if shown_from else 0
    frame_to = (shown_to - first).days // step if shown_to else 0
    frame_to = max(frame_from, frame_to)
    return Strip(
        bars=_bars(found, slots),
        labels=_labels(first, last, length),
        frame_x=_percent(frame_from / slots),
        frame_width=_percent(max((frame_to - frame_from + 1) / slots, 0.006)),
        months=_months(found),
        words=_words(found, length)
        + (f" {_cited_words(len(cited))}." if cited else "")
        + (f" {_pointed_words(found, len(pointed))}" if pointed else ""),
        cited=_cited(found, slots, cited, by_number=by_number),
        pointed=_pointed(slots, pointed),
    )


def _cited(found: Activity, slots: int, cited: Sequence[tuple[int, date]], *, by_number: bool) -> tuple[CitedMark, ...]:
    by_slot: dict[int, list[int]] = {}
    for number, day in cited:
        by_slot.setdefault((day - found.first).days // found.step, []).append(number)
    return tuple(
        CitedMark(
            _percent((slot + 0.5) / slots),
            min(numbers),
            f"{_cited_words(len(numbers))}{f', the first at {say.count(min(numbers))}' if by_number else ''}",
        )
        for slot, numbers in sorted(by_slot.items())
    )


def _pointed(slots: int, pointed: Sequence[tuple[int, int]]) -> tuple[PointedMark, ...]:
    wide = _percent(1 / slots)
    return tuple(
        PointedMark(_percent(bar / slots), wide, number, f"A candidate, the first at message {say.count(number)}")
        for bar, number in pointed
        if 0 <= bar < slots
    )


def _pointed_words(found: Activity, bars: int) -> str:
    if found.step == 1:
        return f"Candidates are marked on {say.counted(bars, 'day')}."
    return f"Candidates are marked in {say.counted(bars, 'stretch', 'stretches')} of {found.step} days."


def _cited_words(count: int) -> str:
    return f"{say.counted(count, 'message')} cited"


def _bars(found: Activity, slots: int) -> tuple[Bar, ...]:
    most = max(stretch.messages for stretch in found.bars)
    width = min(80 / slots, _WIDEST)
    wide, reach = f"{width:.3f}%", _percent(1 / slots)
    bars = []
    for stretch in found.bars:
        height = max(2, round(HEIGHT * stretch.messages / most))
        left = 100 * ((stretch.first - found.first).days // found.step) / slots
        bars.append(
            Bar(
                x=f"{left + (100 / slots - width) / 2:.3f}%",
                width=wide,
                reach_x=f"{left:.3f}%",
                reach_width=reach,
                y=HEIGHT - height,
                height=height,
                message=stretch.number,
                words=f"{say.days(stretch.first, stretch.last)}: {say.counted(stretch.messages, 'message')}",
            )
        )
    return tuple(bars)


def _labels(first: date, last: date, length: int) -> tuple[Label, ...]:
    if length <= 45:
        every = max(1, -(-length // 8))
        marks = [first + timedelta(days=days) for days in range(0, length, every)]
        said = [f"{mark.day} {mark:%b}" for mark in marks]
    else:
        marks = _firsts_of_months(first, last)
        every = -(-len(marks) // _LABELS)
        marks = marks[::every]
        said = [f"{mark:%b}" if mark.year == first.year == last.year else f"{mark:%b %Y}" for mark in marks]
    labels = []
    for index, (mark, words) in enumerate(zip(marks, said, strict=True)):
        left = (mark - first).days / length
        if left < 0.95:
            labels.append(Label(_percent(left), words, index % 2 == 1))
    return tuple(labels)


def _firsts_of_months(first: date, last: date) -> list[date]:
    # The month a conversation starts in is named at its start, unless the next one follows at once.
    marks = [first] if first.day <= 20 else []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if date(year, month, 1) > last:
            return marks or [first]
        marks.append(date(year, month, 1))
        if year == 9999:
            return marks


def _months(found: Activity) -> tuple[Month, ...]:
    if found.by_month:
        years = groupby(found.listed, key=lambda month: month.first.year)
        return tuple(Month(str(year), tuple(_link(one, f"{one.first:%B}") for one in here)) for year, here in years)
    months = groupby(found.listed, key=lambda day: (day.first.year, day.first.month))
    return tuple(
        Month(
            f"{date(year, month, 1):%B %Y}",
            tuple(_link(one, f"{one.first.day} {one.first:%B}") for one in here),
        )
        for (year, month), here in months
    )


def _link(stretch: Stretch, when: str) -> DayLink:
    return DayLink(f"{when}, {say.counted(stretch.messages, 'message')}", stretch.number)


def _words(found: Activity, length: int) -> str:
    return (
        f"Messages a day, {say.days(found.first, found.last)}: on {say.count(found.days)} of {say.count(length)} days, "
        f"most on {say.day(found.busiest.first)} ({say.count(found.busiest.messages)})."
    )


def _percent(part: float) -> str:
    return f"{100 * part:.3f}%"
