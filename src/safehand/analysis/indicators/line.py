"""A line: one message as the rules look at it, with what was found in it so far."""

from __future__ import annotations

import re
from typing import Final

from safehand.analysis.indicators.folding import Folded, fold, words
from safehand.analysis.indicators.indicator import Words
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.indicators.rule import Found, Rule
from safehand.model.message import Message

_FIGURE: Final = re.compile(r"\d")


class Line:
    """One message, folded. ``at`` is when, in microseconds by one clock of the conversation, or None."""

    __slots__ = ("at", "bag", "by", "folded", "found", "may", "message", "number", "text", "words")

    def __init__(self, message: Message, folded: Folded, words_: list[str]) -> None:
        self.message = message
        self.number = message.number
        self.by = message.sender_id or message.sender
        self.at = message.sent.order_key()
        self.folded = folded
        self.text = folded.text
        self.words = words_
        self.bag = bag(folded.text, words_)
        """What words a pattern can need of it (needs.py)."""
        self.may: set[object] = set()
        """The patterns that may stand in it (asked.py)."""
        self.found: list[Found] = []
        """What the rules found in this message, in the order of the catalogue."""

    def place(self, start: int, end: int) -> Words:
        """Characters of the folded text, as characters of the message."""
        return Words(self.number, *self.folded.place(start, end))

    def has(self, rule: Rule, *kinds: str) -> bool:
        """Whether that rule found something in this message (of one of ``kinds``, where any are named)."""
        return self.first(rule, *kinds) is not None

    def first(self, rule: Rule, *kinds: str) -> Found | None:
        """The first thing that rule found in this message, or None."""
        for found in self.found:
            if found.rule is rule and (not kinds or found.kind in kinds):
                return found
        return None


def bag(text: str, words_: list[str]) -> list[str]:
    """The words, with DIGIT where one has a figure, and what stands before and after an apostrophe on its own."""
    has_figure = _FIGURE.search(text) is not None
    if "'" in text:
        return words_ + words(text.replace("'", " ")) + [DIGIT] * has_figure
    return [*words_, DIGIT] if has_figure else words_


def line_of(message: Message) -> Line:
    """A message as a line; one without text is an empty one."""
    folded = fold(message.text or "")
    return Line(message, folded, words(folded.text))
