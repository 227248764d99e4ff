"""One conversation in two exports, laid side by side: what is the same, what only one has, and what differs.

    A   Priya 19:02  The seed potatoes are in          B   Priya 19:02  The seed potatoes are in       same
        Tom   19:03  [deleted]                             Tom   19:03  Number 14 is free again        differing
        Tom   19:04  See you at ten                                                                    only in A
                                                           Priya 19:09  Bring gloves                   only in B

Exports made on different days, from both sides, or in two of a platform's forms. Both are kept as they are; nothing is
merged. What one side deleted and the other kept is evidence, and this is where it shows.

Of each message two numbers are kept (16 bytes): a hash of its words, and its time. How they are laid beside each other:

1. The clocks are set: messages whose words are long enough and stand once on each side tell how far the two clocks are
   apart (a phone in another zone; an export by the hour of the machine that made it). The commonest distance stands.
2. Equal words at the same time, in the order of both, are the same message (a longest increasing run of such pairs, so
   that no two of them cross).
3. Between two such pairs, what is left of both sides at the same time is a pair that differs: an edit, or a deletion.
4. The rest is in one alone. Before the first pair and after the last, that says only which export begins or ends
   sooner.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from hashlib import blake2b
from typing import Final

import msgspec

from safehand.model.instant import MICRO, Precision
from safehand.model.message import Kind, Message

_NO_TIME: Final = -(2**63)
_QUARTER: Final = 15 * 60 * MICRO
"""Clocks of two machines that are both right differ by whole quarters of an hour."""

_SLACK: Final = 60 * MICRO
"""How far two times of one message may lie apart: one form gives seconds, the other minutes."""

_LONG: Final = 12
"""Characters from which words are unlikely to be said twice in the same minute by chance."""

_LEAST_PAIRS: Final = 3
"""Messages that must be the same before two conversations are said to be one."""

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS: Final = re.compile(r"\s+")


class Verdict(StrEnum):
    """What a row of two sides is."""

    SAME = "same"
    DIFFERING = "differing"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class Row(msgspec.Struct, frozen=True, gc=False):
    """A stretch of one verdict: ``length`` messages from number ``a`` and ``b`` on; None on a side that has none."""

    verdict: Verdict
    a: int | None
    b: int | None
    length: int


class Overlap(msgspec.Struct, frozen=True):
    """Two conversations beside each other. Together the rows hold every message of both, once."""

    clock: int
    """Microseconds that B's clock is ahead of A's; 0 where both are in UTC."""
    rows: tuple[Row, ...]

    def count(self, verdict: Verdict) -> int:
        """How many messages (pairs, where both have one) have this verdict."""
        return sum(row.length for row in self.rows if row.verdict is verdict)

    @property
    def together(self) -> tuple[int, int] | None:
        """The rows, first and last, between which both exports were running; None where nothing is the same."""
        paired = [index for index, row in enumerate(self.rows) if row.verdict is Verdict.SAME]
        return (paired[0], paired[-1]) if paired else None


class Prints:
    """What is kept of the messages of one conversation: for each, a hash of its words, and when."""

    __slots__ = ("_texts", "_times", "long")

    def __init__(self) -> None:
        self._texts = array("q")
        self._times = array("q")
        self.long = bytearray()
        """1 for words long enough to tell the clocks."""

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, message: Message) -> None:
        """The next message: number ``len(self) + 1``."""
        words = words_of(message)
        digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._texts.append(int.from_bytes(digest, "little", signed=True))
        key = message.sent.order_key()
        if key is None and message.sent.alternatives:
            key = message.sent.alternatives[0].local
        self._times.append(_NO_TIME if key is None else key - key % _unit(message.sent.precision))
        self.long.append(len(words) >= _LONG)

    def text(self, index: int) -> int:
        """The hash of the words of the message at ``index`` (from 0)."""
        return self._texts[index]

    def time(self, index: int) -> int | None:
        """When, in microseconds."""
        return _time(self._times[index])


def words_of(message: Message) -> str:
    """What is compared: the words, without what two exports of one message spell differently.

    Invisible marks, blanks and composed letters are a matter of the form. A message without words is its kind; a
    deleted one is that, whatever the platform writes in its place.
    """
    if message.kind is Kind.DELETED:
        return "\0deleted"
    text = message.text
    if not text:
        names = ",".join(one.type or "" for one in message.attachments)
        return f"\0{message.kind}:{message.action or ''}:{names}"
    if text.isascii() and "  " not in text and "\n" not in text:
        return text.strip()
    return _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def overlap_of(a: Prints, b: Prints) -> Overlap | None:
    """``a`` and ``b`` beside each other, or None where too little is the same for them to be one conversation."""
    clock = _clock(a, b)
    if clock is None:
        return None
    pairs = _pairs(a, b, clock)
    if len(pairs) < _LEAST_PAIRS and len(pairs) < min(len(a), len(b)):
        return None
    return Overlap(clock, tuple(_joined(_rows(a, b, clock, pairs))))


def _unit(precision: Precision) -> int:
    return 60 * MICRO if precision is Precision.MINUTE else MICRO


def _clock(a: Prints, b: Prints) -> int | None:
    """How far B's clock is ahead, by the words that stand once on each side. None where nothing tells."""
    once_a, once_b = _once(a), _once(b)
    apart: Counter[int] = Counter()
    for text, at in once_a.items():
        other = once_b.get(text)
        if other is None:
            continue
        here, there = a.time(at), b.time(other)
        if here is not None and there is not None:
            apart[round((there - here) / _QUARTER)] += 1
    if not apart:
        return None
    most = max(apart.values())
    # Of equally common distances the smallest: nothing else speaks for a larger one.
    return min((quarters for quarters, count in apart.items() if count == most), key=abs) * _QUARTER


def _once(prints: Prints) -> dict[int, int]:
    """Words that are long enough and stand once, with their place."""
    seen: dict[int, int] = {}
    for index in range(len(prints)):
        if prints.long[index]:
            text = prints.text(index)
            seen[text] = -1 if text in seen else index
    return {text: index for text, index in seen.items() if index >= 0}


def _pairs(a: Prints, b: Prints, clock: int) -> list[tuple[int, int]]:
    """Places of the same message on both sides, ascending on both."""
    places: dict[int, _Places] = {}
    for index in range(len(b)):
        places.setdefault(b.text(index), _Places()).add(index, b.time(index))
    found: list[tuple[int, int]] = []
    for index in range(len(a)):
        same = places.get(a.text(index))
        other = None if same is None else same.take(a.time(index), clock)
        if other is not None:
            found.append((index, other))
    return _ascending(found)


class _Places:
    """Where one text stands in B. Each place is taken once; those that were passed by are not looked at again."""

    __slots__ = ("_at", "_places", "_sorted")

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []
        self._sorted = False
        self._at = 0

    def add(self, index: int, time: int | None) -> None:
        self._places.append((_NO_TIME if time is None else time, index))

    def take(self, time: int | None, clock: int) -> int | None:
        """The next place at ``time`` by A's clock. A's messages come in the order of time, nearly always."""
        if not self._sorted:
            self._places.sort()
            self._sorted = True
        earliest = _NO_TIME if time is None else time + clock - _SLACK
        at = self._at
        while at < len(self._places) and self._places[at][0] < earliest:
            at += 1
        if at == len(self._places) or not _at_once(time, _time(self._places[at][0]), clock):
            return None
        self._at = at + 1
        return self._places[at][1]


def _time(stored: int) -> int | None:
    return None if stored == _NO_TIME else stored


def _at_once(here: int | None, there: int | None, clock: int) -> bool:
    if here is None or there is None:
        return here is there
    return abs(there - here - clock) <= _SLACK


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs`` (ascending in the first) that ascends in the second too: patience sorting."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        pile = bisect_left(tails, other)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(other)
            ends.append(index)
        else:
            tails[pile] = other
            ends[pile] = index
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _rows(a: Prints, b: Prints, clock: int, pairs: list[tuple[int, int]]) -> Iterator[Row]:
    """One row a message, or a pair of them."""
    done_a = done_b = 0
    for at, other in [*pairs, (len(a), len(b))]:
        yield from _between(a, b, clock, range(done_a, at), range(done_b, other))
        if at < len(a):
            yield Row(Verdict.SAME, at + 1, other + 1, 1)
        done_a, done_b = at + 1, other + 1


def _between(a: Prints, b: Prints, clock: int, left: range, right: range) -> Iterator[Row]:
    """What stands between two pairs: at the same time it is one message that differs, else it is in one side alone."""
    i, j = left.start, right.start
    while i < left.stop and j < right.stop:
        here, there = a.time(i), b.time(j)
        if _at_once(here, there, clock):
            yield Row(Verdict.DIFFERING, i + 1, j + 1, 1)
            i, j = i + 1, j + 1
        elif there is None or (here is not None and here <= there - clock):
            yield Row(Verdict.ONLY_A, i + 1, None, 1)
            i += 1
        else:
            yield Row(Verdict.ONLY_B, None, j + 1, 1)
            j += 1
    for at in range(i, left.stop):
        yield Row(Verdict.ONLY_A, at + 1, None, 1)
    for at in range(j, right.stop):
        yield Row(Verdict.ONLY_B, None, at + 1, 1)


def _joined(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows of one verdict that follow one another, as one."""
    held: Row | None = None
    for row in rows:
        if held is not None and row.verdict is held.verdict and _follows(held, row):
            held = Row(held.verdict, held.a, held.b, held.length + 1)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _follows(held: Row, row: Row) -> bool:
    return (held.a is None or row.a == held.a + held.length) and (held.b is None or row.b == held.b + held.length)
