"""Which days the messages of a case are of, counted: for laws that changed on a day.

    days_of(casefile)       (DayOfCase(date(2017, 4, 2), None, Clock.UK, 41), DayOfCase(None, None, Clock.NONE, 3))

One look at the runs of every conversation, however many messages they hold. Nothing is guessed: a day by a clock whose
zone is not stated, or one that can be read as two, is told as that, and a message without a time is of no day although
it stands among those of one.
"""

from __future__ import annotations

from datetime import date

import msgspec

from safehand.casefile.clock import Clock, date_of
from safehand.casefile.read import CaseFile


class DayOfCase(msgspec.Struct, frozen=True):
    """How many messages of all conversations are of one day, by one kind of clock."""

    day: date | None
    """None where there is no time, or none that a calendar holds."""
    other: date | None
    """The second reading, where the order of day and month is not known."""
    clock: Clock
    messages: int


def days_of(casefile: CaseFile) -> tuple[DayOfCase, ...]:
    """Every day that any message is of, earliest first; messages without one before all."""
    rows = casefile.rows(
        "SELECT day, other, clock, sum(last - first + 1 - undated), sum(undated) FROM runs GROUP BY day, other, clock "
        "ORDER BY day, other, clock"
    )
    undated = sum(without for *_, without in rows)
    nowhere = (DayOfCase(None, None, Clock.NONE, undated),) if undated else ()
    dated = (DayOfCase(_date(day), _date(other), Clock(clock), count) for day, other, clock, count, _ in rows if count)
    return (*nowhere, *dated)


def _date(day: int | None) -> date | None:
    return None if day is None else date_of(day)
