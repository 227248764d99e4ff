"""One conversation in two exports, laid side by side: what is the same, what only one has, and what differs.

    A   Priya 19:02  The seed potatoes are in          B   Priya 19:02  The seed potatoes are in       same
        Tom   19:03  [deleted]                             Tom   19:03  Number 14 is free again        differing
        Tom   19:04  See you at ten                                                                    only in A
                                                           Priya 19:09  Bring gloves                   only in B

Exports made on different days, from both sides, or in two of a platform's forms. Both are kept as they are; nothing is
merged. What one side deleted and the other kept is evidence, and this is where it shows.

Of each message four numbers are kept (prints.py). How they are laid beside each other:

1. The clocks are set: messages whose words are long enough and stand once on each side tell how far the two clocks are
   apart (a phone in another zone; an export by the hour of the machine that made it). The commonest distance stands.
2. Equal words at the same time, in the order of both, are one message (pairing.py). Where a side has no times at all
   the words and their order must do, and that is said.
3. Who is who is told by those pairs (accounts.py). A pair that breaks it differs in who wrote it; one with a file on
   one side alone differs in that.
4. Between two such pairs, what is left of both sides at the same time is a pair that differs: an edit, or a deletion.
5. The rest is in one alone. Before the first pair and after the last, that says only which export begins or ends
   sooner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from safehand.analysis.accounts import WhoIsWho
from safehand.analysis.pairing import Pair, at_once, in_time, in_turn, once
from safehand.analysis.prints import Prints
from safehand.model.instant import MICRO

_QUARTER: Final = 15 * 60 * MICRO
"""Clocks of two machines that are both right differ by whole quarters of an hour."""

_LEAST_PAIRS: Final = 3
"""Messages that must have the same words before two conversations are said to be one."""


class Verdict(StrEnum):
    """What a row of two sides is."""

    SAME = "same"
    DIFFERING = "differing"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class Differs(StrEnum):
    """In what two messages differ that have the same words."""

    WHO = "who"
    """Another account wrote it."""
    MEDIA = "media"
    """A file went with it on one side alone."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A stretch of one verdict: ``length`` messages from number ``a`` and ``b`` on; None on a side that has none."""

    verdict: Verdict
    a: int | None
    b: int | None
    length: int
    differs: Differs | None = None
    """Of those that differ: None where it is the words, or that it was deleted."""

    @property
    def has_same_words(self) -> bool:
        """Whether the words are the same on both sides, whatever else is not."""
        return self.verdict is Verdict.SAME or self.differs is not None


class Overlap(msgspec.Struct, frozen=True):
    """Two conversations beside each other. Together the rows hold every message of both, once."""

    clock: int
    """Microseconds that B's clock is ahead of A's; 0 where both are in UTC."""
    rows: tuple[Row, ...]
    accounts: tuple[tuple[str, str], ...] = ()
    """Who is who: keys of an account in A and in B."""
    by_order: bool = False
    """A side has no times: laid side by side by the words and their order alone."""

    def count(self, verdict: Verdict) -> int:
        """How many messages (pairs, where both have one) have this verdict."""
        return sum(row.length for row in self.rows if row.verdict is verdict)

    def count_differing(self, differs: Differs | None) -> int:
        """How many pairs differ in this."""
        return sum(row.length for row in self.rows if row.verdict is Verdict.DIFFERING and row.differs is differs)

    @property
    def together(self) -> tuple[int, int] | None:
        """The rows, first and last, between which both exports were running; None where no words are the same."""
        paired = [index for index, row in enumerate(self.rows) if row.has_same_words]
        return (paired[0], paired[-1]) if paired else None


def overlap_of(a: Prints, b: Prints) -> Overlap | None:
    """``a`` and ``b`` beside each other, or None where too little is the same for them to be one conversation."""
    by_order = not (a.has_times and b.has_times)
    clock = 0 if by_order else _clock(a, b)
    pairs = in_turn(a, b) if by_order else in_time(a, b, clock)
    if len(pairs) < _LEAST_PAIRS and len(pairs) < min(len(a), len(b)):
        return None
    who = WhoIsWho(a, b, pairs)
    laid = _Laid(a, b, clock, who, by_order=by_order)
    return Overlap(clock, tuple(_joined(laid.rows(pairs))), who.keys(), by_order)


def _clock(a: Prints, b: Prints) -> int:
    """How far B's clock is ahead, by the words that stand once on each side. Where nothing tells, it is not."""
    once_a, once_b = once(a, long=True), once(b, long=True)
    apart: Counter[int] = Counter()
    for text, at in once_a.items():
        other = once_b.get(text)
        if other is None:
            continue
        here, there = a.time(at), b.time(other)
        if here is not None and there is not None:
            apart[round((there - here) / _QUARTER)] += 1
    if not apart:
        return 0
    most = max(apart.values())
    # Of equally common distances the smallest: nothing else speaks for a larger one.
    return min((quarters for quarters, count in apart.items() if count == most), key=abs) * _QUARTER


class _Laid:
    """Both sides, message by message."""

    __slots__ = ("_a", "_b", "_by_order", "_clock", "_who")

    def __init__(self, a: Prints, b: Prints, clock: int, who: WhoIsWho, *, by_order: bool) -> None:
        self._a, self._b, self._clock, self._who, self._by_order = a, b, clock, who, by_order

    def rows(self, pairs: list[Pair]) -> Iterator[Row]:
        """One row a message, or a pair of them."""
        a, b = self._a, self._b
        done_a = done_b = 0
        for at, other in [*pairs, (len(a), len(b))]:
            left, right = range(done_a, at), range(done_b, other)
            if not self._by_order:
                yield from self._between(left, right)
            elif at < len(a) and (done_a or done_b):
                yield from self._between_in_turn(left, right)
            else:  # before the first pair and after the last nothing says which stands beside which
                yield from _alone(left, right)
            if at < len(a):
                yield self._pair(at, other)
            done_a, done_b = at + 1, other + 1

    def _pair(self, at: int, other: int) -> Row:
        if not self._who.agree(at, other):
            return Row(Verdict.DIFFERING, at + 1, other + 1, 1, Differs.WHO)
        if self._a.media[at] != self._b.media[other]:
            return Row(Verdict.DIFFERING, at + 1, other + 1, 1, Differs.MEDIA)
        return Row(Verdict.SAME, at + 1, other + 1, 1)

    def _between(self, left: range, right: range) -> Iterator[Row]:
        """What stands between two pairs: at the same time and of one account it is one message that differs."""
        a, b, clock = self._a, self._b, self._clock
        i, j = left.start, right.start
        while i < left.stop and j < right.stop:
            here, there = a.time(i), b.time(j)
            if at_once(here, there, clock) and self._who.agree(i, j):
                yield Row(Verdict.DIFFERING, i + 1, j + 1, 1)
                i, j = i + 1, j + 1
            elif there is None or (here is not None and here <= there - clock):
                yield Row(Verdict.ONLY_A, i + 1, None, 1)
                i += 1
            else:
                yield Row(Verdict.ONLY_B, None, j + 1, 1)
                j += 1
        yield from _alone(range(i, left.stop), range(j, right.stop))

    def _between_in_turn(self, left: range, right: range) -> Iterator[Row]:
        """The same without times: as many of the same accounts on both sides, one beside the other."""
        if len(left) == len(right) and all(map(self._who.agree, left, right)):
            yield from (Row(Verdict.DIFFERING, i + 1, j + 1, 1) for i, j in zip(left, right, strict=True))
        else:
            yield from _alone(left, right)


def _alone(left: range, right: range) -> Iterator[Row]:
    yield from (Row(Verdict.ONLY_A, at + 1, None, 1) for at in left)
    yield from (Row(Verdict.ONLY_B, None, at + 1, 1) for at in right)


def _joined(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows of one verdict that follow one another, as one."""
    held: Row | None = None
    for row in rows:
        if held is not None and (row.verdict, row.differs) == (held.verdict, held.differs) and _follows(held, row):
            held = Row(held.verdict, held.a, held.b, held.length + 1, held.differs)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _follows(held: Row, row: Row) -> bool:
    return (held.a is None or row.a == held.a + held.length) and (held.b is None or row.b == held.b + held.length)
