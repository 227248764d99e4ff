"""What the actions of review give of all conversations of a case together: frozen values, as those of shown.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from safehand.analysis.indicators.tally import Looked
from safehand.casefile.talked import Reading, Spoken, Unit
from safehand.casefile.talked_case import CaseHour, CaseTen, CaseTurn, CaseUnit
from safehand.casefile.timeline import ClockCount
from safehand.casefile.whole import StoredOverlap
from safehand.desk.cases.models import Case
from safehand.desk.review.shown import Mention
from safehand.desk.review.tags import Tag


@dataclass(frozen=True, slots=True)
class CaseTagSeen:
    """One tag in a case, by conversation: what people tagged, in its order there, and the first candidate of each
    account. A conversation with neither is not there.
    """

    tag: Tag
    cited: Mapping[int, tuple[Mention, ...]]
    offered: Mapping[int, Mapping[str | None, int]]


@dataclass(frozen=True, slots=True)
class CaseMentions:
    """Every tag in all conversations of a case."""

    case: Case
    conversations: tuple[int, ...]
    letters: tuple[str, ...]
    """Every account of the case."""
    looked: Mapping[int, Looked]
    """Of each conversation about which rules were asked, how much they could look at."""
    clocks: tuple[ClockCount, ...]
    overlaps: tuple[StoredOverlap, ...]
    """Conversations that are one in two exports: what they have in common stands in both."""
    rows: tuple[CaseTagSeen, ...]
    has_words: bool
    """Whether the list of words was here that some rules rest on."""


@dataclass(frozen=True, slots=True)
class CaseTalked:
    """When they talked in all conversations of a case: sums. No message and no name."""

    case: Case
    reading: Reading
    spoken: Mapping[int, Spoken]
    """Of each conversation."""
    lanes: tuple[int | None, ...]
    """Which conversations are told apart, in order; None stands for the others together."""
    overlaps: tuple[StoredOverlap, ...]
    """Conversations that are one in two exports: what they have in common is counted in both."""
    span: tuple[date, date] | None
    """The first day and the last; None where no message has one."""
    unit: Unit
    hours: tuple[CaseHour, ...] = ()
    days: tuple[CaseUnit, ...] = ()
    turns: tuple[CaseTurn, ...] = ()
    window: tuple[date, date] | None = None
    """The first and the last day of the cadence."""
    tens: tuple[CaseTen, ...] = ()
    """Those of the window."""
