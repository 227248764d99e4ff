"""How often something may be done: from one address, counted without keeping the address.

    if not BEGINNING.allows(who): …            another try is counted, and there were too many

Counted in the cache, in the database as shipped. Its counting is not exact when two come at one instant: one more may
slip through, never one fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from safehand.desk.core.clock import system_clock
from safehand.model.instant import MICRO

_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` tries of one address in ``seconds``."""

    name: str
    most: int
    seconds: int

    def allows(self, who: str) -> bool:
        """Count one more. False when it is one too many."""
        return self.count(who) <= self.most

    def is_spent(self, who: str) -> bool:
        """Were there too many already? Counts nothing."""
        return int(cache.get(self._key(who), 0)) >= self.most

    def count(self, who: str = _ALL) -> int:
        """Count one more, and give how many there were."""
        key = self._key(who)
        if cache.add(key, 1, self.seconds):
            return 1
        many = int(cache.get(key, 0)) + 1
        cache.set(key, many, self.seconds)  # not incr: in the database that would give it five minutes
        return many

    def counted(self, who: str = _ALL) -> int:
        """How many there were."""
        return int(cache.get(self._key(who), 0))

    def _key(self, who: str) -> str:
        # The window is in the name, so that it ends also for who goes on trying.
        return f"limit.{self.name}.{who}.{system_clock() // MICRO // self.seconds}"


BEGINNING: Final = Limit("beginning", 30, 3600)
"""Parcels begun: a school with ten chats to hand over from one address has room, and one over again each time."""

BEGUN: Final = Limit("begun", 0, 600)
"""All that were begun in ten minutes, from everywhere: never a limit, but it makes the work harder (work.py)."""

NOTICES: Final = Limit("notices", 20, 3600)
"""Urgent notices: a school behind one address has room, and who is told to stop is told to ring instead."""

WRONG_CODES: Final = Limit("wrong-codes", 10, 900)
"""Check codes that were wrong: slips are caught before they are asked about, so ten are many."""
