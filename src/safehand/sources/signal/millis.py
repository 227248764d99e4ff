"""Moments of Signal: milliseconds of UTC, as text or as a number.

"1767553331000" → 2026-01-04T19:02:11Z
"""

from __future__ import annotations

from typing import Final

from safehand.model.instant import Basis, Instant, Precision, unknown_instant

LAST: Final = 253_402_300_799_999
"""The end of the year 9999, in milliseconds."""
_DIGITS: Final = 15
_UTC, _MILLI = Basis.UTC, Precision.MILLISECOND


def instant_of(millis: object) -> Instant:
    """Milliseconds of UTC; unknown where it is none."""
    text = str(millis) if type(millis) is int else millis
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        return unknown_instant("" if millis is None else str(millis))
    number = int(text)
    if not 0 < number <= LAST:
        return unknown_instant(text)
    micros = number * 1000
    return Instant(text, _UTC, _MILLI, micros, micros, micros)
