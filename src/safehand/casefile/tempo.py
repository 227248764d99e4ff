"""When they talked: counted while a case file is built, so that a picture of a million messages costs what one of
five thousand does.

    tens       how many messages each account wrote in each ten minutes of each day
    days       the same by day · hours: by weekday and hour
    turns      what each message was to the one before it: see Turn; every message of a person is one of them, once
    starts     the first messages after a silence, by day
    silences   the longest stretches without a message

A person's message is one that an account wrote; where the platform speaks (joined, renamed, a reaction in its own
words) nobody talked, and it is counted apart. Of a day that can be read two ways both readings are kept, and none is
chosen here. Stored for at most ``LANES`` accounts of a conversation, those that wrote most; the others are together.
"""

from __future__ import annotations

import heapq
from collections import Counter
from enum import StrEnum
from typing import Final, TypeAlias

import apsw

from safehand.casefile.clock import DAY, Clock, Wall, day_of, seconds_between
from safehand.model.instant import Instant, Precision
from safehand.model.message import Kind, Message

LANES: Final = 6
"""Accounts that have figures of their own: more lanes than these nobody tells apart, on paper or on a screen."""

OTHERS: Final = 0
"""Stands for every other account."""

NO_HOUR: Final = -1
"""Stands for the time of day where the source gives only the day."""

SILENCE: Final = 4 * 3600
"""Seconds without a message after which the next one starts a conversation anew (ux.md 6.2, picture 2). The answer
depends on it, so every picture says it."""

LONGEST: Final = 10
"""Silences that are kept."""

_TEN: Final = 600_000_000
_HELD: Final = 20_000
"""Sums in memory before they are written: a source out of order comes back to a day any number of times."""

_NOBODY_TALKS: Final = (Kind.SYSTEM, Kind.REACTION_NOTICE)


class Turn(StrEnum):
    """What a person's message was to the last one of a person before it. The values are stored."""

    START = "start"
    """The first of the conversation, or the first after ``SILENCE``."""
    FOLLOWS = "follows"
    """The same account wrote the last one too, sooner than that."""
    WITHIN_1 = "within_1"
    """An answer: another account wrote the last one, less than a minute before."""
    WITHIN_5 = "within_5"
    WITHIN_15 = "within_15"
    WITHIN_60 = "within_60"
    WITHIN_240 = "within_240"
    UNSURE = "unsure"
    """The two times cannot be compared: two clocks, a day without an hour, no time, or time that runs back."""


ANSWERS: Final = (
    (60, Turn.WITHIN_1),
    (5 * 60, Turn.WITHIN_5),
    (15 * 60, Turn.WITHIN_15),
    (60 * 60, Turn.WITHIN_60),
    (SILENCE, Turn.WITHIN_240),
)
"""Seconds below which an answer is of that band."""

_Key: TypeAlias = tuple[int, int, int, int]
"""Reading, day, ten, account."""


class Tempo:
    """Takes the messages of one conversation after another, and stores what is counted of each as it ends."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.begin(0)

    def begin(self, conversation: int) -> None:
        """A conversation begins."""
        self._conversation = conversation
        self._tens: dict[_Key, list[int]] = {}
        self._starts: dict[tuple[int, int], list[int]] = {}
        self._turns: Counter[tuple[int, Turn]] = Counter()
        self._clocks: Counter[Clock] = Counter()
        self._platform = self._no_hour = self._by_minute = 0
        self._silences: list[tuple[int, int, int]] = []
        self._last: tuple[Instant, int, int] | None = None

    def add(self, message: Message, account: int | None, wall: Wall) -> None:
        """The next message, with the account that wrote it and its clock reading."""
        if account is None or message.kind in _NOBODY_TALKS:
            self._platform += 1
            return
        sent, number = message.sent, message.number
        self._clocks[wall.clock] += 1
        self._by_minute += sent.precision is Precision.MINUTE
        if wall.at is not None:
            self._no_hour += sent.precision is Precision.DAY
            first = 0 if wall.clock is not Clock.EITHER else 1
            self._count(first, wall.at, sent, account, number)
            if wall.clock is Clock.EITHER and wall.other is not None:
                self._count(2, wall.other, sent, account, number)
        self._turn(number, account, wall, sent)
        self._last = (sent, account, number)

    def end(self) -> None:
        """The conversation ends: store it."""
        self._flush()
        here, execute = self._conversation, self._connection.execute
        clocks = self._clocks
        known = (clocks[Clock.UK], clocks[Clock.DEVICE], clocks[Clock.EITHER], clocks[Clock.NONE])
        execute(
            "INSERT INTO tempo VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (here, *known, self._platform, self._no_hour, self._by_minute),
        )
        kept = self._fold()
        execute(_DAYS, (here,))
        execute(_HOURS, (here,))
        turns: Counter[tuple[int, Turn]] = Counter()
        for (account, turn), messages in self._turns.items():
            turns[account if account in kept else OTHERS, turn] += messages
        self._connection.executemany(
            "INSERT INTO turns VALUES (?, ?, ?, ?)",
            ((here, account, str(turn), messages) for (account, turn), messages in sorted(turns.items())),
        )
        longest = sorted(self._silences, key=lambda one: (-one[0], one[2]))
        self._connection.executemany(
            "INSERT INTO silences VALUES (?, ?, ?, ?, ?)",
            ((here, at, -before, after, seconds) for at, (seconds, before, after) in enumerate(longest, 1)),
        )

    def _count(self, reading: int, at: int, sent: Instant, account: int, number: int) -> None:
        ten = NO_HOUR if sent.precision is Precision.DAY else at % DAY // _TEN
        key = (reading, day_of(at), ten, account)
        found = self._tens.get(key)
        if found is None:
            if len(self._tens) >= _HELD:
                self._flush()
            self._tens[key] = [1, number]
        else:
            found[0] += 1

    def _turn(self, number: int, account: int, wall: Wall, sent: Instant) -> None:
        turn = Turn.START if self._last is None and _has_a_day(wall) else Turn.UNSURE
        if self._last is not None:
            before, by, at = self._last
            seconds = _seconds(before, sent)
            if seconds is not None and seconds >= 0:
                turn = _turn_of(seconds, same=by == account)
                if turn is Turn.START:
                    self._keep_silence(seconds, at, number)
        self._turns[account, turn] += 1
        if turn is Turn.START and wall.at is not None:
            self._starts.setdefault((day_of(wall.at), account), [0, number])[0] += 1

    def _keep_silence(self, seconds: int, before: int, after: int) -> None:
        # The shortest stands on top; of two as long as each other the earlier one stays.
        found = (seconds, -before, after)
        if len(self._silences) < LONGEST:
            heapq.heappush(self._silences, found)
        elif seconds > self._silences[0][0]:
            heapq.heapreplace(self._silences, found)

    def _flush(self) -> None:
        here, many = self._conversation, self._connection.executemany
        many(_ADD_TENS, ((here, *key, *found) for key, found in self._tens.items()))
        many(_ADD_STARTS, ((here, *key, *found) for key, found in self._starts.items()))
        self._tens.clear()
        self._starts.clear()

    def _fold(self) -> set[int]:
        """Put the accounts that have no figures of their own together; those that have."""
        wrote: Counter[int] = Counter()
        for (account, _), messages in self._turns.items():
            wrote[account] += messages
        most = sorted(wrote, key=lambda account: (-wrote[account], account))[:LANES]
        if len(wrote) > LANES:
            own = ", ".join(str(account) for account in (OTHERS, *most))
            for table, columns in (("tens", "reading, day, ten"), ("starts", "day")):
                those = f"conversation = ? AND account NOT IN ({own})"
                self._connection.execute(
                    f"INSERT INTO {table} SELECT conversation, {columns}, {OTHERS}, sum(messages), min(first) "  # noqa: S608  our own words and numbers
                    f"FROM {table} WHERE {those} GROUP BY {columns}",
                    (self._conversation,),
                )
                self._connection.execute(f"DELETE FROM {table} WHERE {those}", (self._conversation,))  # noqa: S608  the same
        return set(most)


_ADD_TENS: Final = (
    "INSERT INTO tens VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, "
    "first = min(first, excluded.first)"
)
_ADD_STARTS: Final = (
    "INSERT INTO starts VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, "
    "first = min(first, excluded.first)"
)
_DAYS: Final = (
    "INSERT INTO days SELECT conversation, reading, day, account, sum(messages), min(first) FROM tens "
    "WHERE conversation = ? GROUP BY reading, day, account"
)
# 1970-01-01 was a Thursday; SQLite's % keeps the sign of a day before it.
_HOURS: Final = (
    "INSERT INTO hours SELECT conversation, reading, (day % 7 + 10) % 7, ten / 6, account, sum(messages) FROM tens "
    "WHERE conversation = ? AND ten >= 0 GROUP BY reading, (day % 7 + 10) % 7, ten / 6, account"
)


def _has_a_day(wall: Wall) -> bool:
    return wall.at is not None and wall.clock is not Clock.EITHER


def _seconds(before: Instant, sent: Instant) -> int | None:
    # Two days without hours are two midnights here, and nobody wrote at either.
    if Precision.DAY in (before.precision, sent.precision):
        return None
    return seconds_between(before, sent)


def _turn_of(seconds: int, *, same: bool) -> Turn:
    if seconds >= SILENCE:
        return Turn.START
    if same:
        return Turn.FOLLOWS
    return next(turn for below, turn in ANSWERS if seconds < below)
