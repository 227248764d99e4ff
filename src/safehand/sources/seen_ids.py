"""Ids that were seen: a set of integers at eight bytes each, quick where they come in ascending order.

    seen = SeenIds()
    seen.add(7)      True: new
    seen.add(7)      False
    7 in seen        True

Telegram writes messages in the order of their ids, so nearly every id is larger than the last and only appended. Ids
out of order are gathered and merged into sorted runs, each at most half as long as the one before it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from heapq import merge
from typing import Final

_GATHER: Final = 4096
_LEAST: Final = -(2**63)
LARGEST: Final = 2**63 - 1
"""The largest id that is remembered."""


class SeenIds:
    """Integers of 64 bits, signed. Anything else is never in it: no platform has such ids."""

    __slots__ = ("_ascending", "_gathered", "_runs", "append", "last")

    def __init__(self) -> None:
        self._ascending = array("q")
        self.last = _LEAST - 1
        """The largest that came in order."""
        self.append = self._ascending.append
        """For whoever has looked: ``one`` is larger than ``last`` and at most 64 bits, and ``last`` is set with it."""
        self._gathered: set[int] = set()
        self._runs: list[array[int]] = []

    def add(self, one: int) -> bool:
        """Remember ``one``. False when it was there already."""
        if self.last < one <= LARGEST:
            self.append(one)
            self.last = one
            return True
        if one in self:
            return False
        if _LEAST <= one <= LARGEST:
            self._gathered.add(one)
            if len(self._gathered) >= _GATHER:
                self._settle()
        return True

    def __contains__(self, one: object) -> bool:
        if not isinstance(one, int):
            return False
        return one in self._gathered or _in(self._ascending, one) or any(_in(run, one) for run in self._runs)

    def _settle(self) -> None:
        run = array("q", sorted(self._gathered))
        self._gathered.clear()
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = array("q", merge(self._runs.pop(), run))
        self._runs.append(run)


def _in(run: array[int], one: int) -> bool:
    at = bisect_left(run, one)
    return at < len(run) and run[at] == one
