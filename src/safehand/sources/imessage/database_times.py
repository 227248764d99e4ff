"""Moments in the database of Messages: counted from 2001-01-01 in UTC, in nanoseconds; in seconds before macOS 10.13.

674526582885055488   2022-05-18T00:29:42.885055Z        674526582    the same in seconds
"""

from __future__ import annotations

from typing import Final

from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant

_EPOCH: Final = 978_307_200 * MICRO
_SECONDS_BELOW: Final = 10**11
"""Seconds reach this in the year 5170, nanoseconds a hundred seconds after the epoch."""
_LATEST: Final = (253_402_300_800 - 86_400) * MICRO
_UTC, _FINE, _COARSE = Basis.UTC, Precision.MICROSECOND, Precision.SECOND


def moment(value: object) -> Instant | None:
    """The moment a number stands for; None for 0 and for nothing at all."""
    if value is None or value == 0:
        return None
    if not isinstance(value, int | float):
        return unknown_instant(value if isinstance(value, str) else "")
    raw = repr(value)
    whole = isinstance(value, int)
    if abs(value) < _SECONDS_BELOW:
        micros = _EPOCH + (value * MICRO if isinstance(value, int) else round(value * MICRO))
    elif whole:
        micros = _EPOCH + int(value) // 1000
    else:
        return unknown_instant(raw)
    if not 0 <= micros < _LATEST:
        return unknown_instant(raw)
    fine = not whole or abs(value) >= _SECONDS_BELOW
    return Instant(raw, _UTC, _FINE if fine else _COARSE, micros, micros, micros)
