"""Tallies: of one rule in one conversation, how many indicators there are, and how much was looked at.

    Tally(rule, found=3, looked=Looked(messages=1200, not_analysed=0))
    .per_1000()      2.5
    .in_words()      "3 candidates in 1,200 messages, 2.5 per 1,000"
                     "no candidate found in 1,200 messages"
                     "no candidate found in 1,150 messages; 50 are in a language that is not analysed"
                     "not looked for: it needs a list of words that is not here"

A tally is never added to another: a long friendly chat sets off every rule in time (analysis.md 0.6).
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from safehand.analysis.indicators.catalogue import CATALOGUE, NEED_WORDS
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Rule

_PER: Final = 1_000


class Looked(NamedTuple):
    """Messages of a conversation in which somebody speaks, and how many of them are in no language the rules know."""

    messages: int
    not_analysed: int

    @property
    def analysed(self) -> int:
        """Messages that the rules could read."""
        return self.messages - self.not_analysed


class Tally(NamedTuple):
    """How often one rule pointed somewhere. ``was_asked`` is False where it could not look."""

    rule: Rule
    found: int
    looked: Looked
    was_asked: bool = True

    def per_1000(self) -> float | None:
        """Indicators per 1,000 analysed messages; None where none were analysed."""
        return self.found * _PER / self.looked.analysed if self.looked.analysed else None

    def in_words(self) -> str:
        """What is told of it. Never that something is not there."""
        if not self.was_asked:
            return "not looked for: it needs a list of words that is not here"
        analysed, other = self.looked.analysed, self.looked.not_analysed
        rate = self.per_1000()
        if rate is None:
            told = "not analysed"
        elif self.found:
            found = _many(self.found, "candidate")
            told = f"{found} in {_many(analysed, 'message')}, {rate:.1f} per 1,000"
        else:
            told = f"no candidate found in {_many(analysed, 'message')}"
        if not other:
            return told
        return f"{told}; {other:,} {'is' if other == 1 else 'are'} in a language that is not analysed"


def tallies(
    conversation: str, counts: Counter[tuple[str, str, str, str | None]], looked: Looked, words: WordList
) -> tuple[Tally, ...]:
    """One tally of each rule, in the order of the catalogue."""
    found: Counter[str] = Counter()
    for (where, rule, _, _), count in counts.items():
        if where == conversation:
            found[rule] += count
    return tuple(
        Tally(rule, found[rule.id], looked, was_asked=bool(words.classes) or rule.id not in NEED_WORDS)
        for rule in CATALOGUE
    )


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
