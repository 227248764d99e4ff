"""How the times of a table are written, as a person states it: nothing of it is guessed.

    TimeFormat("DD/MM/YYYY HH:MM").instant("22/04/2023 10:00", clock)
    TimeFormat("iso")                  2023-04-22T10:00:00+01:00, 2023-04-22 10:00, 2023-04-22
    TimeFormat("unix")                 1682157600, 1682157600.25     seconds since 1970 in UTC
    TimeFormat("unix-ms")              1682157600250                 milliseconds

    YYYY YY    year (YY is 20YY)          HH H   hour; with AM or PM of twelve
    MM M       month, as a number         MM M   after an hour: minute
    MMM MMMM   month, as an English word  SS S   second        SSS   its fraction
    DD D       day                        AM PM  either
    UTC        the word itself            Z      Z, UTC, or an offset as +01:00

Capitals make no difference. Other letters stand between quotation marks: "DD/MM/YYYY 'at' HH:MM". A blank stands for
any blank space, T for itself. What is not written so is no time of this table: it is kept, and doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from safehand.errors import UsageError
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant, utc_instant
from safehand.sources.local_time import DAY, LocalClock, local_micros

LONGEST: Final = 100
"""Characters a format may have."""

ISO: Final = "iso"
UNIX: Final = "unix"
UNIX_MS: Final = "unix-ms"

_ISO_PATTERN: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[Tt\s]\s*(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?\s*(?P<zone>Z|z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_UNIX_PATTERN: Final = re.compile(r"(?P<second>\d{1,11})(?:\.(?P<fraction>\d{1,9}))?", re.ASCII)
_UNIX_MS_PATTERN: Final = re.compile(r"\d{1,14}", re.ASCII)

_TOKEN: Final = re.compile(
    r"'(?P<words>[^']*)'|(?P<part>UTC|AM|PM|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|SSS|SS|S|Z)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBER: Final = r"\d{1,2}"
_TWO: Final = r"\d\d"
_MONTH: Final = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_PARTS: Final = {
    "YYYY": ("year", r"\d{4}"), "YY": ("year", _TWO), "MMMM": ("month", _MONTH), "MMM": ("month", _MONTH),
    "DD": ("day", _NUMBER), "D": ("day", _NUMBER), "HH": ("hour", _NUMBER), "H": ("hour", _NUMBER),
    "SS": ("second", _NUMBER), "S": ("second", _NUMBER), "SSS": ("fraction", r"\d{1,9}"),
    "AM": ("half", r"[ap]\.?\s?m\.?"), "PM": ("half", r"[ap]\.?\s?m\.?"),
    "Z": ("zone", r"Z|UTC|GMT|[+-]\d\d:?\d\d"), "UTC": ("zone", "UTC"),
}  # fmt: skip
_EARLIEST, _LATEST = 1900, 9998
"""Years that are read. Others are slips of a pen, and near the edges of what a clock can be turned into."""

_DAYS_KEPT: Final = 4096
"""Days that are looked up once: more than ten years of them."""

_DAY, _MINUTE, _SECOND = Precision.DAY, Precision.MINUTE, Precision.SECOND


class TimeFormat:
    """One way to write times."""

    __slots__ = ("_read", "text")

    def __init__(self, text: str) -> None:
        """UsageError when ``text`` is no format."""
        self.text = text
        known: dict[str, Callable[[str, LocalClock], Instant | None]] = {
            ISO: _Written(_ISO_PATTERN).read,
            UNIX: _unix,
            UNIX_MS: _unix_ms,
        }
        self._read = known.get(text.strip().casefold()) or _Written(_Pattern(text).compiled).read

    def instant(self, raw: str, clock: LocalClock) -> Instant:
        """The moment that ``raw`` writes; one without a zone is a reading of ``clock``. Unreadable: no moment."""
        return self._read(raw.strip(), clock) or unknown_instant(raw)


class _Pattern:
    """A format that is written out."""

    def __init__(self, text: str) -> None:
        if not 0 < len(text.strip()) <= LONGEST:
            raise _no_format(f"It has 1 to {LONGEST} characters.")
        text = text.strip()
        self._seen: set[str] = set()
        parts = [self._part(match, is_tight=_is_tight(text, match.end())) for match in _TOKEN.finditer(text)]
        missing = {"year", "month", "day"} - self._seen
        if missing:
            raise _no_format(f"It does not say where the {min(missing)} stands.")
        has_hour = "hour" in self._seen
        if has_hour != ("minute" in self._seen) or ("half" in self._seen and not has_hour):
            raise _no_format("Hour and minute stand together, and AM or PM with them.")
        if ("second" in self._seen and not has_hour) or ("fraction" in self._seen and "second" not in self._seen):
            raise _no_format("A second stands with an hour, and a fraction behind a second.")
        self.compiled = re.compile("".join(parts), re.IGNORECASE | re.ASCII)

    def _part(self, match: re.Match[str], *, is_tight: bool) -> str:
        if match["words"] is not None:
            return re.escape(match["words"])
        if match["other"] is not None:
            return self._other(match["other"])
        part = match["part"].upper()
        if part in {"MM", "M"}:
            is_minute = "hour" in self._seen and "minute" not in self._seen
            name, pattern = "minute" if is_minute else "month", _NUMBER
        else:
            name, pattern = _PARTS[part]
        if name in self._seen:
            raise _no_format(f"It says twice where the {name} stands.")
        self._seen.add(name)
        group = "word" if pattern is _MONTH else name
        return f"(?P<{group}>{_TWO if is_tight and pattern is _NUMBER else pattern})"

    def _other(self, character: str) -> str:
        if character.isspace():
            return r"\s+"
        if character.isalpha() and character not in "Tt":
            raise _no_format(f"\"{character}\" stands for nothing. Put words between quotation marks: 'at'.")
        return re.escape(character)


def _is_tight(text: str, end: int) -> bool:
    """Whether digits follow without anything between: then a number has two of them."""
    following = _TOKEN.match(text, end)
    return following is not None and following["part"] is not None and following["part"].upper() not in {"UTC", "Z"}


class _Written:
    """Times that a pattern finds the parts of."""

    __slots__ = ("_at", "_days", "_pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        # A part that does not stand there is the None behind the last group.
        self._at = tuple(
            pattern.groupindex.get(name, 0) - 1
            for name in ("year", "month", "word", "day", "hour", "minute", "second", "fraction", "half", "zone")
        )
        self._days: dict[tuple[str | None, ...], int | None] = {}

    def read(self, raw: str, clock: LocalClock) -> Instant | None:
        """The moment, or None."""
        match = self._pattern.fullmatch(raw)
        if match is None:
            return None
        found = (*match.groups(), None)
        year, month, word, day, hour, minute, second, fraction, half, zone = [found[at] for at in self._at]
        key = (year, month, word, day)
        if key not in self._days:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[key] = _day_of(year or "", month, word, day or "")
        local = self._days[key]
        if local is None:
            return None
        precision = _DAY
        if hour is not None and minute is not None:
            clock_hour = int(hour) if half is None else _hour_of(int(hour), half)
            minutes = int(minute)
            seconds = 0 if second is None else int(second)
            if clock_hour > 23 or minutes > 59 or seconds > 59:
                return None
            local += (clock_hour * 3600 + minutes * 60 + seconds) * MICRO
            precision = _MINUTE if second is None else _SECOND
            if fraction:
                local += _micros(fraction)
                precision = _fine(fraction)
        if zone is None:
            return clock.day(raw, local) if precision is _DAY else clock.instant(raw, local, precision)
        return _zoned(raw, local, precision, zone)


def _zoned(raw: str, local: int, precision: Precision, zone: str) -> Instant | None:
    offset = _offset_of(zone)
    if offset is None:
        return None
    utc = local - offset
    if precision is _DAY:
        return Instant(raw, _basis(offset), _DAY, None, utc, utc + DAY - 1, local)
    return utc_instant(raw, utc, precision, _basis(offset))


def _day_of(year: str, month: str | None, word: str | None, day: str) -> int | None:
    """The beginning of a day, in microseconds of its clock."""
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not _EARLIEST <= full <= _LATEST:
        return None
    try:
        return local_micros(full, int(month or 0) if word is None else _month_of(word), int(day))
    except ValueError:
        return None


def _unix(raw: str, _clock: LocalClock) -> Instant | None:
    match = _UNIX_PATTERN.fullmatch(raw)
    if match is None:
        return None
    fraction = match["fraction"]
    return utc_instant(raw, int(match["second"]) * MICRO + _micros(fraction), _fine(fraction))


def _unix_ms(raw: str, _clock: LocalClock) -> Instant | None:
    return None if _UNIX_MS_PATTERN.fullmatch(raw) is None else utc_instant(raw, int(raw) * 1000, Precision.MILLISECOND)


def _micros(fraction: str | None) -> int:
    return 0 if not fraction else int(fraction[:6].ljust(6, "0"))


def _fine(fraction: str | None) -> Precision:
    if not fraction:
        return _SECOND
    return Precision.MILLISECOND if len(fraction) <= 3 else Precision.MICROSECOND


def _basis(offset: int) -> Basis:
    return Basis.OFFSET if offset else Basis.UTC


def _month_of(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].casefold()))


def _hour_of(hour: int, half: str) -> int:
    """Of twelve; an hour that no clock shows where there is none such."""
    if not 1 <= hour <= 12:
        return 24
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _offset_of(zone: str) -> int | None:
    """Microseconds that the clock is ahead of UTC."""
    if zone[0] not in "+-":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * MICRO * (-1 if zone[0] == "-" else 1)


def _no_format(todo: str) -> UsageError:
    return UsageError("This is no form of a time.", todo=f"{todo} Write it as DD/MM/YYYY HH:MM, iso, unix or unix-ms.")
