"""When a meeting is: a day and a time as somebody wrote them, on the UK's clock, and the earliest moment they can mean.

    earliest("2026-11-28", "3:30pm")     15:30 UK time, STATED
    earliest("2026-11-28", "3:30")       03:30 UK time, EARLIER: it may be half past three in the afternoon
    earliest("2026-11-28", None)         the first moment of that day, DAY_ONLY
    earliest("2026-10-25", "1:30am")     the first of the two: the clocks go back, EARLIER

Where there are two readings the earlier one counts and the page says so: an officer who is there too soon does no harm
(domain.md F6.4). What cannot be read at all is never guessed; the words stand beside it as they were written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from safehand.seal.notice import ZONE, Notice

_LONDON: Final = ZoneInfo(ZONE)
_TIME: Final = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>am|pm|a\.m\.?|p\.m\.?)?", re.IGNORECASE
)
_IN_WORDS: Final = {
    "noon": (time(12), False),
    "midday": (time(12), False),
    "12 noon": (time(12), False),
    "midnight": (time(0), True),  # the one at which the day begins, or the one at which it ends
}
_FOUR_DIGITS: Final = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)")


class Basis(StrEnum):
    """How sure the moment is."""

    STATED = "stated"
    EARLIER = "earlier"
    """Two readings: the earlier of them."""
    DAY_ONLY = "day_only"
    """The day alone is known: its first moment."""
    UNKNOWN = "unknown"
    """Not even the day."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """``at`` is the earliest moment it can be, in UTC; None when not even the day is known."""

    at: datetime | None
    basis: Basis


def meeting_of(notice: Notice) -> Meeting:
    """When the meeting of a notice is."""
    return earliest(notice.answers["meeting_day"].value, notice.answers["meeting_time"].value)


def earliest(day: str | None, at: str | None) -> Meeting:
    """The earliest moment that a day (``2026-11-28``) and a time in words can mean."""
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        on = None  # a day that no month has
    if on is None:
        return Meeting(None, Basis.UNKNOWN)
    clock, two_halves = read_time(at or "")
    moments = _moments(on, clock or time(0))
    two = two_halves or len(moments) > 1
    basis = Basis.DAY_ONLY if clock is None else Basis.EARLIER if two else Basis.STATED
    return Meeting(moments[0], basis)


def later_readings(at: datetime) -> tuple[datetime, ...]:
    """Where only the earlier reading was kept (EARLIER), which others a day and a time may have meant, in UTC.

    "3:30" is half past three in the afternoon as well, twelve hours later by the clock on the wall. Of twelve o'clock
    both remain, the one at noon and the one that ends the day: "12" means the first, and "midnight" the second.
    """
    local = at.astimezone(_LONDON)
    midnight = local.time() == time(0)
    later = [local.replace(tzinfo=None) + timedelta(hours=12 * halves) for halves in ((1, 2) if midnight else (1,))]
    return tuple(each.replace(tzinfo=_LONDON).astimezone(UTC) for each in later)


def read_time(words: str) -> tuple[time | None, bool]:
    """A time of day as people write it, and whether it may be twelve hours later as well. (None, False) for others."""
    said = words.strip()
    if said.lower() in _IN_WORDS:
        return _IN_WORDS[said.lower()]
    found = _TIME.fullmatch(said) or _FOUR_DIGITS.fullmatch(said)
    if found is None:
        return None, False
    parts = found.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts.get("minute") or 0), (parts.get("half") or "")[:1].lower()
    if half:
        return (time(hour % 12 + (12 if half == "p" else 0), minute), False) if 1 <= hour <= 12 else (None, False)
    if parts.get("minute") is None:
        return (time(hour % 12), True) if 1 <= hour <= 12 else (None, False)  # "3", and nothing else
    # "3:30" may be either half of the day; "03:30" and "15:30" are written as on a clock of 24 hours.
    return time(hour % 12 if _may_be_pm(said, hour) else hour, minute), _may_be_pm(said, hour)


def _may_be_pm(said: str, hour: int) -> bool:
    return 1 <= hour <= 12 and not said.startswith("0")


def _moments(day: date, clock: time) -> list[datetime]:
    """What a local time can be in UTC: one moment, or two round a change of the clocks."""
    local = datetime.combine(day, clock)
    return sorted({local.replace(tzinfo=_LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)})
