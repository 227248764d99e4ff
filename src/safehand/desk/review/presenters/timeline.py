"""The time line of a case in words: days, and messages of several conversations as they followed each other.

    "By the clock of the UK: 12,400 messages of 3 conversations."
    "On no line: 40 messages of conversation 2, whose time cannot be read."

A known instant and a reading of a clock whose zone nobody stated are two lines. Which is which is said, and how many
messages stand on the other line or on none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from safehand.casefile.clock import Clock
from safehand.casefile.schema import conversation_of, number_of
from safehand.casefile.timeline import Timed
from safehand.casefile.views import Line
from safehand.desk.core import say
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.covers import Covers, covers_of
from safehand.desk.review.presenters.doubts import short_words
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.said import Said, said
from safehand.desk.review.presenters.strip import Strip, strip
from safehand.desk.review.shown import TimeLine
from safehand.desk.review.sorts import sort_of
from safehand.model.message import Kind

CODES: Final = {"uk": Clock.UK, "device": Clock.DEVICE}
"""The two lines, as an address names them."""

_NAMES: Final = {Clock.UK: "UK time", Clock.DEVICE: "Devices’ clocks"}
_ABOUT: Final = {
    Clock.UK: "Their instants are known, and stand here in UK time.",
    Clock.DEVICE: (
        "They are told by the clocks of devices, whose zone no source names: between two devices hours may be wrong."
    ),
}
_ON_NONE: Final = {
    Clock.NONE: "whose time cannot be read",
    Clock.EITHER: "whose day can be read in two ways",
}


@dataclass(frozen=True, slots=True)
class TimedRow:
    """One message on the line. ``first``: who wrote it, and where, is said: another than the one before."""

    conversation: int
    number: int
    shown: str
    letter: str
    side: str
    name: str
    first: bool
    time: str
    machine_time: str
    said: Said
    doubts: tuple[str, ...]
    marks: tuple[str, ...]
    cited: bool
    note: bool
    gone: bool
    selected: bool


@dataclass(frozen=True, slots=True)
class TimedDay:
    """The messages of one day."""

    heading: str
    count: str
    rows: tuple[TimedRow, ...]


@dataclass(frozen=True, slots=True)
class LineChoice:
    """One of the two lines."""

    code: str
    name: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TimeLinePage:
    """The page. ``earlier`` and ``later`` are messages as an address names them: ``2-41``."""

    code: str
    what: str
    about: str
    choices: tuple[LineChoice, ...]
    on_none: tuple[str, ...]
    missing: str
    day: str
    """The first day shown, for the field that leads to another."""
    days: tuple[TimedDay, ...]
    earlier: str
    later: str
    strip: Strip | None
    here: str
    """What leads to this page again."""


def timeline_page(shown: TimeLine) -> TimeLinePage:
    """Present it."""
    line = shown.page.clock
    code = next(code for code, clock in CODES.items() if clock is line)
    first = shown.page.messages[0].line.shown if shown.page.messages else None
    return TimeLinePage(
        code=code,
        what=_what(shown),
        about=_ABOUT[line],
        choices=tuple(
            LineChoice(code, _NAMES[clock], say.count(_count(shown, clock)), clock is line)
            for code, clock in CODES.items()
            if _count(shown, clock)
        ),
        on_none=tuple(_on_none(shown)),
        missing=_missing(shown),
        day=first.date().isoformat() if first is not None else "",
        days=tuple(_days(shown)),
        earlier=_address(shown.page.earlier),
        later=_address(shown.page.later),
        strip=_strip(shown),
        here=_here(shown, code),
    )


def _here(shown: TimeLine, code: str) -> str:
    if not shown.page.messages:
        return f"clock={code}"
    first = shown.page.messages[0]
    return f"clock={code}&start={first.conversation}-{first.line.number}"


def _strip(shown: TimeLine) -> Strip | None:
    days = [day for one in shown.page.messages if (day := _day(one)) is not None]
    return strip(shown.activity, min(days, default=None), max(days, default=None), shown.cited_days, by_number=False)


def _count(shown: TimeLine, clock: Clock) -> int:
    return sum(one.messages for one in shown.counts if one.clock is clock)


def _what(shown: TimeLine) -> str:
    line = shown.page.clock
    conversations = sum(one.clock is line for one in shown.counts)
    messages = say.counted(_count(shown, line), "message")
    return f"{messages} of {say.counted(conversations, 'conversation')}, in the order of their time."


def _on_none(shown: TimeLine) -> Iterable[str]:
    for one in shown.counts:
        if one.clock in _ON_NONE:
            messages = say.counted(one.messages, "message")
            yield f"{messages} of conversation {one.conversation}, {_ON_NONE[one.clock]}"


def _missing(shown: TimeLine) -> str:
    if not shown.missing or shown.asked is None:
        return ""
    conversation, number = shown.asked
    return f"Message {say.count(number)} of conversation {conversation} has no place on a line: see below why."


def _address(at: int | None) -> str:
    return f"{conversation_of(at)}-{number_of(at)}" if at is not None else ""


def _days(shown: TimeLine) -> Iterable[TimedDay]:
    covers = _covers(shown)
    for day, here in groupby(shown.page.messages, key=_day):
        of_day = tuple(here)
        rows = tuple(
            _row(one, before, shown, covers[one.conversation])
            for one, before in zip(of_day, (None, *of_day), strict=False)
        )
        yield TimedDay(times.day_words(day, None), say.counted(len(rows), "message"), rows)


def _covers(shown: TimeLine) -> dict[int, Covers]:
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for one in shown.page.messages:
        lines[one.conversation].append(one.line)
    return {
        conversation: covers_of(
            {number: word for (where, number), word in shown.covered.items() if where == conversation}, here
        )
        for conversation, here in lines.items()
    }


def _day(one: Timed) -> date | None:
    at = one.line.shown
    return at.date() if at is not None else None


def _row(one: Timed, before: Timed | None, shown: TimeLine, covers: Covers) -> TimedRow:
    line, message = one.line, one.line.message
    at = one.conversation, line.number
    letter = "" if message.kind is Kind.SYSTEM else line.letter or ""
    sorts = (sort_of(found.indicator.rule) for found in shown.pointed.get(at, ()))
    return TimedRow(
        conversation=one.conversation,
        number=line.number,
        shown=say.count(line.number),
        letter=letter,
        side=side_of(letter) if letter else "none",
        name=message.sender or "" if letter else "",
        first=before is None or (before.conversation, before.line.letter) != (one.conversation, line.letter),
        time=times.minutes(line),
        machine_time=times.machine_time(line),
        said=said(message, cover=covers.over(line)),
        doubts=short_words(message.doubts),
        marks=tuple(dict.fromkeys(sort.label for sort in sorts if sort is not None)),
        cited=at in shown.cited,
        note=not letter,
        gone=message.kind in (Kind.DELETED, Kind.EMPTY),
        selected=shown.asked == at,
    )
