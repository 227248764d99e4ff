"""All conversations of a case on one line of time, a page of whole days at a time.

    page = timeline(casefile, Clock.UK)                               the first page
    timeline(casefile, Clock.UK, Turn.FROM, page.later)               the one after it, which begins with that message
    timeline(casefile, Clock.UK, Turn.UNTIL, page.earlier)            the one before
    timeline(casefile, Clock.UK, Turn.ABOUT, place(2, 41))            the one message 41 of conversation 2 stands on

There are two lines: of instants that are known, in UK time (Clock.UK), and of readings of clocks whose zone no source
names (Clock.DEVICE). They are never laid into each other: that would be a guess of hours. Messages without a time, or
with two readings of their day, have no place on either and are counted, by conversation.

A page is a stretch of one index (schema.TIMES) wherever it begins, so it takes as long in a million messages as in few.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto
from typing import Any, Final, NamedTuple

import msgspec

from safehand.casefile.clock import DAY, Clock, day_number, utc_of_london
from safehand.casefile.days import ABOUT, SPLIT
from safehand.casefile.read import CaseFile, line_of
from safehand.casefile.schema import conversation_of
from safehand.casefile.views import Line

LINES: Final = (Clock.UK, Clock.DEVICE)
"""The two that there are."""

_MOST: Final = ABOUT * SPLIT
_LEAD: Final = ABOUT // 2
"""Messages before the one that is asked for, on a day too long for a page."""

_ROWS: Final = (
    "SELECT place, letter, at, other, clock, gap, whole, sent FROM messages LEFT JOIN accounts ON number = account"
)
_ON: Final = "WHERE clock = ?1 AND sent IS NOT NULL"
_FORWARD: Final = f"{_ROWS} {_ON} AND (sent, place) >= (?2, ?3) ORDER BY sent, place LIMIT ?4"
_BACK: Final = f"{_ROWS} {_ON} AND (sent, place) <= (?2, ?3) ORDER BY sent DESC, place DESC LIMIT ?4"


class Turn(Enum):
    """How a page is found by a message."""

    FROM = auto()
    UNTIL = auto()
    ABOUT = auto()


class Timed(msgspec.Struct, frozen=True):
    """A message on the line."""

    conversation: int
    line: Line


class ClockCount(NamedTuple):
    """How many messages of a conversation are told by which clock."""

    conversation: int
    clock: Clock
    messages: int


class TimePage(msgspec.Struct, frozen=True):
    """Messages of several conversations as they followed each other. ``earlier`` and ``later`` are places."""

    clock: Clock
    messages: tuple[Timed, ...]
    earlier: int | None
    """The last message of the page before."""
    later: int | None
    """The first message of the page after."""


def clock_counts(casefile: CaseFile) -> tuple[ClockCount, ...]:
    """By conversation and clock, all messages of the case."""
    rows = casefile.rows("SELECT conversation, clock, messages FROM clocks ORDER BY conversation, clock")
    return tuple(ClockCount(conversation, Clock(clock), messages) for conversation, clock, messages in rows)


def timeline(casefile: CaseFile, clock: Clock, turn: Turn = Turn.FROM, at: int | None = None) -> TimePage | None:
    """A page of one line; its first without ``at``. None where no message of that place stands on this line."""
    if at is None:
        return _page(casefile, clock, (_EARLIEST, 0))
    found = casefile.rows(f"SELECT sent, at FROM messages {_ON} AND place = ?2", (int(clock), at))  # noqa: S608  our own
    if not found:
        return None
    sent, reading = found[0]
    match turn:
        case Turn.FROM:
            return _page(casefile, clock, (sent, at))
        case Turn.UNTIL:
            return _page_until(casefile, clock, (sent, at))
        case Turn.ABOUT:
            return _page(casefile, clock, max(_begin(clock, reading // DAY), _lead(casefile, clock, (sent, at))))


def timeline_from_day(casefile: CaseFile, clock: Clock, day: date) -> TimePage:
    """The page that begins with a day, or with the first after it that has messages."""
    return _page(casefile, clock, _begin(clock, day_number(day)))


_EARLIEST: Final = -(1 << 63)
_Key = tuple[int, int]


def _begin(clock: Clock, day: int) -> _Key:
    return (utc_of_london(day * DAY) if clock is Clock.UK else day * DAY, 0)


def _lead(casefile: CaseFile, clock: Clock, key: _Key) -> _Key:
    rows = casefile.rows(
        f"SELECT sent, place FROM messages {_ON} AND (sent, place) <= (?2, ?3) "  # noqa: S608  our own words
        "ORDER BY sent DESC, place DESC LIMIT ?4",
        (int(clock), *key, _LEAD),
    )
    return (rows[-1][0], rows[-1][1])


def _page(casefile: CaseFile, clock: Clock, key: _Key) -> TimePage:
    rows = casefile.rows(_FORWARD, (int(clock), *key, _MOST + 1))
    taken = _whole_days(rows)
    before = casefile.rows(_BACK, (int(clock), *_key_of(rows[0]), 2)) if rows else []
    return TimePage(
        clock,
        tuple(map(_timed, rows[:taken])),
        before[1][0] if len(before) > 1 else None,
        rows[taken][0] if len(rows) > taken else None,
    )


def _page_until(casefile: CaseFile, clock: Clock, key: _Key) -> TimePage:
    rows = casefile.rows(_BACK, (int(clock), *key, _MOST + 1))
    taken = _whole_days(rows)
    after = casefile.rows(_FORWARD, (int(clock), *key, 2))
    return TimePage(
        clock,
        tuple(map(_timed, reversed(rows[:taken]))),
        rows[taken][0] if len(rows) > taken else None,
        after[1][0] if len(after) > 1 else None,
    )


def _whole_days(rows: Sequence[tuple[Any, ...]]) -> int:
    """How many rows a page takes: whole days while they stay within ABOUT, one that is longer, or a part of one."""
    ends = [at for at in range(1, len(rows)) if rows[at][2] // DAY != rows[at - 1][2] // DAY]
    if len(rows) <= _MOST:
        ends.append(len(rows))
    within = [end for end in ends if end <= ABOUT]
    if within:
        return within[-1]
    return ends[0] if ends else ABOUT


def _key_of(row: tuple[Any, ...]) -> _Key:
    return (row[7], row[0])


def _timed(row: tuple[Any, ...]) -> Timed:
    return Timed(conversation_of(row[0]), line_of(row[:7]))
