"""The activity strip: how many messages each day holds, with a frame round what is shown below.

Widths and places are percentages that go into SVG attributes, so the drawing stretches with the page, its letters do
not, and no style attribute is needed. The same numbers stand beside it as a list of links: the drawing is an aid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from safehand.casefile.views import DayCount
from safehand.desk.core import say

HEIGHT: Final = 38
"""Pixels of the tallest bar."""

MOST_BARS: Final = 400
"""Bars in the strip: on a 940-pixel column each still has two pixels. Longer conversations share a bar among days."""

MOST_DAYS_LISTED: Final = 400
"""Days in the list of links; a longer conversation lists months."""

_WIDEST: Final = 1.4
_LABELS: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, or a few together. ``message`` is where it leads."""

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


@dataclass(frozen=True, slots=True)
class _Day:
    messages: int
    first: int


def strip(counts: Sequence[DayCount], shown_from: date | None, shown_to: date | None) -> Strip | None:
    """The strip of a conversation, or None where it would show nothing: no dates, or a single day."""
    days = _by_day(counts)
    if len(days) < 2:
        return None
    first, last = min(days), max(days)
    length = (last - first).days + 1
    step = -(-length // MOST_BARS)
    slots = -(-length // step)
    frame_from = (shown_from - first).days // step if shown_from else 0
    frame_to = (shown_to - first).days // step if shown_to else 0
    frame_to = max(frame_from, frame_to)
    return Strip(
        bars=_bars(days, first, step, slots),
        labels=_labels(first, last, length),
        frame_x=_percent(frame_from / slots),
        frame_width=_percent(max((frame_to - frame_from + 1) / slots, 0.006)),
        months=_months(days),
        words=_words(days, first, last, length),
    )


def _by_day(counts: Sequence[DayCount]) -> dict[date, _Day]:
    # A day may be counted under two clocks (the phone's and the UK's); in the strip it is one day.
    days: dict[date, _Day] = {}
    for count in counts:
        if count.day is not None:
            known = days.get(count.day, _Day(0, count.first))
            days[count.day] = _Day(known.messages + count.messages, min(known.first, count.first))
    return dict(sorted(days.items()))


def _bars(days: dict[date, _Day], first: date, step: int, slots: int) -> tuple[Bar, ...]:
    slotted = [
        (slot, [(day, days[day]) for day in here])
        for slot, here in groupby(days, key=lambda day: (day - first).days // step)
    ]
    most = max(sum(day.messages for _, day in here) for _, here in slotted)
    width = min(80 / slots, _WIDEST)
    bars = []
    for slot, here in slotted:
        messages = sum(day.messages for _, day in here)
        height = max(2, round(HEIGHT * messages / most))
        left = 100 * slot / slots
        bars.append(
            Bar(
                x=f"{left + (100 / slots - width) / 2:.3f}%",
                width=f"{width:.3f}%",
                reach_x=f"{left:.3f}%",
                reach_width=_percent(1 / slots),
                y=HEIGHT - height,
                height=height,
                message=min(day.first for _, day in here),
                words=f"{say.days(here[0][0], here[-1][0])}: {say.counted(messages, 'message')}",
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


def _months(days: dict[date, _Day]) -> tuple[Month, ...]:
    if len(days) <= MOST_DAYS_LISTED:
        return tuple(
            Month(
                f"{date(year, month, 1):%B %Y}",
                tuple(
                    DayLink(f"{day.day} {day:%B}, {say.counted(days[day].messages, 'message')}", days[day].first)
                    for day in here
                ),
            )
            for (year, month), here in groupby(days, key=lambda day: (day.year, day.month))
        )
    by_month = [
        ((year, month), [days[day] for day in here])
        for (year, month), here in groupby(days, key=lambda day: (day.year, day.month))
    ]
    return tuple(
        Month(
            str(year),
            tuple(
                DayLink(
                    f"{date(year, month, 1):%B}, {say.counted(sum(day.messages for day in here), 'message')}",
                    min(day.first for day in here),
                )
                for (_, month), here in months
            ),
        )
        for year, months in groupby(by_month, key=lambda item: item[0][0])
    )


def _words(days: dict[date, _Day], first: date, last: date, length: int) -> str:
    busiest = max(days, key=lambda day: days[day].messages)
    return (
        f"Messages a day, {say.days(first, last)}: on {say.count(len(days))} of {say.count(length)} days, "
        f"most on {say.day(busiest)} ({say.count(days[busiest].messages)})."
    )


def _percent(part: float) -> str:
    return f"{100 * part:.3f}%"
