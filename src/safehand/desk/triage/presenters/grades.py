"""Grades and their reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from safehand.desk.triage.facts import ASKED, OPEN, TAGS, WRITTEN
from safehand.desk.triage.grade import Grade

_COLOURS: Final = {
    Grade.IMMEDIATE: "govuk-tag--red",
    Grade.PRIORITY: "govuk-tag--orange",
    Grade.SCHEDULED: "govuk-tag--blue",
    Grade.INFORMATION: "govuk-tag--grey",
}
"""Never the only sign: the word stands in the tag."""

_CODES: Final[dict[str, str]] = {
    OPEN: "not answered",
    WRITTEN: "answered in the holder’s own words",
    "yes": "yes",
    "no": "no",
    "under_way": "it is under way",
    "planned": "it is planned",
    "soon": "within hours, or begun",
    "near": "within days",
    "later": "later",
    "passed": "its time has passed",
    "unknown": "nobody says when",
    "happened": "an officer said that it has happened",
    "real": "a real child",
    "both": "a child at first, an adult later, or both",
    "adult": "an adult writes on that account",
    "weapons": "weapons",
    "threats": "threats",
    "self_harm": "self-harm",
    "blackmail": "blackmail",
    "other_children": "other children",
    "money_or_travel": "money or travel",
    "drugs": "drugs",
    "none": "none of them",
}


@dataclass(frozen=True, slots=True)
class GradeTag:
    """A grade as a tag: its word, its colour, and what it asks for."""

    words: str
    colour: str
    means: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One rule that held: its id, its grade, why, and the answers it rests on."""

    rule: str
    grade: GradeTag
    words: str
    answers: tuple[tuple[str, str], ...]


def grade_tag(grade: Grade) -> GradeTag:
    """The tag of a grade."""
    return GradeTag(grade.words, _COLOURS[grade], grade.means)


def code_words(fact: str, code: str) -> str:
    """One answer in words."""
    return TAGS[code] if fact == "tags" else _CODES[code]


def reason_lines(reasons: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Why, a line for each rule; of questions that nobody answered, which."""
    return tuple(_line(reason) for reason in reasons)


def reason_rows(reasons: Sequence[dict[str, Any]]) -> tuple[ReasonRow, ...]:
    """The same with the answers, for the page of one report."""
    return tuple(
        ReasonRow(
            reason["rule"],
            grade_tag(Grade(reason["grade"])),
            reason["words"],
            tuple((ASKED[fact], ", ".join(code_words(fact, code) for code in codes)) for fact, codes in reason["used"]),
        )
        for reason in reasons
    )


def _line(reason: dict[str, Any]) -> str:
    if reason["rule"] != "unanswered":
        return str(reason["words"])
    many = len(reason["used"])
    first = ASKED[reason["used"][0][0]]
    return f"Not answered: {first}" if many == 1 else f"Not answered: {first} And {many - 1} more."
