"""Discord's two clocks: the time as the export writes it, and the message's own id.

    "id": "1060953753550860429", "timestamp": "2023-01-06T16:11:26.414+00:00"

An id is a snowflake: its bits from the 23rd on are milliseconds since 2015 (Discord's developer documentation,
"Snowflakes"). The two are one moment, written by two hands, so each is held against the other: ``times_disagree`` where
they differ by more than the rounding of a millisecond. The time as written stands.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant, utc_instant

DISCORD_EPOCH: Final = 1_420_070_400_000
"""2015-01-01T00:00:00Z in milliseconds since 1970."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_READING: Final = datetime(1970, 1, 1)  # noqa: DTZ001  clock readings are compared with it, and have no zone
_ONE: Final = timedelta(microseconds=1)
BITS: Final = 22
"""Bits of an id below its milliseconds."""

_FIRST: Final = 1 << 50
"""Smaller ids are no snowflakes: this one is from the first days of 2015."""
APART: Final = 2_000
"""Microseconds within which the two are one moment: both are rounded to a millisecond."""
_OFFSET, _MILLI, _SECOND = Basis.OFFSET, Precision.MILLISECOND, Precision.SECOND
_WITH_FRACTION: Final = "."
_QUARTER: Final = 900 * MICRO


def moment_of(text: Any) -> Instant | None:
    """A time with its offset (RFC 3339 §5.6), as the export writes it; None for anything else."""
    if type(text) is not str or not 20 <= len(text) <= 35:
        return None
    try:
        moment = datetime.fromisoformat(text)
        micros = (moment - _EPOCH) // _ONE
    except (ValueError, TypeError, OverflowError):  # no time, or one without an offset
        return None
    return Instant(text, _OFFSET, _MILLI if _WITH_FRACTION in text else _SECOND, micros, micros, micros)


def snowflake_micros(native: int) -> int | None:
    """The moment in an id, in microseconds; None for what is no snowflake."""
    return ((native >> BITS) + DISCORD_EPOCH) * 1000 if native >= _FIRST else None


def moment_of_id(native: int) -> Instant | None:
    """The moment that the id alone tells."""
    micros = snowflake_micros(native)
    return None if micros is None else utc_instant(str(native), micros, _MILLI)


def sent_of(text: Any, native: int | None) -> tuple[Instant, tuple[Doubt, ...]]:
    """When a message was sent, by both clocks; by the id alone where the text cannot be read."""
    written = moment_of(text)
    if written is None:
        by_id = moment_of_id(native) if native is not None else None
        raw = "" if text is None else str(text)
        return by_id or unknown_instant(raw), (Doubt.TIME_UNREADABLE,)
    return written, () if native is None or agree(written, native) else (Doubt.TIMES_DISAGREE,)


def agree(written: Instant, native: int) -> bool:
    """Whether the id tells the same moment, or none."""
    micros = snowflake_micros(native)
    slack = APART if written.precision is _MILLI else 1_000_000
    return micros is None or written.utc is None or abs(micros - written.utc) <= slack


def clock_of(text: Any) -> int | None:
    """A clock reading without a zone, ``2021-10-13 15:35:46``, in microseconds; None for anything else."""
    if type(text) is not str or not 19 <= len(text) <= 26:
        return None
    try:
        return (datetime.fromisoformat(text) - _READING) // _ONE
    except (ValueError, TypeError, OverflowError):  # no time, or one with an offset
        return None


def is_zone(local: int, utc: int, slack: int) -> bool:
    """Whether a zone makes a clock reading and a moment the same: a quarter hour's multiple, UTC-12 to UTC+14."""
    gap = local - utc
    offset = round(gap / _QUARTER) * _QUARTER
    return abs(gap - offset) <= slack and -WEST_MOST <= offset <= EAST_MOST
