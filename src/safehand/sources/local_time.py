"""Wall clocks: a clock reading without a zone, made into an instant that says how much it knows.

    LocalClock().instant("09/01/2026, 22:27", local, Precision.MINUTE)
        → no ``utc``; earliest = local - 14 h, latest = local + 12 h; doubt zone_unknown
    LocalClock("Europe/London", "holder").instant(…)
        → ``utc`` by the stated zone, with who stated it
    … in the hour that London has twice in October
        → no ``utc``; the interval covers both; doubt zone_fold

``local`` is the reading in microseconds since 1970-01-01T00:00:00, written as if the clock showed UTC
(safehand/model/instant.py). A reading stands for the start of what was written: 22:27 for 22:27:00.

Zones come from the ``tzdata`` package and never from the machine, so that the same bytes, options and version give the
same instants everywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from safehand.errors import UsageError
from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Instant, Precision, Reading, unknown_instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ONE: Final = timedelta(microseconds=1)

DAY: Final = 86_400 * MICRO
"""A day in microseconds."""

# Two days inside what datetime can hold, so that a zone can be applied and the interval still be written down.
_FIRST: Final = (datetime(1, 1, 3, tzinfo=UTC) - _EPOCH.replace(tzinfo=UTC)) // _ONE
_LAST: Final = (datetime(9999, 12, 29, tzinfo=UTC) - _EPOCH.replace(tzinfo=UTC)) // _ONE

_SAMPLES: Final = range(0, 25, 6)
"""Hours of a day at which its offset is looked up: equal at all of them, it is one offset for the whole day."""

Readings: TypeAlias = "tuple[tuple[str, int], ...]"
"""Ways to read one raw time: what each is called ("day first"), and the clock reading it gives."""


_OF_NO_ZONE: Final = frozenset({Basis.DEVICE_LOCAL, Basis.SERVER_LOCAL, Basis.EXPORTER_LOCAL})
_NO_ZONE: Final = (Doubt.ZONE_UNKNOWN,)


def local_micros(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """The clock reading in microseconds. ValueError for a date or time that no clock shows."""
    return (datetime(year, month, day, hour, minute, second) - _EPOCH) // _ONE  # noqa: DTZ001  a clock reading has no zone


def doubts_of(sent: Instant) -> tuple[Doubt, ...]:
    """What is in doubt about an instant, as codes, in the order of the alphabet."""
    if sent.basis in _OF_NO_ZONE and sent.utc is None and not sent.alternatives:
        return _NO_ZONE  # nearly every clock reading there is
    if sent.basis is Basis.NONE:
        return (Doubt.TIME_UNREADABLE,)
    doubts = []
    if sent.alternatives:
        doubts.append(Doubt.ORDER_AMBIGUOUS)
    if sent.basis is Basis.STATED:
        if any(found.utc is None for found in sent.alternatives) or (
            sent.utc is None and not sent.alternatives and sent.precision is not Precision.DAY
        ):
            doubts.append(Doubt.ZONE_FOLD)
    elif sent.utc is None and sent.basis not in {Basis.UTC, Basis.OFFSET}:
        doubts.append(Doubt.ZONE_UNKNOWN)
    return tuple(doubts)


class LocalClock:
    """A wall clock, with the zone a person stated for it or none."""

    __slots__ = ("_days", "_zone", "zone", "zone_by")

    def __init__(self, zone: str | None = None, zone_by: str | None = None) -> None:
        """UsageError when ``zone`` is not a name of the IANA time zone database."""
        self.zone = zone
        self.zone_by = zone_by
        self._zone = None if zone is None else _load_zone(zone)
        self._days: dict[int, int | None] = {}

    def instant(self, raw: str, local: int, precision: Precision, basis: Basis = Basis.DEVICE_LOCAL) -> Instant:
        """The instant of one clock reading. ``basis`` says whose clock it was; a stated zone makes it STATED."""
        if self._zone is None:
            return Instant(raw, basis, precision, None, local - EAST_MOST, local + WEST_MOST, local)
        if not _FIRST <= local <= _LAST:
            return unknown_instant(raw)
        utc, earliest, latest = self._utc(local)
        return Instant(raw, Basis.STATED, precision, utc, earliest, latest, local, (), self.zone, self.zone_by)

    def bounds(self, local: int) -> tuple[int, int] | None:
        """The earliest and the latest UTC of one clock reading, as ``instant`` has them; None where it is unknown."""
        if self._zone is None:
            return local - EAST_MOST, local + WEST_MOST
        return self._utc(local)[1:] if _FIRST <= local <= _LAST else None

    def day(self, raw: str, local: int, basis: Basis = Basis.DEVICE_LOCAL) -> Instant:
        """A day that begins at ``local``: no moment of it is more likely than another, so it has no UTC."""
        first, last = (self.instant(raw, at, Precision.DAY, basis) for at in (local, local + DAY - 1))
        if first.basis is Basis.NONE or last.basis is Basis.NONE:
            return unknown_instant(raw)
        return Instant(
            raw, first.basis, Precision.DAY, None, first.earliest, last.latest, local, (), first.zone, first.zone_by
        )

    def either(self, raw: str, readings: Readings, precision: Precision, basis: Basis = Basis.DEVICE_LOCAL) -> Instant:
        """The instant of a text that can be read in several ways. Readings that give the same time are one reading."""
        if len({local for _, local in readings}) == 1:
            return self.instant(raw, readings[0][1], precision, basis)
        if not readings or not all(_FIRST <= local <= _LAST for _, local in readings):
            return unknown_instant(raw)
        found = tuple(self._reading(label, local) for label, local in readings)
        return Instant(
            raw,
            basis if self._zone is None else Basis.STATED,
            precision,
            None,
            min(reading.earliest for reading in found),
            max(reading.latest for reading in found),
            None,
            found,
            self.zone,
            self.zone_by,
        )

    def _reading(self, label: str, local: int) -> Reading:
        if self._zone is None:
            return Reading(label, local, None, local - EAST_MOST, local + WEST_MOST)
        return Reading(label, local, *self._utc(local))

    def _utc(self, local: int) -> tuple[int | None, int, int]:
        """UTC with earliest and latest; no UTC where the reading occurs twice, or never."""
        day = local // DAY
        if day not in self._days:
            offsets = {o for hour in _SAMPLES for o in self._offsets(day * DAY + hour * 3600 * MICRO)}
            self._days[day] = offsets.pop() if len(offsets) == 1 else None
        known = self._days[day]
        if known is not None:
            utc = local - known
            return utc, utc, utc
        first, second = sorted(local - offset for offset in self._offsets(local))
        return (first if first == second else None), first, second

    def _offsets(self, local: int) -> tuple[int, int]:
        """The zone's offsets at a reading, before and after a clock change there; equal where there is none."""
        reading = _EPOCH + timedelta(microseconds=local)
        one = reading.replace(tzinfo=self._zone, fold=0).utcoffset() or timedelta()
        other = reading.replace(tzinfo=self._zone, fold=1).utcoffset() or timedelta()
        return one // _ONE, other // _ONE


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _load_zone(name: str) -> ZoneInfo:
    # The name is looked up in the list before it becomes part of a path: it may come from a form.
    if name not in _zone_names():
        raise UsageError(
            "This is not a time zone we know.",
            todo="Use a name of the IANA database, such as Europe/London.",
        )
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)
