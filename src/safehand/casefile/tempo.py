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
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

import apsw

from safehand.casefile.clock import DAY, Clock, Wall, day_of
from safehand.model.instant import Instant, Precision, seconds_between
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

TEN: Final = 600_000_000
_TENS_OF_A_DAY: Final = DAY // TEN
_HELD: Final = 20_000
"""Sums in memory before they are written: a source out of order comes back to a day any number of times."""

NOBODY_TALKS: Final = frozenset({Kind.SYSTEM, Kind.REACTION_NOTICE})


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

_BELOW: Final = tuple(seconds for seconds, _ in ANSWERS)
_BANDS: Final = tuple(turn for _, turn in ANSWERS)

# Looking a member up on its class costs as much as two calls; these are asked of every message.
_DAY_ALONE: Final = Precision.DAY
_MINUTE: Final = Precision.MINUTE
_EITHER: Final = Clock.EITHER
_START: Final = Turn.START
_FOLLOWS: Final = Turn.FOLLOWS
_UNSURE: Final = Turn.UNSURE

_Key: TypeAlias = tuple[int, int, int, int]
"""Reading, day, ten, account."""

_Plain: TypeAlias = tuple[int, int]
"""The same where there is one reading and an hour, as nearly always: tens since 1970-01-01, account."""


class Tempo:
    """Takes the messages of one conversation after another, and stores what is counted of each as it ends."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.begin(0)

    def begin(self, conversation: int) -> None:
        """A conversation begins."""
        self._conversation = conversation
        self._plain: dict[_Plain, list[int]] = {}
        self._tens: dict[_Key, list[int]] = {}
        self._starts: dict[tuple[int, int], list[int]] = {}
        self._turns: defaultdict[tuple[int, Turn], int] = defaultdict(int)
        self._unsaid: Counter[Clock] = Counter()
        self._no_hour = self._by_minute = 0
        self._silences: list[tuple[int, int, int]] = []
        self._sent: Instant | None = None
        self._account = self._number = 0
        self._has_hour = False
        self._just_before = False

    def add(self, message: Message, account: int | None, wall: Wall, since: int | None) -> None:
        """The next message, with the account that wrote it and its clock reading; ``since`` is the seconds between the
        message before it and this one, as ``seconds_between`` tells them, or None.
        """
        if account is None or message.kind in NOBODY_TALKS:
            self._unsaid[wall.clock] += 1
            self._just_before = False
            return
        sent, number, at = message.sent, message.number, wall.at
        precision = sent.precision
        has_hour = precision is not _DAY_ALONE
        if precision is _MINUTE:
            self._by_minute += 1
        if at is not None:
            if has_hour and wall.clock is not _EITHER:
                self._count_plain((at // TEN, account), number)
            else:
                self._count(wall, at, account, number, has_hour=has_hour)
        if not (has_hour and self._has_hour):
            since = None  # two days without hours are two midnights here, and nobody wrote at either
        elif not self._just_before and self._sent is not None:
            since = seconds_between(self._sent, sent)
        turn = self._turn(since, number, account, wall)
        self._turns[account, turn] += 1
        if turn is _START and at is not None:
            self._starts.setdefault((day_of(at), account), [0, number])[0] += 1
        self._sent, self._account, self._number = sent, account, number
        self._has_hour, self._just_before = has_hour, True

    def end(self, clocks: Mapping[Clock, int]) -> None:
        """The conversation ends: store it. ``clocks`` is how many of all its messages are told by which clock."""
        self._flush()
        here, execute = self._conversation, self._connection.execute
        unsaid = self._unsaid
        known = [clocks.get(clock, 0) - unsaid[clock] for clock in (Clock.UK, Clock.DEVICE, Clock.EITHER, Clock.NONE)]
        execute(
            "INSERT INTO tempo VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (here, *known, unsaid.total(), self._no_hour, self._by_minute),
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

    def _count_plain(self, key: _Plain, number: int) -> None:
        held = self._plain.get(key)
        if held is not None:
            held[0] += 1
            return
        if len(self._plain) >= _HELD:
            self._flush()
        self._plain[key] = [1, number]

    def _count(self, wall: Wall, at: int, account: int, number: int, *, has_hour: bool) -> None:
        """The same of a day that can be read two ways, or that has no hour."""
        self._no_hour += not has_hour
        readings = ((0, at),) if wall.clock is not _EITHER else ((1, at), (2, wall.other))
        for reading, when in readings:
            if when is None:
                continue
            if len(self._tens) >= _HELD:
                self._flush()
            ten = when % DAY // TEN if has_hour else NO_HOUR
            self._tens.setdefault((reading, day_of(when), ten, account), [0, number])[0] += 1

    def _turn(self, since: int | None, number: int, account: int, wall: Wall) -> Turn:
        if self._sent is None:
            return _START if _has_a_day(wall) else _UNSURE
        if since is None or since < 0:
            return _UNSURE
        if since >= SILENCE:
            self._keep_silence(since, self._number, number)
            return _START
        return _FOLLOWS if account == self._account else _BANDS[bisect_right(_BELOW, since)]

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
        plain = (
            (here, 0, *divmod(ten, _TENS_OF_A_DAY), account, *found) for (ten, account), found in self._plain.items()
        )
        many(_ADD_TENS, plain)
        many(_ADD_STARTS, ((here, *key, *found) for key, found in self._starts.items()))
        self._tens.clear()
        self._plain.clear()
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
