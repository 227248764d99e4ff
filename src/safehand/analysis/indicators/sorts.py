"""The two sorts of rules: those that need one message, and those that need the ones before it.

A word rule is a pure function of the text of one message. A thread rule looks at what word rules found, at who wrote
and when, and keeps a bounded memory of one conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import Phrases
from safehand.analysis.indicators.rule import Found, Hit, Rule


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule that needs one message and nothing else.

    It is asked about messages in which one of its ``phrases`` may stand, and about those that hold one of ``words`` or
    of ``signs`` (bits of text): that keeps it from nineteen messages in twenty.
    """

    rule: Rule
    phrases: tuple[Phrases, ...]
    find: Callable[[Line], Iterable[Hit]]
    words: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    near: Rule | None = None
    """Told only within ``within`` messages after one in which that rule found something."""
    within: int = 0
    otherwise: str | None = None
    """The kind that is told where it is not near. None: nothing is told there, and the rule is not even asked."""


PICTURE: Final = "a picture"
"""Stands among the rules that wake another where a picture or video may have come with a message."""


class ThreadRule(Protocol):
    """A rule that needs the messages before. One is made for each conversation; its memory is bounded."""

    waiting: bool
    """Whether it has to see the next message whatever was found in it."""

    @property
    def wakes(self) -> frozenset[str]:
        """The rules (ids) of which something that is found makes it look."""
        ...

    def look(self, line: Line) -> Iterable[Found]:
        """The next message: every one in which something of ``wakes`` was found, and all while ``waiting``."""
        ...

    def end(self) -> Iterable[Found]:
        """The conversation is over: what is only known now."""
        ...


def hits(line: Line, *kinds: tuple[str, Phrases]) -> Iterator[Hit]:
    """Everything that the patterns find in a message, each as its kind."""
    for kind, pattern in kinds:
        for found in pattern.all_in(line):
            yield Hit(kind, found.start(), found.end())


def spread(*words: str) -> frozenset[str]:
    """Cues from strings of words parted by blanks."""
    return frozenset(word for many in words for word in many.split())
