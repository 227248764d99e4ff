"""Where a meeting stands from now, in one of six words, and when the next of them will be true.

    soon      it begins within immediate_hours, or began and may still go on
    near      it begins within priority_hours
    later     it is further away
    passed    its time is over: has it happened?
    unknown   one is planned, and nobody knows when
    happened  an officer said that it did (answered.py): it is on no clock any more

Where a time has two readings the earlier one is its beginning, and the later one its end (readings.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from safehand.desk.triage.facts import Meeting
from safehand.desk.triage.readings import drives, last_reading, newest_passed, passings, readings


@dataclass(frozen=True, slots=True)
class Hours:
    """The thresholds of the table, in hours."""

    immediate: int
    priority: int
    under_way: int
    """For so long after its time a meeting may still be going on."""


def time_word(meeting: Meeting, now: datetime, hours: Hours) -> str:
    """One of the six."""
    if meeting.happened:
        return "happened"
    if meeting.at is None:
        return "unknown"
    begins, over = meeting.at, _over(meeting, hours)
    if now >= over:
        return "passed"
    if now >= begins - timedelta(hours=hours.immediate):
        return "soon"
    return "near" if now >= begins - timedelta(hours=hours.priority) else "later"


def on_the_clock(meeting: Meeting, now: datetime, hours: Hours) -> bool:
    """Has it a time, which is not over, and did nobody say that it happened?"""
    return time_word(meeting, now, hours) not in {"unknown", "passed", "happened"}


def next_change(meetings: Iterable[Meeting], now: datetime, hours: Hours) -> datetime | None:
    """When one of them will be said in another word. None when time alone changes nothing any more."""
    changes = [change for meeting in meetings for change in _changes(meeting, hours) if change > now]
    return min(changes, default=None)


def passes_at(meetings: Iterable[Meeting], now: datetime) -> datetime | None:
    """When a reading of a meeting passes: of those to come the first, else the last that passed. None without any."""
    timed = (meeting for meeting in meetings if meeting.at is not None and not meeting.happened)
    known = sorted(at for meeting in timed for at in passings(meeting))
    to_come = [at for at in known if at > now]
    return to_come[0] if to_come else known[-1] if known else None


def is_past(meeting: Meeting, now: datetime) -> bool:
    """Has its time come, so that it may be asked whether it happened? It may be going on still."""
    return newest_passed(meeting, now) is not None


def is_asked(meeting: Meeting, now: datetime) -> bool:
    """Does nobody answer for it? "Not known" was said of what had passed then, and of no reading that passed since."""
    passed = newest_passed(meeting, now)
    if passed is None or meeting.happened:
        return False
    return meeting.not_known_at is None or meeting.not_known_at < passed


def clock_of(meeting: Meeting, now: datetime) -> datetime | None:
    """What the clock of its report shows: while it is asked of a reading whether it happened, that one; else the next.

    It may be any moment between the two: where nobody answers, the one to come puts it no further away.
    """
    if meeting.at is None:
        return None
    passed = newest_passed(meeting, now) if is_asked(meeting, now) else None
    return passed if passed in readings(meeting) else drives(meeting, now)


def not_known_since(meetings: Iterable[Meeting]) -> datetime | None:
    """When an officer said of one of them that it is not known: of several the first. None where nobody did."""
    return min((meeting.not_known_at for meeting in meetings if meeting.not_known_at is not None), default=None)


def later_reading(meeting: Meeting, now: datetime) -> datetime | None:
    """Its last reading, while that is still to come: until then nobody can say that it did not happen."""
    if meeting.at is None:
        return None
    last = last_reading(meeting)
    return last if last > now else None


def _changes(meeting: Meeting, hours: Hours) -> tuple[datetime, ...]:
    if meeting.at is None or meeting.happened:
        return ()
    before = (hours.priority, hours.immediate)
    return (*(meeting.at - timedelta(hours=each) for each in before), _over(meeting, hours))


def _over(meeting: Meeting, hours: Hours) -> datetime:
    return last_reading(meeting) + timedelta(hours=hours.under_way)
