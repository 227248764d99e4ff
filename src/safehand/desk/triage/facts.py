"""What the rules of grades may look at: facts that somebody declared, each with the few codes it may have.

    facts = Facts({"child_in_danger": frozenset({"yes"})}, (Meeting(at, Basis.STATED),))
    facts.codes("contact_goes_on")     frozenset({"open"}): nobody answered

A holder declares them, in an urgent notice or in a package's statement, or an officer, as a tag. Where two of them say
different things, both stand: a rule that looks for either finds it. No word that anybody wrote is here, so a grade can
be given by an officer who may not read a chat (domain.md F6.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from safehand.errors import UsageError
from safehand.seal.meeting import Basis

OPEN: Final = "open"
"""Nobody answered: left, not known, or would rather not say. It is no "no"."""

WRITTEN: Final = "written"
"""Answered in the holder's own words, which no rule reads."""

_YES_NO: Final = ("yes", "no", OPEN)

TAGS: Final[dict[str, str]] = {
    "child_missing": "A child is missing",
    "child_with_other_side": "A child is with the other person",
    "live_abuse": "A child is being harmed now",
    "self_harm": "Somebody may harm themself",
    "confrontation_now": "A confrontation is going on",
    "blackmail": "Somebody is being blackmailed",
    "named_publicly": "The other person was named in public",
    "group_planning": "A group means to be at a meeting",
    "about_to_vanish": "Evidence is about to be lost",
    "duplicate": "It is the same as another report",
    "insufficient": "There is too little in it to act on",
}
"""What an officer may note of a report. Each is a fact that was told, and none says what a person is."""

DANGER_SIGNS: Final = (
    "weapons",
    "threats",
    "self_harm",
    "blackmail",
    "other_children",
    "money_or_travel",
    "drugs",
    "none",
)

FACTS: Final[dict[str, tuple[str, ...]]] = {
    "child_in_danger": _YES_NO,
    "meeting": ("under_way", "planned", "no", OPEN),
    "meeting_time": ("soon", "near", "later", "passed", "unknown", "happened"),
    "child": ("real", "both", "adult", OPEN),
    "contact_goes_on": _YES_NO,
    "danger_signs": (*DANGER_SIGNS, WRITTEN, OPEN),
    "access_to_children": ("yes", "no", WRITTEN, OPEN),
    "confronted": _YES_NO,
    "group_attending": _YES_NO,
    "fragile": _YES_NO,
    "published": _YES_NO,
    "tags": tuple(TAGS),
}
"""Every fact with every code it may have. ``meeting_time`` is made of the meetings and of what time it is."""

ASKED: Final[dict[str, str]] = {
    "child_in_danger": "Is a child in danger now?",
    "meeting": "Is a meeting planned?",
    "meeting_time": "When is it?",
    "child": "Who is on the child’s side?",
    "contact_goes_on": "Are messages still being exchanged?",
    "danger_signs": "Are there signs of danger?",
    "access_to_children": "Does the other person live or work with children?",
    "confronted": "Has anybody confronted the other person?",
    "group_attending": "Does a group mean to be there?",
    "fragile": "May the chat soon be lost?",
    "published": "Was any of it posted or shown to others?",
    "tags": "What did an officer note?",
}
"""The facts as questions, for a screen."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time at which a meeting may be. ``at`` is its earliest reading, in UTC; None when not even the day is known."""

    at: datetime | None
    basis: Basis
    until: datetime | None = None
    """The last moment at which it may begin, where words leave a stretch or there are several readings."""
    happened: bool = False
    """An officer said that it happened."""
    not_known_at: datetime | None = None
    """When an officer said last that this is not known."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is declared of one report. UsageError for a fact or a code that is not in the table."""

    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()

    def __post_init__(self) -> None:
        for name, codes in self.declared.items():
            if name == "meeting_time" or name not in FACTS or not codes <= set(FACTS[name]):
                raise UsageError("A rule of grades looks at no such fact.", where=name)
        object.__setattr__(self, "declared", MappingProxyType(dict(self.declared)))

    def codes(self, name: str) -> frozenset[str]:
        """What was declared of a fact; ``open`` when nothing was. Once somebody answered, it is open no more."""
        codes = self.declared.get(name, frozenset())
        return (codes - {OPEN}) or frozenset({OPEN} if OPEN in FACTS[name] else ())


def joined(*several: Facts) -> Facts:
    """What several sources declare of one report, all of it."""
    names = {name for facts in several for name in facts.declared}
    declared = {name: frozenset().union(*(facts.declared.get(name, ()) for facts in several)) for name in names}
    return Facts(declared, tuple(meeting for facts in several for meeting in facts.meetings))
