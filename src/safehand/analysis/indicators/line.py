"""A line: one message as the rules look at it, with what was found in it so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from safehand.analysis.indicators.folding import Folded, fold_and_part, words
from safehand.analysis.indicators.indicator import Words
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.indicators.respelling import CUES, respelt
from safehand.analysis.indicators.rule import Found, Rule
from safehand.model.message import Message

_ASKS: Final = frozenset(
    ("image_request", "meeting_proposal", "secrecy", "platform_move", "supervision_check", "inducement", "sexual_first")
)


class Searched(Protocol):
    """What is searched for in a line."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """It, for a folded text."""
        ...


_NONE: Final[Mapping[object, Searched]] = MappingProxyType({})


class Line:
    """One message, folded. ``at`` is when, in microseconds by one clock of the conversation, or None."""

    __slots__ = ("at", "bag", "by", "drawn_back", "folded", "found", "may", "message", "number", "text", "words")

    def __init__(self, message: Message, folded: Folded, words_: list[str], bag: list[str]) -> None:
        self.message = message
        self.number = message.number
        self.by = message.sender_id or message.sender
        self.at = message.sent.order_key()
        self.folded = folded
        self.text = folded.text
        self.words = words_
        self.bag = bag
        """What words a pattern can need of it (needs.py)."""
        self.may: Mapping[object, Searched] = _NONE
        """The patterns (patterns.Phrases) that may stand in it, each with what of it may (asked.py)."""
        self.drawn_back: tuple[re.Match[str] | None] | None = None
        """The words with which it draws back from an age, once somebody asked for them (drawing_back.py)."""
        self.found: list[Found] = []
        """What the rules found in this message, in the order of the catalogue."""

    def place(self, start: int, end: int) -> Words:
        """Characters of the folded text, as characters of the message."""
        return Words(self.number, *self.folded.place(start, end))

    @property
    def time_text(self) -> str:
        """The text that a reader of times reads: as written, or as it was respelt ("the morra"); "" where none is."""
        return self.text if self.folded.to is not None else self.message.text or ""

    def time_place(self, start: int, end: int) -> Words:
        """Characters of ``time_text``, as characters of the message."""
        return self.place(start, end) if self.folded.to is not None else Words(self.number, start, end)

    def has(self, rule: Rule, *kinds: str) -> bool:
        """Whether that rule found something in this message (of one of ``kinds``, where any are named)."""
        return self.first(rule, *kinds) is not None

    def asks_for_something(self) -> bool:
        """Whether a rule found in it that something is proposed, asked for, offered or kept quiet."""
        return any(found.rule.id in _ASKS for found in self.found)

    def first(self, rule: Rule, *kinds: str) -> Found | None:
        """The first thing that rule found in this message, or None."""
        for found in self.found:
            if found.rule is rule and (not kinds or found.kind in kinds):
                return found
        return None


def line_of(message: Message) -> Line:
    """A message as a line; one without text is an empty one."""
    folded, words_, has_figures = fold_and_part(message.text or "")
    if not CUES.isdisjoint(words_):
        folded, words_ = respelt(folded, words_)
        has_figures = True
    bag = words_
    if "'" in folded.text:  # what stands before and after one may be a word of its own
        bag = words_ + words(folded.text.replace("'", " "))
    if has_figures and words_ and not "".join(words_).isalpha():
        bag = [*bag, DIGIT]
    return Line(message, folded, words_, bag)
