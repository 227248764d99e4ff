"""The hours of the day in which somebody usually wrote: the shortest stretch of whole hours that holds nine in ten.

usual_hours(counts)      (22, 2)      from 22:00 to 02:00, over midnight
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_DAY: Final = 24
_TENTHS: Final = 9
"""Nine messages in ten: one in ten may stand elsewhere, so that one sleepless night does not make it the whole day."""

FEWEST: Final = 20
"""Messages below which no usual hours are told: of fewer, one more would move them."""


def usual_hours(counts: Sequence[int]) -> tuple[int, int] | None:
    """First hour, and the hour after the last (0 to 23; the same twice for the whole day); None for too few messages.

    Of two stretches that are as short, the one with more messages; of those, the one that begins earlier in the day.
    """
    total = sum(counts)
    if total < FEWEST:
        return None
    for length in range(1, _DAY + 1):
        held = [sum(counts[(start + step) % _DAY] for step in range(length)) for start in range(_DAY)]
        most = max(held)
        if most * 10 >= total * _TENTHS:
            start = held.index(most)
            return start, (start + length) % _DAY
    raise AssertionError(counts)  # the whole day holds all of them
