"""The field Date: a moment with its offset (RFC 5322 §3.3), and what older mails wrote (§4.3).

    Wed, 04 Jan 2023 19:00:00 +0100      2023-01-04T18:00:00Z, basis offset
    Wed, 04 Jan 2023 18:00:00 -0000      UTC, and the sender's zone is not known: basis utc
    Wed, 04 Jan 2023 18:00:00            a clock reading: an interval

A day of the week that is not that of its date is ``times_disagree``; any other text is kept: ``time_unreadable``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock, doubts_of

_MONTHS: Final = {
    name: at
    for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
"""Offsets in minutes that RFC 5322 §4.3 gives a name. Any other name says nothing, by the same section."""

_FORM: Final = re.compile(
    r"(?:([A-Za-z]{3})[a-z]*,? +)?([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -]([0-9]{2,4}) +"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: +([+-][0-9]{4}|[A-Za-z]{1,5}))?(?: *\(.*\))? *"
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_MOST: Final = 4096


class Timed(NamedTuple):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()


class Dates:
    """Reads the dates of one claim."""

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._days: dict[tuple[str | None, str, str, str], tuple[int, bool] | None] = {}

    def read(self, raw: str) -> Timed:
        """The moment that ``raw`` tells."""
        match = _FORM.fullmatch(raw)
        if match is None:
            return Timed(unknown_instant(raw), (Doubt.TIME_UNREADABLE,))
        weekday, day, month, year, hour, minute, second, zone = match.groups()
        key = (weekday, day, month, year)
        if key not in self._days:
            if len(self._days) >= _MOST:
                self._days.clear()
            self._days[key] = _day(*key)
        found = self._days[key]
        hours, minutes, seconds = int(hour), int(minute), int(second or 0)
        # A leap second is read as the second after: RFC 5322 allows 60.
        if found is None or hours > 23 or minutes > 59 or seconds > 60:
            return Timed(unknown_instant(raw), (Doubt.TIME_UNREADABLE,))
        start, agrees = found
        local = (start + hours * 3600 + minutes * 60 + seconds) * MICRO
        doubts = () if agrees else (Doubt.TIMES_DISAGREE,)
        precision = Precision.SECOND if second else Precision.MINUTE
        offset = _offset(zone)
        if offset is None:
            instant = self._clock.instant(raw, local, precision, Basis.DEVICE_LOCAL)
            return Timed(instant, (*doubts, *doubts_of(instant)))
        utc = local - offset * 60 * MICRO
        basis = Basis.UTC if zone == "-0000" else Basis.OFFSET
        return Timed(Instant(raw, basis, precision, utc, utc, utc), doubts)


def _day(weekday: str | None, day: str, month: str, year: str) -> tuple[int, bool] | None:
    """Seconds since 1970 at its beginning, and whether the day of the week is its own."""
    number = _MONTHS.get(month.lower())
    full = int(year)
    if len(year) < 4:
        full += 2000 if len(year) == 2 and full < 50 else 1900
    if number is None:
        return None
    try:
        found = date(full, number, int(day))
    except ValueError:
        return None
    agrees = weekday is None or weekday.lower() == _DAYS[found.weekday()]
    return (found.toordinal() - _EPOCH) * 86_400, agrees


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC. None where nothing is said."""
    if zone is None:
        return None
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[3:])
        if hours > 23 or minutes > 59:
            return None
        return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
    return _NAMED.get(zone.upper())
