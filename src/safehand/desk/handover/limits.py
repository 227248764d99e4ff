"""How much may be done in a while: from one address, counted without keeping the address; or from everywhere.

    if not BEGINNING.allows(who): …            one more would be too many
    if not of_bytes().allows(who, size): …     so many bytes more would be

Counted in the database (``Counted``), one addition at a time: two that come at one instant are two. A cache would lose
one of them, and throws away what it has no room for, which a crowd could make it do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.handover.models import Counted
from safehand.durable import Step
from safehand.model.instant import MICRO

_EVERYWHERE: Final = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` in ``seconds``: tries, or bytes, or whatever is counted under ``name``."""

    name: str
    most: int
    seconds: int

    def allows(self, who: str, many: int = 1) -> bool:
        """Count ``many`` more, if they are not too many. When they are, nothing is counted."""
        return self.counted(who) + many <= self.most and self.count(who, many) <= self.most

    def count(self, who: str = _EVERYWHERE, many: int = 1) -> int:
        """Count ``many`` more, or fewer, whatever the limit, and give how many there are."""
        name, until = self._now(who)
        with committed(Step.SENT_COUNTED):
            row, _ = Counted.objects.get_or_create(name=name, defaults={"until": until})
            Counted.objects.filter(pk=row.pk).update(many=F("many") + many)
            return Counted.objects.values_list("many", flat=True).get(pk=row.pk)

    def counted(self, who: str = _EVERYWHERE) -> int:
        """How many there are."""
        name, _ = self._now(who)
        return Counted.objects.filter(name=name).values_list("many", flat=True).first() or 0

    def _now(self, who: str) -> tuple[str, datetime]:
        # The window is in the name, so that it ends also for who goes on trying.
        window = system_clock() // MICRO // self.seconds
        return f"{self.name}.{who}.{window}", moment((window + 1) * self.seconds * MICRO)


BEGINNING: Final = Limit("beginning", 30, 3600)
"""Parcels begun: a school with ten chats to hand over from one address has room, and one over again each time."""

BEGUN: Final = Limit("begun", 0, 600)
"""All that were begun in ten minutes, from everywhere: never a limit, but it makes the work harder (work.py)."""

NOTICES: Final = Limit("notices", 20, 3600)
"""Urgent notices: a school behind one address has room, and who is told to stop is told to ring instead."""

WRONG_CODES: Final = Limit("wrong-codes", 10, 900)
"""Check codes that were wrong: slips are caught before they are asked about, so ten are many."""

WRONG_CODES_IN_A_FLOOD: Final = Limit("wrong-codes", 2, 900)
"""The same, while codes are being guessed from everywhere: who has a receipt still has a try, and another."""

WRONG_EVERYWHERE: Final = Limit("wrong-codes-everywhere", 1000, 900)
"""Wrong codes from all addresses beyond which it is a flood: a unit's own holders make some tens in a day."""


def of_bytes() -> Limit:
    """Bytes of parcels begun from one address: the largest package there may be, and one over again."""
    return Limit("bytes", 2 * settings.LARGEST_PACKAGE, 3600)


def forget_counts(clock: Clock = system_clock) -> int:
    """Take away what was counted in times that are over. How many there were."""
    return Counted.objects.filter(until__lt=moment(clock()) - timedelta(minutes=1)).delete()[0]
