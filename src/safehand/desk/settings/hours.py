"""The hours at which a unit's desk is staffed, read strictly: SAFEHAND_HOURS="Mon-Fri 08:00-18:00".

hours("SAFEHAND_HOURS")         Hours(frozenset({0, 1, 2, 3, 4}), time(8), time(18)); None where it is not set
Hours(...).next_after(now)      when it is staffed next; None while it is
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from safehand.errors import UsageError

_LONDON: Final = ZoneInfo("Europe/London")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHAPE: Final = re.compile(
    r"(?P<first>[A-Z][a-z]{2})(?:-(?P<last>[A-Z][a-z]{2}))? "
    r"(?P<opens>[0-9]{2}:[0-9]{2})-(?P<closes>[0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Hours:
    """By the UK's clock, from ``opens`` up to ``closes`` of each of these days (0 is Monday)."""

    days: frozenset[int]
    opens: time
    closes: time

    def next_after(self, now: datetime) -> datetime | None:
        """When the desk is staffed again. None while it is."""
        there = now.astimezone(_LONDON)
        if there.weekday() in self.days and self.opens <= there.time().replace(tzinfo=None) < self.closes:
            return None
        for ahead in range(8):
            opens = datetime.combine(there.date() + timedelta(days=ahead), self.opens, _LONDON)
            if opens.weekday() in self.days and opens > there:
                return opens
        raise UsageError("The desk is never staffed.")  # no Hours is made that has no day


def hours(name: str) -> Hours | None:
    """What the unit set. UsageError for anything that is no hours; None where it set nothing."""
    said = os.environ.get(name, "").strip()
    return parse_hours(name, said) if said else None


def parse_hours(name: str, said: str) -> Hours:
    """``Mon-Fri 08:00-18:00``. UsageError for anything else."""
    found = _SHAPE.fullmatch(said)
    read = _read(found) if found is not None else None
    if read is None:
        raise UsageError(f"{name} is no hours.", todo="Write it like Mon-Fri 08:00-18:00, or leave it out.")
    return read


def _read(found: re.Match[str]) -> Hours | None:
    try:
        first, last = (_DAYS.index(found[day]) for day in ("first", "last" if found["last"] else "first"))
        opens, closes = (time.fromisoformat(found[at]) for at in ("opens", "closes"))
    except ValueError:
        return None  # a day or a time that there is not
    return Hours(frozenset(range(first, last + 1)), opens, closes) if first <= last and opens < closes else None
