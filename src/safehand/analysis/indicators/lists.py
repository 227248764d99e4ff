"""Word lists: words that are not written in this repository, by class, from a published package at build time.

    load_words(path)         the list that scripts/words built, or WordListMissing
    WordList(...)            what a test hands in: tokens such as "[sexual-remark]"
    finder(words, WordClass.ACT)     finds its words in a folded text

A list of rude words is no detector of a sexual topic: nine in ten of its hits in ordinary messages are swearing
(analysis.md 0.8). So it is split into classes, and only acts and parts of the body mark a topic. The classes after
PROFANITY are empty in the live list: they let a test stand a token where a rule's own words would be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from safehand.analysis.indicators.folding import fold, words
from safehand.analysis.indicators.patterns import Alternative, Phrases
from safehand.errors import WordListMissing

SCHEMA: Final = "safehand.words/1"
"""The one key of the built file; below it the package, its version, and the words by class."""

BUILT: Final = Path(__file__).parent / "built" / "words.json"
"""Where scripts/words puts the list. It is built, never committed."""

_NEVER: Final = re.compile(r"(?!)")


class WordClass(StrEnum):
    """What a word of a list is."""

    ACT = "act"
    BODY = "body"
    PROFANITY = "profanity"
    IMAGE_REQUEST = "image_request"
    THREAT = "threat"
    SELF_HARM = "self_harm"
    COMPLIMENT = "compliment"


@dataclass(frozen=True, slots=True)
class WordList:
    """Words and phrases by class. ``name`` says which list, in which version, for whoever reads an indicator."""

    name: str
    classes: Mapping[WordClass, frozenset[str]] = field(default_factory=dict)

    def of(self, kind: WordClass) -> frozenset[str]:
        """The words of a class; none where the list has none."""
        return self.classes.get(kind, frozenset())

    def cues(self, kind: WordClass) -> frozenset[str]:
        """The first word of every entry of a class, as folding.words gives it."""
        firsts = (words(fold(entry).text)[:1] for entry in self.of(kind))
        return frozenset(first for found in firsts for first in found)


NO_WORDS: Final = WordList("none")
"""What stands where no list was built: rules that need one find nothing, and say that they did not look."""


def finder(list_: WordList, kind: WordClass) -> Phrases:
    """Finds any entry of a class as a whole word of a folded text. Longer entries are tried first."""
    entries = sorted({fold(entry).text for entry in list_.of(kind)} - {""}, key=lambda entry: (-len(entry), entry))
    pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, entries)) + r")(?![^\W_])") if entries else _NEVER
    return Phrases(pattern, (Alternative(pattern.pattern, lambda: ((list_.cues(kind),),)),))


def load_words(path: Path = BUILT) -> WordList:
    """The list that was built, or WordListMissing where there is none or it is not one of ours."""
    try:
        return _list_of(json.loads(path.read_bytes())[SCHEMA])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise WordListMissing(
            "The list of words that some rules need is not here, or is damaged.",
            todo="Build it with scripts/words; until then those rules find nothing and say so.",
        ) from err


def _list_of(stored: dict[str, Any]) -> WordList:
    classes = {WordClass(kind): frozenset(map(str, entries)) for kind, entries in stored["classes"].items()}
    return WordList(f"{stored['package']} {stored['version']}", classes)
