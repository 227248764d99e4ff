"""When a whole case was written, by one of the two clocks of its time line: sums of days, as activity.py has them.

    found = activity_of_line(casefile, Clock.UK)        as the strip above the time line draws them

A stretch leads to its first day: its ``number`` is that day, counted from 1970-01-01. Messages on no line are in none
of it.
"""

from __future__ import annotations

from typing import Final

from safehand.casefile.activity import MOST, Activity, activity_of, columns
from safehand.casefile.clock import Clock
from safehand.casefile.read import CaseFile

_DAYS: Final = (
    "SELECT json_group_array(day), json_group_array(last - first + 1 - undated), json_group_array(day) FROM runs "
    "WHERE clock = ? AND day IS NOT NULL"
)


def activity_of_line(casefile: CaseFile, clock: Clock, most: int = MOST) -> Activity | None:
    """The days of a line in at most BARS bars, or ``most``; None where no message stands on it."""
    return activity_of(columns(casefile, _DAYS, (int(clock),)), most)
