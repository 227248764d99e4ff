"""When a whole case was written, by one of the two clocks of its time line: sums of days, as activity.py has them.

    found = activity_of_line(casefile, Clock.UK)        as the strip above the time line draws them

A stretch leads to its first day: its ``number`` is that day, counted from 1970-01-01. Messages on no line are in none
of it.
"""

from __future__ import annotations

from typing import Final

from safehand.casefile.activity import MOST, Activity, activity_of
from safehand.casefile.clock import Clock
from safehand.casefile.read import CaseFile

_DAYS: Final = (
    "SELECT day, sum(last - first + 1 - undated) FROM runs WHERE clock = ? AND day IS NOT NULL GROUP BY day "
    "ORDER BY day"
)


def activity_of_line(casefile: CaseFile, clock: Clock, most: int = MOST) -> Activity | None:
    """The days of a line in at most ``most`` bars; None where no message stands on it."""
    days = [(day, held, day) for day, held in casefile.rows(_DAYS, (int(clock),))]
    return activity_of(days, most)
