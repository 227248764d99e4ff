"""Ids that are text and were seen: the latest by themselves, the others as eight bytes of their SHA-256.

    seen = SeenNames()
    seen.add("dm/a1/a1")     True: not among the latest
    seen.add("dm/a1/a1")     False
    "dm/a1/a1" in seen       True

A platform writes a message twice where two stretches of one export overlap, which is near; an answer may be to anything
said before, which is far. So ``add`` compares with the last 20,000 and more, letter for letter, and ``in`` with all.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import sha256
from typing import Final

REACH: Final = 20_000
"""Ids that are remembered letter by letter, at least."""

_BLOCK: Final = 1 << 10
_LARGEST: Final = 1 << 18
"""Keys in one run: merging two makes lists of them for a moment."""


class SeenNames:
    """Ids of one conversation."""

    __slots__ = ("_before", "_block", "_far", "_now", "_reach", "_runs")

    def __init__(self, reach: int = REACH, *, far: bool = True) -> None:
        """``reach``: how many are remembered letter by letter, at least. Not ``far``: nobody asks for the others."""
        self._reach = reach
        self._far = far
        self._now: set[str] = set()
        self._before: set[str] = set()
        self._block = array("Q")
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
        if not self._block and not self._runs:
            return False
        key = _key(name)
        return key in self._block or any(_in(run, key) for run in self._runs)

    def _settle(self) -> None:
        keys = map(_key, self._before if self._far else ())
        self._before, self._now = self._now, set()
        for key in keys:
            self._block.append(key)
            if len(self._block) >= _BLOCK:
                self._sort_in()

    def _sort_in(self) -> None:
        """The block becomes a run; runs of one size become one of twice the size, so that there are few."""
        run = array("Q", sorted(self._block))
        self._block = array("Q")
        while self._runs and len(self._runs[-1]) == len(run) < _LARGEST:
            run = array("Q", sorted(self._runs.pop() + run))
        self._runs.append(run)


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _in(run: array[int], key: int) -> bool:
    at = bisect_left(run, key)
    return at < len(run) and run[at] == key
