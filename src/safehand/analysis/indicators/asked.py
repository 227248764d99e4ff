"""Asked: which rules are asked about which message, and what they find in it.

    asked = asked_with(word_list)
    wanted = asked.wanted(line)               a bit for each rule that may find something; line.may is set
    asked.about(line, wanted, last)           what they find: line.found

Most messages hold no word that any pattern needs (needs.py). Every such word stands in one table, whatever the number
of rules, so that a message costs one look-up a word; only a pattern all of whose needs are met is then searched for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from safehand.analysis.indicators.catalogue import BESIDE, CONTEXT, word_rules
from safehand.analysis.indicators.line import Line, Searched
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.patterns import Phrases
from safehand.analysis.indicators.rule import Found

NEVER: Final = -(1 << 60)
"""Stands for the number of a message that there is not."""


_Patterns: TypeAlias = tuple[tuple[int, tuple[tuple[Phrases, Searched], ...], int], ...]
"""By what else they need (bits), phrases, each with what of it is searched for, and the bits of the rules that look."""


class _Word:
    """What is known of a word: the sets it is in, as bits, and the patterns of whose rarest set it is one."""

    __slots__ = ("patterns", "sets", "wanting")

    def __init__(self) -> None:
        self.sets = 0
        self.wanting: dict[int, tuple[dict[Phrases, Searched], int]] = {}
        self.patterns: _Patterns = ()


class Asked:
    """The rules that need one message alone, made ready with a word list."""

    def __init__(self, words: WordList) -> None:
        self.rules = word_rules(words)
        """In the order of their bits, from the lowest."""
        self._bits: dict[frozenset[str], int] = {}
        self._words: dict[str, _Word] = {}
        self._signs: list[tuple[str, int]] = []
        for place, rule in enumerate(self.rules):
            bit = 1 << place
            for phrases in rule.phrases:
                self._enter(phrases, bit)
            if rule.words:
                self._add((rule.words,), {}, bit)
            self._signs.extend((sign, bit) for sign in rule.signs)
        for phrases in BESIDE:
            self._enter(phrases, 0)
        for word in self._words.values():
            word.patterns = tuple((needs, tuple(one.items()), bits) for needs, (one, bits) in word.wanting.items())

    def wanted(self, line: Line) -> int:
        """A bit for each rule that may find something. Which patterns may stand in the line is told in ``line.may``."""
        wanted = bits = 0
        known = self._words
        met = []
        for spelt in line.bag:
            if spelt in known:
                word = known[spelt]
                bits |= word.sets
                if word.patterns:
                    met.append(word.patterns)
        if met:
            wanted, line.may = _that_may_stand(met, bits)
        for sign, rule in self._signs:
            if sign in line.text:
                wanted |= rule
        return wanted

    def about(self, line: Line, wanted: int, last: dict[str, int]) -> None:
        """What the ``wanted`` rules find in a message is put into ``line.found``, in the order of their numbers.

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
                words = (line.place(start, end),)
                line.found.append(Found(rule.rule, instead or kind, (line.number,), words, line.by, value))

    def _enter(self, phrases: Phrases, rule: int) -> None:
        for searched, needs in phrases.alternatives:
            for sets in needs:
                self._add(sets, {phrases: searched}, rule)

    def _add(self, sets: tuple[frozenset[str], ...], searched: dict[Phrases, Searched], rule: int) -> None:
        needs = 0
        for words in sets:
            needs |= self._bit(words)
        for word in sets[0]:
            wanting = self._words[word].wanting
            those, rules = wanting.get(needs, ({}, 0))
            for phrases, one in searched.items():
                those[phrases] = one if those.get(phrases, one) is one else phrases
            wanting[needs] = (those, rules | rule)

    def _bit(self, words: frozenset[str]) -> int:
        """The bit of a set, which is entered under each of its words."""
        bit = self._bits.setdefault(words, 1 << len(self._bits))
        for word in words:
            self._words.setdefault(word, _Word()).sets |= bit
        return bit


_LISTS: Final = 4
"""Word lists of which the rules are held ready: a desk has one, and one more when it is built anew meanwhile."""

_made: list[tuple[WordList, Asked]] = []


def asked_with(words: WordList) -> Asked:
    """The rules made ready with a word list; made once, because they never change.

    A desk reads one package after another with one list, and making them ready takes longer than reading a short chat.
    """
    for known, asked in _made:
        if known == words:
            return asked
    made = Asked(words)
    _made.insert(0, (words, made))
    del _made[_LISTS:]
    return made


def _that_may_stand(met: Iterable[_Patterns], sets: int) -> tuple[int, dict[object, Searched]]:
    """Of patterns whose rarest words were met, the rules (bits) and the phrases all of whose needs are."""
    wanted = 0
    may: dict[object, Searched] = {}
    for patterns in met:
        for needs, those, rules in patterns:
            if sets & needs == needs:
                wanted |= rules
                for phrases, searched in those:
                    # Of two alternatives that may stand the first is told: the whole pattern knows which.
                    may[phrases] = searched if may.get(phrases, searched) is searched else phrases
    return wanted, may
