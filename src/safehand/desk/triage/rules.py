"""The grade that is suggested for a report, with every rule that spoke for it: domain.md 6.3 as a pure function.

    suggestion = suggest(facts, now, table)
    suggestion.grade       Grade.IMMEDIATE
    suggestion.reasons     (Reason("meeting_soon", Grade.IMMEDIATE, "A meeting begins within 4 hours, …", used=…), …)
    suggestion.until       when time alone would change it, or None

The most urgent rule that holds is the grade. Nothing is counted and nothing is added: there is no score. An urgent
question that nobody answered raises the grade to PRIORITY at least, and lowers none. The same facts at the same moment
give the same suggestion; the rules are data (data/grade-rules.toml, rule_table.py), and whoever doubts a grade can
apply them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from safehand.desk.triage.facts import OPEN, Facts
from safehand.desk.triage.grade import Grade, most_urgent
from safehand.desk.triage.meeting_time import Hours, next_change, time_word

UNANSWERED: Final = "unanswered"
NOTHING_URGENT: Final = "nothing_urgent"
OWN_RULES: Final = (UNANSWERED, NOTHING_URGENT)
"""The two rules that no table holds, so that no unit can take them away."""

Used: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Facts by name, each with the codes a rule found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: it holds when every fact of ``all`` has one of the codes beside it."""

    id: str
    grade: Grade
    words: str
    all: Mapping[str, frozenset[str]]
    shadow: bool = False
    """Being tried out: what it would have done is kept, and it changes nothing."""


@dataclass(frozen=True, slots=True)
class RuleTable:
    """All rules that are asked. ``version`` names this very table, thresholds included."""

    version: str
    rules: tuple[Rule, ...]
    urgent: tuple[str, ...]
    hours: Hours


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that held, and the answers it rests on."""

    rule: str
    grade: Grade
    words: str
    used: Used


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules suggest at one moment. The reasons of the grade itself come first."""

    grade: Grade
    reasons: tuple[Reason, ...]
    version: str
    until: datetime | None = None
    shadow: tuple[Reason, ...] = ()
    """What rules that are being tried out would have said."""


def suggest(facts: Facts, now: datetime, table: RuleTable) -> Suggestion:
    """The suggestion for these facts at this moment."""
    known = _known(facts, now, table)
    held = [_reason(rule, known) for rule in table.rules if _holds(rule, known)]
    live = {rule.id for rule in table.rules if not rule.shadow}
    reasons = [reason for reason in held if reason.rule in live] + _unanswered(known, table)
    reasons = reasons or [_NOTHING]
    return Suggestion(
        grade=most_urgent(reason.grade for reason in reasons),
        reasons=tuple(sorted(reasons, key=lambda reason: reason.grade.place)),
        version=table.version,
        until=next_change(facts.meetings, now, table.hours),
        shadow=tuple(reason for reason in held if reason.rule not in live),
    )


_Known: TypeAlias = Mapping[str, frozenset[str]]

_NOTHING: Final = Reason(
    NOTHING_URGENT, Grade.SCHEDULED, "Every urgent question is answered, and no answer names danger.", ()
)


def _known(facts: Facts, now: datetime, table: RuleTable) -> _Known:
    asked = {name for rule in table.rules for name in rule.all} | {*table.urgent} - {"meeting_time"}
    known = {name: facts.codes(name) for name in asked if name != "meeting_time"}
    known["meeting_time"] = frozenset(time_word(meeting, now, table.hours) for meeting in facts.meetings)
    return known


def _holds(rule: Rule, known: _Known) -> bool:
    return all(known[name] & codes for name, codes in rule.all.items())


def _reason(rule: Rule, known: _Known) -> Reason:
    used = tuple((name, tuple(sorted(known[name] & codes))) for name, codes in rule.all.items())
    return Reason(rule.id, rule.grade, rule.words, used)


def _unanswered(known: _Known, table: RuleTable) -> list[Reason]:
    used = tuple((name, (OPEN,)) for name in table.urgent if OPEN in known[name])
    if not used:
        return []
    words = "An urgent question is not answered: the answer may be the one that counts."
    return [Reason(UNANSWERED, Grade.PRIORITY, words, used)]
