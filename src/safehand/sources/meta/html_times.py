"""The times of Meta's pages: text in the words of the account's language, nearly always without a zone.

    Apr 23, 2022 10:03 am                 Instagram since about 2023
    Sep 13, 2020, 12:26 PM                before; and "… at 12:26 PM", "13 Sep 2020, 12:26"
    Jun 01, 2025 3:31:29 pm               Messenger, with seconds; "juil 13, 2021 …", "7月 01, 2026 …"
    9 de octubre de 2025, 8:09:15 a. m.
    Friday, October 4, 2013 at 10:05pm PDT, … UTC+05:30, … Asia/Kuala_Lumpur          until about 2017

No zone is assumed: it is a clock reading, of a clock that in the archives of several people stood at UTC, at their own
zone, and eight hours behind UTC (NOTES.md). An offset or a name of the IANA database that stands there is used. Letters
such as PST are several zones, or the one of summer written in winter: they stay in ``raw``, and the zone in doubt.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import msgspec

from safehand.errors import UsageError
from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of, local_micros
from safehand.sources.month_names import months_of

_AFTERNOON: Final = frozenset({"pm", "下午", "午後", "오후", "ch", "μμ", "ös", "em"})
_HALF: Final = r"[apAP]\.? ?[mM]\.?|上午|午前|오전|下午|午後|오후|SA|CH|π\.?μ\.?|μ\.?μ\.?|ÖÖ|ÖS|[fe]m"

_MONTH: Final = r"[^\d\s,(]{1,20}|\d{1,2} ?[月월]|(?:[Tt]háng|[Tt]hg) ?\d{1,2}"
_DATES: Final = (
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})\.? (?:de )?(?P<month2>{_MONTH})(?: de)? (?P<year2>\d{{4}})"
    r"|(?P<year3>\d{4})[年년] ?(?P<month3>\d{1,2} ?[月월]) ?(?P<day3>\d{1,2})[日일])"
)
_BETWEEN: Final = r"(?:,? (?:at|um|à|kl\.?|om|às|a las|alle(?: ore)?|o|о|в|klo|ora|saat|pukul|lúc|στις|kello)|,)?"
_CLOCK: Final = (
    rf"(?:(?P<before>{_HALF}) ?)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    rf"(?: ?(?P<half>{_HALF}))?"
)
_ZONE: Final = (
    r"(?: (?P<zone>UTC(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?"
    r"|[A-Z]{2,5}|[A-Z][A-Za-z]+(?:/[A-Za-z_+-]+){1,2}))?"
)
_WHOLE: Final = re.compile(rf"(?:[^\d\s,(]{{2,20}},? )?{_DATES}{_BETWEEN} ?{_CLOCK}{_ZONE}", re.ASCII)
_QUICK: Final = re.compile(
    r"([A-Z][a-z]{2} [0-3]?\d, \d{4}),? (1?\d):([0-5]\d)(?::([0-5]\d))?[ \u202f]?([ap]m|[AP]M)", re.ASCII
)

_AROUND: Final = re.compile(r"(.{0,48}?\d{4}\D{1,12}?)(\d{1,2}):(\d\d)(?::(\d\d))?(\D.{0,40})?", re.ASCII)
"""What stands around the clock in any of them: the same for every moment of a day."""

_BLANKS: Final = re.compile("[ \t\r\n\u00a0\u2009\u202f]+")
_INVISIBLE: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOON: Final = 12
_MOST_DAYS: Final = 8192
"""Days that are remembered by their words: twenty years of them."""
_MOST_CLOCKS: Final = 8
_IN_FILE: Final = "the source file"

_MINUTE, _SECOND = Precision.MINUTE, Precision.SECOND


class Timed(NamedTuple):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether a time was found."""
        return self.instant.basis is not Basis.NONE

    @property
    def order(self) -> int | None:
        """What to sort by."""
        sent = self.instant
        key = sent.order_key()
        return key if key is not None or not sent.alternatives else sent.alternatives[0].local


class _Day(NamedTuple):
    """A day, as the words around a clock tell it: the half of it that is meant, and the zone beside it."""

    start: int
    half: str | None
    zone: LocalClock | tuple[int, Basis]
    """A clock, or how far a stated offset is east of Greenwich."""


class PageTimes:
    """Reads the times of one conversation."""

    __slots__ = ("_around", "_bare", "_clock", "_days", "_last", "_zones", "zones")

    def __init__(self, zone: str | None = None, zone_by: str | None = None) -> None:
        self._clock = LocalClock(zone, zone_by)
        self._bare = LocalClock()
        self._days: dict[str, int] = {}
        self._around: dict[tuple[str, str | None, bool], _Day] = {}
        self._last = read_nothing("")
        self._zones: dict[str, LocalClock | None] = {}
        self.zones: set[str] = set()
        """The zones that stand beside times, as the pages write them."""

    def read(self, raw: str) -> Timed:
        """The moment that ``raw`` tells. A text that is no time gives an unknown instant."""
        if raw == self._last.instant.raw:
            return self._last
        quick = _QUICK.fullmatch(raw)
        self._last = (self._quick(raw, quick) if quick else None) or self._any(raw)
        return self._last

    def _quick(self, raw: str, found: re.Match[str]) -> Timed | None:
        """The commonest form, on a day that was read before or is read now; None for what is not quite it."""
        words, hours, minutes, seconds, half = found.groups()
        day = self._days.get(words)
        hour = int(hours)
        if hour > _NOON:
            return None
        if day is None:
            day = self._learn(words)
            if day is None:
                return None
        hour = hour % _NOON + (_NOON if half in {"pm", "PM"} else 0)
        local = day + (hour * 3600 + int(minutes) * 60 + int(seconds or 0)) * MICRO
        instant = self._clock.instant(raw, local, _MINUTE if seconds is None else _SECOND, Basis.SERVER_LOCAL)
        return Timed(instant, doubts_of(instant))

    def _learn(self, words: str) -> int | None:
        months = months_of(words[:3])
        if len(months) != 1:
            return None
        try:
            day = local_micros(int(words[-4:]), months[0], int(words[4:-6]))
        except ValueError:
            return None
        if len(self._days) >= _MOST_DAYS:
            self._days.clear()
        self._days[words] = day
        return day

    def _any(self, raw: str) -> Timed:
        split = _AROUND.fullmatch(raw)
        key = None if split is None else (split[1], split[5], split[4] is None)
        known = None if key is None else self._around.get(key)
        if known is not None and split is not None:
            clock = _clock_of(split[2], split[3], split[4], known.half)
            return read_nothing(raw) if clock is None else self._placed(raw, clock, known, split[4])
        return self._whole(raw, key)

    def _whole(self, raw: str, key: tuple[str, str | None, bool] | None) -> Timed:
        """A moment whose day is read for the first time."""
        found = _WHOLE.fullmatch(_BLANKS.sub(" ", _INVISIBLE.sub("", raw)).strip())
        if found is None:
            return read_nothing(raw)
        named = found.groupdict()
        halves = [re.sub("[. ]", "", half).casefold() for half in (named["half"], named["before"]) if half]
        half = halves[0] if halves else None
        clock = _clock_of(named["hour"] or "", named["minute"] or "", named["second"], half)
        days = _days_of(named)
        zone = self._zone_of(named)
        if clock is None or not days or zone is None or len(halves) > 1:
            return read_nothing(raw)
        if len(days) > 1:
            readings = tuple((words, start + clock) for words, start in days)
            precision = _MINUTE if named["second"] is None else _SECOND
            instant = (self._bare if named["zone"] else self._clock).either(
                raw, readings, precision, Basis.SERVER_LOCAL
            )
            return Timed(instant, doubts_of(instant))
        day = _Day(days[0][1], half, zone)
        if key is not None:
            if len(self._around) >= _MOST_DAYS:
                self._around.clear()
            self._around[key] = day
        return self._placed(raw, clock, day, named["second"])

    def _placed(self, raw: str, clock: int, day: _Day, second: str | None) -> Timed:
        local = day.start + clock
        precision = _MINUTE if second is None else _SECOND
        if isinstance(day.zone, tuple):
            utc = local - day.zone[0]
            return Timed(Instant(raw, day.zone[1], precision, utc, utc, utc))
        instant = day.zone.instant(raw, local, precision, Basis.SERVER_LOCAL)
        doubts = doubts_of(instant)
        if day.zone.zone_by == _IN_FILE and instant.basis is Basis.STATED:
            # No person stated it: the source says how far its clock was from UTC, by the name of a zone.
            instant = msgspec.structs.replace(instant, basis=Basis.OFFSET, zone_by=None)
        return Timed(instant, doubts)

    def _zone_of(self, named: dict[str, str | None]) -> LocalClock | tuple[int, Basis] | None:
        """What the zone beside a time makes of it; None for an offset that no clock has."""
        zone = named["zone"]
        if zone is None:
            return self._clock
        self.zones.add(zone)
        if not zone.startswith("UTC"):
            # What a person stated of the zone is of times that name none: here another stands in the file.
            return self._named(zone) or self._bare
        micros = _offset_of(named)
        return None if micros is None else (micros, Basis.OFFSET if named["sign"] else Basis.UTC)

    def _named(self, zone: str) -> LocalClock | None:
        """The clock of a zone that a page names in full; None for letters, and for a name that is none."""
        if "/" not in zone or len(self._zones) >= _MOST_CLOCKS:
            return self._zones.get(zone)
        if zone not in self._zones:
            try:
                self._zones[zone] = LocalClock(zone, _IN_FILE)
            except UsageError:
                self._zones[zone] = None
        return self._zones[zone]


def read_nothing(raw: str) -> Timed:
    """What is told of a text that is no time."""
    return Timed(unknown_instant(raw), (Doubt.TIME_UNREADABLE,))


def _clock_of(hours: str, minutes: str, seconds: str | None, half: str | None) -> int | None:
    """Microseconds since midnight; None for what no clock shows."""
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if half is not None:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in _AFTERNOON else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return (hour * 3600 + minute * 60 + second) * MICRO


def _days_of(named: dict[str, str | None]) -> list[tuple[str, int]]:
    """The days that the words can mean, each with what that reading is called: nearly always one."""
    for suffix in ("", "2", "3"):
        year, word, day = named[f"year{suffix}"], named[f"month{suffix}"], named[f"day{suffix}"]
        if year is not None and word is not None and day is not None:
            break
    else:
        return []
    found = []
    for month in months_of(word):
        try:
            found.append((f"month {month}", local_micros(int(year), month, int(day))))
        except ValueError:
            continue
    return found


def _offset_of(named: dict[str, str | None]) -> int | None:
    """How far a stated offset is east of Greenwich; None for one that no clock has."""
    hours, minutes = int(named["hours"] or 0), int(named["minutes"] or 0)
    micros = (hours * 3600 + minutes * 60) * MICRO * (-1 if named["sign"] == "-" else 1)
    return micros if minutes < 60 and -WEST_MOST <= micros <= EAST_MOST else None
