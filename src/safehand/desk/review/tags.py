"""Tags: what a citation says that its message is about. A fixed list (domain.md F2.1), in the order it is printed.

    tag_of("secrecy").title       "Secrecy"
    tag_of("secrecy").kinds       which candidates the first-mention table offers beside it

A tag is set by a person. Rules only offer candidates.
No tag says what anybody is, and each may be read towards and away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.analysis.indicators.catalogue import rule_of
from safehand.casefile.candidates import Kinds


@dataclass(frozen=True, slots=True)
class Tag:
    """One of the list. ``kinds`` are the rules, and of each the kinds, whose candidates are offered: never none."""

    code: str
    title: str
    kinds: Kinds


def _all(*rules: str) -> dict[str, frozenset[str]]:
    return {rule: frozenset(kind.code for kind in rule_of(rule).kinds) for rule in rules}


def _some(rule: str, *kinds: str) -> dict[str, frozenset[str]]:
    return {rule: frozenset(rule_of(rule).kind(kind).code for kind in kinds)}


TAGS: Final = (
    Tag("age", "Age", _all("age_stated", "age_question") | _some("school_stage", "year_7_to_11", "year_12_or_13")),
    Tag(
        "age_answer",
        "Answer to an age",
        _some("age_reply", "acknowledges", "continues", "disputes", "withdraws") | _all("age_gap"),
    ),
    Tag("sexual_topic", "Sexual topic", _all("sexual_first")),
    Tag("image", "Picture or video", _all("image_request", "image_sent")),
    Tag("meeting", "Meeting", _some("meeting_proposal", "proposes", "with_time", "with_place")),
    Tag("place", "Place", _all("meeting_place")),
    Tag("time", "Time", _all("meeting_time")),
    Tag("secrecy", "Secrecy", _all("secrecy", "supervision_check")),
    Tag("platform", "Another platform", _all("platform_move")),
    Tag("inducement", "Inducement", _all("inducement")),
    Tag("pressure", "Pressure", _all("pressure_after_refusal") | _some("threat", "publish", "harm", "or_else")),
    Tag("hesitation", "Hesitation", _all("hesitation")),
    Tag(
        "withdrawal",
        "Withdrawal",
        _some("withdrawal", "withdraws")
        | _some("age_reply", "withdraws")
        | _some("meeting_outcome", "refused", "cancelled"),
    ),
    Tag("restart", "Writing again after silence", _all("re_engagement") | _some("withdrawal", "pursued")),
    Tag("fantasy", "Fantasy or play", _all("fantasy")),
    Tag(
        "doubt_of_age",
        "Doubt of age",
        _all("age_conflict") | _some("age_reply", "disputes") | _some("detection_risk", "real"),
    ),
    Tag(
        "vulnerability",
        "Vulnerability",
        _some("vulnerability", "lonely", "bullied", "home", "low") | _some("threat", "self_harm"),
    ),
    Tag("police_contact", "Police", _some("detection_risk", "set_up", "police", "told_police")),
)

_BY_CODE: Final = {tag.code: tag for tag in TAGS}


def tag_of(code: str) -> Tag:
    """The tag of that code; KeyError where there is none."""
    return _BY_CODE[code]
