"""Parts of a day: which hours are meant by "afternoon", "tea time", "after school".

    PARTS["after_school"]     Part(900, 1080, Half.LATER, school=True)     15:00 to 18:00

The hours are wide on purpose: who looks too early loses nothing. They are no finding about anybody's day.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

HOUR: Final = 60
DAY: Final = 24 * HOUR


class Half(Enum):
    """Which half of the day an hour beside such a word belongs to."""

    EARLIER = "earlier"
    LATER = "later"
    NIGHT = "night"
    """5 to 11 are in the evening; 12 to 4 in the night that began on that day."""
    NOON = "noon"
    """10 and 11 are in the morning, 12 to 3 after noon."""


class Part(NamedTuple):
    """From ``first`` up to ``end`` in minutes after the day's midnight; past 1440 it runs into the next day."""

    first: int
    end: int
    half: Half
    school: bool = False
    """It is on school days alone, as far as the words say."""


PARTS: Final = {
    "first_thing": Part(6 * HOUR, 9 * HOUR + 30, Half.EARLIER),
    "before_school": Part(7 * HOUR, 9 * HOUR, Half.EARLIER, school=True),
    "before_work": Part(6 * HOUR, 9 * HOUR, Half.EARLIER),
    "breakfast": Part(7 * HOUR, 10 * HOUR, Half.EARLIER),
    "morning": Part(5 * HOUR, 12 * HOUR, Half.EARLIER),
    "lunch": Part(11 * HOUR + 30, 14 * HOUR, Half.NOON),
    "after_lunch": Part(12 * HOUR + 30, 16 * HOUR, Half.LATER),
    "before_lunch": Part(9 * HOUR, 12 * HOUR + 30, Half.NOON),
    "afternoon": Part(12 * HOUR, 18 * HOUR, Half.LATER),
    "home_time": Part(15 * HOUR, 16 * HOUR, Half.LATER, school=True),
    "after_school": Part(15 * HOUR, 18 * HOUR, Half.LATER, school=True),
    "before_tea": Part(15 * HOUR, 17 * HOUR + 30, Half.LATER),
    "tea": Part(16 * HOUR + 30, 19 * HOUR, Half.LATER),
    "after_work": Part(16 * HOUR + 30, 19 * HOUR + 30, Half.LATER),
    "after_tea": Part(17 * HOUR + 30, 21 * HOUR, Half.LATER),
    "dinner": Part(17 * HOUR, 20 * HOUR + 30, Half.LATER),
    "before_dinner": Part(15 * HOUR, 18 * HOUR + 30, Half.LATER),
    "after_dinner": Part(18 * HOUR, 22 * HOUR, Half.LATER),
    "evening": Part(17 * HOUR, 23 * HOUR, Half.LATER),
    "bedtime": Part(19 * HOUR, 23 * HOUR, Half.LATER),
    "night": Part(18 * HOUR, 28 * HOUR, Half.NIGHT),
}
"""Every part there is, by its name. ``breakfast`` to ``dinner`` are the meals as British children name them: dinner
time is also at noon (docs/spec/meeting-time.md)."""


def hour_in(half: Half, hour: int) -> int:
    """The hour of the day, 0 to 28, of ``hour`` (1 to 12) in that half; 24 to 28 are on the day after."""
    of_twelve = hour % 12
    match half:
        case Half.EARLIER:
            return of_twelve
        case Half.LATER:
            return of_twelve + 12
        case Half.NOON:
            return hour if 9 <= hour <= 12 else of_twelve + 12
        case Half.NIGHT:
            return of_twelve + (12 if 5 <= hour <= 11 else 24)
