"""Ids that are text and were seen: the latest by themselves, the others as eight bytes of a hash.

    seen = SeenNames()
    seen.add("dm/a1/a1")     True: not among the latest
    seen.add("dm/a1/a1")     False
    "dm/a1/a1" in seen       True

A platform writes a message twice where two stretches of one export overlap, which is near; an answer may be to anything
said before, which is far. So ``add`` compares with the last 20,000 and more, letter for letter, and ``in`` with all.

The hash is Python's own, SipHash with a key that is new in each process: nobody can write two ids that are taken for
one, and it costs nothing, for a set has asked for it already. When a million ids are asked for among a million others,
one of them is taken for seen once in eighteen million readings.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Final

REACH: Final = 20_000
"""Ids that are remembered letter by letter, at least."""

_LARGEST: Final = 1 << 18
"""Keys in one run: merging two makes lists of them for a moment."""


class SeenNames:
    """Ids of one conversation."""

    __slots__ = ("_before", "_far", "_now", "_reach", "_runs")

    def __init__(self, reach: int = REACH, *, far: bool = True) -> None:
        """``reach``: how many are remembered letter by letter, at least. Not ``far``: nobody asks for the others."""
        self._reach = reach
        self._far = far
        self._now: set[str] = set()
        self._before: set[str] = set()
        self._runs: list[array[int]] = []

    def add(self, name: str) -> bool:
        """Remember ``name``. False when it is among the latest already."""
        now = self._now
        if name in now or name in self._before:
            return False
        now.add(name)
        if len(now) >= self._reach:
            self._settle()
        return True

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        if name in self._now or name in self._before:
            return True
        return any(_in(run, hash(name)) for run in self._runs)

    def _settle(self) -> None:
        """The earlier half becomes a run; runs of one size become one of twice the size, so that there are few."""
        before, self._before, self._now = self._before, self._now, set()
        if not before or not self._far:
            return
        run = array("q", sorted(map(hash, before)))
        while self._runs and len(self._runs[-1]) <= len(run) < _LARGEST:
            run = array("q", sorted(self._runs.pop() + run))
        self._runs.append(run)


def _in(run: array[int], key: int) -> bool:
    at = bisect_left(run, key)
    return at < len(run) and run[at] == key
