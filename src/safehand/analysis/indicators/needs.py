r"""Needs: words without which a pattern cannot match, read off the pattern itself.

    needs(r"how\s+old\s+(?:are|r)\s+(?:you|u)")      {old}, {how} and {are, r}: one word of each has to be there
    needs(r"i'?ll\s+(?:send|post)")                  {post, send} and {ill}

Most messages hold no word that a pattern needs, and looking a word up is far quicker than the pattern. Nobody writes
these words down, so none can be forgotten: a word of a pattern that is left out of such a list is a message that no
rule points to, and nobody would see it. Words are as ``folding.words`` gives them.

An alternative is read from blank to blank. What stands between two is spelt out in every way it can be written, and of
each way one word is needed, the rarest; a stretch that can be anything needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, TypeAlias

from safehand.analysis.indicators.everyday import COMMON, COMMONEST

DIGIT: Final = "#"
"""Stands for any word with a figure in it."""

_ANY: Final = "\0"
"""In what is spelt out: anything at all, or nothing."""

_FIGURE: Final = "\1"
"""In what is spelt out: figures."""

_WAYS: Final = 1_000
"""Ways to spell a stretch out; beyond, what has most of them is taken for anything at all."""

_RANK: Final = {word: rank for rank, word in enumerate(COMMONEST)}

Spellings: TypeAlias = frozenset[str]


Needs: TypeAlias = tuple[tuple[frozenset[str], ...], ...]
"""One of each alternative: sets of words. A text that matches it has a word of each. None at all: nothing is known."""

_SETS: Final = 3
"""Sets of an alternative that are kept, the rarest first."""


def needs(*alternatives: str, bounded: bool = True) -> Needs:
    """What each of some alternatives needs. ``bounded``: a word ends where they end."""
    end = frozenset({" "}) if bounded else frozenset({_ANY})
    return tuple(
        tuple(sorted(_of_one((*items, end)), key=_commonness)[:_SETS])
        for one in alternatives
        for items in _Reader(one).sequences()
    )


def _commonness(words: frozenset[str]) -> tuple[int, list[str]]:
    return sum(map(_weight, words)), sorted(words)


def _weight(word: str) -> int:
    """About how often a word stands in a message, next to one that hardly ever does."""
    if word in _RANK:
        return 100 - _RANK[word]
    return 20 if word in COMMON or word == DIGIT else 1


def _of_one(items: Iterable[Spellings]) -> Iterator[frozenset[str]]:
    """The sets of which an alternative needs a word each. ``items``: what stands one after the other."""
    stretch: list[Spellings] = []
    for spellings in (*items, frozenset({" "})):
        if spellings != {" "}:
            stretch.append(spellings)
            continue
        found = _needed(_joined(stretch))
        if found:
            yield found
        stretch = []


def _needed(spellings: Spellings) -> frozenset[str] | None:
    """The fewest and rarest words of which every way of spelling has one; None where one has none."""
    every = [frozenset(_words(one)) for one in sorted(spellings)]
    if not all(every):
        return None
    left = every = list(dict.fromkeys(every))
    chosen: list[str] = []
    while left:
        counts: dict[str, int] = {}
        for words in left:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        best = min(counts, key=lambda word: (_weight(word) / counts[word], word))
        chosen.append(best)
        left = [words for words in left if best not in words]
    # The first ones chosen may be needed no more once the last ones are.
    for word in sorted(chosen, key=_weight, reverse=True):
        others = frozenset(chosen) - {word}
        if not any(others.isdisjoint(words) for words in every):
            chosen.remove(word)
    return frozenset(chosen)


def _words(spelt: str) -> Iterator[str]:
    plain = "".join(sign if sign.isalnum() or sign in {_ANY, _FIGURE} else " " for sign in spelt.replace("'", ""))
    for word in plain.split():
        if _FIGURE in word:
            yield DIGIT
        elif _ANY not in word:
            yield word


def _joined(stretch: Iterable[Spellings]) -> Spellings:
    """Every way to spell what stands one after the other."""
    ways: Spellings = frozenset({""})
    for spellings in stretch:
        few = spellings if len(ways) * len(spellings) <= _WAYS else _blurred(spellings)
        if len(ways) * len(few) > _WAYS:
            return frozenset({_ANY})
        ways = frozenset(map("".join, product(ways, few)))
    return ways


def _blurred(spellings: Spellings) -> Spellings:
    """Anything at all in the place of many ways; whether there is a blank before or after it, or nothing, stays."""
    some = spellings - {""}
    before = " " if all(way.startswith(" ") for way in some) else ""
    after = " " if all(way.endswith(" ") for way in some) else ""
    return frozenset({before + _ANY + after}) | (spellings & {""})


_REPEATED: Final = re.compile(r"(?:\?|\*|\+|\{(\d*)(?:,\d*)?\})[?+]?")
_ENDS_WORD: Final = (r"(?![^\W_])", r"\b")
_NO_WORD: Final = re.compile(r"\\W[*+]|\\s\*\\\?|\\s\+|\$|\[[.,!?;:]+\]|,")
"""With what begins that which ends a word, where it is looked for ahead: signs, a blank, the end of the text."""

_CLASS: Final = re.compile(r"\[(?:\\.|[^\]\\])+\]")


class _Reader:
    """Reads the notation of patterns: as much of Python's ``re`` as the rules use."""

    def __init__(self, expression: str) -> None:
        self._text = expression
        self._at = 0

    def sequences(self) -> list[list[Spellings]]:
        """The alternatives of the whole of it."""
        found = [self.sequence()]
        while self._take("|"):
            found.append(self.sequence())
        return found

    def sequence(self) -> list[Spellings]:
        """One item after the other, up to a bar or a bracket; every run of blanks is one item."""
        items: list[Spellings] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            items.append(self._repeated(self._item()))
        return items

    def _alternatives(self) -> Spellings:
        ways = _joined(self.sequence())
        while self._take("|"):
            ways |= _joined(self.sequence())
        self._take(")")
        return ways if len(ways) <= _WAYS else _blurred(ways)

    def _item(self) -> Spellings:
        for end in _ENDS_WORD:
            if self._take(end):
                return frozenset({" "})
        if self._take("(?:"):
            return self._alternatives()
        for look in ("(?=", "(?!", "(?<=", "(?<!"):
            if self._take(look):
                begin = self._at
                self._alternatives()
                ahead = self._text[begin : self._at - 1].split("|")
                is_end = look == "(?=" and all(map(_NO_WORD.match, ahead))
                return frozenset({" " if is_end else ""})
        if self._take("("):
            return self._alternatives()
        if self._text[self._at] == "[":
            return self._class()
        return self._sign()

    def _class(self) -> Spellings:
        found = _CLASS.match(self._text, self._at)
        if found is None:
            raise ValueError(self._text)
        self._at = found.end()
        inside = found[0][1:-1].replace(r"\s", " ")
        if inside.strip("0123456789-") == "":
            return frozenset({_FIGURE})
        is_plain = "\\" not in inside and inside[0] != "^" and "-" not in inside[1:-1]
        return frozenset(inside) if is_plain else frozenset({_ANY})

    def _sign(self) -> Spellings:
        sign = self._text[self._at]
        self._at += 1
        if sign == ".":
            return frozenset({_ANY})
        if sign in "^$":
            return frozenset({""})
        if sign != "\\":
            return frozenset({sign})
        escaped = self._text[self._at]
        self._at += 1
        if escaped in "sW":  # either parts words; of an apostrophe, line.bag has both sides
            return frozenset({" "})
        if escaped == "d":
            return frozenset({_FIGURE})
        return frozenset({"" if escaped in "AZ" else _ANY if escaped.isalpha() else escaped})

    def _repeated(self, item: Spellings) -> Spellings:
        found = _REPEATED.match(self._text, self._at)
        if found is None:
            return item
        self._at = found.end()
        none = frozenset({""}) if found[0][0] in "?*" or found[1] in {"0", ""} else frozenset()
        if found[0][0] == "?" or item in ({" "}, {_FIGURE}):
            return item | none
        return _blurred(item) | none

    def _take(self, what: str) -> bool:
        if not self._text.startswith(what, self._at):
            return False
        self._at += len(what)
        return True
