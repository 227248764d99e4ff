"""Google Chat's moments: text in the words of the account's language, with UTC in it.

    "Wednesday, January 4, 2023 at 10:59:50\u202fAM UTC"     2023-01-04T10:59:50Z

Nothing but the forms of words.py is read. A moment whose day of the week is not that of its date is read by its date,
with the doubt ``times_disagree``; any other text is kept as it stands: ``time_unreadable``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant, utc_instant
from safehand.sources.google_chat.words import AFTERNOON, LANGUAGES, Language

_BLANK: Final = re.compile("[ \u00a0\u202f\u2009]+")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY_SECONDS: Final = 86_400
_MOST_DAYS: Final = 4096
"""Days that are remembered by their words: eleven years."""
_NOON: Final = 12
_UTC, _SECOND = Basis.UTC, Precision.SECOND

_MINUTES: Final = {
    f"{hour or _NOON:{width}}:{minute:02d}": (hour * 60 + minute) * 60 * MICRO
    for width in ("d", "02d")
    for hour in range(_NOON)
    for minute in range(60)
}
"""What stands before the seconds, in the first half of a day."""
_SECONDS: Final = {
    f"{second:02d}{blank}{half} UTC": (second + start) * MICRO
    for second in range(60)
    for blank in " \u202f"
    for half, start in (("AM", 0), ("PM", _NOON * 3600))
}
"""What stands behind them."""
_MONTHS: Final = {language.name: {word: at for at, word in enumerate(language.months, 1)} for language in LANGUAGES}
_WEEKDAYS: Final = {language.name: {word: at for at, word in enumerate(language.weekdays)} for language in LANGUAGES}


class Timed(msgspec.Struct, frozen=True, gc=False):
    """An instant, and what is in doubt about it."""

    instant: Instant
    doubts: tuple[Doubt, ...] = ()


class Times:
    """Reads the moments of one conversation."""

    __slots__ = ("_days", "languages")

    def __init__(self) -> None:
        self._days: dict[str, int] = {}
        self.languages: set[str] = set()
        """Names of the languages that were read."""

    def quick(self, text: str) -> Instant | None:
        """The commonest form, English with AM or PM, on a day that was read before; None for all others.

        It gives what ``read`` gives.
        """
        day, _, clock = text.partition(" at ")
        minute, _, second = clock.rpartition(":")
        try:
            micros = self._days[day] + _MINUTES[minute] + _SECONDS[second]
        except KeyError:
            return None
        return Instant(text, _UTC, _SECOND, micros, micros, micros)

    def read(self, value: Any) -> Timed:
        """The moment that ``value`` tells."""
        if isinstance(value, str):
            instant = self.quick(value)
            if instant is not None:
                return Timed(instant)
            text = _BLANK.sub(" ", value).strip()
            for language in LANGUAGES:
                for form in language.forms:
                    match = form.fullmatch(text)
                    found = None if match is None else self._moment(value, match, language)
                    if found is not None:
                        return found
        raw = "" if value is None else str(value)
        return Timed(unknown_instant(raw), (Doubt.TIME_UNREADABLE,))

    def _moment(self, raw: str, match: re.Match[str], language: Language) -> Timed | None:
        named = match.groupdict()
        month = int(named["number"]) if "number" in named else _MONTHS[language.name].get(named["month"])
        clock = _seconds(named)
        if month is None or clock is None:
            return None
        try:
            day = date(int(named["year"]), month, int(named["day"]))
        except ValueError:
            return None
        self.languages.add(language.name)
        seconds = (day.toordinal() - _EPOCH) * _DAY_SECONDS
        weekday = named["weekday"]
        agrees = weekday is None or _WEEKDAYS[language.name][weekday] == day.weekday()
        if agrees and " at " in raw and named.get("half"):
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
            self._days[raw.partition(" at ")[0]] = seconds * MICRO
        instant = utc_instant(raw, (seconds + clock) * MICRO, Precision.SECOND)
        return Timed(instant, () if agrees else (Doubt.TIMES_DISAGREE,))


def _seconds(named: dict[str, str | Any]) -> int | None:
    """Seconds since midnight; None for a time that no clock shows."""
    hour, minute, second = int(named["hour"]), int(named["minute"]), int(named["second"])
    half = named.get("half")
    if half is not None:
        if not 0 < hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in AFTERNOON else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second
