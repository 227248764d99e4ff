"""When they talked in a whole case: the sums of talked.py over all its conversations, each told apart.

    by_day(casefile, lanes, Unit.WEEK, Reading.FIRST)      messages of each conversation by week
    lanes_of(casefile)                                     (2, 1, 3, None)

A conversation is what is told apart here, and not a person: who in one is who in another only its platform can say, by
an id of its own, and then both have one letter (letters.py). ``conversation`` is None for all together that have no
lane. ``place`` is the lowest of a first message (schema.py). A silence is one of its own conversation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from safehand.casefile import talked
from safehand.casefile.clock import date_of, day_number
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import place
from safehand.casefile.talked import Reading, Spoken, Unit
from safehand.casefile.tempo import LANES, Turn


class CaseHour(NamedTuple):
    """Messages of a conversation in one hour of one weekday (0 is Monday)."""

    weekday: int
    hour: int
    conversation: int | None
    messages: int


class CaseUnit(NamedTuple):
    """Messages of a conversation in a day, or from the first day of a week, month or year on."""

    day: date
    conversation: int | None
    messages: int
    earliest: date
    """The first day of it with a message."""
    place: int
    """The lowest of that day."""


class CaseTen(NamedTuple):
    """Messages of a conversation in ten minutes of a day: 0 begins at midnight; None where no hour is known."""

    day: date
    ten: int | None
    conversation: int | None
    messages: int
    place: int


class CaseTurn(NamedTuple):
    """Messages that an account wrote in a conversation, and how many were the first after a silence.

    ``letter`` is None for all accounts together that have no sums of their own there.
    """

    conversation: int
    letter: str | None
    messages: int
    starts: int


def spoken(casefile: CaseFile) -> dict[int, Spoken]:
    """Of which messages of each conversation the sums are."""
    rows = casefile.rows(
        "SELECT conversation, uk, device, either, without_time, platform, without_hour, by_minute FROM tempo "
        "ORDER BY conversation"
    )
    return {conversation: Spoken(*sums) for conversation, *sums in rows}


def lanes_of(sums: dict[int, Spoken]) -> tuple[int | None, ...]:
    """The conversations in which most was written, by number; then None, if there are others in which anything was."""
    wrote = {conversation: one.people for conversation, one in sums.items() if one.people}
    most = sorted(sorted(wrote, key=lambda number: (-wrote[number], number))[:LANES])
    return (*most, None) if len(wrote) > LANES else tuple(most)


def span_of(casefile: CaseFile, conversations: Sequence[int], reading: Reading) -> tuple[date, date] | None:
    """The first day and the last on which somebody wrote in any; None where no message has a day."""
    spans = [talked.span_of(casefile, number, reading) for number in conversations]
    known = [span for span in spans if span is not None]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def by_hour(casefile: CaseFile, lanes: Sequence[int | None], reading: Reading) -> tuple[CaseHour, ...]:
    """Messages by weekday and hour; those whose hour is not known are in none."""
    rows = casefile.rows(
        "SELECT weekday, hour, conversation, sum(messages) FROM hours WHERE reading IN (0, ?) "
        "GROUP BY conversation, weekday, hour",
        (int(reading),),
    )
    counts: Counter[tuple[int, int, int | None]] = Counter()
    for weekday, hour, conversation, messages in rows:
        counts[weekday, hour, _lane(conversation, lanes)] += messages
    return tuple(CaseHour(*key, messages) for key, messages in counts.items())


def by_day(casefile: CaseFile, lanes: Sequence[int | None], unit: Unit, reading: Reading) -> tuple[CaseUnit, ...]:
    """Messages by ``unit``, conversation by conversation."""
    # Of the rows of a unit SQLite gives the others' columns from the one that holds the only min() there is.
    rows = casefile.rows(
        f"SELECT {talked.UNITS[unit]} AS begins, conversation, sum(messages), min(day), first FROM "  # noqa: S608  our own words
        "(SELECT conversation, day, sum(messages) AS messages, min(first) AS first FROM days WHERE reading IN (0, ?) "
        "GROUP BY conversation, day) GROUP BY conversation, begins",
        (int(reading),),
    )
    return tuple(
        CaseUnit(date_of(begins), _lane(conversation, lanes), messages, date_of(earliest), place(conversation, first))
        for begins, conversation, messages, earliest, first in rows
    )


def turns(casefile: CaseFile) -> tuple[CaseTurn, ...]:
    """How much each account wrote in each conversation."""
    rows = casefile.rows(
        "SELECT conversation, letter, sum(messages), sum(CASE WHEN turn = ? THEN messages ELSE 0 END) FROM turns "
        "LEFT JOIN accounts ON number = account GROUP BY conversation, account "
        "ORDER BY conversation, account = 0, account",
        (str(Turn.START),),
    )
    return tuple(CaseTurn(*row) for row in rows)


def tens(
    casefile: CaseFile, lanes: Sequence[int | None], between: tuple[date, date], reading: Reading
) -> tuple[CaseTen, ...]:
    """Messages of the days from the first to the last of ``between``, ten minutes at a time."""
    first, last = map(day_number, between)
    rows = casefile.rows(
        "SELECT day, ten, conversation, sum(messages), min(first) FROM tens "
        "WHERE conversation IN (SELECT number FROM conversations) AND reading IN (0, ?) AND day BETWEEN ? AND ? "
        "GROUP BY day, ten, conversation ORDER BY day, ten, conversation",
        (int(reading), first, last),
    )
    return tuple(
        CaseTen(
            date_of(day), ten if ten >= 0 else None, _lane(conversation, lanes), messages, place(conversation, number)
        )
        for day, ten, conversation, messages, number in rows
    )


def _lane(conversation: int, lanes: Sequence[int | None]) -> int | None:
    return conversation if conversation in lanes else None
