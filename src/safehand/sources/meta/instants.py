"""Times as Meta writes them: whole numbers since 1970 in UTC, in milliseconds for messages and seconds for files.

    "timestamp_ms": 1767225600123          a message
    "timestamp": 1767225600123             a message of the encrypted form
    "creation_timestamp": 1767225600       a photo, a video, a sound
    "timestamp": 1767225600                a reaction, on Instagram

The unit goes with the key and is never guessed from the size of the number, but for a reaction: the notes that describe
it do not name the unit, so there it is settled by the only moments that can be meant (``of_reaction``).
"""

from __future__ import annotations

from typing import Final

import orjson

from safehand.model.instant import MICRO, Instant, Precision, unknown_instant, utc_instant
from safehand.sources.json_fields import escaped

_FIRST: Final = -62_135_596_800
"""The first second of the year 1, where the calendar of ``format_utc`` begins."""

_LAST: Final = 253_402_300_799
"""The last second of the year 9999, where it ends."""

IN_CALENDAR: Final = range(_FIRST * 1000, _LAST * 1000 + 1000)
"""The milliseconds that can be written as a date."""

_FOUNDED: Final = 1_075_852_800
"""2004-02-04: Facebook's first day. No reaction is older."""


def from_milliseconds(value: object) -> Instant:
    """The instant of a number of milliseconds, or an unknown instant with what stands there."""
    if not isinstance(value, int) or isinstance(value, bool) or value not in IN_CALENDAR:
        return unknown_instant(_spelled(value))
    return utc_instant(str(value), value * 1000, Precision.MILLISECOND)


def from_seconds(value: object) -> Instant:
    """The instant of a number of seconds, or an unknown instant with what stands there."""
    if not isinstance(value, int) or isinstance(value, bool) or not _FIRST <= value <= _LAST:
        return unknown_instant(_spelled(value))
    return utc_instant(str(value), value * MICRO, Precision.SECOND)


def of_reaction(value: object) -> Instant:
    """The instant of a reaction, in seconds or milliseconds.

    Seconds read as milliseconds would lie before 1979, which is before Facebook; milliseconds read as seconds after the
    year 9999. So at most one unit is possible. A number that fits neither is unknown.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        if _FOUNDED <= value <= _LAST:
            return from_seconds(value)
        if _FOUNDED * 1000 <= value <= _LAST * 1000:
            return from_milliseconds(value)
    return unknown_instant(_spelled(value))


def _spelled(value: object) -> str:
    if isinstance(value, str):
        return escaped(value)
    try:
        return orjson.dumps(value).decode("utf-8")
    except TypeError:  # an integer of more than 64 bits
        return str(value)
