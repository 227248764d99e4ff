"""Instants: when something was sent, and why we believe it.

    Instant(raw="09/01/2026, 22:27", basis=Basis.DEVICE_LOCAL, precision=Precision.MINUTE,
            utc=None, earliest=…, latest=…, local=…)

All numbers are integers: **microseconds since 1970-01-01T00:00:00 UTC** (``MICRO`` to the second). Where the source
gives no zone there is no ``utc``: there is ``local``, the clock reading on the device written as if it were UTC, and
the interval ``earliest``..``latest`` in which the true instant lies, for zones run from UTC-12 to UTC+14
(IANA tz database). Where even the reading is in doubt (is 03/04 in March or in April?), ``alternatives`` lists every
reading and the interval covers them all. Nothing here is ever guessed: a zone or an order that a person gave is
recorded with who gave it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec

MICRO: Final = 1_000_000
"""Microseconds in a second."""

WEST_MOST: Final = 12 * 3600 * MICRO
"""UTC-12: a clock there reads 12 hours less than UTC, so UTC is at most this much later than the reading."""

EAST_MOST: Final = 14 * 3600 * MICRO
"""UTC+14: a clock there reads 14 hours more than UTC, so UTC is at most this much earlier than the reading."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

CALENDAR_BEGINS: Final = (date.min - _EPOCH.date()).days * 86_400 * MICRO
"""Where the year 1 begins: no calendar here holds anything before it (datetime's own limit)."""

CALENDAR_ENDS: Final = (date.max - _EPOCH.date()).days * 86_400 * MICRO
"""Where the last day of the year 9999 begins: before it, each clock on Earth shows a time that a calendar holds."""


class Basis(StrEnum):
    """On what the zone rests."""

    UTC = "utc"
    """The source counts from an epoch, or says UTC."""
    OFFSET = "offset"
    """The source states an offset from UTC."""
    EXPORTER_LOCAL = "exporter_local"
    """A clock reading in the zone of the machine that made the export; the zone is not stated."""
    DEVICE_LOCAL = "device_local"
    """A clock reading in the zone of the phone; the zone is not stated."""
    SERVER_LOCAL = "server_local"
    """A clock reading of the platform's own machines; the zone is not stated in the file."""
    STATED = "stated"
    """A clock reading, turned into UTC by a zone that a person stated (``zone`` and ``zone_by`` say which and who)."""
    NONE = "none"
    """The source gives no time, or one that could not be read: ``raw`` holds what stands there."""


class Precision(StrEnum):
    """The smallest unit the source wrote."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    MILLISECOND = "millisecond"
    MICROSECOND = "microsecond"
    UNKNOWN = "unknown"


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One way to read a raw time: ``label`` says which ("day first"), with the same units as Instant."""

    label: str
    local: int | None
    utc: int | None
    earliest: int
    latest: int


class Instant(msgspec.Struct, frozen=True, gc=False):
    """A point in time as a source gives it. See the module for units."""

    raw: str
    basis: Basis
    precision: Precision
    utc: int | None
    earliest: int | None
    latest: int | None
    local: int | None = None
    alternatives: tuple[Reading, ...] = ()
    zone: str | None = None
    zone_by: str | None = None

    def order_key(self) -> int | None:
        """What to sort and to draw by: UTC where known, else the clock reading. Never shown as UTC."""
        return self.utc if self.utc is not None else self.local


def utc_instant(raw: str, micros: int, precision: Precision, basis: Basis = Basis.UTC) -> Instant:
    """An instant the source itself fixes in UTC."""
    return Instant(raw, basis, precision, micros, micros, micros)


def seconds_between(before: Instant, sent: Instant) -> int | None:
    """Whole seconds from one instant to another, below 0 where time runs back. None where nothing is claimed: two
    clocks that are not known to agree, or no time at all.
    """
    if sent.utc is not None and before.utc is not None:
        return (sent.utc - before.utc) // MICRO
    if sent.utc is None and before.utc is None and sent.local is not None and before.local is not None:
        return (sent.local - before.local) // MICRO
    return None


def unknown_instant(raw: str) -> Instant:
    """What stands where a time should, and could not be read."""
    return Instant(raw, Basis.NONE, Precision.UNKNOWN, None, None, None)


def format_utc(micros: int, precision: Precision = Precision.MICROSECOND) -> str:
    """``2026-01-09T22:27:01Z``: RFC 3339 in UTC, with as many digits as the source gave.

    A moment outside the years 1 to 9999 has no such form and raises OverflowError (datetime's own limit).
    """
    moment = _EPOCH + timedelta(microseconds=micros)
    match precision:
        case Precision.MILLISECOND:
            timespec = "milliseconds"
        case Precision.MICROSECOND:
            timespec = "microseconds" if micros % MICRO else "seconds"
        case _:
            timespec = "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
