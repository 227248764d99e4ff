"""Rules for dates by number: "the 12th", "3/4", "Sat 11th April", "dec 5". The day comes first, as in Britain."""

from __future__ import annotations

from datetime import date
from typing import Final

from safehand.analysis.meeting_time.day_rules import coming, one
from safehand.analysis.meeting_time.months import days_of_month, months_on, next_date, nth_weekday, on_date
from safehand.analysis.meeting_time.said import Days, Kind, Now, Rule, Said, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import LETTERS
from safehand.analysis.meeting_time.times import TimeDoubt
from safehand.analysis.meeting_time.uk_calendar import weekday_of

_YEARS: Final = range(2000, 2100)
_MONTHS_AHEAD: Final = 2
"""As far as a "Friday 12th" without a month is looked for."""

_NUMBERS: Final = ("ordinal", "nth_word", "hour", "num")


def _said(first: int, end: int, rule: str, days: tuple[Days, ...], *, movable: bool = False) -> Said:
    return Said(Kind.DAY, first, end, rule, days, movable=movable)


def _with_weekday(day: int, weekday: int | None, now: Now) -> tuple[Days, ...]:
    """The date; where its day of the week is another one than was said, that day too."""
    if weekday is None or weekday_of(day) == weekday:
        return (one(day),)
    doubt = (TimeDoubt.DATES_DIFFER,)
    return (one(day, *doubt), *(Days(found.first, found.last, doubt) for found in coming(weekday, now)))


def _day_and_month(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    number = value_of(sentence, first, end, *_NUMBERS) or 0
    month = value_of(sentence, first, end, "month", "risky_month") or 0
    year = value_of(sentence, first, end, "long")
    if year is not None and year not in _YEARS:
        # "3rd dec 1930": a clock time, and not part of the date.
        end = sentence.letters.index(LETTERS["long"], first)
        year = None
    day = next_date(month, number, now.day) if year is None else on_date(year, month, number)
    if day is None:
        return None
    days = _with_weekday(day, value_of(sentence, first, end, "weekday"), now)
    return _said(first, end, "date.day_and_month", days, movable=year is None)


def _day_of_month(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    number = value_of(sentence, first, end, *_NUMBERS) or 0
    weekday = value_of(sentence, first, end, "weekday")
    ahead = days_of_month(number, now.day, _MONTHS_AHEAD if weekday is not None else 12)
    if not ahead:
        return None
    if weekday is None:
        return _said(first, end, "date.day_of_month", (one(ahead[0], TimeDoubt.NEXT_COMING),), movable=True)
    fitting = [day for day in ahead if weekday_of(day) == weekday]
    day = fitting[0] if fitting else ahead[0]
    return _said(first, end, "date.day_of_month", _with_weekday(day, weekday, now), movable=True)


def _figures(first: int, second: int, year: int | None, now: Now) -> Days | None:
    """Day first; month first only where that is no date."""
    for day_number, month, doubts in ((first, second, ()), (second, first, (TimeDoubt.MONTH_FIRST,))):
        if not 1 <= month <= 12:
            continue
        day = on_date(year, month, day_number) if year is not None else next_date(month, day_number, now.day)
        if day is not None:
            return one(day, *doubts)
    return None


def _in_figures(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    whole = value_of(sentence, first, end, "date_year")
    short = value_of(sentence, first, end, "date_short") or 0
    if whole is None:
        found = _figures(short // 100, short % 100, None, now)
    else:
        found = _figures(whole // 100 % 100, whole % 100, whole // 10_000, now)
    if found is None:
        return None
    weekday = value_of(sentence, first, end, "weekday")
    if weekday is not None and weekday_of(found.first) != weekday:
        days = _with_weekday(found.first, weekday, now)
    else:
        days = (found,)
    return _said(first, end, "date.in_figures", days, movable=whole is None)


def _sure_figures(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    """Alone, "21/11" is a date; "9/10" may be marks out of ten."""
    day, month = divmod(sentence.values[first], 100)
    return _in_figures(sentence, first, end, now) if 13 <= day <= 31 and 1 <= month <= 12 else None


def _nth_weekday(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    """The next such day: "the first Monday of the month", "the last Saturday in May"."""
    weekday = value_of(sentence, first, end, "weekday") or 0
    number = value_of(sentence, first, end, "ordinal", "nth_word")
    month = value_of(sentence, first, end, "month", "risky_month")
    begins = [months_on(now.day, ahead)[:2] for ahead in range(13)]
    for begin, last in begins[1:] if has(sentence, first, end, "next") else begins:
        if month is not None and date.fromordinal(begin).month != month:
            continue
        day = nth_weekday(begin, last, weekday, number)
        if day is not None and day >= now.day:
            return _said(first, end, "date.nth_weekday", (one(day, TimeDoubt.NEXT_COMING),))
    return None


_MONTH: Final = "(month|risky_month)"
_NUMBER: Final = "(ordinal|hour|num)"
_AFTER_MAY: Final = "(?=$|stop|question|comma|at|on|in|for|by|from|til|glad|is_|long|HOUR|CLOCK|noon)"

RULES: Final = (
    Rule(
        "date.weekday_day_month",
        f"(on|by)? weekday comma? (the)? {_NUMBER} (of)? {_MONTH} (comma? long)?",
        _day_and_month,
    ),
    Rule("date.weekday_month_day", f"(on|by)? weekday comma? {_MONTH} (the)? {_NUMBER} (comma? long)?", _day_and_month),
    Rule("date.weekday_figures", "(on|by)? weekday comma? (the)? (date_short|date_year)", _in_figures),
    Rule("date.weekday_nth", "(on|by)? weekday comma? (the)? ordinal", _day_of_month),
    Rule("date.weekday_number", "(on|by)? weekday (the)? num QUIET", _day_of_month),
    Rule("date.nth_month", f"(on)? (the)? ordinal (of)? {_MONTH} (comma? long)?", _day_and_month),
    Rule("date.nth_word_month", f"(on)? (the)? nth_word of {_MONTH}", _day_and_month),
    Rule("date.number_month", "(on)? (the)? (hour|num) (of)? month (comma? long)?", _day_and_month),
    Rule("date.number_may", f"(on)? (the)? (hour|num) (of)? risky_month {_AFTER_MAY}", _day_and_month),
    Rule("date.month_nth", f"(on)? {_MONTH} (the)? ordinal (comma? long)?", _day_and_month),
    Rule("date.month_number", "(on)? month (hour|num) (comma? long|QUIET)", _day_and_month),
    Rule("date.year", "(on)? (the)? date_year", _in_figures),
    Rule("date.figures", "(on|by|for|from|til|before|after|this|do|is_|begin|the) date_short", _in_figures),
    Rule("date.figures_at", "date_short (?=at|CLOCK|question|instead|HOUR ampm)", _in_figures),
    Rule("date.figures_alone", "date_short QUIET", _sure_figures),
    Rule(
        "date.nth_weekday",
        f"(on)? (the)? (ordinal|nth_word|last) weekday (of|in) ((the|this|next)* months|{_MONTH})",
        _nth_weekday,
    ),
    Rule("date.the_nth", "(on|by|for|from|til|before|after)? the ordinal QUIET", _day_of_month),
    Rule("date.on_nth", "(on|by|from|til|before|after) ordinal QUIET", _day_of_month),
)
