"""Rules that are tried out, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from safehand.desk.core import say
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.presenters.grades import GradeTag, grade_tag
from safehand.desk.triage.shadow import ShadowOf


@dataclass(frozen=True, slots=True)
class ShadowRow:
    """One rule, and what it would have changed."""

    id: str
    tag: GradeTag
    words: str
    held: int
    raised: int
    changes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def shadow_rows(rules: Sequence[ShadowOf]) -> tuple[ShadowRow, ...]:
    """A row for each."""
    return tuple(
        ShadowRow(
            rule.rule,
            grade_tag(rule.grade),
            rule.words,
            rule.held,
            rule.raised.total(),
            tuple(
                f"{say.counted(rule.raised[grade], 'report')} from {grade.words} to {rule.grade.words}"
                for grade in Grade
                if rule.raised[grade]
            ),
            tuple((reference, reverse("triage:triage", args=[reference])) for reference in rule.cases),
        )
        for rule in rules
    )
