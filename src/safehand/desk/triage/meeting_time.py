"""Where a meeting stands from now, in one of six words, and when the next of them will be true.

    soon      it begins within immediate_hours, or began and may still go on
    near      it begins within priority_hours
    later     it is further away
    passed    its time is over: has it happened?
    unknown   one is planned, and nobody knows when
    happened  an officer said that it did (answered.py): it is on no clock any more

Where a time has two readings the earlier one is its beginning, and the later one its end: an officer who is there too
soon does no harm (domain.md F6.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from safehand.desk.core.say import LONDON
from safehand.desk.triage.facts import Meeting
from safehand.seal.meeting import Basis

OTHER_READING: Final = timedelta(hours=24)
"""How much later the later of two readings may be: midnight begins a day, or ends it (seal/meeting.py)."""


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


def next_change(meetings: Iterable[Meeting], now: datetime, hours: Hours) -> datetime | None:
    """When one of them will be said in another word. None when time alone changes nothing any more."""
    changes = [change for meeting in meetings for change in _changes(meeting, hours) if change > now]
    return min(changes, default=None)


def passes_at(meetings: Iterable[Meeting], now: datetime) -> datetime | None:
    """When the time of a meeting passes: of those to come the first, else the last that passed. None without any."""
    known = sorted(_passes(meeting) for meeting in meetings if meeting.at is not None and not meeting.happened)
    to_come = [at for at in known if at > now]
    return to_come[0] if to_come else known[-1] if known else None


def is_past(meeting: Meeting, now: datetime) -> bool:
    """Has its time come, so that it may be asked whether it happened? It may be going on still."""
    return meeting.at is not None and _passes(meeting) <= now


def later_reading(meeting: Meeting, now: datetime) -> datetime | None:
    """Its last reading, while that is still to come: until then nobody can say that it did not happen."""
    if meeting.at is None:
        return None
    last = _last_reading(meeting)
    return last if last > now else None


def when_passes(meeting: Meeting, now: datetime) -> datetime | None:
    """When its time passed, where it did: what an alarm about it is called by."""
    return _passes(meeting) if is_past(meeting, now) else None


def _passes(meeting: Meeting) -> datetime:
    if meeting.at is None:
        raise ValueError("a meeting without a time never passes")
    if meeting.basis is not Basis.DAY_ONLY:
        return meeting.at
    # Of a day without a time, the whole of it may still be it; and so of some days.
    return meeting.until if meeting.until is not None else _end_of_day(meeting.at)


def _end_of_day(at: datetime) -> datetime:
    day = at.astimezone(LONDON).date()
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _changes(meeting: Meeting, hours: Hours) -> tuple[datetime, ...]:
    if meeting.at is None or meeting.happened:
        return ()
    before = (hours.priority, hours.immediate)
    return (*(meeting.at - timedelta(hours=each) for each in before), _over(meeting, hours))


def _over(meeting: Meeting, hours: Hours) -> datetime:
    return _last_reading(meeting) + timedelta(hours=hours.under_way)


def _last_reading(meeting: Meeting) -> datetime:
    if meeting.at is None:
        raise ValueError("a meeting without a time is never over")
    if meeting.until is not None:
        # What an officer read of words has its own end: the later reading is not a day away by rule.
        return meeting.until
    if meeting.basis is Basis.DAY_ONLY:
        return _end_of_day(meeting.at)
    return meeting.at + OTHER_READING if meeting.basis is Basis.EARLIER else meeting.at
