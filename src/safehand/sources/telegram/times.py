"""Telegram's two times: ``date``, the clock of the machine that exported, and ``date_unixtime``, seconds in UTC.

    "date": "2026-01-09T22:27:01", "date_unixtime": "1767997621"     UTC, and the clock stood at UTC+00:00
    "date": "2026-01-09T22:27:01"                                    before version 3.7.6: an interval, zone unknown

The two are one moment, so their difference is the zone of the exporting machine: between UTC-12 and UTC+14, in quarter
hours, which is what every zone has been in Telegram's time. A difference that is no zone is the doubt
``times_disagree``, and UTC stands.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import nan
from typing import Annotated, Any, Final, TypeAlias

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of

ClockReading: TypeAlias = Annotated[datetime, msgspec.Meta(tz=False)]
"""``2026-01-09T22:27:01``, in plain.py's type and in what is read here alike."""

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  clock readings are compared with it, and have no zone

_LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999, past which no time can be written."""

_MOST_DIGITS: Final = 12

_UTC, _SECOND = Basis.UTC, Precision.SECOND
_DAY: Final = 86_400
_QUARTER: Final = 900
_WEST: Final = -(WEST_MOST // MICRO)
_EAST: Final = EAST_MOST // MICRO


class Timed(msgspec.Struct, frozen=True, gc=False):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()


class Times:
    """Reads the times of one file."""

    __slots__ = ("_anchor", "_anchor_utc", "_clock", "offsets")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self.begin()

    def begin(self) -> None:
        """Another conversation begins: its offsets are its own."""
        self._anchor = _EPOCH
        self._anchor_utc: float = nan  # equal to nothing: the first pair is looked at by itself
        self.offsets: set[int] = set()
        """The exporting machine's offsets from UTC, in seconds, as far as the conversation shows them."""

    def agreed(self, date: datetime, unixtime: str) -> Instant | None:
        """The moment of both times together; None where they are not one moment in any zone.

        As long as both advance alike from a pair that was one moment, they are one moment in the same zone.
        """
        if not (unixtime.isascii() and unixtime.isdigit() and len(unixtime) <= _MOST_DIGITS):
            return None
        utc = int(unixtime)
        gap = date - self._anchor
        alike = gap.days * _DAY + gap.seconds == utc - self._anchor_utc and not gap.microseconds
        if not alike and not self._is_zone(date, utc):
            return None
        micros = utc * MICRO
        return Instant(unixtime, _UTC, _SECOND, micros, micros, micros)

    def read(self, date: Any, unixtime: Any) -> Timed:
        """The moment that one or both of the fields tell."""
        local = _reading(date)
        if local is not None and type(unixtime) is str:
            instant = self.agreed(local, unixtime)
            if instant is not None:
                return Timed(instant)
        utc = _seconds(unixtime)
        if utc is None and local is None:
            raw = unixtime if unixtime is not None else date
            return Timed(unknown_instant("" if raw is None else str(raw)), (Doubt.TIME_UNREADABLE,))
        unread = (date is not None and local is None) or (unixtime is not None and utc is None)
        doubts = (Doubt.TIME_UNREADABLE,) if unread else ()
        if utc is not None:
            micros = utc * MICRO
            instant = Instant(str(unixtime), _UTC, _SECOND, micros, micros, micros)
            disagree = local is not None and not self._is_zone(local, utc)
            return Timed(instant, (*doubts, Doubt.TIMES_DISAGREE) if disagree else doubts)
        micros = ((local or _EPOCH) - _EPOCH) // timedelta(microseconds=1)
        instant = self._clock.instant(str(date), micros, Precision.SECOND, Basis.EXPORTER_LOCAL)
        return Timed(instant, (*doubts, *doubts_of(instant)))

    def _is_zone(self, date: datetime, utc: int) -> bool:
        """Whether a zone makes the two one moment. Their pair is then what later ones are measured from."""
        gap = date - _EPOCH
        offset = gap.days * _DAY + gap.seconds - utc
        if gap.microseconds or offset % _QUARTER or not _WEST <= offset <= _EAST:
            return False
        self._anchor = date
        self._anchor_utc = utc
        self.offsets.add(offset)
        return True


def _reading(date: Any) -> datetime | None:
    """A clock reading without a zone (RFC 3339 §5.6, without its offset), just as plain.py's decoder takes it."""
    try:
        return msgspec.convert(date, ClockReading) if isinstance(date, str) else None
    except msgspec.ValidationError:
        return None


def _seconds(unixtime: Any) -> int | None:
    """A string of digits, as Telegram writes it, or a number, as other tools do."""
    if isinstance(unixtime, str) and unixtime.isascii() and unixtime.isdigit() and len(unixtime) <= _MOST_DIGITS:
        unixtime = int(unixtime)
    if not isinstance(unixtime, int) or isinstance(unixtime, bool) or not 0 <= unixtime <= _LAST_SECOND:
        return None
    return unixtime
