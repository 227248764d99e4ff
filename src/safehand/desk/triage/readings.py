"""Readings of a meeting's time: each is a moment at which it may begin, and each drives the clock in its turn.

    readings(meeting)              (04:00, 16:00)   "Saturday at 4"
    drives(meeting, at(3))         04:00            the earliest that is still to come
    drives(meeting, at(5))         16:00            nobody was there at four in the morning: it may be yet to be
    newest_passed(meeting, at(5))  04:00            of which it is asked whether it happened

An officer who is there too soon does no harm (domain.md F6.4), and none who is there at the later reading is too late.
Of words that leave a stretch its two ends are readings; and of a clock in no known zone the UK's, which is between.
A day without a time has one reading, its first moment, and passes when all of it has. ValueError where no time is
known.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from safehand.desk.core.say import LONDON
from safehand.desk.triage.facts import Meeting
from safehand.model.instant import EAST_MOST, WEST_MOST
from safehand.seal.meeting import Basis, later_readings

LATER: Final = "later"
"""Which reading drives, where it is not the earliest: beside those of Basis."""

_ANY_ZONE: Final = timedelta(microseconds=EAST_MOST + WEST_MOST)
"""So far apart are the ends of one clock reading whose zone nobody knows."""

_NO_OTHER: Final = timedelta(hours=1)
"""A reading so soon after the earliest is no clock of its own: its marks, and the question, came with the other's."""


def readings(meeting: Meeting) -> tuple[datetime, ...]:
    """The earliest first, in UTC."""
    at = _known(meeting)
    if meeting.basis is Basis.DAY_ONLY:
        return (at,)
    if meeting.until is not None:
        later: tuple[datetime, ...] = (*_in_the_uk(at, meeting.until), meeting.until)
    else:
        later = later_readings(at) if meeting.basis is Basis.EARLIER else ()
    return (at, *(each for each in later if each - at > _NO_OTHER))


def _in_the_uk(at: datetime, until: datetime) -> tuple[datetime, ...]:
    """What a clock showed that may be in any zone, as the UK's clock: the likeliest of all."""
    if until - at != _ANY_ZONE:
        return ()
    shown = (at + timedelta(microseconds=EAST_MOST)).replace(tzinfo=LONDON)
    return (shown.astimezone(UTC),)


def drives(meeting: Meeting, now: datetime) -> datetime:
    """Of its readings the earliest that is still to come; where none is, the last."""
    found = readings(meeting)
    return next((each for each in found if each > now), found[-1])


def driven_so_far(meeting: Meeting, now: datetime) -> tuple[datetime, ...]:
    """What drove the clock until now, and what drives it: of these somebody who looks at this moment knows."""
    return tuple(each for each in readings(meeting) if each <= drives(meeting, now))


def passings(meeting: Meeting) -> tuple[datetime, ...]:
    """The moments from which it may be asked whether it happened."""
    # Of a day without a time, the whole of it may still be it; and so of some days.
    return (last_reading(meeting),) if meeting.basis is Basis.DAY_ONLY else readings(meeting)


def newest_passed(meeting: Meeting, now: datetime) -> datetime | None:
    """Of its readings the last that has passed. None while none has, and of no known time."""
    if meeting.at is None:
        return None
    return max((each for each in passings(meeting) if each <= now), default=None)


def last_reading(meeting: Meeting) -> datetime:
    """The last moment at which it may begin: until then nobody can say that it did not happen."""
    at = _known(meeting)
    if meeting.until is not None:
        return meeting.until
    return _end_of_day(at) if meeting.basis is Basis.DAY_ONLY else readings(meeting)[-1]


def _end_of_day(at: datetime) -> datetime:
    day = at.astimezone(LONDON).date()
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def _known(meeting: Meeting) -> datetime:
    if meeting.at is None:
        raise ValueError("a meeting of which nobody knows when it is has no reading")
    return meeting.at
