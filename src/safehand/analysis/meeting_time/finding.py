"""Finds what is said in a sentence: the leftmost first, then the order of the tables.

Then a second pass looks at figures beside what was found: "sat 11?", "7 tonight", "at 4 or 5".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from safehand.analysis.meeting_time import clock_rules, date_rules, day_rules, moment_rules, part_rules
from safehand.analysis.meeting_time.beside import beside
from safehand.analysis.meeting_time.first_letters import first_letters
from safehand.analysis.meeting_time.said import Make, Now, Rule, Said
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import pattern

RULES: Final[tuple[Rule, ...]] = (
    *date_rules.RULES,
    *day_rules.RULES,
    *moment_rules.RULES,
    *clock_rules.RULES,
    *part_rules.RULES,
)
"""Every rule, in the order in which they are asked at one place."""


_Match: TypeAlias = Callable[[str, int], "re.Match[str] | None"]


class _Ready(NamedTuple):
    """The rules that can begin with one letter: which of them fits first, and each with its pattern."""

    first_fit: _Match
    """One group for each rule: the number of the group that matched is that of the rule, counted from 1."""
    rules: tuple[tuple[_Match, Make], ...]


def _by_first_letter() -> dict[str, _Ready]:
    table: dict[str, list[tuple[str, Make]]] = {}
    for rule in RULES:
        expression = pattern(rule.written)
        for letter in first_letters(expression):
            table.setdefault(letter, []).append((expression, rule.make))
    return {
        letter: _Ready(
            re.compile("|".join(f"({expression})" for expression, _ in rules)).match,
            tuple((re.compile(expression).match, make) for expression, make in rules),
        )
        for letter, rules in table.items()
    }


_BY_FIRST: Final = _by_first_letter()
_CAN_BEGIN: Final = re.compile(f"[{''.join(sorted(_BY_FIRST))}]").search


def may_say(sentence: Sentence) -> bool:
    """Whether any word is one with which a rule begins: without one, nothing is found."""
    return _CAN_BEGIN(sentence.letters) is not None


def find(sentence: Sentence, now: Now) -> list[Said]:
    """All that is said, in the order of the words; no two stand on one word."""
    found: list[Said] = []
    letters = sentence.letters
    place = 0
    while (begin := _CAN_BEGIN(letters, place)) is not None:
        place = begin.start()
        said = _first_that_fits(sentence, place, now)
        if said is None:
            place += 1
        else:
            found.append(said)
            place = said.end
    return beside(sentence, found) if found else found


def _first_that_fits(sentence: Sentence, place: int, now: Now) -> Said | None:
    letters = sentence.letters
    first_fit, rules = _BY_FIRST[letters[place]]
    found = first_fit(letters, place)
    if found is None:
        return None
    number = found.lastindex or 1
    said = rules[number - 1][1](sentence, place, found.end(), now)
    if said is not None:
        return said
    for match, make in rules[number:]:  # the figures were no time by that rule: the ones after it are asked
        fits = match(letters, place)
        if fits is not None:
            said = make(sentence, place, fits.end(), now)
            if said is not None:
                return said
    return None
