"""Rules for parts of a day: "after school", "tea time", "this afternoon", "in the morning" (parts.py has the hours)."""

from __future__ import annotations

from typing import Final

from safehand.analysis.meeting_time.parts import PARTS
from safehand.analysis.meeting_time.said import Days, Kind, Now, Rule, Said, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.times import TimeDoubt
from safehand.analysis.meeting_time.uk_calendar import SATURDAY, weekday_of
from safehand.analysis.meeting_time.words import MEAL_TIMES, MEALS, PART_NAMES, PLACES


def days_of_part(part: str, now: Now) -> tuple[Days, ...]:
    """On which day it is: today before it begins, today and the next while it lasts, the next when it is over."""
    hours = PARTS[part]
    if now.whole_day or now.minute < hours.first:
        offsets: tuple[int, ...] = (0,)
    elif now.minute < hours.end:
        offsets = (0, 1)
    else:
        offsets = (1,)
    days = [_school_day(now.day + offset) if hours.school else now.day + offset for offset in offsets]
    return tuple(Days(day, day, (TimeDoubt.NEXT_COMING,)) for day in dict.fromkeys(days))


def _school_day(day: int) -> int:
    while weekday_of(day) >= SATURDAY:
        day += 1
    return day


def _part(first: int, end: int, part: str, *, weak: bool = False) -> Said:
    return Said(Kind.PART, first, end, f"part.{part}", part=part, weak=weak)


def _this(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    part = PART_NAMES[value_of(sentence, first, end, "part") or 0]
    return Said(Kind.DAY, first, end, f"part.this_{part}", (Days(now.day, now.day),), part=part)


def _in_the(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return _part(first, end, PART_NAMES[value_of(sentence, first, end, "part") or 0])


def _beside_a_day(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return _part(first, end, PART_NAMES[value_of(sentence, first, end, "part") or 0], weak=True)


def _meal_beside(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return _part(first, end, MEALS[value_of(sentence, first, end, "meal") or 0], weak=True)


def _meal(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return _part(first, end, MEALS[value_of(sentence, first, end, "meal") or 0])


def _meal_time(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return _part(first, end, MEAL_TIMES[value_of(sentence, first, end, "meal_time") or 0])


def _when(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    place = value_of(sentence, first, end, "school")
    meal = value_of(sentence, first, end, "meal")
    named = PLACES[place] if place is not None else MEALS[meal or 0]
    part = f"{'after' if has(sentence, first, end, 'after') else 'before'}_{named}"
    return _part(first, end, part) if part in PARTS else None


RULES: Final = (
    Rule("part.this", "this part", _this),
    Rule("part.when", "(after|before) (school|meal)", _when),
    Rule("part.in_the", "in the (part)|in part (?=$|stop|question|at|comma|glad)", _in_the),
    Rule("part.meal_time", "(at|by|about|around_word)? meal_time", _meal_time),
    Rule("part.meal", "(at|by) meal (?=$|stop|question|comma|glad|relday|weekday|on)", _meal),
    Rule("part.beside", "(at)? part", _beside_a_day),
    Rule("part.meal_beside", "(for)? meal", _meal_beside),
)
"""The last two count beside a day or a clock time alone."""
