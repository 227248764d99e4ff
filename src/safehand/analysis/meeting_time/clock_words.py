"""Clock times from the words they are made of: hours, minutes, am and pm, and from one until another."""

from __future__ import annotations

from typing import Final

from safehand.analysis.meeting_time.said import Clock, Kind, Said, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import LETTERS

_HALF_DAY: Final = 720
_PLACE_OF_HALF: Final = LETTERS["half"]


def said_clock(sentence: Sentence, first: int, end: int, rule: str, *clocks: Clock | None) -> Said:
    """What is said, with "ish" and "about" told."""
    about = (
        has(sentence, first, end, "ish") or has(sentence, first, end, "hour_ish") or has(sentence, first, end, "about")
    )
    found = tuple(one._replace(about=about) for one in clocks if one is not None)
    return Said(Kind.CLOCK, first, end, rule, clocks=found, movable=True)


def clock(hour: int, minutes: int, sentence: Sentence, first: int, end: int, *, to: bool = False) -> Clock:
    """A time by its hour of twelve. With "to", am or pm is that of the hour to come: quarter to 12 pm is 11:45 am."""
    am_pm = value_of(sentence, first, end, "ampm")
    minute = hour % 12 * 60 + minutes
    if am_pm is None:
        return Clock(minute)
    if to and hour == 11:
        am_pm = 1 - am_pm
    return Clock(minute + _HALF_DAY * am_pm, exact=True)


def clock_of_long(figures: str, *, strict: bool) -> Clock | None:
    """Figures such as 1930 and 730. ``strict``: one that is not surely of 24 hours ends in a five or a nought."""
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if hour > 23 or minute > 59:
        return None
    exact = figures[0] == "0" or hour > 12
    if strict and not exact and minute % 5:
        return None
    return Clock(hour * 60 + minute, exact=True) if exact else Clock(hour % 12 * 60 + minute)


def side(sentence: Sentence, first: int, end: int) -> Clock | None:
    """One time: "4", "7.30", "730", "8 30", "noon", "half 5", with am or pm where it is said."""
    if has(sentence, first, end, "noon"):
        return Clock(_HALF_DAY, exact=True)
    if has(sentence, first, end, "midnight"):
        return Clock(2 * _HALF_DAY, exact=True)
    whole = value_of(sentence, first, end, "clock24")
    if whole is not None:
        return Clock(whole, exact=True)
    place = _place(sentence, first, end)
    if place is None:
        return None
    letter, value = sentence.letters[place], sentence.values[place]
    if letter == LETTERS["long"]:
        found = clock_of_long(sentence.words[place], strict=False)
        return None if found is None else _by_am_pm(found, sentence, place, end)
    minutes = 30 if sentence.letters[first] == _PLACE_OF_HALF else 0
    if letter == LETTERS["clock12"]:
        value, minutes = value // 60, value % 60
    elif place + 1 < end and sentence.letters[place + 1] in {LETTERS["pad"], LETTERS["num"]}:
        minutes = sentence.values[place + 1]
    return clock(value, minutes, sentence, place, end) if minutes < 60 else None


def _place(sentence: Sentence, first: int, end: int) -> int | None:
    wanted = {LETTERS[sort] for sort in ("hour", "hour_word", "hour_ish", "clock12", "long")}
    return next((place for place in range(first, end) if sentence.letters[place] in wanted), None)


def _by_am_pm(found: Clock, sentence: Sentence, first: int, end: int) -> Clock:
    am_pm = value_of(sentence, first, end, "ampm")
    return found if found.exact or am_pm is None else Clock(found.minute + _HALF_DAY * am_pm, exact=True)


def stretch(sentence: Sentence, first: int, turn: int, end: int) -> Clock | None:
    """From the time before ``turn`` until the one behind it. One am or pm counts for both; 11-1pm is from 11 am."""
    begin, until = side(sentence, first, turn), side(sentence, turn + 1, end)
    if begin is None or until is None:
        return None
    if not begin.exact and until.exact:
        begin = _half_before(begin, until.minute)
    if begin.exact and not until.exact:
        until = Clock(_first_after(until.minute, begin.minute), exact=True)
    return Clock(begin.minute, begin.exact, until.minute, until.exact)


def _half_before(begin: Clock, until: int) -> Clock:
    later = begin.minute + _HALF_DAY
    return Clock(later if later < until else begin.minute, exact=True)


def _first_after(minute: int, begin: int) -> int:
    while minute <= begin:
        minute += _HALF_DAY
    return minute
