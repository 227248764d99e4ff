"""Rules for clock times: "half 5", "quarter to six", "20:15", "8pm", "at 4ish", "between 4 and 5".

    "quarter to 6"    Clock(345)                 05:45 or 17:45
    "8pm"             Clock(1200, exact=True)
    "4-5pm"           Clock(960, exact=True, end=1020, end_exact=True)

A figure alone is no time: it needs a word before it, or behind it, that makes it one.
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.meeting_time.clock_words import clock, clock_of_long, said_clock, side, stretch
from safehand.analysis.meeting_time.said import Clock, Now, Rule, Said, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import LETTERS, any_of

_FIVES: Final = frozenset({5, 10, 20, 25})
_PAST_THE_HOUR_ENDS: Final = {"half": 30, "quarter": 15}
_CONNECTING: Final = any_of("dash to til and_")
_NOT_MONEY: Final = any_of("money")
_HOURS_OF: Final = any_of("hour hour_word hour_ish")
_LOOSE: Final = any_of("begin say do for from")
_NOT_A_VERB: Final = any_of("stop question comma at on or_ ish oclock ampm sharp weekday relday night_of dash til good")
_STOP: Final = LETTERS["stop"]


def _half(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    hour = value_of(sentence, first + 1, end, "hour", "hour_word", "hour_ish") or 12
    return said_clock(sentence, first, end, "clock.half", clock(hour, 30, sentence, first, end))


def _before_or_after(hour: int, minutes: int, sentence: Sentence, first: int, end: int) -> Clock:
    to = has(sentence, first, end, "to") or has(sentence, first, end, "til")
    if to:
        hour, minutes = (hour - 1 or 12), 60 - minutes
    return clock(hour, minutes, sentence, first, end, to=to)


def _quarter(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    place = end - 1
    while sentence.letters[place] not in _HOURS_OF:
        place -= 1
    hour = sentence.values[place]
    if sentence.letters[place - 1] == LETTERS["hour"]:
        # "quarter 2 6": a 2 between them is "to".
        if sentence.values[place - 1] != 2:
            return None
        return said_clock(
            sentence, first, end, "clock.quarter", clock(hour - 1 or 12, 45, sentence, first, end, to=True)
        )
    return said_clock(sentence, first, end, "clock.quarter", _before_or_after(hour, 15, sentence, first, end))


def _minutes(sentence: Sentence, first: int, end: int) -> int | None:
    tens = value_of(sentence, first, end, "tens")
    ones = value_of(sentence, first, end, "hour", "hour_word", "num")
    total = (tens or 0) + (ones or 0)
    return total if 1 <= total <= 29 else None


def _turn(sentence: Sentence, first: int, end: int) -> int:
    """The place of "to" or "past"."""
    turning = any_of("to past til")
    return next(place for place in range(first, end) if sentence.letters[place] in turning)


def _minutes_to(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    turn = _turn(sentence, first, end)
    minutes = _minutes(sentence, first, turn)
    hour = value_of(sentence, turn, end, "hour", "hour_word", "hour_ish")
    if minutes is None or hour is None:
        return None
    past = has(sentence, first, end, "past")
    if minutes not in _FIVES and not has(sentence, first, end, "minutes") and not past:
        return None
    clocks = [_before_or_after(hour, minutes, sentence, first, end)]
    in_figures = sentence.letters[first] == LETTERS["hour"] and sentence.letters[turn + 1] == LETTERS["hour"]
    if in_figures and minutes != hour and not past and not has(sentence, first, end, "minutes"):
        # "10 to 12" is ten minutes to twelve, or from ten until twelve.
        return said_clock(sentence, first, end, "clock.minutes", *clocks, stretch(sentence, first, turn, end))
    return said_clock(sentence, first, end, "clock.minutes", *clocks)


def _past_the_hour(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    turn = _turn(sentence, first, end)
    named = next((m for sort, m in _PAST_THE_HOUR_ENDS.items() if has(sentence, first, turn, sort)), None)
    minutes = named if named is not None else _minutes(sentence, first, turn)
    if minutes is None or (minutes == 30 and not has(sentence, turn, end, "past")):
        return None
    if not has(sentence, turn, end, "past"):
        minutes = 60 - minutes
    return said_clock(sentence, first, end, "clock.past_the_hour", Clock(minutes, past_the_hour=True))


def _one(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    if sentence.letters[first] in _LOOSE and _is_to_or_for(sentence, end - 1):
        return None
    found = side(sentence, first, end)
    return None if found is None else said_clock(sentence, first, end, "clock.time", found)


def _is_to_or_for(sentence: Sentence, place: int) -> bool:
    """Whether a 2 or a 4 is "to" or "for": "coming 2 pick me up", "free 4 tea"."""
    behind = sentence.letters[place + 1] if place + 1 < len(sentence.letters) else _STOP
    return sentence.words[place] in {"2", "4"} and behind not in _NOT_A_VERB


def _spaced(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    hour, minutes = sentence.values[first], sentence.values[first + 1]
    if minutes > 59:
        return None
    return said_clock(sentence, first, end, "clock.time", clock(hour, minutes, sentence, first, end))


def _in_words(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    """As in "ten thirty" and "six forty five"."""
    minutes = sentence.values[first + 1]
    if sentence.letters[end - 1] == LETTERS["hour_word"]:
        minutes += sentence.values[end - 1]
    if minutes > 59:
        return None
    return said_clock(
        sentence, first, end, "clock.in_words", clock(sentence.values[first], minutes, sentence, first, end)
    )


def _figures(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    """7.30 and 20:15: not where a price, a length or a version is meant."""
    if first and sentence.letters[first - 1] in _NOT_MONEY:
        return None
    if first and sentence.words[first - 1] in {
        "version",
        "v",
        "rated",
        "scored",
        "cost",
        "costs",
        "ratio",
        "grew",
        "weighs",
    }:
        return None
    return _one(sentence, first, end, now)


def _long(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    place = next(place for place in range(first, end) if sentence.letters[place] in {LETTERS["long"], LETTERS["pad"]})
    word = sentence.words[place]
    # "by 2026" is a year; "at 2015" is a quarter past eight.
    if word.startswith("20") and sentence.words[first] != "at" and sentence.words[first] != "@" and end - place == 1:
        return None
    found = clock_of_long(word, strict=True)
    return None if found is None else said_clock(sentence, first, end, "clock.figures", found)


def _range(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    places = [place for place in range(first + 1, end - 1) if sentence.letters[place] in _CONNECTING]
    if not places:
        return None
    found = stretch(sentence, first, places[0], end)
    return None if found is None else said_clock(sentence, first, end, "clock.range", found)


def _long_range(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    """From 1120 to 1205: only where both are times in fives."""
    longs = [sentence.words[place] for place in range(first, end) if sentence.letters[place] == LETTERS["long"]]
    if len(longs) != 2 or any(len(figures) < 4 or int(figures) % 5 for figures in longs):
        return None
    return _range(sentence, first, end, now)


def _either(sentence: Sentence, first: int, end: int, _now: Now) -> Said | None:
    places = [place for place in range(first, end) if sentence.letters[place] in _HOURS_OF]
    am_pm = value_of(sentence, first, end, "ampm")
    clocks = []
    for place in places:
        hour = sentence.values[place]
        exact = am_pm is not None
        clocks.append(Clock((hour % 12 + 12 * (am_pm or 0)) * 60, exact) if exact else Clock(hour % 12 * 60))
    return said_clock(sentence, first, end, "clock.either", *clocks)


def _noon(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return said_clock(sentence, first, end, "clock.noon", Clock(720, exact=True))


def _midnight(sentence: Sentence, first: int, end: int, _now: Now) -> Said:
    return said_clock(sentence, first, end, "clock.midnight", Clock(1440, exact=True))


_CUE: Final = "(at|about|around_word|by|til|before|after|from|for|say|between|begin|on)"
_SIDE: Final = "((HOUR|CLOCK|long|hour pad|hour num) (ish)? (oclock)? (ampm)?|noon|midnight)"
_SAID_SIDE: Final = "((CLOCK|HOUR oclock|HOUR ish|half HOUR) (ampm)?|(HOUR|long) ampm|noon)"
_NOT_I: Final = "(?!me)"
_NOT_COUNTED: Final = (
    "(?!unit|of|or_ unit|minutes|hours|money|and_ a half|day|days|week|year|months|dash|big|long|time)"
)

RULES: Final = (
    Rule("clock.range", f"(between|from|at|for)? {_SIDE} (dash|to|til) ({_SAID_SIDE}|HOUR ampm)", _range),
    Rule("clock.range", f"(between|from|at)? {_SAID_SIDE} (dash|to|til) {_SIDE} QUIET", _range),
    Rule("clock.range", f"between {_SIDE} (and_|dash|to|or_) {_SIDE}", _range),
    Rule("clock.range", f"(from|at|about|around_word|begin) {_SIDE} (dash|to|til) {_SIDE} QUIET", _range),
    Rule("clock.range", "HOUR til HOUR QUIET", _range),
    Rule("clock.range", "(long|pad long) (dash|to|til) long (?!unit|money)", _long_range),
    Rule("clock.half", "half (past)? (HOUR|hour_ish) (ish)? (ampm)?(?!minutes|unit|of|hours|other hours)", _half),
    Rule("clock.quarter", "(a)? quarter (to|past|after|til|hour) (HOUR|hour_ish) (ish)? (ampm)?", _quarter),
    Rule(
        "clock.minutes",
        "MINUTE (minutes)? (to|past|til) (HOUR|hour_ish) (ish)? (oclock)? (ampm)?(?!unit|of|other|minutes)",
        _minutes_to,
    ),
    Rule("clock.past_the_hour", "(at|about|by)? (half past|quarter (to|past)|MINUTE past) QUIET", _past_the_hour),
    Rule("clock.past_the_hour", "(at|about|by) MINUTE to (?=$|stop|question|comma|glad)", _past_the_hour),
    Rule("clock.oclock", "HOUR (ish)? oclock (ampm)?", _one),
    Rule("clock.spaced", "hour (pad|num) ampm", _spaced),
    Rule("clock.ampm", f"(HOUR|CLOCK|long) (ish)? ampm {_NOT_I}|(at)? (hour|long) ampm", _one),
    Rule("clock.figures", "CLOCK (ish)? (hours)?(?!unit|money)", _figures),
    Rule(
        "clock.long",
        f"at long {_NOT_COUNTED}|(at|by|from|til|about|around_word|for|before|after|begin|the|on) (long|pad long) "
        "(hours|QUIET)|long hours",
        _long,
    ),
    Rule("clock.ish", "hour_ish|HOUR (dash)? ish", _one),
    Rule("clock.in_words", "hour_word (tens hour_word|tens) (ampm)?(?!unit|minutes|hours|other)", _in_words),
    Rule("clock.either", "(at|about|around_word|by|for|from|after|before) HOUR or_ HOUR QUIET", _either),
    Rule("clock.at", f"at (about|around_word)* HOUR {_NOT_COUNTED}", _one),
    Rule("clock.at_quiet", "at (about|around_word)* HOUR QUIET", _one),
    Rule("clock.cue", f"{_CUE} (about|around_word)? HOUR (?!and_ (a)? half) QUIET", _one),
    Rule("clock.say", "(say|do) HOUR (?=$|good|question|stop|instead|sharp|glad|comma)", _one),
    Rule("clock.is", "is_ HOUR (?=good|instead|sharp)", _one),
    Rule("clock.good", "HOUR (?=good (question|stop|for|other_small|$))|HOUR (?=sharp)", _one),
    Rule("clock.noon", "noon", _noon),
    Rule("clock.midnight", "midnight", _midnight),
)
