"""How hard words are to read: the Flesch-Kincaid grade (Kincaid and others, 1975), and 5 years for the reading age.

    reading_age(["Call 999.", "The chat can wait."])

    grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59

Each line is at least a sentence: a list's items and a heading are read one by one. Numbers and references are passed
over. Syllables are counted by groups of vowels, less a silent e and a few endings, and more for a few pairs; against
words counted by hand (tests/unit/seal/test_seal_holder_words.py), it is right or one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_TWO = re.compile(r"(?<![tsc])i[ao]|iet|eo(?!p)|ea$|[aeiou]ing$|ua[lt]")
"""Two vowels side by side that are two syllables: quiet, being, idea."""

_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e|[aeiouy]le?ed)$")


def syllables(word: str) -> int:
    """Of one word. A capital abbreviation is spelled out: BBC has three."""
    if word.isupper() and len(word) > 1:
        return len(word)
    low = word.lower().replace("’", "'").removesuffix("'s")
    low = re.sub(r"[^a-z]", "", low)
    count = len(_VOWELS.findall(low)) + len(_TWO.findall(low))
    if _SILENT.search(low) and count > 1 and not low.endswith(("sses", "ses", "ges", "ces", "xes", "shes", "ches")):
        count -= 1
    return max(1, count)


def grade(lines: Iterable[str]) -> float:
    """The school year, in the United States, of somebody who can read it."""
    sentences = [part for line in lines for part in _SENTENCE.split(line) if _WORD.search(part)]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59


def reading_age(lines: Iterable[str]) -> float:
    """The age at which it can be read: the grade and five years."""
    return grade(lines) + 5
