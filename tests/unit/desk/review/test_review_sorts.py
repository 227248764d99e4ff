"""Every rule has one word in the gutter, and nobody is shown mere context who did not ask for it."""

from __future__ import annotations

from collections import Counter

import pytest

from safehand.analysis.indicators.catalogue import CATALOGUE, rule_of
from safehand.analysis.indicators.rule import Points
from safehand.desk.review.sorts import CHOICES, EVERYTHING, LEFT_TO_PASSAGES, SORTS, USUAL, kinds_of, sort_of


def test_every_rule_of_the_catalogue_belongs_to_one_sort() -> None:
    gathered = Counter(rule for sort in SORTS for rule in sort.rules)
    assert gathered == Counter(rule.id for rule in CATALOGUE if rule.id != LEFT_TO_PASSAGES)
    assert sort_of(LEFT_TO_PASSAGES) is None
    assert sort_of("a_rule_of_another_version") is None


def test_a_sort_is_a_word_or_three_and_each_is_another() -> None:
    assert len({sort.label for sort in SORTS}) == len({sort.code for sort in SORTS}) == len(SORTS)
    assert max(len(sort.label) for sort in SORTS) <= 14


def test_context_is_marked_only_for_whoever_asks() -> None:
    usual = {(rule, kind) for rule, kinds in kinds_of(USUAL).items() for kind in kinds}
    assert {rule_of(rule).kind(kind).points for rule, kind in usual} == set(Points) - {Points.CONTEXT}
    assert "relationship_talk" not in kinds_of(USUAL)
    assert "parting" in kinds_of("meeting")["meeting_proposal"]
    assert "parting" not in kinds_of(USUAL)["meeting_proposal"]


def test_what_points_away_is_marked_by_the_same_choice_as_what_points_towards() -> None:
    for sort in SORTS:
        if sort.usual:
            for rule in sort.rules:
                meant = {kind.code for kind in rule_of(rule).kinds if kind.points is not Points.CONTEXT}
                assert kinds_of(USUAL).get(rule, frozenset()) == meant, rule


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_marks_something_and_everything_marks_all(choice: str) -> None:
    assert kinds_of(choice)
    for rule, kinds in kinds_of(choice).items():
        assert kinds <= kinds_of(EVERYTHING)[rule]
