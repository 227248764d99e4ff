"""Moments: the date and time of a header, as bytes, made into an instant.

    b"[04/01/2023"  +  b", 19:02:11] "     →     Instant(raw="04/01/2023, 19:02:11", …)

A chat has few days and few times of day, so each is read once and remembered. What cannot be read (a 32nd of May, an
hour 25, a year of another calendar) is kept as raw text with the doubt time_unreadable: the message stands.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from safehand.model.instant import MICRO, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.whatsapp.flags import HEADER_SUSPECT, ZONE_UNKNOWN, flags_of
from safehand.sources.whatsapp.grammar import BEFORE_NOON, CLOCK, DAY, Style
from safehand.sources.whatsapp.order import DateOrder, Decision, breaks_padding, candidates, date_of

_KEPT: Final = 50_000
"""Days or times remembered: a century of days, half a day of seconds. Then it starts afresh."""


class _Day(NamedTuple):
    raw: str
    readings: tuple[tuple[str, int], ...]
    flags: int


class _Time(NamedTuple):
    raw: str
    micros: int | None


class Moments:
    """Reads the moments of one style under one decision about the order of its dates."""

    def __init__(self, style: Style, decision: Decision, clock: LocalClock, flags: int = 0) -> None:
        """``flags`` are doubts that every message of this style has."""
        self._orders = decision.orders
        self._others = tuple(order for order in candidates(style) if order not in decision.orders)
        self._padding = decision.padding
        self._clock = clock
        self._zoned = clock.zone is not None
        self._flags = flags
        self.precision = Precision.SECOND if style.seconds else Precision.MINUTE
        self._days: dict[bytes, _Day] = {}
        self._times: dict[bytes, _Time] = {}
        # For the quick way, which adds three parts up: days without a doubt but the missing zone, times up to the
        # minute, and the rest of a time. Each is its raw text and its microseconds.
        self.sure_days: dict[bytes, tuple[str, int]] = {}
        self.sure_minutes: dict[bytes, tuple[str, int]] = {}
        self.sure_rests: dict[bytes, tuple[str, int]] = {}

    @staticmethod
    def date_in(moment: bytes) -> bytes:
        """The date part at the front of a header."""
        found = DAY.match(moment)
        if found is None:
            raise AssertionError("a header begins with its date")
        return found[0]

    def learn(self, minute: bytes, rest: bytes) -> None:
        """Let the quick way know a time in two parts: ``, 19:02`` and ``:11] ``, or `` 7:02`` and `` PM - ``."""
        found = CLOCK.fullmatch(minute + rest)
        if found is None:
            return
        hour, minutes, seconds = (int((found[part] or b"0").decode()) for part in ("hour", "minute", "second"))
        half = (found["before"] or found["after"] or b"").decode()
        if minutes > 59 or seconds > 59 or hour > (12 if half else 23):
            return
        raw = found["clock"].decode()
        cut = len(minute.decode())
        later = 12 * 3600 * MICRO if half and not _before_noon(half) else 0
        hour = hour % 12 if half else hour
        # A half of the day that stands before the time is part of ``minute``; one that stands after it, of ``rest``.
        early, late = (later, 0) if found["before"] else (0, later)
        self.sure_minutes[minute] = raw[:cut], (hour * 60 + minutes) * 60 * MICRO + early
        self.sure_rests[rest] = raw[cut:], seconds * MICRO + late

    def read(self, date: bytes, time: bytes) -> tuple[Instant, int]:
        """The instant of a header's two parts, and its doubts as bits."""
        day = self._days.get(date) or self._read_day(date)
        clock = self._times.get(time) or self._read_time(time)
        raw = day.raw + clock.raw
        if clock.micros is None or not day.readings:
            return unknown_instant(raw), flags_of(doubts_of(unknown_instant(raw))) | day.flags
        if len(day.readings) == 1:
            sent = self._clock.instant(raw, day.readings[0][1] + clock.micros, self.precision)
            if not self._zoned:
                return sent, day.flags | ZONE_UNKNOWN
        else:
            readings = tuple((label, start + clock.micros) for label, start in day.readings)
            sent = self._clock.either(raw, readings, self.precision)
        return sent, day.flags | flags_of(doubts_of(sent))

    def _read_day(self, part: bytes) -> _Day:
        readings = self._dated(part, self._orders)
        flags = self._flags
        if not readings:
            # The file's own order has no such day. Another order may: the line then breaks the file's custom.
            readings = self._dated(part, self._others)
            readings = readings if len(readings) == 1 else ()
            flags |= HEADER_SUSPECT
        elif breaks_padding(part, self._padding):
            flags |= HEADER_SUSPECT
        found = DAY.fullmatch(part)
        day = _Day(found["date"].decode() if found else part.decode(errors="replace"), readings, flags)
        if len(self._days) >= _KEPT:
            self._days.clear()
            self.sure_days.clear()
        self._days[part] = day
        if len(readings) == 1 and not flags and not self._zoned:
            self.sure_days[part] = day.raw, readings[0][1]
        return day

    @staticmethod
    def _dated(part: bytes, orders: tuple[DateOrder, ...]) -> tuple[tuple[str, int], ...]:
        found = [(str(order), date_of(part, order)) for order in orders]
        readings = [(label, start) for label, start in found if start is not None]
        same = len({start for _, start in readings}) == 1
        return tuple(readings[:1] if same else readings)

    def _read_time(self, part: bytes) -> _Time:
        found = CLOCK.fullmatch(part)
        if found is None:
            raise AssertionError("a header's time is always matched by CLOCK")
        hour = _hour(int(found["hour"].decode()), (found["before"] or found["after"] or b"").decode())
        minute, second = int(found["minute"].decode()), int((found["second"] or b"0").decode())
        ok = hour is not None and minute < 60 and second < 60
        micros = ((hour or 0) * 3600 + minute * 60 + second) * MICRO if ok else None
        time = _Time(found["clock"].decode(), micros)
        if len(self._times) >= _KEPT:
            self._times.clear()
        self._times[part] = time
        return time


def _before_noon(half: str) -> bool:
    return half[0] in "aA" or half in BEFORE_NOON


def _hour(hour: int, half: str) -> int | None:
    """The hour of 24, or None for one that no clock shows. ``half`` is the word for the half of the day, or ""."""
    if not half:
        return hour if hour < 24 else None
    if hour > 12:
        return hour if hour < 24 and not _before_noon(half) else None
    return hour % 12 + (0 if _before_noon(half) else 12)
