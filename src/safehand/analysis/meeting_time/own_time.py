"""The message's own time, as its words mean it, and the way back from its clock to UTC.

    for own in own_times(message.sent):
        own.now                        Now(day=739208, minute=980): by the clock of the message
        own.utc(minutes)               (earliest, latest) in microseconds

Where the source counts in UTC the clock is the one in London: that is where these words are spoken. Where a zone was
stated it is that zone. Where the clock's zone is not known every zone counts, and where the date itself can be read in
several ways there is one for each.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from safehand.analysis.meeting_time.said import DAY_MINUTES, Now
from safehand.model.instant import MICRO, Basis, Instant, Precision
from safehand.sources.local_time import LocalClock

LONDON: Final = "Europe/London"

_EPOCH_DAY: Final = 719_163
"""The ordinal of 1 January 1970."""

_MINUTE: Final = 60 * MICRO
_SUMMER: Final = 3600 * MICRO
_FIRST_DAY, _LAST_DAY = 657_438, 803_534
"""1 January 1801 to 1 January 2201: no chat is older, and what is counted from it stays in the calendar."""


@cache
def _clock(zone: str | None) -> LocalClock:
    return LocalClock(zone)


class OwnTime:
    """One way to read when the message was sent."""

    __slots__ = ("_fixed", "_zone", "now")

    def __init__(self, local: int, zone: str | None, *, fixed: int | None = None, whole_day: bool = False) -> None:
        """``local`` in microseconds; ``fixed`` is how far its clock is ahead of UTC, where the source says no more."""
        minutes = local // _MINUTE
        self.now = Now(minutes // DAY_MINUTES + _EPOCH_DAY, minutes % DAY_MINUTES, whole_day)
        self._zone = zone
        self._fixed = fixed

    @property
    def zone_known(self) -> bool:
        """Whether a time by this clock is one time in UTC."""
        return self._zone is not None or self._fixed is not None

    @property
    def within_reach(self) -> bool:
        """Whether there is a calendar for it."""
        return _FIRST_DAY <= self.now.day < _LAST_DAY

    def utc(self, local: int) -> tuple[int, int]:
        """The earliest and the latest UTC of a time by this clock, all in microseconds."""
        if self._fixed is not None:
            return local - self._fixed, local - self._fixed
        return _clock(self._zone).bounds(local) or (0, 0)


def local_micros(minutes: int) -> int:
    """Minutes of a clock (see said.py) as microseconds, as in safehand.model.instant."""
    return (minutes - _EPOCH_DAY * DAY_MINUTES) * _MINUTE


def own_times(sent: Instant) -> tuple[OwnTime, ...]:
    """Every reading of when the message was sent; none where it has no time, or one out of the calendar's reach."""
    whole_day = sent.precision is Precision.DAY
    if sent.basis is Basis.NONE:
        found: tuple[OwnTime, ...] = ()
    elif sent.alternatives:
        found = tuple(_one(way.utc, way.local, sent.zone, whole_day=whole_day) for way in sent.alternatives)
    elif sent.utc is None and sent.local is None:
        found = ()
    else:
        found = (_one(sent.utc, sent.local, sent.zone, whole_day=whole_day),)
    return tuple(own for own in found if own.within_reach)


def _one(utc: int | None, local: int | None, zone: str | None, *, whole_day: bool) -> OwnTime:
    if local is None:
        return OwnTime(_in_london(utc or 0), LONDON, whole_day=whole_day)
    if zone is not None or utc is None:
        return OwnTime(local, zone, whole_day=whole_day)
    if local == _in_london(utc):
        return OwnTime(local, LONDON, whole_day=whole_day)
    return OwnTime(local, None, fixed=local - utc, whole_day=whole_day)


def _in_london(utc: int) -> int:
    """What the clock in London shows: an hour more in summer."""
    return utc + _SUMMER if utc in (_clock(LONDON).bounds(utc + _SUMMER) or ()) else utc
