"""The clock is handed in: a call that gives an aware datetime.

    def system_clock() -> datetime: return datetime.now(UTC)     what the command line hands in
    def noon() -> datetime: return datetime(2026, 11, 22, 12, tzinfo=UTC)        what a test hands in

What is sealed or signed keeps whole seconds, in UTC: tar knows no smaller unit, and the spelling stays one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from safehand.errors import UsageError
from safehand.model.instant import MICRO, Precision, format_utc

Clock: TypeAlias = Callable[[], datetime]


def system_clock() -> datetime:
    """This machine's clock, in UTC."""
    return datetime.now(UTC)


def seconds_now(clock: Clock) -> int:
    """Whole seconds since 1970 by ``clock``. UsageError for a clock without a zone, or before 1970."""
    moment = clock()
    if moment.tzinfo is None or moment.timestamp() < 0:
        raise UsageError("The clock gives no moment in UTC after 1970.", todo="Set this machine's clock and zone.")
    return int(moment.timestamp())


def utc_text(seconds: int) -> str:
    """``2026-11-22T10:00:00Z``."""
    return format_utc(seconds * MICRO, Precision.SECOND)
