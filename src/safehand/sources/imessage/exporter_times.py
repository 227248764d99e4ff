"""The dates of imessage-exporter: the clock of the computer that made the export, its zone not stated.

May 17, 2022  5:29:42 PM        chrono's ``%b %d, %Y %l:%M:%S %p``, English in every language
"""

from __future__ import annotations

from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of, local_micros

_MONTHS: Final = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_LOCAL: Final = Basis.EXPORTER_LOCAL
_SECOND: Final = Precision.SECOND
_DAYS_KEPT: Final = 40_000


class Times:
    """Reads the dates of one file."""

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._days: dict[bytes, int | None] = {}
        self.known = (Doubt.ZONE_UNKNOWN,)
        """What is in doubt about nearly every date, the same tuple each time."""

    def read(self, date: bytes) -> tuple[Instant, tuple[Doubt, ...]]:
        """The instant of 24 characters that have the form of a date, and what is in doubt about it."""
        day = date[:12]
        base = self._days.get(day, -1)
        if base == -1:
            base = self._day(day)
        hour, minute, second = int(date[13:15]), int(date[16:18]), int(date[19:21])
        if base is None or not 1 <= hour <= 12 or minute > 59 or second > 59:
            sent = unknown_instant(date.decode())
            return sent, doubts_of(sent)
        hour = hour % 12 + (12 if date[22] == 80 else 0)  # 80: P
        local = base + ((hour * 60 + minute) * 60 + second) * MICRO
        if self._clock.zone is None:
            # Just what LocalClock makes of it, without the way there.
            raw = date.decode()
            return Instant(raw, _LOCAL, _SECOND, None, local - EAST_MOST, local + WEST_MOST, local), self.known
        sent = self._clock.instant(date.decode(), local, Precision.SECOND, Basis.EXPORTER_LOCAL)
        return sent, doubts_of(sent)

    def _day(self, day: bytes) -> int | None:
        try:
            base: int | None = local_micros(int(day[8:12]), _MONTHS.index(day[:3]) + 1, int(day[4:6]))
        except ValueError:
            base = None
        if len(self._days) >= _DAYS_KEPT:
            self._days.clear()
        self._days[day] = base
        return base
