"""Sorts of indicators: the short words in the gutter, each with the rules of the catalogue that it gathers.

    SORTS                    a row each: "Age", "Meeting" …
    sort_of("age_stated")    the sort of a rule
    kinds_of("")             what is marked unless something else is asked for
    kinds_of("meeting")      every kind of the rules of one sort, context too

A gutter has room for a word or two (ux.md 4.1). A sort is a heading and no more: nothing is counted by it.
What is not marked unless asked for: kinds that tell nothing alone (Points.CONTEXT), warm words, and who began.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.analysis.indicators.language import RECORD_INTEGRITY
from safehand.analysis.indicators.rule import Points, Rule
from safehand.casefile.candidates import Kinds

USUAL: Final = ""
"""The choice of an officer who has made none."""

EVERYTHING: Final = "everything"


@dataclass(frozen=True, slots=True)
class Sort:
    """A word for the gutter. ``usual``: marked unless something else is asked for."""

    code: str
    label: str
    rules: tuple[str, ...]
    usual: bool = True


SORTS: Final = (
    Sort("age", "Age", ("age_stated", "age_question", "school_stage", "age_reply", "age_gap", "age_conflict")),
    Sort("sexual", "Sexual topic", ("sexual_first", "sexual_episode")),
    Sort("picture", "Picture", ("image_request", "image_sent")),
    Sort(
        "meeting",
        "Meeting",
        ("meeting_proposal", "meeting_time", "meeting_place", "travel_logistics", "en_route", "meeting_outcome"),
    ),
    Sort("elsewhere", "Elsewhere", ("contact_share", "platform_move")),
    Sort("secrecy", "Secrecy", ("secrecy", "supervision_check")),
    Sort("offer", "Offer", ("inducement",)),
    Sort("pressure", "Pressure", ("pressure_after_refusal",)),
    Sort("harm", "Harm", ("threat",)),
    Sort("doubt", "Doubt", ("detection_risk", "fantasy")),
    Sort("hesitation", "Hesitation", ("hesitation",)),
    Sort("drawing_back", "Drawing back", ("withdrawal",)),
    Sort("need", "In need", ("vulnerability",)),
    Sort("first", "First of topic", ("topic_first",)),
    Sort("began", "Who began", ("contact_initiated", "re_engagement"), usual=False),
    Sort("warm", "Warm words", ("relationship_talk",), usual=False),
)

CHOICES: Final = (USUAL, EVERYTHING, *(sort.code for sort in SORTS))

_OF_RULE: Final = {rule: sort for sort in SORTS for rule in sort.rules}


def sort_of(rule: str) -> Sort | None:
    """The sort of a rule; None for a rule of another version, and for the one that says what was not analysed."""
    return _OF_RULE.get(rule)


@cache
def kinds_of(choice: str) -> Kinds:
    """Which kinds of which rules are marked. ``choice`` is one of CHOICES."""
    return {rule.id: kinds for rule in CATALOGUE if (kinds := _kinds(rule, choice))}


def _kinds(rule: Rule, choice: str) -> frozenset[str]:
    sort = _OF_RULE.get(rule.id)
    if sort is None:
        return frozenset()
    if choice in (EVERYTHING, sort.code):
        return frozenset(kind.code for kind in rule.kinds)
    if choice == USUAL and sort.usual:
        return frozenset(kind.code for kind in rule.kinds if kind.points is not Points.CONTEXT)
    return frozenset()


LEFT_TO_PASSAGES: Final = RECORD_INTEGRITY.id
"""Of no sort: that a passage was not analysed is always said."""
