"""Rules: what one looks for, which way it can be read, why it matters, and where it is known to be wrong. All as data.

    Rule("age_question", title="Age asked about", number=2,
         version=1, towards="…", away="…", why="…", false_alarms=("…",),
         kinds=(Kind("asks", Points.BOTH, "asks how old the other is"),))

Every rule says both ways what it may point to, with the same care, and what sets it off wrongly. ``number`` is its
number in the catalogue (analysis.md section 6). A rule whose words or whose kinds change gets a new ``version``: an
indicator that was stored says by which version it was found.

How a rule is asked is sorts.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from safehand.analysis.indicators.indicator import Words


class Points(StrEnum):
    """Which way an indicator can be read. People decide; a rule never does."""

    TOWARDS = "towards"
    AWAY = "away"
    BOTH = "both"
    """It is read both ways: who wrote it, and what stands around it, decide."""
    CONTEXT = "context"
    """It tells nothing alone and never ranks."""
    WELFARE = "welfare"
    """Somebody may come to harm, whoever wrote it."""


class Kind(NamedTuple):
    """One thing a rule can see: a code, which way it can be read, and plain words that finish "This message …"."""

    code: str
    points: Points
    says: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is told of a rule wherever it is shown."""

    id: str
    title: str
    """What it is called where people read: a few plain words, of no person."""
    number: int
    version: int
    towards: str
    away: str
    why: str
    false_alarms: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def kind(self, code: str) -> Kind:
        """The kind of that code; KeyError where the rule has none such."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)


class Hit(NamedTuple):
    """What a word rule found: characters ``start`` to ``end`` of the line's own (folded) text."""

    kind: str
    start: int
    end: int
    value: int | None = None


class Found(NamedTuple):
    """What either sort of rule found, with the words as the source wrote them."""

    rule: Rule
    kind: str
    numbers: tuple[int, ...]
    words: tuple[Words, ...] = ()
    by: str | None = None
    value: int | None = None
