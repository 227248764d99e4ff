"""Rules for days: "tomorrow", "Saturday week", "a week on Tuesday", "next weekend".

Dates by number are date_rules.py. Which readings there should be stands in docs/spec/meeting-time.md.
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.meeting_time.expressions import FEAST_NAMES
from safehand.analysis.meeting_time.months import month_days, months_on
from safehand.analysis.meeting_time.said import Days, Kind, Now, Rule, Said, count, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.times import TimeDoubt
from safehand.analysis.meeting_time.uk_calendar import FRIDAY, SATURDAY, WIDE, feasts, in_scotland
from safehand.analysis.meeting_time.uk_calendar import Days as Stretch

SMALL_HOURS: Final = 4 * 60
"""Until four in the morning people say "tomorrow" of the day that has begun."""

_DAY_DOUBT: Final = (TimeDoubt.WHICH_DAY,)
_WEEK_DOUBT: Final = (TimeDoubt.WHICH_WEEK,)


def one(day: int, *doubts: TimeDoubt) -> Days:
    """A reading of one day."""
    return Days(day, day, doubts)


def coming(weekday: int, now: Now) -> tuple[Days, ...]:
    """The first such day to come; on that very day, today and in a week."""
    ahead = (weekday - now.weekday) % 7
    if ahead == 0:
        return one(now.day, *_DAY_DOUBT), one(now.day + 7, *_DAY_DOUBT)
    return (one(now.day + ahead),)


def relative(offset: int, now: Now) -> tuple[Days, ...]:
    """Today is 0. After midnight tomorrow is also the day that has begun."""
    if offset > 0 and now.minute < SMALL_HOURS and not now.whole_day:
        return tuple(one(now.day + day, *_DAY_DOUBT) for day in (offset - 1, offset))
    return (one(now.day + offset),)


def _said(first: int, end: int, rule: str, days: tuple[Days, ...], *, movable: bool = False) -> Said:
    return Said(Kind.DAY, first, end, rule, days, movable=movable)


def _base(sentence: Sentence, first: int, end: int, now: Now) -> tuple[Days, ...]:
    weekday = value_of(sentence, first, end, "weekday")
    if weekday is not None:
        return coming(weekday, now)
    return relative(value_of(sentence, first, end, "relday") or 0, now)


def _later(days: tuple[Days, ...], by: int) -> tuple[Days, ...]:
    return tuple(Days(found.first + by, found.last + by, found.doubts) for found in days)


def _week_from(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    weeks = count(sentence, first, end)[0] * (2 if has(sentence, first, end, "fortnight") else 1)
    return _said(first, end, "day.week_from", _later(_base(sentence, first, end, now), 7 * weeks))


def _week_later(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    weeks = 2 if has(sentence, first, end, "fortnight") else 1
    return _said(first, end, "day.week_later", _later(_base(sentence, first, end, now), 7 * weeks))


def _monday(now: Now) -> int:
    return now.day - now.weekday


def _weeks_on(sentence: Sentence, first: int, end: int) -> int:
    if has(sentence, first, end, "after"):
        return 2
    return 1 if has(sentence, first, end, "next") else -1 if has(sentence, first, end, "last") else 0


def _day_of_week(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    weekday = value_of(sentence, first, end, "weekday") or 0
    day = _monday(now) + 7 * _weeks_on(sentence, first, end) + weekday
    return _said(first, end, "day.of_week", (one(day),))


def _week(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    monday = _monday(now) + 7 * _weeks_on(sentence, first, end)
    return _said(first, end, "day.week", (Days(monday, monday + 6, (TimeDoubt.ABOUT,)),))


def _next_weekday(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    ahead = ((value_of(sentence, first, end, "weekday") or 0) - now.weekday) % 7
    if ahead == 0:
        return _said(first, end, "day.next_weekday", (one(now.day + 7),))
    days = (one(now.day + ahead, *_WEEK_DOUBT), one(now.day + ahead + 7, *_WEEK_DOUBT))
    return _said(first, end, "day.next_weekday", days)


def _last_weekday(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    behind = (now.weekday - (value_of(sentence, first, end, "weekday") or 0)) % 7 or 7
    return _said(first, end, "day.last_weekday", (one(now.day - behind),))


def _weekday(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    days = coming(value_of(sentence, first, end, "weekday") or 0, now)
    return _said(first, end, "day.weekday", days, movable=True)


def _relday(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    return _said(first, end, "day.relative", relative(value_of(sentence, first, end, "relday") or 0, now))


def _night_of(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    day = now.day + (value_of(sentence, first, end, "night_of") or 0)
    return Said(Kind.DAY, first, end, "day.night_of", (one(day),), part="night")


def _weekend(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    within = now.weekday >= SATURDAY
    saturday = now.day + SATURDAY - now.weekday
    nexts = has(sentence, first, end, "next")
    if has(sentence, first, end, "last"):
        weeks: tuple[int, ...] = (-1,)
    elif nexts and has(sentence, first, end, "after"):
        weeks = (1, 2)
    elif nexts:
        weeks = (1,) if within else (0, 1)
    else:
        weeks = (0, 1) if within and not has(sentence, first, end, "this") else (0,)
    doubts = _WEEK_DOUBT if len(weeks) > 1 else ()
    days = tuple(Days(saturday + 7 * week, saturday + 7 * week + 1, doubts) for week in weeks)
    return _said(first, end, "day.weekend", days, movable=not nexts)


_UNIT_DAYS: Final = {"day": 1, "days": 1, "week": 7, "fortnight": 14, "months": 30, "year": 365}


def _unit(sentence: Sentence, first: int, end: int) -> int:
    return next(days for sort, days in _UNIT_DAYS.items() if has(sentence, first, end, sort))


def _in_days(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    low, high = (number * _unit(sentence, first, end) for number in count(sentence, first, end))
    doubts = (TimeDoubt.ABOUT,) if has(sentence, first, end, "months") or low != high else ()
    return _said(first, end, "day.in", (Days(now.day + low, now.day + high, doubts),))


def _days_ago(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    low, high = (number * _unit(sentence, first, end) for number in count(sentence, first, end))
    return _said(first, end, "day.ago", (Days(now.day - high, now.day - low),))


def _end_of(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    nexts = has(sentence, first, end, "next")
    if has(sentence, first, end, "months"):
        last = months_on(now.day, int(nexts))[1]
        return _said(first, end, "day.end_of", (Days(last - 6, last, (TimeDoubt.ABOUT,)),))
    monday = _monday(now) + (7 if nexts else 0)
    return _said(first, end, "day.end_of", (Days(monday + FRIDAY, monday + 6, (TimeDoubt.ABOUT,)),))


def _month_on(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    begin, last, _ = months_on(now.day, _weeks_on(sentence, first, end))
    return _said(first, end, "day.month", (Days(begin, last, (TimeDoubt.ABOUT,)),))


def _month(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    month = value_of(sentence, first, end, "month", "risky_month") or 1
    return _said(first, end, "day.month", (Days(*month_days(month, now.day), (TimeDoubt.ABOUT,)),))


def _next(stretches: list[Stretch], now: Now) -> Stretch | None:
    return min((found for found in stretches if found[1] >= now.day), default=None)


def _feast(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    name = FEAST_NAMES[value_of(sentence, first, end, "feast") or 0]
    year = months_on(now.day, 0)[2]
    ahead = _next([days for one_year in (year - 1, year, year + 1) for days in feasts(name, one_year)], now)
    other = _next([days for one_year in (year, year + 1) for days in in_scotland(name, one_year)], now)
    doubts = (TimeDoubt.WHERE,) if name in WIDE or other else ()
    days = [Days(*found, doubts) for found in (ahead, other) if found is not None]
    return _said(first, end, f"day.feast.{name}", tuple(days))


RULES: Final = (
    Rule("day.of_next_week", "(on)? weekday (of)? (the)? (next|this|last) week", _day_of_week),
    Rule("day.next_week_on", "(next|this|last) week (on|comma)? weekday", _day_of_week),
    Rule("day.weekend", "(at|on|for)? (the|this|next|last|coming|every)* weekend (after next)?", _weekend),
    Rule("day.week_after_next", "(the)? week after next", _week),
    Rule("day.week", "(next|this|last) week", _week),
    Rule("day.month_on", "(next|this|last) months", _month_on),
    Rule("day.end_of", "(at)? (the)? end_of (this|next)? (week|months)", _end_of),
    Rule("day.in", "in COUNT (day|days|week|fortnight|months) (time)?", _in_days),
    Rule("day.time", "COUNT (day|days|week|fortnight|months) time", _in_days),
    Rule("day.ago", "COUNT (day|days|week|fortnight|months|year) ago", _days_ago),
    Rule(
        "day.week_from",
        "(COUNT (week|fortnight) (on|from|coming)?|(week|fortnight) (on|from)) (weekday|relday)",
        _week_from,
    ),
    Rule("day.week_later", "(on|this|coming)* (weekday|relday) (week|fortnight)", _week_later),
    Rule("day.next_weekday", "next weekday", _next_weekday),
    Rule("day.last_weekday", "last weekday(?!of|in)", _last_weekday),
    Rule("day.weekday", "(on|by|this|coming|every)* weekday", _weekday),
    Rule("day.relative", "relday", _relday),
    Rule("day.night_of", "night_of", _night_of),
    Rule("day.feast", "feast", _feast),
    Rule("day.month", "(in|by|this|next|til) month|in risky_month (?=$|stop|comma|question)", _month),
)
