"""How the messages of a case lie about the days on which a law changed, in words.

    Messages with a time are of 4 January to 9 May 2017. 3 have no time that can be read.
    3 April 2017, it comes into force. The messages lie on both sides: 41 before it, 900 on or after it.

Nothing here says what follows from it, and no message is put on a side by a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from safehand.desk.core import say
from safehand.desk.points.looks import Point
from safehand.desk.points.offence import Mark, Offence
from safehand.desk.points.spread import Spread

_UNKNOWN: Final = "whose clock names no zone, or whose day and month may be read two ways"


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day on which something changed, and how the messages lie about it."""

    day: str
    what: str
    unverified: bool
    lie: str
    warns: bool
    """Not every message is known to be on or after it."""


def spread_words(spread: Spread) -> str:
    """Of which days the messages are."""
    if spread.first is None or spread.last is None:
        return f"No message has a time that can be read.{_undated(spread)}"
    about = "" if spread.exact else f" A day either way is allowed for those {_UNKNOWN}."
    days = say.days(spread.first, spread.last)
    return f"Messages with a time are of {days}.{about}{_undated(spread)}"


def days_words(offence: Offence, points: tuple[Point, ...], spread: Spread) -> tuple[DayWords, ...]:
    """Every day that matters to an offence: from when and to when it is in force, and where a point reads otherwise."""
    found: list[tuple[date, str, bool]] = []
    held = offence.in_force
    if held is not None and held.start is not None:
        found.append((held.start, "it comes into force", held.line.mark is Mark.UNVERIFIED))
    if held is not None and held.end is not None:
        found.append((held.end + timedelta(days=1), "it is no longer in force", held.line.mark is Mark.UNVERIFIED))
    found += [
        (each.start, f"{point.element.shown} reads otherwise", each.start_mark is Mark.UNVERIFIED)
        for point in points
        for each in point.element.wordings
        if each.start is not None
    ]
    return tuple(
        DayWords(say.day(day), what, unsure, _lie(day, spread), _warns(day, spread))
        for day, what, unsure in sorted(found)
    )


def since_words(offence: Offence) -> str:
    """Since when it is in force, where the library does not know."""
    return "" if offence.in_force is not None else "Since when it is in force is not in this library."


def limit_words(offence: Offence, spread: Spread) -> str:
    """The last day on which it may be begun, counted from the last message; empty where there is no limit.

    The years begin with the day of the message, so that the same day of a later year is one too late.
    """
    limit = offence.time_limit
    if limit is None:
        return ""
    years = say.counted(limit.years, "year")
    latest = spread.latest
    if latest is None:
        return f"{years} from the offence: no message has a time to count from."
    until = say.day(_last_of_years(latest, limit.years))
    doubt = "" if spread.last == latest else " Where its day is in doubt the earlier is taken."
    undated = " Messages without a time are not counted: they may be earlier or later." if spread.undated else ""
    return (
        f"Of the latest message of this case the last day of {years} is {until}. Of an earlier message it is earlier."
        f"{doubt}{undated}"
    )


def _lie(day: date, spread: Spread) -> str:
    split = spread.about(day)
    match (split.before, split.since):
        case (0, 0):
            known = "" if split.either else "No message has a time."
        case (0, _):
            known = "Every message that can be placed is on or after it."
        case (_, 0):
            known = "Every message that can be placed is before it."
        case (before, since):
            known = f"The messages lie on both sides: {say.count(before)} before it, {say.count(since)} on or after it."
    either = f"{say.counted(split.either, 'message')} may be of either side: {_UNKNOWN}." if split.either else ""
    undated = (
        f"{say.counted(spread.undated, 'message')} without a time may be of either side." if spread.undated else ""
    )
    return " ".join(words for words in (known, either, undated) if words)


def _warns(day: date, spread: Spread) -> bool:
    split = spread.about(day)
    return bool(split.before or split.either or spread.undated)


def _undated(spread: Spread) -> str:
    if not spread.undated:
        return ""
    have, they = ("has", "it") if spread.undated == 1 else ("have", "they")
    return f" {say.counted(spread.undated, 'message')} {have} no time that can be read: {they} may be of any day."


def _last_of_years(first: date, years: int) -> date:
    """The last day of so many years of which ``first`` is the first day; of 29 February it is 28 February."""
    year = first.year + years
    if year > date.max.year:
        return date.max
    try:
        return first.replace(year=year) - timedelta(days=1)
    except ValueError:  # 29 February
        return first.replace(year=year, day=28)
