"""Respelling: a folded text read as chat English, whatever way it is written in, with its places kept.

    respelt(fold("hoo auld are ye"), ["hoo", "auld", "are", "ye"])     "how old are you", each word at its own place

Which ways there are is spellings.py and spelling_phrases.py. A text that has no word of the table, as most have none,
is given back as it is. What is read is never shown: an indicator marks words as they were written, always whole ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from safehand.analysis.indicators.folding import Folded, words
from safehand.analysis.indicators.spelling_phrases import PHRASES
from safehand.analysis.indicators.spellings import WORDS

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)*")


class _Ready(NamedTuple):
    """A phrase, ready to be looked for. ``place``: where it stands in the table."""

    place: int
    cues: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]
    plain: str


_READY: Final = tuple(
    _Ready(place, tuple(frozenset(some.split()) for some in one.cues.split("&")), re.compile(one.pattern), one.plain)
    for place, one in enumerate(PHRASES)
)
_MARKED: Final = [one for one in _READY if one.cues == (frozenset(),)]
"""Those that are looked for only where a word of WORDS stood."""

_BY_CUE: Final[dict[str, list[_Ready]]] = {}
for _one in _READY:
    for _cue in _one.cues[0]:
        _BY_CUE.setdefault(_cue, []).append(_one)

CUES: Final = frozenset(WORDS).union(_BY_CUE)
"""A text with none of these words is given back as it is."""


def respelt(folded: Folded, parted: list[str]) -> tuple[Folded, list[str]]:
    """A folded text and its words, read by the table. The same objects where nothing of it is in the table."""
    if CUES.isdisjoint(parted):
        return folded, parted
    plain = folded if WORDS.keys().isdisjoint(parted) else _replaced(folded, _words_of(folded.text))
    if plain is not folded:
        parted = words(plain.text)
    for one in _wanted(parted, marked=plain is not folded):
        read = _replaced(
            plain, ((*found.span(), found.expand(one.plain)) for found in one.pattern.finditer(plain.text))
        )
        if read is not plain:
            plain, parted = read, words(read.text)
    return plain, parted


def _wanted(parted: list[str], *, marked: bool) -> list[_Ready]:
    """The phrases that may stand in a text of these words, in the order of the table."""
    met = {
        one
        for word in parted
        if word in _BY_CUE
        for one in _BY_CUE[word]
        if not any(some.isdisjoint(parted) for some in one.cues[1:])
    }
    return sorted(met.union(_MARKED) if marked else met, key=lambda one: one.place)


def _words_of(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _WORD.finditer(text):
        plain = WORDS.get(found[0].replace("'", ""))
        if plain is not None:
            yield (*found.span(), plain)


def _replaced(folded: Folded, changes: Iterable[tuple[int, int, str]]) -> Folded:
    """``folded`` with stretches of it replaced, in order; every character of what is put there has the whole place."""
    bits: list[str] = []
    at: list[int] = []
    to: list[int] = []
    done = 0
    for start, end, plain in changes:
        _keep(folded, done, start, bits, at, to)
        begin, stop = folded.place(start, end)
        bits.append(plain)
        at.extend([begin] * len(plain))
        to.extend([stop] * len(plain))
        done = end
    if not bits:
        return folded
    _keep(folded, done, len(folded.text), bits, at, to)
    return Folded("".join(bits), tuple(at), tuple(to))


def _keep(folded: Folded, start: int, end: int, bits: list[str], at: list[int], to: list[int]) -> None:
    bits.append(folded.text[start:end])
    places = range(start, end) if folded.at is None else folded.at[start:end]
    at.extend(places)
    to.extend([one + 1 for one in places] if folded.to is None else folded.to[start:end])
