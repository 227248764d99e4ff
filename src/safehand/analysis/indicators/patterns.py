"""Patterns: how the words of a rule are written down, so that a reader who knows no regular expressions can follow.

    whole("how old <are> <you>", "asl")

finds either as whole words of a folded text. A blank stands for blanks; ``<you>`` stands for every way in which that
word is written in chats (the table below); ``?`` after a group, ``[^.]`` and the rest are as in Python's ``re``.

A pattern knows the words without which it cannot match (needs.py), and is not asked about a message that lacks them.
Each of its alternatives knows its own: where one alone may stand, that one alone is searched for, which finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Final

from safehand.analysis.indicators.line import Line, Searched
from safehand.analysis.indicators.needs import Needs, needs

WAYS: Final = {
    "you": "(?:you|u|ya|yous|youu)",
    "your": "(?:your|ur|yr|you're|youre|yer)",
    "you're": "(?:you'?re|you are|u r|ur|u are|your)",
    "are": "(?:are|r)",
    "i'm": "(?:i'?m|i am)",
    "i'll": "(?:i'?ll|i will|i'?m gonna|i'?m going to|i am going to|imma|gonna|i'?d|i would|i can|i could)",
    "don't": "(?:don'?t|do not|dnt|dont u|don'?t you|never)",
    "can't": "(?:can'?t|cannot|can not|cnt)",
    "what": "(?:what|wot|wat|wut)",
    "what's": "(?:what'?s|wot'?s|wat'?s|what is|what are|what r)",
    "to": "(?:to|2)",
    "for": "(?:for|4)",
    "want to": "(?:wanna|want to|want 2|wan2|would like to|fancy|do you want to|love to|like to)",
    "parents": "(?:parents?|rents|mum|mom|mam|mummy|mother|dad|daddy|father|step ?dad|nan|sister|brother|family)",
    "anyone": "(?:any ?one|any ?body|no ?one|no ?body|a soul|them|people|any of (?:them|your mates|your friends))",
    "a few": r"(?:[^\s]+ ){0,3}?",
}
"""Ways of writing, by the plain one. Ours."""

_WAY: Final = re.compile("<([^<>=!?P][^<>]*)>")

_BEGIN: Final = r"(?<![^\W_])"
_END: Final = r"(?![^\W_])"


def spelt(pattern: str) -> str:
    """``pattern`` with its ``<ways>`` written out and its blanks made to match any blanks."""
    written = _WAY.sub(lambda found: WAYS[found[1]], pattern)
    return written.replace(" ?", r"\s?").replace(" ", r"\s+")


class Alternative:
    """One of the alternatives of a pattern, alone, and the words that a line needs for it."""

    def __init__(self, expression: str, needs_: Callable[[], Needs]) -> None:
        """``needs_`` is asked once, and only where a line is: most of what imports a rule asks it about none."""
        self._expression = expression
        self._needs = needs_

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first searched for: most never are."""
        return re.compile(self._expression)

    @cached_property
    def needs(self) -> Needs:
        """The words without which it cannot match. ValueError where it needs none."""
        found = self._needs()
        if not all(found):
            raise ValueError(self._expression)
        return found


class Phrases:
    """A pattern, and the words that a line needs for it. ``pattern`` alone is for what stands at one known place."""

    def __init__(self, pattern: re.Pattern[str], alternatives: Iterable[Alternative]) -> None:
        """A text that matches ``pattern`` matches one of ``alternatives``, and the first that does is the same."""
        self.pattern: Final = pattern
        self._alternatives = tuple(alternatives)
        self._last: tuple[Line | None, re.Match[str] | None] = (None, None)

    @property
    def alternatives(self) -> Iterable[tuple[Searched, Needs]]:
        """What is searched for where one alternative alone may stand, and what it needs. ValueError as of them."""
        # Groups are numbered through the whole of a pattern, and mean something else in a part of it.
        is_whole = self.pattern.groups > 0 or len(self._alternatives) == 1
        return tuple((self if is_whole else one, one.needs) for one in self._alternatives)

    @cached_property
    def needs(self) -> Needs:
        """The words without which it cannot match. ValueError where an alternative of it needs none."""
        return tuple(sets for one in self._alternatives for sets in one.needs)

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[frozenset[str], ...]]]:
        """By each of the rarest words of an alternative, what else the alternative needs."""
        found: dict[str, list[tuple[frozenset[str], ...]]] = {}
        for first, *others in self.needs:
            for word in first:
                found.setdefault(word, []).append(tuple(others))
        return found

    def alone_in(self, line: Line) -> re.Match[str] | None:
        """The first place where it stands in a line: for what is looked for in few lines, and not by asked.py."""
        if self._last[0] is not line:  # several rules ask the same of one message
            self._last = (line, self.pattern.search(line.text) if self._may_stand_in(line.bag) else None)
        return self._last[1]

    def _may_stand_in(self, bag: list[str]) -> bool:
        by_word = self._by_word
        for word in bag:
            if word in by_word:
                for others in by_word[word]:
                    for words in others:
                        if words.isdisjoint(bag):
                            break
                    else:
                        return True
        return False

    def all_in(self, line: Line) -> Iterable[re.Match[str]]:
        """Every place where it stands in a line of which it is known what may stand in it (asked.py)."""
        searched = line.may.get(self)
        return () if searched is None else searched.pattern.finditer(line.text)

    def first_in(self, line: Line) -> re.Match[str] | None:
        """The first place where it stands in such a line."""
        searched = line.may.get(self)
        return None if searched is None else searched.pattern.search(line.text)


def whole(*alternatives: str) -> Phrases:
    """Any of ``alternatives``, as whole words."""
    return _phrases(tuple(map(spelt, alternatives)), _END)


def open_end(*alternatives: str) -> Phrases:
    """Any of ``alternatives``, beginning with a whole word: what may follow stands in them."""
    return _phrases(tuple(map(spelt, alternatives)), "")


def needing(words: frozenset[str], pattern: str) -> Phrases:
    """A pattern of figures and signs, as in Python's ``re``; the words that it needs are named beside it."""
    return Phrases(re.compile(pattern), (Alternative(pattern, lambda: ((words,),)),))


def _phrases(spelt_out: tuple[str, ...], end: str) -> Phrases:
    each = (Alternative(_any_of((one,), end), partial(needs, one, bounded=bool(end))) for one in spelt_out)
    return Phrases(re.compile(_any_of(spelt_out, end)), each)


def _any_of(expressions: tuple[str, ...], end: str) -> str:
    return _BEGIN + "(?:" + "|".join(expressions) + ")" + end


REACH: Final = 60
"""Characters before a place in which ``before`` is looked for: so that a very long message costs no more a hit."""


def follows(pattern: re.Pattern[str], text: str, place: int) -> bool:
    """Whether the words of ``before`` stand right before a place."""
    return pattern.search(text, max(0, place - REACH), place) is not None


def before(*alternatives: str) -> re.Pattern[str]:
    """Any of ``alternatives`` as the last words before a place: ``follows(before("my"), text, place)``."""
    return re.compile(_BEGIN + "(?:" + "|".join(map(spelt, alternatives)) + r")\W*$")
