"""Folding: a message's text in one plain spelling for the rules, and the way back to the characters as written.

    fold("I’m SOOO bored")        "i'm so bored", with each character's place in the original
    fold("ｈ3llo")                 "hello"
    words("i'm so bored")         ["im", "so", "bored"]

What is folded: case, curly apostrophes, accents, wide and other fancy forms of letters (NFKC), letters of other
alphabets inside a Latin word that look like Latin ones, invisible characters, a letter written three times or more,
digits that stand for letters inside a word. A word wholly in look-alike letters is not folded: it may be a word of its
own language. Folded text is never shown; what is shown is the original, with the words marked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_LOOK_ALIKE: Final = dict(zip("аеорсухіјѕԁһкмтвнαορτυνικ", "aeopcyxijsdhkmtbhaoptuvik", strict=True))
"""Cyrillic and Greek letters beside the Latin ones they look like. Ours, from the two alphabets."""

_LEET: Final = str.maketrans("01345", "oieas")
"""Digits that stand for letters, where letters stand on both sides. Not "@": it stands in addresses."""

_DRAWN_OUT: Final = re.compile(r"([a-z])\1\1")
_DIGIT_INSIDE: Final = re.compile(r"[01345](?<=[a-z].)[01345]*[a-z]")
_MIXED: Final = re.compile("[a-z][{0}]|[{0}][a-z]".format("".join(_LOOK_ALIKE)))
_RUN: Final = re.compile(r"([a-z])\1{2,}")
_WORD: Final = re.compile(r"[^\W_]+")
_LATIN: Final = re.compile("[a-z]")
_LETTER: Final = re.compile(r"[^\W\d_]")

_NO_ONE: Final = "\0"
"""Stands for a character that folds to none or to several; the text is then folded character by character."""


class Folded(NamedTuple):
    """``text`` in plain spelling. ``at`` has the place of each character in the original; None where it is the same.

    ``to`` has where each character's place ends, or None where that is always one further: of a word that was read as
    another every character stands for the whole of it (respelling.py).
    """

    text: str
    at: tuple[int, ...] | None
    to: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Characters ``start`` to ``end`` (not included, and not none) of ``text``, in the original."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1 if self.to is None else self.to[end - 1]


class _OneToOne(dict[int, str]):
    """For str.translate: each character to the one it folds to. Filled as characters are met; Unicode bounds it."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        self[code] = found = folded if len(folded) == 1 else _NO_ONE
        return found


class _Breaks(dict[int, "str | None"]):
    """For str.translate: apostrophes to nothing, all that is no letter or digit to a blank."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        self[code] = found = None if sign == "'" else sign if sign.isalnum() else " "
        return found


_ONE_TO_ONE: Final = _OneToOne()
_BREAKS: Final = _Breaks()


def fold(text: str) -> Folded:
    """``text`` in the one spelling that rules know. Any text has one."""
    if text.isascii():
        folded = text.lower()
        return _restore(folded) if _is_odd(folded) else Folded(folded, None)
    folded = text.translate(_ONE_TO_ONE)
    if _NO_ONE in folded:
        return _fold_each(text)
    return _restore(folded) if _is_odd(folded) or _MIXED.search(folded) else Folded(folded, None)


def fold_and_part(text: str) -> tuple[Folded, list[str], bool]:
    """``text`` folded, its words, and whether a figure may be among them: quicker than each for most messages."""
    if text.isascii():
        lowered = text.lower()
        parted = words(lowered)
        # Letters alone have no digit inside them.
        if "".join(parted).isalpha() and _DRAWN_OUT.search(lowered) is None:
            return Folded(lowered, None), parted, False
    folded = fold(text)
    return folded, words(folded.text), True


def _is_odd(folded: str) -> bool:
    # Two patterns: one with both in it takes half as long again.
    return _DRAWN_OUT.search(folded) is not None or _DIGIT_INSIDE.search(folded) is not None


def words(folded: str) -> list[str]:
    """The words of a folded text, without apostrophes: ``dont`` however it was written."""
    return folded.translate(_BREAKS).split()


def _fold_one(sign: str) -> str:
    if sign in "’‘ʼ`´＇":
        return "'"
    if unicodedata.category(sign) in {"Cf", "Mn", "Me"}:
        return ""  # invisible, or an accent that stands alone
    plain = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(one for one in plain if unicodedata.category(one) not in {"Mn", "Me"})


def _fold_each(text: str) -> Folded:
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        for one in _fold_one(sign):
            signs.append(one)
            at.append(place)
    return _restore("".join(signs), at)


def _restore(text: str, at: list[int] | None = None) -> Folded:
    """Words put back into plain spelling: look-alikes and digits one for one, then letters that were drawn out."""
    text = _WORD.sub(_restored_word, text)
    places = at or list(range(len(text)))
    if _RUN.search(text):
        keep = [True] * len(text)
        for run in _RUN.finditer(text):
            keep[run.start() + _kept(run) : run.end()] = [False] * (run.end() - run.start() - _kept(run))
        text = "".join(sign for sign, kept in zip(text, keep, strict=True) if kept)
        places = [place for place, kept in zip(places, keep, strict=True) if kept]
    elif at is None:
        return Folded(text, None)
    return Folded(text, tuple(places))


def _kept(run: re.Match[str]) -> int:
    """How many of a run of letters stay: two of "meeeet" and "telll", one of "sooo" and "heyyy"."""
    inside = run.start() > 0 and run.string[run.start() - 1].isalpha() and run.string[run.end() :][:1].isalpha()
    return 2 if run[1] == "l" or (inside and run[1] in "eo") else 1


def _restored_word(found: re.Match[str]) -> str:
    word = found[0]
    if _LATIN.search(word) is None:
        return word
    if not word.isascii():
        word = "".join(_LOOK_ALIKE.get(sign, sign) for sign in word)
    if len(word) < 4 or not (word[0].isalpha() and word[-1].isalpha()):
        return word
    letters = sum(1 for _ in _LETTER.finditer(word))
    # "h0me" and "s3cret" are words; "ab12cd34ef" is a code of some sort.
    return word.translate(_LEET) if letters * 3 >= len(word) * 2 else word
