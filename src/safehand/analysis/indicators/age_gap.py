"""School years, and remarks on how young or old somebody is. Rules 03 and 05.

"got my y9 options"          school_stage year_7_to_11   value 9
"ur too young for me"        age_gap      young
"id get in so much trouble"  age_gap      trouble
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import before, follows, open_end
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule

SCHOOL_STAGE: Final = Rule(
    "school_stage",
    title="School year",
    number=3,
    version=4,
    towards="Whoever read it could tell about how old the other is: years 7 to 11 are ages 11 to 16.",
    away="Parents, teachers and pupils of 18 talk of school too; a word of school is not an age.",
    why="It may confirm an age that was stated, or contradict it.",
    false_alarms=("parents and teachers", "sixth form and college", "years of a plan or a contract"),
    kinds=(
        Kind("year_7_to_11", Points.TOWARDS, "names a school year between 7 and 11"),
        Kind("year_12_or_13", Points.BOTH, "names year 12 or 13, a sixth form or A levels"),
        Kind("school_word", Points.CONTEXT, "uses a word of school, such as GCSE or form tutor"),
    ),
)

AGE_GAP: Final = Rule(
    "age_gap",
    title="Difference in age",
    number=5,
    version=4,
    towards="Whoever wrote it knew of the difference in age, or that the law might be against it.",
    away="Whoever wrote it hesitated because of it, or asked in order to stop.",
    why="It bears on belief about age and on intent, either way.",
    false_alarms=("brothers and sisters", "too young to drive", "parking that is not legal"),
    kinds=(
        Kind("young", Points.BOTH, "remarks that somebody is young"),
        Kind("older", Points.BOTH, "remarks that the writer is older, or on a difference in age"),
        Kind("law", Points.BOTH, "speaks of what is legal"),
        Kind("trouble", Points.BOTH, "says that the writer could get into trouble"),
    ),
)

_YEAR: Final = open_end(
    r"(?:(?:year|yr) ?|y)(7|8|9|1[0-3]|seven|eight|nine|ten|eleven)s?(?![^\W_])"
    r"(?! ?(?:[:.]\d|people|bc\b|ad\b|prom\b|of\b|years|times|days|weeks|months|mins|pounds|plan|contract|warranty))"
)
_ABROAD: Final = open_end(
    r"(?:in|im|i'm|into|started|finished|of|year|class) (?:class |grade )?([sp])([1-7])(?![^\W_])(?! (?:of|and|"
    r"bus|plus)\b)",
    r"(?:in|im in|of|from|into) (?:my )?(?:class|grade|standard|std) (\d{1,2})(?:th)?(?![^\W_])",
    r"(?:in|im in|of|from|into|a|studying(?: in)?) (?:the |my )?(\d{1,2})th (?:class|grade|standard|std|"
    r"grader)(?![^\W_])",
)
"""Scots years: P7 is about year 7, S1 year 8. Classes of Indian and grades of American schools: one below the year."""

_NUMBERS: Final = {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11}
_NOT_SCHOOL: Final = before(
    "last|this|every|per|next|an?|each|whole|financial|tax|new|one|first|model|plan|contract|boys in|girls in|"
    "lads in|kids in|cried in|back in|was in|when i was in|were in|these|those|some"
)
_SCHOOL: Final = open_end(
    r"(?:gcses?|form tutor|tutor group|form time|school uniform|sats|detention|head of year|primary school|"
    r"secondary school|year group|mock exams?|non[ -]?uniform day|my teacher)(?![^\W_])"
)
_OLDER_SCHOOL: Final = open_end(
    r"(?:sixth form(?! (?:you|i|he|she|we) (?:sent|filled|gave))|6th form|a[ -]?levels?)(?![^\W_])"
)


def _school(line: Line) -> Iterator[Hit]:
    text = line.text
    for found in _YEAR.all_in(line):
        if not follows(_NOT_SCHOOL, text, found.start()):
            year = _NUMBERS.get(found[1]) or int(found[1])
            yield Hit("year_7_to_11" if year < 12 else "year_12_or_13", found.start(), found.end(), year)
    yield from _abroad(line)
    for found in _OLDER_SCHOOL.all_in(line):
        yield Hit("year_12_or_13", found.start(), found.end())
    for found in _SCHOOL.all_in(line):
        yield Hit("school_word", found.start(), found.end())


def _abroad(line: Line) -> Iterator[Hit]:
    for found in _ABROAD.all_in(line):
        stage, number, *classes = found.groups()
        year = int(number) + (7 if stage == "s" else 0) if stage else int(next(filter(None, classes))) + 1
        if 7 <= year <= 13:
            yield Hit("year_7_to_11" if year < 12 else "year_12_or_13", found.start(), found.end(), year)


_NOT_OF_ANOTHER_THING: Final = (
    r"(?! to (?:drive|vote|drink|remember|retire|know|die|understand|have (?:kids|grand)|join)"
    r"| at heart| enough| man\b| lady\b)"
)
_YOUNG: Final = open_end(
    r"(?:<you>|<you're>|<you> <are>|no|13|14|15|12|11|sorry|far|way|is|<are>) (?:(?:very|still|really|only|just|"
    r"a bit|way|far|much|"
    r"too|quite|that|so|such|an?) ){0,3}(?:too young|underage|child|minor)(?![^\W_])" + _NOT_OF_ANOTHER_THING,
    r"<you're> (?:(?:so|very|still|really|only|just|a bit|way|far|much|too|quite|that) ){0,3}"
    r"(?:young|underage|a minor|a kid|a child)(?![^\W_])" + _NOT_OF_ANOTHER_THING,
    r"(?:too|bit) young(?: <for> (?:me|this|that|us)(?![^\W_])|(?=\W*$|[.,!]))",
    r"underage(?![^\W_])(?! (?:football|drinking|team|side))",
)
_OLDER: Final = open_end(
    r"(?:<i'm>|am i) (?:(?:way|far|much|a bit|probably|well|so|just) ){0,2}(?:too old|older)(?: (?:<for>|than) "
    r"(?:<you>|this))(?![^\W_])",
    r"(?:<i'm>|am i) (?:(?:way|far|much|a bit|probably) ){0,2}too old(?=\W*$)",
    r"old enough <to> be <your>",
    r"twice <your> age",
    r"too old <for> <you>(?![^\W_])",
    r"age gap(?![^\W_])",
    r"(?:theres|there'?s|there is|there are|with) \d{1,2} years? (?:between us|difference)(?![^\W_])",
    r"age is (?:just|only) a number",
    r"age does ?n[o']?t matter|age dont matter",
)
_LAW: Final = open_end(
    r"(?:illegal|against the law|not legal(?!,? (?:park|<to> park|tender))|age of consent|is (?:it|this|that) "
    r"(?:even )?legal)(?![^\W_])"
    r"(?! (?:park|stream|download|to park|immigra|tackle|tyre))"
)
_TROUBLE: Final = open_end(
    r"i(?:'?d|'?ll| would| could| will| might| can)? (?:really |also |just )?(?:get|be|end up|go) (?:in|into|to) "
    r"(?:so much |loads of |a lot of |big |serious |massive |deep |real |proper |bare )?(?:trouble|jail|"
    r"prison)(?![^\W_])"
)
_GAPS: Final = (("young", _YOUNG), ("older", _OLDER), ("law", _LAW), ("trouble", _TROUBLE))


def _gap(line: Line) -> Iterator[Hit]:
    for kind, pattern in _GAPS:
        for found in pattern.all_in(line):
            yield Hit(kind, found.start(), found.end())


WORD_RULES: Final = (
    WordRule(SCHOOL_STAGE, (_YEAR, _ABROAD, _SCHOOL, _OLDER_SCHOOL), _school),
    WordRule(AGE_GAP, (_YOUNG, _OLDER, _LAW, _TROUBLE), _gap),
)
