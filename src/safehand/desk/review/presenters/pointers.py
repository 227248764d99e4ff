"""Indicators in the reader, in words: a mark in the gutter, and what the panel says of each rule, both ways.

    gutter      Age                 a word or two, beside the message
    panel       This message states an age of 13 to 15.    Words: “im 13”
                What it may mean · What else it may mean · Why it may matter · Known to be wrong about

A candidate is a prompt to look. Nothing here is ticked, counted up or weighed; what a rule may mean and what else it
may mean are told with the same care. Words of a message stand in the reader alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from safehand.analysis.indicators.catalogue import CATALOGUE, rule_of
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.meeting_rules import MEETING_TIME
from safehand.analysis.indicators.rule import Rule
from safehand.casefile.indicators import StoredIndicator
from safehand.casefile.views import Line
from safehand.desk.core import say
from safehand.desk.core.clock import moment
from safehand.desk.review.sorts import sort_of

_QUOTED: Final = 160
"""Characters of matched words that the panel repeats: they are marked in the message itself."""

_UNKNOWN: Final = "was pointed to by a rule that this version does not have"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What is told of a rule wherever one of its candidates is shown."""

    id: str
    title: str
    version: int
    sort: str
    towards: str
    away: str
    why: str
    wrong: tuple[str, ...]
    """What is known to set it off wrongly."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """One candidate of a message, for the panel."""

    sort: str
    says: str
    words: tuple[str, ...]
    earlier: tuple[int, ...]
    """Messages that it follows from."""
    names_time: bool
    """Does it point to a time at which a meeting may be?"""
    read_as: str
    """For a time: the earliest moment that its words may mean."""
    version: int
    rule: RuleWords | None
    """None for a rule that this version does not have."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Everything that points at one message: ``labels`` for the gutter, each once; ``cues`` to be marked in it."""

    labels: tuple[str, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    cues: tuple[tuple[int, int], ...] = ()


NOTHING: Final = Pointed()


def pointed(found: Sequence[StoredIndicator], lines: Mapping[int, Line]) -> dict[int, Pointed]:
    """By message number, what points at it. ``lines`` are the messages of the page, for words of earlier ones."""
    by_number: dict[int, list[Indicator]] = {}
    for one in found:
        by_number.setdefault(one.number, []).append(one.indicator)
    return {number: _pointed(number, here, lines) for number, here in by_number.items()}


def rules_on(pointed_: Mapping[int, Pointed]) -> tuple[RuleWords, ...]:
    """Every rule that the panel may have to tell of on this page, once."""
    rules = {one.rule.id: one.rule for here in pointed_.values() for one in here.pointers if one.rule is not None}
    return tuple(rules.values())


def rule_words(rule_id: str) -> RuleWords | None:
    """What this version knows of a rule."""
    return _RULES.get(rule_id)


def _rule_words(rule: Rule) -> RuleWords:
    sort = sort_of(rule.id)
    label = sort.label if sort is not None else ""
    return RuleWords(rule.id, rule.title, rule.version, label, rule.towards, rule.away, rule.why, rule.false_alarms)


_RULES: Final = {rule.id: _rule_words(rule) for rule in CATALOGUE}
"""Every rule of this version: what is told of it is the same on every page."""


def kind_words(rule_id: str, kind: str) -> str:
    """Words that finish "This message …"."""
    try:
        return rule_of(rule_id).kind(kind).says
    except KeyError:
        return _UNKNOWN


def _pointed(number: int, here: Sequence[Indicator], lines: Mapping[int, Line]) -> Pointed:
    pointers = tuple(_pointer(one, lines) for one in here)
    return Pointed(
        labels=tuple(dict.fromkeys(one.sort for one in pointers if one.sort)),
        pointers=pointers,
        cues=tuple(sorted({(w.start, w.end) for one in here for w in one.words if w.number == number})),
    )


def _pointer(one: Indicator, lines: Mapping[int, Line]) -> Pointer:
    sort = sort_of(one.rule)
    return Pointer(
        sort=sort.label if sort is not None else "",
        says=kind_words(one.rule, one.kind),
        words=tuple(dict.fromkeys(words for w in one.words if (words := _words(lines, w.number, w.start, w.end)))),
        earlier=one.numbers[:-1],
        names_time=one.rule == MEETING_TIME.id,
        read_as=_read_as(one),
        version=one.version,
        rule=rule_words(one.rule),
    )


def _words(lines: Mapping[int, Line], number: int, start: int, end: int) -> str:
    line = lines.get(number)
    text = line.message.text if line is not None else None
    words = (text or "")[start:end]
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]} …"


def _read_as(one: Indicator) -> str:
    if one.rule != MEETING_TIME.id or one.value is None:
        return ""
    try:
        return f"{say.uk_time(moment(one.value))} UK time"
    except (OverflowError, ValueError):  # a year that no calendar holds
        return ""
