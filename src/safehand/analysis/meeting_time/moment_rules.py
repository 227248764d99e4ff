"""Rules for what is counted from the message: "in 20 mins", "15 mins away", "in an hour n a half".

A length of time alone is none of these: "a 10 minute walk", "20 mins late", "it takes half an hour".
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.meeting_time.said import Kind, Now, Rule, Said, count, has, value_of
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import any_of

_NOT_TOLD: Final = frozenset(
    {
        "late",
        "early",
        "of",
        "walk",
        "drive",
        "ride",
        "long",
        "max",
        "break",
        "slot",
        "slots",
        "each",
        "ago",
        "job",
        "lesson",
        "film",
    }
)
_BARE_MINUTES: Final = frozenset({2, 3, 5, 10, 12, 15, 20, 25, 30, 40, 45, 50})
_TURNS: Final = any_of("dash or_ to")
_STOPS: Final = any_of("stop comma question")
_HOUR_WORDS: Final = any_of("hours")


def _said(first: int, end: int, moments: tuple[int, int]) -> Said:
    return Said(Kind.MOMENT, first, end, "moment.in", moments=moments)


def _length(sentence: Sentence, first: int, end: int) -> tuple[int, int]:
    """Minutes, from and to."""
    span = value_of(sentence, first, end, "span")
    if span is not None:
        return span, span
    hours_at = next((place for place in range(first, end) if sentence.letters[place] in _HOUR_WORDS), None)
    if hours_at is None:
        return count(sentence, first, end)
    low, high = (60 * hours for hours in count(sentence, first, hours_at))
    if has(sentence, hours_at, end, "half"):
        return low + 30, high + 30
    more = value_of(sentence, hours_at, end, "hour", "num", "tens") or 0
    return low + more, high + more


def _moment(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    behind = sentence.words[end] if end < len(sentence.words) else ""
    if behind in _NOT_TOLD:
        return None
    low, high = _length(sentence, first, end)
    return _said(first, end, (now.moment + low, now.moment + high))


def _bare(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    minutes = value_of(sentence, first, end, "hour", "hour_word", "num", "tens") or 0
    if minutes not in _BARE_MINUTES:
        return None
    return _said(first, end, (now.moment + minutes, now.moment + minutes))


def _between(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    turn = next(place for place in range(first, end) if sentence.letters[place] in _TURNS)
    low = value_of(sentence, first, turn, "hour", "num", "hour_word", "tens") or 0
    high = value_of(sentence, turn, end, "hour", "num", "hour_word", "tens") or 0
    times = 60 if has(sentence, first, end, "hours") else 1
    behind = sentence.words[end] if end < len(sentence.words) else ""
    if not low < high or behind in _NOT_TOLD:
        return None
    return _said(first, end, (now.moment + low * times, now.moment + high * times))


def _ago(sentence: Sentence, first: int, end: int, now: Now) -> Said:
    low, high = _length(sentence, first, end)
    return Said(Kind.MOMENT, first, end, "moment.ago", moments=(now.moment - high, now.moment - low))


def _alone(sentence: Sentence, first: int, end: int, now: Now) -> Said | None:
    """Minutes that are all that is said, as an answer to "where are you": "5 mins", "nearly there, 2 mins"."""
    if first and sentence.letters[first - 1] not in _STOPS:
        return None
    return _moment(sentence, first, end, now)


_LENGTH: Final = "(span|COUNT hours (and_)? (a half|(hour|num|tens) (minutes)?)?|COUNT minutes)"
_RANGE: Final = "(hour|num|hour_word|tens) (dash|or_|to) (hour|num|hour_word|tens) (minutes|hours)"
_BEFORE: Final = "(in|be|give (me|pron|other_small)?|there|be there|there in) (about|around_word|the next|or_)*"

RULES: Final = (
    Rule("moment.ago", f"{_LENGTH} ago", _ago),
    Rule("moment.alone", "COUNT minutes (?=$|stop|glad|comma)", _alone),
    Rule("moment.in", f"{_BEFORE} {_RANGE} (time|away)?", _between),
    Rule("moment.in", f"{_RANGE} (time|away)", _between),
    Rule("moment.in", f"{_BEFORE} {_LENGTH} (time|away)?", _moment),
    Rule("moment.in", f"(about|around_word)? {_LENGTH} (time|away)", _moment),
    Rule(
        "moment.in",
        "(in|give (me|pron|other_small)?) (about|around_word)? (hour|num|hour_word|tens) QUIET",
        _bare,
    ),
)
