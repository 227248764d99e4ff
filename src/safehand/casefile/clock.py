"""Clocks: what a wall clock read when a message was sent, and which clock that is.

    a source in UTC, 2026-07-01T23:30Z       →  2 July, 00:30, Clock.UK        (summer time)
    "01/07/2026, 23:30", no zone             →  1 July, 23:30, Clock.DEVICE    (as the phone wrote it)
    "03/04/2026, 23:30", order not known     →  3 April or 4 March, Clock.EITHER

The officer reads UK time where the instant is known and the device's own clock where it is not, and is told which. A
reading is kept as microseconds, written as if the clock were UTC, so that the day is a division.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from safehand.model.instant import CALENDAR_BEGINS, CALENDAR_ENDS, MICRO, Instant

LONDON: Final = "Europe/London"
_ZONE: Final = ZoneInfo(LONDON)
_HOUR: Final = 3600 * MICRO
DAY: Final = 24 * _HOUR
"""Microseconds in a day of a wall clock."""

_EPOCH: Final = date(1970, 1, 1)
_EPOCH_ORDINAL: Final = _EPOCH.toordinal()


class Clock(IntEnum):
    """Which clock a reading is of. The numbers are stored."""

    NONE = 0
    """There is no time, or none that a calendar holds."""
    UK = 1
    """The instant is known, and this is UK time."""
    DEVICE = 2
    """The clock of the phone or the exporting machine. Its zone is not stated."""
    EITHER = 3
    """The source can be read as two days: both are kept, and the first is drawn."""


class Wall(msgspec.Struct, frozen=True, gc=False):
    """A clock reading in microseconds as if the clock were UTC; ``other`` is the second reading of Clock.EITHER."""

    at: int | None
    clock: Clock
    other: int | None = None


NOWHERE: Final = Wall(None, Clock.NONE)

# Looking a member up on its class costs as much as two calls; these are asked of every message.
_UK: Final = Clock.UK
_DEVICE: Final = Clock.DEVICE


def wall_of(sent: Instant) -> Wall:
    """What to show for an instant. Nothing is guessed: see Clock."""
    at = sent.utc
    if at is not None:
        at += _london_offset(at // _HOUR)
        return Wall(at, _UK) if CALENDAR_BEGINS <= at < CALENDAR_ENDS else NOWHERE
    at = sent.local
    if at is not None:
        return Wall(at, _DEVICE) if CALENDAR_BEGINS <= at < CALENDAR_ENDS else NOWHERE
    readings = [in_london(r.utc) if r.utc is not None else r.local for r in sent.alternatives]
    known = [reading for reading in readings if reading is not None and CALENDAR_BEGINS <= reading < CALENDAR_ENDS]
    match known:
        case []:
            return NOWHERE
        case [only]:
            return Wall(only, Clock.DEVICE)
        case [first, *_, last]:
            return Wall(first, Clock.EITHER, last)
    raise AssertionError(known)


def in_london(utc: int) -> int:
    """The UK clock's reading at a UTC instant."""
    return utc + _london_offset(utc // _HOUR)


def utc_of_london(at: int) -> int:
    """The first UTC instant at which the UK clock reads ``at`` or later: for beginning with a day."""
    utc = at - 2 * _HOUR  # its offset from UTC was never as much, and never below nought
    while in_london(utc) < at:
        utc += _HOUR
    return utc


def day_of(at: int) -> int:
    """The day of a reading, counted from 1970-01-01."""
    return at // DAY


def day_number(day: date) -> int:
    """A date as it is stored: counted from 1970-01-01. With date_of, its inverse."""
    return (day - _EPOCH).days


def date_of(day: int) -> date:
    """The calendar date of a day."""
    return date.fromordinal(_EPOCH_ORDINAL + day)


def date_or_none(day: int | None) -> date | None:
    """The same, where there may be no day."""
    return None if day is None else date_of(day)


@functools.lru_cache(maxsize=65536)
def _london_offset(hour: int) -> int:
    # The UK's clock changes on whole hours of UTC (since 1847), so one hour has one offset.
    try:
        moment = datetime.fromtimestamp(hour * 3600, UTC)
    except (OverflowError, ValueError, OSError):
        return 0
    offset = moment.astimezone(_ZONE).utcoffset() if 1 < moment.year < 9999 else None
    return 0 if offset is None else round(offset / timedelta(microseconds=1))
