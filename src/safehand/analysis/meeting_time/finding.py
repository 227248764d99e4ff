"""Finds what is said in a sentence: the leftmost first, then the order of the tables.

Then a second pass looks at figures beside what was found: "sat 11?", "7 tonight", "at 4 or 5".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

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


class _Ready(NamedTuple):
    """A rule with its pattern as a regular expression."""

    match: Callable[[str, int], re.Match[str] | None]
    make: Make


def _by_first_letter() -> dict[str, tuple[_Ready, ...]]:
    table: dict[str, list[_Ready]] = {}
    for rule in RULES:
        expression = pattern(rule.written)
        ready = _Ready(re.compile(expression).match, rule.make)
        for letter in first_letters(expression):
            table.setdefault(letter, []).append(ready)
    return {letter: tuple(rules) for letter, rules in table.items()}


_BY_FIRST: Final = _by_first_letter()
_FITS: Final = re.compile("|".join(f"(?:{pattern(rule.written)})" for rule in RULES)).match
_CAN_BEGIN: Final = re.compile(f"[{''.join(sorted(_BY_FIRST))}]").search


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
    for match, make in _BY_FIRST[letters[place]]:
        fits = match(letters, place)
        if fits is not None:
            said = make(sentence, place, fits.end(), now)
            if said is not None:
                return said
    return None


def rule_names() -> Sequence[str]:
    """The names of all rules, once each."""
    return tuple(dict.fromkeys(rule.name for rule in RULES))
