"""The clock, handed in: every action takes one, so that a test can say what time it is.

receive(..., clock=system_clock)      microseconds since 1970-01-01T00:00:00 UTC, an integer (model/instant.py)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def system_clock() -> int:
    """What time it is on this machine, in microseconds of UTC."""
    return time.time_ns() // 1000


def moment(micros: int) -> datetime:
    """The same instant as the database and the templates like it."""
    return _EPOCH + timedelta(microseconds=micros)
