"""The catalogue: every rule there is, in one table, in the order of their numbers.

    CATALOGUE                     every Rule, by number
    rule_of("age_stated")         one of them, by its id
    Asked(words)                  the rules made ready with a word list: which to ask about which message

Numbers are those of analysis.md section 6. Nothing is registered by being imported: a family that is not in these
tables does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from safehand.analysis.indicators import age, age_gap
from safehand.analysis.indicators.age import AGE_QUESTION, AGE_STATED
from safehand.analysis.indicators.age_gap import AGE_GAP, SCHOOL_STAGE
from safehand.analysis.indicators.language import RECORD_INTEGRITY
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Found, Rule
from safehand.analysis.indicators.sorts import ThreadRule, WordRule

CATALOGUE: Final[tuple[Rule, ...]] = (
    AGE_STATED,
    AGE_QUESTION,
    SCHOOL_STAGE,
    AGE_GAP,
    RECORD_INTEGRITY,
)

THREAD_RULES: Final[tuple[Callable[[], ThreadRule], ...]] = ()
"""Makers of the rules that remember, one of each for every conversation. A later one sees what an earlier one found."""

NEED_WORDS: Final[frozenset[Rule]] = frozenset()
"""Rules that find nothing without a word list, and say so."""

_BY_ID: Final = {rule.id: rule for rule in CATALOGUE}


def rule_of(id_: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return _BY_ID[id_]


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Every rule that needs one message alone, ready to be asked, in the order of their numbers."""
    del words
    every = (*age.WORD_RULES, *age_gap.WORD_RULES)
    return tuple(sorted(every, key=lambda one: one.rule.number))


class Asked:
    """Which rules are asked about which message.

    Every cue of every rule stands in one table with a bit for each rule, so that a message costs one look-up a word
    whatever the number of rules; a rule is asked only about messages that hold one of its cues.
    """

    def __init__(self, words: WordList) -> None:
        self._rules = word_rules(words)
        self._cues: dict[str, int] = {}
        self._signs: list[tuple[str, int]] = []
        for place, rule in enumerate(self._rules):
            bit = 1 << place
            for cue in rule.cues:
                self._cues[cue] = self._cues.get(cue, 0) | bit
            self._signs.extend((sign, bit) for sign in rule.signs)

    def about(self, line: Line) -> Iterator[Found]:
        """What the word rules find in a message, in the order of their numbers."""
        wanted = self.wanted(line)
        while wanted:
            lowest = wanted & -wanted
            wanted ^= lowest
            rule = self._rules[lowest.bit_length() - 1]
            for kind, start, end, value in rule.find(line):
                yield Found(rule.rule, kind, (line.number,), (line.place(start, end),), line.by, value)

    def wanted(self, line: Line) -> int:
        """A bit for each rule that has a cue or a sign in the message."""
        wanted = 0
        cues = self._cues
        for word in line.words:
            if word in cues:
                wanted |= cues[word]
        for sign, bit in self._signs:
            if sign in line.text:
                wanted |= bit
        return wanted
