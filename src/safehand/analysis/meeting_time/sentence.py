"""A text as a string of letters, one for each word, with what each word is worth and where it stands.

    sentence = read("see u at half 5")
    sentence.letters        five letters, for other_small pron at half hour (sorts.py)
    sentence.values         [0, 0, 0, 0, 5]
    sentence.span(3, 5)     (9, 15)

One pass, in proportion to the text. Expressions of several words become one.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import Final, TypeAlias

from safehand.analysis.meeting_time.expressions import EXPRESSIONS, FIRST_WORDS
from safehand.analysis.meeting_time.risky import means_a_day
from safehand.analysis.meeting_time.sorts import LETTERS
from safehand.analysis.meeting_time.words import TRIGGERS, WORDS, Word

_NO_MORE: Final = r"(?![0-9./-]?[0-9])"
_YEAR: Final = r"(?:20[0-9]{2}|[0-9]{2})"
_WORD: Final = re.compile(
    r"['’]?[^\W\d_](?!\.m\b)\w*(?:['’][^\W\d_]\w*)*"
    rf"|(?<![0-9./-])(?:[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR}"
    rf"|[0-9]{{1,2}}\.[0-9]{{1,2}}\.{_YEAR}|[0-9]{{1,2}}-[0-9]{{1,2}}-{_YEAR}){_NO_MORE}"
    r"|(?<![0-9./])[0-9]{1,2}/[0-9]{1,2}(?![0-9/])"
    r"|(?<![0-9.:])[0-9]{1,2}(?:[:.][0-5][0-9]|h[0-5][0-9](?![0-9a-z]))(?![0-9]|[.:][0-9])"
    r"|[0-9]+(?![ap]\.m\b)[a-z]+"
    r"|[0-9]+"
    r"|[ap]\.m\b\.?"
    r"|[^\s\w]|\n|_",
)
"""Words, dates, clock times, figures with and without letters behind them, a.m. and p.m., and each other sign alone."""

_WORDS_ONLY: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"[0-9]+")
_BREAKS: Final = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}
WORTH: Final = TRIGGERS | FIRST_WORDS
"""A text that names a time has one of these words, or a figure."""


_MARKS: Final = {
    **dict.fromkeys(".!;\n…", "stop"),
    **dict.fromkeys(',()"“”*', "comma"),
    **dict.fromkeys("-–—~", "dash"),
    **dict.fromkeys("£$€#", "money"),
    **dict.fromkeys("%°", "unit"),
    "?": "question",
    "@": "at",
    "&": "and_",
    "+": "and_",
    "/": "or_",
}

Lettered: TypeAlias = tuple[str, int]
"""The letter of a word's sort (sorts.py), and its value."""

_KNOWN: Final[dict[str, Lettered]] = {
    **{word: (LETTERS[sort], value) for word, (sort, value) in WORDS.items()},
    **{sign: (LETTERS[sort], 0) for sign, sort in _MARKS.items()},
}
_OTHER: Final = ("other", 0)
_UNKNOWN: Final = (LETTERS["other"], 0)
_AM_PM: Final = {f"{sign}.m{dot}": (f"{sign}m", _KNOWN[f"{sign}m"]) for sign in "ap" for dot in (".", "")}
_WHOLE: Final = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)|[0-9]{1,2}h[0-5][0-9]")
_ALONE: Final = frozenset(first for first, ends in EXPRESSIONS.items() if any(not rest for rest, _ in ends))
_SECONDS: Final = {first: frozenset(rest[0] for rest, _ in ends if rest) for first, ends in EXPRESSIONS.items()}
_RISKY: Final = LETTERS["risky_day"]
_HALF: Final = LETTERS["half"]
_DRAWN_OUT: Final = re.compile(r"(.)\1\1+")
_ISH_TOO: Final = frozenset({"noon", "midday", "midnight", "lunchtime", "teatime"})
_PARTS_OF_ONE: Final = {"1/2": ("half", 0), "1/4": ("quarter", 0), "24/7": ("blank", 0)}
_FAR: Final = 9_999
"""Figures above it are no time, no day and no year."""


class Sentence:
    """What a text is made of, word by word. ``words`` are in small letters without apostrophes."""

    __slots__ = ("_lengths", "_lowered", "_pieces", "_places", "letters", "values", "words")

    def __init__(
        self, lowered: str, pieces: list[str], words: list[str], found: list[Lettered], lengths: list[int]
    ) -> None:
        """``pieces`` stand in the text as they are; ``lengths``: of how many of them each word is made."""
        self.words = words
        self.letters = "".join([letter for letter, _ in found])
        self.values = [value for _, value in found]
        self._lowered = lowered
        self._pieces = pieces
        self._lengths = lengths
        self._places: list[tuple[int, int]] = []

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The characters on which the words from ``first`` up to ``end`` (not included) stand."""
        if not self._places:  # worked out for the few texts of which somebody asks
            self._places = _places(self._lowered, self._pieces, self._lengths)
        return self._places[first][0], self._places[end - 1][1]


def _places(lowered: str, pieces: list[str], lengths: list[int]) -> list[tuple[int, int]]:
    starts = []
    at = 0
    for piece in pieces:  # between pieces there is white space alone, so the next one found is the one
        at = lowered.index(piece, at)
        starts.append(at)
        at += len(piece)
    places = []
    at = 0
    for length in lengths:
        last = at + length - 1
        places.append((starts[at], starts[last] + len(pieces[last])))
        at += length
    return places


def small(text: str) -> str:
    """The text in small letters, as long as it was: offsets stay true."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def worth_reading(lowered: str) -> bool:
    """Whether a text in small letters can name a time: it has a figure, or one of the words."""
    if _DIGITS.search(lowered) is not None:
        return True
    # Nearly every message ends here; for text in ASCII this is the quickest way to its words.
    words = lowered.translate(_BREAKS).split() if lowered.isascii() else _WORDS_ONLY.findall(lowered)
    return not WORTH.isdisjoint(words)


def read(lowered: str) -> Sentence:
    """The sentence of a text that ``small`` gave."""
    pieces = _WORD.findall(lowered)
    known = list(map(_KNOWN.get, pieces))
    words = pieces
    found: list[Lettered]
    if None in known:
        pieces, words, found = _with_odd_ones(pieces, known)
    else:
        found = [one for one in known if one is not None]
    words, found, lengths = _joined(words, found)
    letters = "".join([letter for letter, _ in found])
    if _RISKY in letters or _HALF in letters:
        _decide(words, found)
    return Sentence(lowered, pieces, words, found, lengths)


def _with_odd_ones(pieces: list[str], known: list[Lettered | None]) -> tuple[list[str], list[str], list[Lettered]]:
    """The pieces, with figures parted from the letters behind them; the words they are; and what each is."""
    parted: list[str] = []
    words: list[str] = []
    found: list[Lettered] = []
    for piece, one in zip(pieces, known, strict=True):
        if one is not None or _is_plain(piece):
            parted.append(piece)
            words.append(piece)
            found.append(one or _UNKNOWN)
            continue
        for part, word, lettered in _odd(piece):
            parted.append(part)
            words.append(word)
            found.append(lettered)
    return parted, words, found


def _decide(words: list[str], found: list[Lettered]) -> None:
    """Settles what only the words beside it can tell: whether "sat" is a day, and whether "1/2" is a half or a date."""
    letters = [letter for letter, _ in found]
    for place, (letter, value) in enumerate(found):
        if letter == _RISKY:
            found[place] = LETTERS["weekday" if means_a_day(words, letters, place) else "other"], value
            letters[place] = found[place][0]
        elif letter == _HALF and words[place] == "1/2" and place and words[place - 1] in {"on", "by"}:
            found[place] = LETTERS["date_short"], 102


def _is_plain(piece: str) -> bool:
    """Whether it is letters alone, none of them drawn out: most words are, and then it is no word of ours."""
    return piece.isalpha() and len(piece) - len(set(piece)) < 2 and piece[-3:] != "ish"


_Odd: TypeAlias = tuple[tuple[str, str, Lettered], ...]


def _odd(piece: str) -> _Odd:
    """What is no word of ours as it stands: one word, or a figure and the letters that hang on it."""
    first = piece[0]
    if first.isalpha() or (len(piece) > 1 and first in "'’"):
        return ((piece, *_odd_word(piece)),)
    if not "0" <= first <= "9":
        return ((piece, piece, _UNKNOWN),)
    figures = _figures_before_letters(piece)
    if not figures:
        return ((piece, piece, _lettered(*_figures(piece))),)
    number, letters = piece[:figures], piece[figures:]
    return (number, number, _lettered(*_number(number))), (letters, *_behind_figures(letters))


def _lettered(sort: str, value: int) -> Lettered:
    return LETTERS[sort], value


def _odd_word(word: str) -> tuple[str, Lettered]:
    """A word without its apostrophes, its drawn-out letters, or "ish"."""
    plain = word
    if word in _AM_PM:
        return _AM_PM[word]
    if not word.isalnum():
        plain = word.replace("'", "").replace("’", "")
        if plain in _KNOWN:
            return plain, _KNOWN[plain]
    if len(plain) > 3 and _DRAWN_OUT.search(plain):
        return plain, _KNOWN.get(_DRAWN_OUT.sub(r"\1", plain), _UNKNOWN)
    if plain.endswith("ish") and plain.removesuffix("ish") in _ISH_TOO:
        return plain, _KNOWN[plain.removesuffix("ish")]
    return plain, _UNKNOWN


def _figures_before_letters(word: str) -> int:
    """How many figures stand before letters that hang on them ("8pm", "20mins"); 0 where that is one word ("2moro")."""
    if not ("0" <= word[0] <= "9" and "a" <= word[-1] <= "z") or word in _KNOWN or _WHOLE.fullmatch(word):
        return 0
    return len(word.rstrip(ascii_lowercase))


def _behind_figures(word: str) -> tuple[str, Lettered]:
    if word in {"pmish", "amish"}:
        word = word[:2]
    sort, value = WORDS.get(word, _OTHER)
    # "8x" and "5a" are no hours: letters that hang on a figure and are no word we know are a unit of something.
    return word, (LETTERS["unit" if sort in {"other", "glad", "a", "other_small"} else sort], value)


def _figures(word: str) -> Word:
    """Figures alone, or with what makes of them a date or a clock time."""
    if word.isdigit():
        return _number(word)
    if word[-1].isalpha():
        return "ordinal", int(word[:-2])
    if len(_DIGITS.findall(word)) == 3:
        return "date_year", _long_date(word)
    return _short_date(word) if "/" in word else _clock(word)


def _number(figures: str) -> tuple[str, int]:
    if len(figures) > 4:
        return "big", _FAR
    value = int(figures)
    if len(figures) > 2:
        return "long", value
    if figures[0] == "0":
        return "pad", value
    return ("hour" if value <= 12 else "num"), value


def _clock(word: str) -> tuple[str, int]:
    hour, minute = word[:-3], int(word[-2:])
    if int(hour) > 23:
        return _OTHER
    exact = hour[0] == "0" or int(hour) > 12
    return "clock24" if exact else "clock12", int(hour) * 60 + minute


def _short_date(word: str) -> tuple[str, int]:
    if word in _PARTS_OF_ONE:
        return _PARTS_OF_ONE[word]
    first, second = word.split("/")
    return "date_short", int(first) * 100 + int(second)


def _long_date(word: str) -> int:
    """Year, first and second figure as one integer: 20260403 for 3/4/26, and for 2026-04-03 too."""
    first, second, third = (int(part) for part in _DIGITS.findall(word))
    if first > 31:
        return first * 10_000 + third * 100 + second
    return (third if third > 99 else 2000 + third) * 10_000 + first * 100 + second


def _joined(words: list[str], found: list[Lettered]) -> tuple[list[str], list[Lettered], list[int]]:
    """The same with every expression as one word, the longest first; and of how many pieces each word is."""
    firsts = [
        place
        for place, word in enumerate(words)
        if word in EXPRESSIONS and (word in _ALONE or (place + 1 < len(words) and words[place + 1] in _SECONDS[word]))
    ]
    new_words: list[str] = []
    new_found: list[Lettered] = []
    lengths: list[int] = []
    done = 0
    for place in firsts:
        whole = _expression(words, place) if place >= done else None
        if whole is not None:
            length, sort, value = whole
            new_words += words[done : place + 1]
            new_found += found[done:place]
            new_found.append((LETTERS[sort], value))
            lengths += [1] * (place - done)
            lengths.append(length)
            done = place + length
    if not done:
        return words, found, [1] * len(words)
    return new_words + words[done:], new_found + found[done:], lengths + [1] * (len(words) - done)


def _expression(words: list[str], place: int) -> tuple[int, str, int] | None:
    for rest, (sort, value) in EXPRESSIONS[words[place]]:
        if tuple(words[place + 1 : place + 1 + len(rest)]) == rest:
            return 1 + len(rest), sort, value
    return None
