"""Asked: which rules are asked about which message, and what they find in it.

    asked = Asked(word_list)
    wanted = asked.wanted(line)               a bit for each rule that may find something; line.may is set
    asked.about(line, wanted, last)           what they find

Most messages hold no word that any pattern needs (needs.py). Every such word stands in one table, whatever the number
of rules, so that a message costs one look-up a word; only a pattern all of whose needs are met is then searched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from safehand.analysis.indicators.catalogue import BESIDE, CONTEXT, word_rules
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.patterns import Phrases
from safehand.analysis.indicators.rule import Found

NEVER: Final = -(1 << 60)
"""Stands for the number of a message that there is not."""


class _Alternative(NamedTuple):
    """What one alternative of a pattern needs, as bits; its phrases, and the bit of the rule that looks for them."""

    needs: int
    phrases: Phrases | None
    rule: int


class Asked:
    """The rules that need one message alone, made ready with a word list."""

    def __init__(self, words: WordList) -> None:
        self.rules = word_rules(words)
        """In the order of their bits, from the lowest."""
        self._bits: dict[frozenset[str], int] = {}
        self._words: dict[str, int] = {}
        """Of each word the sets it is in, a bit a set."""
        self._rarest: dict[str, list[_Alternative]] = {}
        """Alternatives by the words of their rarest set."""
        self._signs: list[tuple[str, int]] = []
        for place, rule in enumerate(self.rules):
            bit = 1 << place
            for phrases in rule.phrases:
                self._enter(phrases, bit)
            if rule.words:
                self._add((rule.words,), None, bit)
            self._signs.extend((sign, bit) for sign in rule.signs)
        for phrases in BESIDE:
            self._enter(phrases, 0)

    def wanted(self, line: Line) -> int:
        """A bit for each rule that may find something. Which patterns may stand in the line is told in ``line.may``."""
        wanted = 0
        rarest = self._rarest
        met = [rarest[word] for word in line.bag if word in rarest]
        if met:
            bits = self._sets(line.bag)
            for alternatives in met:
                for needs, phrases, rule in alternatives:
                    if bits & needs == needs:
                        wanted |= rule
                        line.may.add(phrases)
        for sign, rule in self._signs:
            if sign in line.text:
                wanted |= rule
        return wanted

    def about(self, line: Line, wanted: int, last: dict[str, int]) -> Iterator[Found]:
        """What the ``wanted`` rules find in a message, in the order of their numbers.

        ``last`` holds, by rule, the number of the last message of the conversation in which it found something; it is
        kept up here.
        """
        while wanted:
            lowest = wanted & -wanted
            wanted ^= lowest
            rule = self.rules[lowest.bit_length() - 1]
            instead = None
            if rule.near is not None and line.number - last.get(rule.near.id, NEVER) > rule.within:
                if rule.otherwise is None:
                    continue
                instead = rule.otherwise
            for kind, start, end, value in rule.find(line):
                if (rule.rule.id, kind) not in CONTEXT:
                    last[rule.rule.id] = line.number
                yield Found(rule.rule, instead or kind, (line.number,), (line.place(start, end),), line.by, value)

    def _sets(self, bag: list[str]) -> int:
        """The sets of which a message has a word."""
        bits = 0
        words = self._words
        for word in bag:
            if word in words:
                bits |= words[word]
        return bits

    def _enter(self, phrases: Phrases, rule: int) -> None:
        for sets in phrases.needs:
            self._add(sets, phrases, rule)

    def _add(self, sets: tuple[frozenset[str], ...], phrases: Phrases | None, rule: int) -> None:
        bits = [self._bit(words) for words in sets]
        for word in sets[0]:
            self._rarest.setdefault(word, []).append(_Alternative(sum(set(bits)), phrases, rule))

    def _bit(self, words: frozenset[str]) -> int:
        """The bit of a set, which is entered under each of its words."""
        bit = self._bits.setdefault(words, 1 << len(self._bits))
        for word in words:
            self._words[word] = self._words.get(word, 0) | bit
        return bit
