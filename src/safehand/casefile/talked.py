"""When they talked, read from a case file: sums that were made while it was built (tempo.py), by letter.

    told = spoken(casefile, 1)                       how many messages there are sums of, and by whose clock
    by_hour(casefile, 1, Reading.FIRST)              messages of each account by weekday and hour
    by_day(casefile, 1, Unit.WEEK, Reading.FIRST)    the same by day, week, month or year
    tens(casefile, 1, first, last, Reading.FIRST)    ten minutes at a time, of a few days

``letter`` is None for all accounts together that have no sums of their own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

import msgspec

from safehand.casefile.clock import Clock, date_of, day_number
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import NUMBER_BITS, number_of, place
from safehand.casefile.tempo import Turn

_LAST: Final = (1 << NUMBER_BITS) - 1


class Reading(IntEnum):
    """Which of two readings is counted, where a day can be read two ways. The numbers are stored."""

    FIRST = 1
    SECOND = 2


class Unit(StrEnum):
    """How many days are one."""

    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"
    YEAR = "year"


_WEEKS: Final = 200_000
"""Added before weeks are counted, so that a week before 1970 is counted like another (SQLite cuts towards 0)."""

_MONDAY: Final = f"(day + 3 + {_WEEKS} * 7) / 7 * 7 - {_WEEKS} * 7 - 3"
UNITS: Final = {
    Unit.DAY: "day",
    Unit.WEEK: _MONDAY,
    Unit.MONTH: "CAST(julianday(day * 86400, 'unixepoch', 'start of month') - 2440587.5 AS INTEGER)",
    Unit.YEAR: "CAST(julianday(day * 86400, 'unixepoch', 'start of year') - 2440587.5 AS INTEGER)",
}


class Spoken(msgspec.Struct, frozen=True):
    """Of which messages there are sums. The first four together are the messages of people."""

    uk: int
    device: int
    either: int
    without_time: int
    platform: int
    """Where the platform speaks, and nobody else."""
    without_hour: int
    """Of those with a day: the source gives no time of day."""
    by_minute: int
    """Of those with a time: the source gives no seconds."""

    @property
    def people(self) -> int:
        """Messages that somebody wrote."""
        return self.uk + self.device + self.either + self.without_time

    @property
    def with_day(self) -> int:
        """Messages that have a day by one of the clocks."""
        return self.uk + self.device + self.either


class HourCount(NamedTuple):
    """Messages of an account in one hour of one weekday (0 is Monday)."""

    weekday: int
    hour: int
    letter: str | None
    messages: int


class UnitCount(NamedTuple):
    """Messages of an account in a day, or from the first day of a week, month or year on; ``first`` is the lowest."""

    day: date
    letter: str | None
    messages: int
    first: int


class TenCount(NamedTuple):
    """Messages of an account in ten minutes of a day: 0 begins at midnight; None where no hour is known."""

    day: date
    ten: int | None
    letter: str | None
    messages: int
    first: int


class TurnCount(NamedTuple):
    """How many messages of an account were what to the one before."""

    letter: str | None
    turn: Turn
    messages: int


class Silence(NamedTuple):
    """A stretch without a message, between two of people. ``at`` are clock readings."""

    seconds: int
    before: int
    before_letter: str | None
    before_at: int | None
    after: int
    after_letter: str | None
    after_at: int | None


class When(NamedTuple):
    """When a message was sent, by which clock."""

    at: int | None
    clock: Clock


def spoken(casefile: CaseFile, conversation: int) -> Spoken:
    """Of which messages of a conversation that is there the sums are."""
    rows = casefile.rows(
        "SELECT uk, device, either, without_time, platform, without_hour, by_minute FROM tempo WHERE conversation = ?",
        (conversation,),
    )
    return Spoken(*rows[0])


def span_of(casefile: CaseFile, conversation: int, reading: Reading) -> tuple[date, date] | None:
    """The first day and the last on which somebody wrote; None where no message has a day."""
    # Two look-ups at the ends of each part of the key: min() and max() of one query would read every day.
    ends = [
        day
        for part in (0, int(reading))
        for order in ("ASC", "DESC")
        for (day,) in casefile.rows(
            f"SELECT day FROM days WHERE conversation = ? AND reading = ? ORDER BY day {order} LIMIT 1",  # noqa: S608  our own words
            (conversation, part),
        )
    ]
    return (date_of(min(ends)), date_of(max(ends))) if ends else None


def letters_of(casefile: CaseFile, conversation: int) -> tuple[str | None, ...]:
    """Who wrote and has sums of their own, in the order of their letters; then None, if there are others."""
    rows = casefile.rows(
        "SELECT DISTINCT account, letter FROM turns LEFT JOIN accounts ON number = account WHERE conversation = ? "
        "ORDER BY account = 0, account",
        (conversation,),
    )
    return tuple(letter for _, letter in rows)


def by_hour(casefile: CaseFile, conversation: int, reading: Reading) -> tuple[HourCount, ...]:
    """Messages by weekday and hour; those whose hour is not known are in none."""
    rows = casefile.rows(
        "SELECT weekday, hour, letter, sum(messages) FROM hours LEFT JOIN accounts ON number = account "
        "WHERE conversation = ? AND reading IN (0, ?) GROUP BY weekday, hour, account",
        (conversation, int(reading)),
    )
    return tuple(HourCount(*row) for row in rows)


def by_day(casefile: CaseFile, conversation: int, unit: Unit, reading: Reading) -> tuple[UnitCount, ...]:
    """Messages by ``unit``, earliest first."""
    return _units(casefile, "days", conversation, unit, "AND reading IN (0, ?2)", int(reading))


def starts(casefile: CaseFile, conversation: int, unit: Unit) -> tuple[UnitCount, ...]:
    """First messages after a silence, by ``unit``. None is claimed of a day that can be read two ways."""
    return _units(casefile, "starts", conversation, unit, "", 0)


def turns(casefile: CaseFile, conversation: int) -> tuple[TurnCount, ...]:
    """What the messages of each account were to those before them."""
    rows = casefile.rows(
        "SELECT letter, turn, messages FROM turns LEFT JOIN accounts ON number = account WHERE conversation = ? "
        "ORDER BY account, turn",
        (conversation,),
    )
    return tuple(TurnCount(letter, Turn(turn), messages) for letter, turn, messages in rows)


def tens(casefile: CaseFile, conversation: int, first: date, last: date, reading: Reading) -> tuple[TenCount, ...]:
    """Messages of the days ``first`` to ``last``, ten minutes at a time."""
    rows = casefile.rows(
        "SELECT day, ten, letter, sum(messages), min(first) FROM tens LEFT JOIN accounts ON number = account "
        "WHERE conversation = ? AND reading IN (0, ?) AND day BETWEEN ? AND ? GROUP BY day, ten, account",
        (conversation, int(reading), day_number(first), day_number(last)),
    )
    return tuple(
        TenCount(date_of(day), ten if ten >= 0 else None, letter, messages, at)
        for day, ten, letter, messages, at in rows
    )


def silences(casefile: CaseFile, conversation: int) -> tuple[Silence, ...]:
    """The longest silences, longest first."""
    rows = casefile.rows(
        "SELECT seconds, before, b.letter, m.at, after, a.letter, n.at FROM silences "
        "JOIN messages m ON m.place = (?2 | before) JOIN messages n ON n.place = (?2 | after) "
        "LEFT JOIN accounts b ON b.number = m.account LEFT JOIN accounts a ON a.number = n.account "
        "WHERE conversation = ?1 ORDER BY position",
        (conversation, place(conversation, 0)),
    )
    return tuple(Silence(*row) for row in rows)


def when(casefile: CaseFile, conversation: int, numbers: frozenset[int]) -> dict[int, When]:
    """When these messages were sent, by their numbers. What has no message has no entry."""
    marks = ", ".join("?" for _ in numbers)
    rows = casefile.rows(
        f"SELECT place, at, clock FROM messages WHERE place IN ({marks})",  # noqa: S608  question marks
        tuple(place(conversation, number) for number in sorted(numbers) if 0 < number <= _LAST),
    )
    return {number_of(key): When(at, Clock(clock)) for key, at, clock in rows}


def days_of(casefile: CaseFile, conversation: int, numbers: Sequence[int]) -> frozenset[date]:
    """The days on which these messages stand; those without a day are on none."""
    # One look-up each: there may be many more days than messages that are asked about.
    rows = casefile.rows(
        "SELECT DISTINCT (SELECT day FROM runs WHERE conversation = ? AND first <= value ORDER BY first DESC LIMIT 1) "
        "FROM json_each(?)",
        (conversation, json.dumps(list(numbers))),
    )
    return frozenset(date_of(day) for (day,) in rows if day is not None)


def _units(
    casefile: CaseFile, table: str, conversation: int, unit: Unit, where: str, reading: int
) -> tuple[UnitCount, ...]:
    begins = UNITS[unit]
    rows = casefile.rows(
        f"SELECT {begins} AS begins, letter, sum(messages), min(first) FROM {table} "  # noqa: S608  our own words
        f"LEFT JOIN accounts ON number = account WHERE conversation = ?1 {where} GROUP BY begins, account",
        (conversation, reading) if where else (conversation,),
    )
    return tuple(UnitCount(date_of(begin), letter, messages, first) for begin, letter, messages, first in rows)
