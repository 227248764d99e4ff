"""Places of the same words on both sides of two conversations, so that no two pairs of them cross.

in_time(a, b, clock)         where both have times: equal words at the same time
in_turn(a, b)                where a side has none: words that stand once on each side, and equal words between those
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from typing import Final, TypeAlias

from safehand.analysis.prints import NO_TIME, Prints, time_of
from safehand.model.instant import MICRO

_SLACK: Final = 60 * MICRO
"""How far two times of one message may lie apart: one form gives seconds, the other minutes."""

Pair: TypeAlias = tuple[int, int]
"""Places on both sides, from 0."""


def once(prints: Prints, *, long: bool) -> dict[int, int]:
    """Words that stand once, with their place; of ``long`` ones alone, or of all."""
    seen: dict[int, int] = {}
    for index in range(len(prints)):
        if prints.long[index] or not long:
            text = prints.text(index)
            seen[text] = -1 if text in seen else index
    return {text: index for text, index in seen.items() if index >= 0}


def in_time(a: Prints, b: Prints, clock: int) -> list[Pair]:
    """Places of the same message on both sides, ascending on both."""
    places: dict[int, _Places] = {}
    for index in range(len(b)):
        places.setdefault(b.text(index), _Places()).add(index, b.time(index))
    found: list[Pair] = []
    for index in range(len(a)):
        same = places.get(a.text(index))
        other = None if same is None else same.take(a.time(index), clock)
        if other is not None:
            found.append((index, other))
    return ascending(found)


def in_turn(a: Prints, b: Prints) -> list[Pair]:
    """The same by the words and their order alone."""
    once_a, once_b = once(a, long=False), once(b, long=False)
    anchors = ascending([(at, once_b[text]) for text, at in once_a.items() if text in once_b])
    found: list[Pair] = []
    done_a = done_b = 0
    for at, other in [*anchors, (len(a), len(b))]:
        found += _between(a, b, range(done_a, at), range(done_b, other))
        if at < len(a):
            found.append((at, other))
        done_a, done_b = at + 1, other + 1
    return found


def _between(a: Prints, b: Prints, left: range, right: range) -> list[Pair]:
    """Equal words of two stretches: the first with the first, and so on, as far as they do not cross."""
    places: defaultdict[int, deque[int]] = defaultdict(deque)
    for index in right:
        places[b.text(index)].append(index)
    return ascending([(at, places[a.text(at)].popleft()) for at in left if places.get(a.text(at))])


class _Places:
    """Where one text stands in B. Each place is taken once; those that were passed by are not looked at again."""

    __slots__ = ("_at", "_places", "_sorted")

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []
        self._sorted = False
        self._at = 0

    def add(self, index: int, time: int | None) -> None:
        self._places.append((NO_TIME if time is None else time, index))

    def take(self, time: int | None, clock: int) -> int | None:
        """The next place at ``time`` by A's clock. A's messages come in the order of time, nearly always."""
        if not self._sorted:
            self._places.sort()
            self._sorted = True
        earliest = NO_TIME if time is None else time + clock - _SLACK
        at = self._at
        while at < len(self._places) and self._places[at][0] < earliest:
            at += 1
        if at == len(self._places) or not at_once(time, time_of(self._places[at][0]), clock):
            return None
        self._at = at + 1
        return self._places[at][1]


def at_once(here: int | None, there: int | None, clock: int) -> bool:
    """Whether two times are one, as far as they are told; of two that are not told nothing else is said."""
    if here is None or there is None:
        return here is there
    return abs(there - here - clock) <= _SLACK


def ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
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
