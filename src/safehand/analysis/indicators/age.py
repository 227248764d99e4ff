"""Age, stated and asked after, in one message. Rules 01 and 02.

    "im 13 btw"              age_stated   13_to_15   value 13
    "born in 2012"           age_stated   13_to_15   value 14, by the message's own date
    "how old r u"            age_question asks

What the answer to a question says ("13"), and what became of it, needs the messages around: age_thread.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.indicators.patterns import REACH, before, follows, needing, open_end
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, spread
from safehand.model.instant import MICRO

AGE_STATED: Final = Rule(
    "age_stated",
    title="Age stated",
    number=1,
    version=4,
    towards="Whoever read it had been told an age under 16, or under 13.",
    away="The age that is stated is 16 or more, or it is said of another time, as a joke or in a quotation.",
    why="What was known of the age, and since when, is asked by ss.8-15A of the Sexual Offences Act 2003; it starts "
    "the "
    "clock for everything that was written after it.",
    false_alarms=("amounts that stand without their unit", "ages of dogs, cars and houses", "lyrics and quotations"),
    kinds=(
        Kind("under_13", Points.TOWARDS, "states an age under 13"),
        Kind("13_to_15", Points.TOWARDS, "states an age of 13 to 15"),
        Kind("16_or_17", Points.AWAY, "states an age of 16 or 17"),
        Kind("adult", Points.AWAY, "states an age of 18 or more"),
    ),
)

AGE_QUESTION: Final = Rule(
    "age_question",
    title="Age asked about",
    number=2,
    version=4,
    towards="An answer was wanted, so what came back was read.",
    away="Whoever asks takes care to know: somebody who believes the other is grown up asks too.",
    why="Whether a belief about age was reasonable turns on what was asked and answered.",
    false_alarms=("adults who are dating", "games that ask for an age", "talk of birthdays"),
    kinds=(
        Kind("asks", Points.BOTH, "asks how old the other is"),
        Kind("birthday", Points.CONTEXT, "asks when the other was born or has a birthday"),
    ),
)

YOUNG: Final = ("under_13", "13_to_15")
"""The kinds of rule 01 that are under 16."""

_NUMBERS: Final = {
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
}
_TEN_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONE_WORDS: Final = "one two three four five six seven eight nine"
_TENS: Final = {ten: 10 * number for number, ten in enumerate(_TEN_WORDS.split(), 2)}
_ONES: Final = {one: number for number, one in enumerate(_ONE_WORDS.split(), 1)}
_NUMBER: Final = (
    rf"(\d{{1,2}}|(?:{'|'.join(_TENS)})(?:[ -]?(?:{'|'.join(_ONES)}))?|" + "|".join(_NUMBERS) + r")(?![^\W_])"
)

YOUNGEST: Final = 8
"""Below this a bare number is nearly always a quantity; "years old" after it still counts."""

_NO_UNIT: Final = (
    r"(?!\s*(?:[:.,]\d|%|[/-]?\d|(?:[ap]\.?m|mins?|minutes?|secs?|seconds?|hrs?|hours?|days?|weeks?|wks?|months?|"
    r"quid|"
    r"pounds?|stones?|lbs?|kilos?|kgs?|k|m|km|cm|ft|foot|feet|inch|inches|miles?|points?|pts|goals?|down|up|ahead|"
    r"behind|"
    r"away|late|early|out of|of|or so|pages?|levels?|laps?|rounds?|times|x|percent|degrees|in a row|games?|people|"
    r"messages|into|to|nil|all|past|o'?clock|years?\s+(?:in|into|clean|sober|at|ago|late|away|behind|older|younger|"
    r"married|from))\b))"
)
"""What after a number makes it no age: "im 15 mins away", "im 14 points behind"."""

_OWN: Final = open_end(
    r"<i'm> (?:(?:an?|only|just|like|still|actually|really|almost|nearly|basically|obvs|deffo|literally|already|now|"
    r"about|also|well|not even|not|under) ){0,3}" + _NUMBER + _NO_UNIT,
    r"(?:<i'm> )?(?:just )?(?:<i'm> turning|i turn(?:ed)?|i'?ve (?:just )?turned) " + _NUMBER + _NO_UNIT,
    r"(?:ive|i'?ve|i have) been " + _NUMBER + r"(?= (?:since|for|a (?:week|month)|now)\b)",
    r"my (\d{1,2})(?:st|nd|rd|th) (?:birthday|bday|b-day)",
    # Of nobody else: at the beginning, or after "i".
    r"(?:(?<=\A)|(?<=[.!?,]\x20)|(?<=i\x20)|(?<=ive\x20))just turned " + _NUMBER + _NO_UNIT,
)
_BELOW: Final = re.compile(r"\b(?:not|under)\b(?!\s+even\s+turned)")
_AND_OLD: Final = tuple(year + old for year in ("yr", "yrs", "year", "years") for old in ("", "old", "olds"))
_OLD: Final = needing(
    frozenset({DIGIT}) | {number + tail for number in (*_NUMBERS, *_TENS) for tail in ("", "y", "yo", *_AND_OLD)},
    r"(?<![^\W_])"
    + _NUMBER.replace("(?![^\\W_])", "")
    + r"\s*[-/]?\s*(?:(?:yrs?|years?)\s*-?\s*(?:olds?|of\s+age)|y\s?/?\s?o)\b",
)
_OWN_BEFORE: Final = re.compile(
    r"(?:^|[.!?\n])\W*(?:(?:only|just|like|still|actually|hi|hey|lol|ok|well|nearly|almost|me|a|girl|boy|m|"
    r"f)\W+){0,4}$"
    r"|(?<![^\W_])(?:i'?m|i am)\W+(?:[^\W_]+\W+){0,3}$"
)
_LETTERED: Final = open_end(
    r"(?:(\d{1,2})\s?/?\s?f(?:emale)?|f(?:emale)?\s?/?\s?(\d{1,2})|(\d{1,2})\s?/\s?m(?:ale)?|"
    r"m\s?/\s?(\d{1,2}))"
    r"(?![^\W_])(?!\s*[/-]\s*\d)"
)
_DEGREES: Final = before("its", "it's", "it is", "degrees", "gas mark", "oven", "at")
_BORN: Final = needing(
    frozenset({DIGIT}),
    r"(?<![^\W_])(?:i\s+was\s+born\s+(?:\w+\s+){0,4}?|dob\W{0,4}|born\s+(?:in\s+)?|my\s+(?:birthday|bday)\s+is\s+"
    r"\D{0,24})(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?)?((?:19|20)\d\d|(?<=[/.-])\d\d)(?!\d)",
)
_BIRTH: Final = ("born", "dob", "birthday", "bday")
_OF_ANOTHER: Final = before(
    "he", "she", "they", "who", "was", "were", "son", "daughter", "brother", "sister", "mum", "dad", "is", "got"
)
_NOT_NOW: Final = before(
    "(?:when|whenever|once|until|till|til|if|wish|unless|before|after|since|as if|like if|pretend|imagine|even "
    "though)(?: that| like)?"
)
"""Before "im 18": a time that is not now."""

_PER_YEAR: Final = 31_556_952 * MICRO
_EPOCH_YEAR: Final = 1970


def number_of(text: str) -> int:
    """The number that digits, or words from eight to ninety-nine, stand for."""
    if text.isdigit():
        return int(text)
    if text in _NUMBERS:
        return _NUMBERS[text]
    ten = next(ten for ten in _TENS if text.startswith(ten))
    return _TENS[ten] + _ONES.get(text.removeprefix(ten).strip(" -"), 0)


def age_kind(age: int) -> str:
    """Which kind of rule 01 an age is. The bounds are those of the Sexual Offences Act 2003, ss.5-8 and 9-15A."""
    if age < 13:
        return "under_13"
    if age < 16:
        return "13_to_15"
    return "16_or_17" if age < 18 else "adult"


def _stated(line: Line) -> Iterator[Hit]:
    end = 0
    every = (*_asking_back(line.text), *_own(line), *_lettered(line), *_old(line), *_born(line))
    for hit in sorted(every, key=lambda one: (one.start, -one.end)):
        if hit.start >= end:
            end = hit.end
            yield hit


def _age(found: re.Match[str]) -> int:
    return number_of(next(group for group in found.groups() if group))


def _own(line: Line) -> Iterator[Hit]:
    for found in _OWN.all_in(line):
        # "not 16 yet", "under 16": the most it can be.
        age = _age(found) - (1 if _BELOW.search(found[0]) else 0)
        if age >= YOUNGEST and not follows(_NOT_NOW, line.text, found.start()):
            yield Hit(age_kind(age), found.start(), found.end(), age)


def _asking_back(text: str) -> Iterator[Hit]:
    found = _AND_YOU.fullmatch(text)
    if found and _age(found) >= YOUNGEST:
        yield Hit(age_kind(_age(found)), found.start(1), found.end(1), _age(found))


def _lettered(line: Line) -> Iterator[Hit]:
    for found in _LETTERED.all_in(line):
        age = _age(found)
        if age >= YOUNGEST and not follows(_DEGREES, line.text, found.start()):
            yield Hit(age_kind(age), found.start(), found.end(), age)


def _old(line: Line) -> Iterator[Hit]:
    for found in _OLD.all_in(line):
        own = _OWN_BEFORE.search(line.text, max(0, found.start() - REACH), found.start())
        if own and not follows(_NOT_NOW, line.text, own.start()):
            age = _age(found)
            yield Hit(age_kind(age), found.start(), found.end(), age)


def _born(line: Line) -> Iterator[Hit]:
    if line.at is None or not any(word in line.text for word in _BIRTH):
        return
    year_now = _EPOCH_YEAR + line.at // _PER_YEAR
    for found in _BORN.all_in(line):
        year = int(found[1])
        if year < 100:
            year += 2000 if 2000 + year <= year_now else 1900
        age = year_now - year
        # The birthday may still be to come, so this is the most it can be; the reader sees the words.
        if 0 < age < 100 and not follows(_OF_ANOTHER, line.text, found.start()):
            yield Hit(age_kind(age), found.start(), found.end(), age)


_AT_END: Final = r"(?=\W*$|\s*\?)"
_ASKS: Final = open_end(
    r"how (?:old|young) (?:<are>|ur|is|be) ?<you>\b(?! (?:guys|lot|dog|cat|house|car)\b)",
    r"how old (?:<you> (?:be|is)|(?:might|may|would) <you> be)\b",
    r"(?:<what>|which) (?:class|standard|std|grade) (?:<are> <you>|<you> <are>|<you>)(?: in)?" + _AT_END,
    r"how old <you>(?: (?:again|then|btw|anyway|now|<are>))?" + _AT_END,
    r"how old" + _AT_END,
    r"<what's> <your> age\b",
    r"(?:so |are )?<you> 1\d or 1\d(?=\W*$|\s*\?)",
    r"<your> age(?=\s*\?)",
    r"<what> age <are> <you>\b",
    r"a/?s/?l(?=\W*$|\s*\?| pl)",
    r"(?:<are> )?<you> (?:even |actually |really |definitely )?(?:over|under|above|at least) (?:the age of )?(?:1\d|"
    r"sixteen|eighteen)\b",
    r"(?:<are> )?<you> (?:even |actually |really |definitely )?(?:1\d|sixteen|eighteen|underage|a minor|an? "
    r"(?:adult|kid|child|youngin|youngster))" + _AT_END,
    r"(?:<what>|which) (?:school )?(?:year|yr) (?:<are> <you>|<you> <are>|<you>)(?: in)?" + _AT_END,
)
_BIRTHDAY: Final = open_end(
    r"<what> year (?:were|was) <you> born\b",
    r"when(?:'?s| is) <your> (?:birthday|bday|b-day)\b",
    r"when (?:were|was) <you> born\b",
)
_AND_YOU: Final = re.compile(
    r"\W*" + _NUMBER + r"\s*(?:f|m)?\W*(?:hbu|wbu|u|you|and you|n "
    r"u|what about you|how about you)\s*\?*\W*"
)
"""An answer that asks back: "14 u?" """

_ONLY_AGE: Final = re.compile(r"\W*(age)\s*\?\W*")


def _asked(line: Line) -> Iterator[Hit]:
    for found in _ASKS.all_in(line):
        yield Hit("asks", found.start(), found.end())
    for found in _BIRTHDAY.all_in(line):
        yield Hit("birthday", found.start(), found.end())
    alone = _ONLY_AGE.fullmatch(line.text)
    if alone:
        yield Hit("asks", alone.start(1), alone.end(1))


WORD_RULES: Final = (
    WordRule(AGE_STATED, (_OWN, _LETTERED, _OLD, _BORN), _stated, frozenset(_NUMBERS)),
    WordRule(AGE_QUESTION, (_ASKS, _BIRTHDAY), _asked, spread("age")),
)
