"""Which of several conversations has the first of something: by time, and only where time can say it.

    of_conversation = stretch_of(sent, others)          the stretch in which its first was sent
    may_be_first({1: stretch, 2: stretch})              (1,), or (1, 2) where nothing says which came before

Within a conversation the first is the one that stands first. Between two conversations there is no such order: one is
before the other only if it was for certain, whatever the zones of the clocks (model/instant.py has the stretch of each
instant) and within the smallest unit the source wrote. Else both may be, and both are shown. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from safehand.model.instant import MICRO, Instant, Precision

_HOUR: Final = 3600 * MICRO
_WIDTH: Final = {
    Precision.MICROSECOND: 0,
    Precision.MILLISECOND: MICRO // 1000 - 1,
    Precision.SECOND: MICRO - 1,
    Precision.MINUTE: 60 * MICRO - 1,
}
"""How much later than its reading an instant may be, by the smallest unit that was written."""

_DAY: Final = 25 * _HOUR - 1
"""Where only a day was written, or nobody knows what: the day on which a clock goes back has 25 hours."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Microseconds from 1970 in UTC between which something was sent, both included. None where no time is known."""

    earliest: int | None
    latest: int | None


def stretch_of(first: Instant, others: Iterable[Instant] = ()) -> Stretch:
    """Where the first of a conversation lies. ``others`` stand after it there.

    A source that is out of order may have one of those sent before it: then the first was sent, for all that is known,
    as early as that one.
    """
    earliest, latest = _between(first)
    if earliest is None or latest is None:
        return Stretch(None, None)
    known = (soonest for soonest, _ in map(_between, others) if soonest is not None)
    return Stretch(min((earliest, *known)), latest + _WIDTH.get(first.precision, _DAY))


def may_be_first(stretches: Mapping[int, Stretch]) -> tuple[int, ...]:
    """The conversations, in their order, of which none other's was sent before for certain. One at least, if any."""
    ends = [one.latest for one in stretches.values() if one.latest is not None]
    soonest = min(ends, default=None)
    return tuple(
        conversation
        for conversation, one in sorted(stretches.items())
        if one.earliest is None or soonest is None or one.earliest <= soonest
    )


def _between(sent: Instant) -> tuple[int | None, int | None]:
    if sent.earliest is not None and sent.latest is not None:
        return sent.earliest, sent.latest
    ends = sent.alternatives
    return min((one.earliest for one in ends), default=None), max((one.latest for one in ends), default=None)
