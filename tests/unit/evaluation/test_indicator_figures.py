"""docs/evaluation.md is what the evaluation prints, and the evaluation can say no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from band import reached, reached_wide
from conversations import Conversation, Label, Said, parsed, read_conversations
from counted import Counted
from indicator_rules import MARKS, page, recorded
from judging import STRUCTURE, TOKENS, Judged, looked_at
from measured import CORPUS, Measured, measure
from repository import text_of
from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Points
from shares import Share
from variants import VARIANTS, varied

WORDS = WordList("tokens", {kind: frozenset(words) for kind, words in TOKENS.items()})


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


def test_the_page_is_what_the_evaluation_prints(measured: Measured) -> None:
    document = text_of("docs/evaluation.md")
    assert document == recorded(document, page(measured))


def test_the_same_conversations_are_looked_at_twice_alike() -> None:
    planted = read_conversations(CORPUS / "planted")
    assert looked_at(planted, WORDS) == looked_at(planted, WORDS)


def test_every_rule_has_five_pairs_of_its_own_and_planted_cases_point_both_ways() -> None:
    for rule in CATALOGUE:
        pairs = parsed((CORPUS / "pairs" / f"{rule.number:02d}_{rule.id}.txt").read_text(encoding="utf-8"))
        ids = [one.id for one in pairs]
        assert len(ids) >= 10
        assert all(
            one.endswith("+") and other == one[:-1] + "-" for one, other in zip(ids[::2], ids[1::2], strict=True)
        )
        for one in pairs:
            labels = [label for line in one.lines for label in line.labels]
            assert labels
            assert {(label.rule, label.wanted) for label in labels} == {(rule.id, one.id.endswith("+"))}
    planted = {name: (CORPUS / "planted" / f"{name}.txt").read_text(encoding="utf-8") for name in ("towards", "away")}
    assert sum(len(parsed(text)) for text in planted.values()) >= 30
    assert all(len(parsed(text)) >= 15 for text in planted.values())


def test_labels_name_rules_and_kinds_that_there_are() -> None:
    known = {rule.id: {kind.code for kind in rule.kinds} | {""} for rule in CATALOGUE}
    for path in sorted(CORPUS.glob("*/*.txt")):
        for one in parsed(path.read_text(encoding="utf-8")):
            for label in (label for line in one.lines for label in line.labels):
                assert label.kind in known[label.rule], one.id


def _judged(text: str, *, whole: bool) -> Judged:
    judged = Judged()
    conversations = parsed(text)
    found = looked_at(conversations, WORDS)
    for one in conversations:
        judged.judge(one, found[one.id], whole=whole)
    return judged


HEAD = "== x-01\n-- 2025-11-18\n"


def test_a_label_that_is_found_counts_and_one_that_is_not_is_missed() -> None:
    judged = _judged(f"{HEAD}16:20 A: im 13\n  > age_stated 13_to_15\n16:21 B: hi\n  > age_question\n", whole=False)
    assert (judged.recall("age_stated"), judged.recall("age_question")) == (Share(1, 1), Share(0, 1))
    assert judged.missed == ["x-01:2 age_question"]
    assert judged.pointing(Points.TOWARDS) == Share(1, 1)


def test_another_kind_than_the_label_asks_for_is_a_miss() -> None:
    assert _judged(f"{HEAD}16:20 A: im 12\n  > age_stated 13_to_15\n", whole=False).recall("age_stated") == Share(0, 1)
    assert _judged(f"{HEAD}16:20 A: im 12\n  > age_stated\n", whole=False).recall("age_stated") == Share(1, 1)


def test_pointing_where_it_may_not_is_wrong_and_context_alone_is_not() -> None:
    assert _judged(f"{HEAD}16:20 A: im 13\n  ! age_stated\n", whole=False).precision("age_stated") == Share(0, 1)
    parting = _judged(f"{HEAD}16:20 A: see you tomorrow\n  ! meeting_proposal\n", whole=False)
    assert parting.precision("meeting_proposal") == Share(0, 0)


def test_in_a_whole_conversation_what_has_no_label_is_wrong() -> None:
    text = f"{HEAD}16:20 A: im 13\n"
    assert _judged(text, whole=True).precision("age_stated") == Share(0, 1)
    assert _judged(text, whole=False).precision("age_stated") == Share(0, 0)


URGENT = f"""{HEAD}16:20 A: im 13
16:21 B: shall we meet at the park at 6
16:22 A: ok
"""


@pytest.mark.parametrize(
    ("text", "way", "wide"),
    [
        (URGENT, "agreed_near", True),
        (URGENT.replace(" at 6", "").replace("ok\n", "ok\n16:40 B: im on my way\n"), "under_way", True),
        (URGENT.replace("im 13", "im 33"), "", False),
        (URGENT.replace("at 6", "on friday"), "", False),
        (URGENT + "18:01 A: that was nice\n", "", False),
        (URGENT.replace(" at 6", "") + "16:40 B: im on my way\n21:00 A: home now\n", "", False),
        (URGENT.replace("A: ok", "A: no sorry im not allowed"), "", True),
        (URGENT + "16:30 B: actually i cant make it\n", "", True),
        (URGENT.replace(" at 6", "") + "-- 2025-11-20\n16:30 A: omw\n", "", True),
        (URGENT.replace("B: shall we meet at the park at 6", "B: did u water the beans at 6"), "", False),
    ],
    ids=[
        "near",
        "under way",
        "no child's age",
        "days away",
        "past",
        "long there",
        "not agreed",
        "called off",
        "days after",
        "no meeting",
    ],
)
def test_the_top_band_asks_for_an_age_an_agreement_and_the_next_hours(text: str, way: str, *, wide: bool) -> None:
    (one,) = parsed(text)
    found = looked_at([one], WORDS)[one.id]
    assert reached(one, found) == way
    assert reached_wide(one, found) is wide


def test_an_innocent_conversation_on_top_breaks_the_gate_and_is_named(measured: Measured) -> None:
    blind = replace(measured.blind, innocent=Counted())
    clean = replace(measured, innocent=Counted(), unseen_innocent=Counted(), blind=blind)
    broken = replace(measured, innocent=replace(measured.innocent, top=["lifts-01"]))
    assert not replace(clean, blind=replace(blind, innocent=Counted(top=["x-01"]))).no_innocent_on_top()
    assert not replace(clean, unseen_innocent=Counted(top=["long-01"])).no_innocent_on_top()
    assert clean.no_innocent_on_top()
    assert not broken.no_innocent_on_top()
    assert not broken.holds()
    assert "**broken**: no innocent" in page(broken)
    assert "lifts-01" in page(broken)


@pytest.mark.parametrize(
    ("away", "towards", "holds"),
    [([True], [True], True), ([True], [False], True), ([True, False], [True, True], False)],
)
def test_finding_less_of_what_points_away_breaks_the_gate(
    measured: Measured, away: list[bool], towards: list[bool], *, holds: bool
) -> None:
    judged = Judged(by_points={Points.AWAY: away, Points.TOWARDS: towards})
    nothing = replace(measured, judged=Judged(), unseen=Judged(), blind=replace(measured.blind, judged=Judged()))
    assert nothing.away_as_well_as_towards()
    assert replace(nothing, judged=judged).away_as_well_as_towards() is holds
    assert replace(nothing, unseen=judged).away_as_well_as_towards() is holds
    assert replace(nothing, blind=replace(measured.blind, judged=judged)).away_as_well_as_towards() is holds


def test_messages_are_counted_once_however_many_rules_point_there() -> None:
    said = (Said(datetime(2025, 11, 18, 16, 20), "A", "im 13, whats your snap, dont tell anyone", (Label("x", ""),)),)  # noqa: DTZ001
    one = Conversation("x-01", "plain", (), "", said)
    counted = Counted()
    counted.take(one, looked_at([one], WORDS)["x-01"])
    assert len(counted.candidates) >= 3
    assert (counted.pointed_messages, counted.messages, counted.towards) == (1, 1, 1)
    assert counted.per_1000(counted.pointed_messages) == 1_000
    assert counted.rules == [len(counted.candidates.keys() - STRUCTURE)]


def test_a_variant_changes_letters_and_no_token() -> None:
    (one,) = parsed(f"{HEAD}16:20 A: it's [sexual-remark] over\n16:21 B: <photo> look\n")
    assert [line.text for line in varied(one, "capitals").lines] == ["IT'S [sexual-remark] OVER", "<photo> LOOK"]
    assert varied(one, "0 for o in long words").lines[1].text == "<photo> l00k"
    for variant in VARIANTS:
        lines = varied(one, variant).lines
        assert "[sexual-remark]" in lines[0].text
        assert lines[1].text.startswith("<photo>")
        assert (lines[0].by, lines[0].at) == (one.lines[0].by, one.lines[0].at)


def test_every_variant_writes_some_pair_otherwise() -> None:
    pairs = read_conversations(CORPUS / "pairs")
    for variant in VARIANTS:
        assert any(varied(one, variant).lines != one.lines for one in pairs), variant


@pytest.mark.parametrize("document", ["no marks", MARKS[0], MARKS[1] + MARKS[0], MARKS[0] + MARKS[0] + MARKS[1]])
def test_a_document_without_its_two_marks_is_not_written(document: str) -> None:
    with pytest.raises(ValueError, match="two marks"):
        recorded(document, "figures")
