"""The blind set is what its README says, and the evaluation tells it by length, by writers and at the gates."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from blind import Blind, blind_length, blind_of
from blind_tables import blind_by_length, blind_by_writers, the_blind
from conversations import WRITERS, Conversation, Said, parsed, read_conversations
from counted import Counted
from judging import TOKENS, Judged, label_points, looked_at
from measured import CORPUS
from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Points

WORDS = WordList("tokens", {kind: frozenset(words) for kind, words in TOKENS.items()})
PLANTED = read_conversations(CORPUS / "blind_planted")
INNOCENT = read_conversations(CORPUS / "blind_innocent")

_TOKEN = re.compile(r"\[[^\]]*\]")


def test_blind_conversations_are_whole_and_each_its_own() -> None:
    every = [*PLANTED, *INNOCENT]
    assert len({one.id for one in every}) == len(every)
    assert all(one.sides and one.writers for one in every)
    assert len(PLANTED) >= 60
    assert len(INNOCENT) >= 40
    texts = Counter(line.text for one in every for line in one.lines if len(line.text) > 25)
    assert [text for text, times in texts.items() if times > 1] == []


def test_blind_planted_conversations_are_labelled_and_innocent_ones_are_not() -> None:
    for one in PLANTED:
        assert any(line.labels for line in one.lines), one.id
        assert all(label.wanted for line in one.lines for label in line.labels), one.id
    assert not any(one.band or line.labels for one in INNOCENT for line in one.lines)


def test_blind_labels_name_rules_and_kinds_that_there_are_and_none_twice_at_a_line() -> None:
    known = {rule.id: {kind.code for kind in rule.kinds} | {""} for rule in CATALOGUE}
    for one in PLANTED:
        for line in one.lines:
            assert all(label.kind in known[label.rule] for label in line.labels), one.id
            assert len(set(line.labels)) == len(line.labels), one.id


def test_the_blind_set_asks_for_about_as_much_that_points_away_as_towards() -> None:
    labels = [label for one in PLANTED for line in one.lines for label in line.labels]
    ways = Counter(label_points(label.rule, label.kind) for label in labels)
    assert 0.8 <= ways[Points.AWAY] / ways[Points.TOWARDS] <= 1.25


def test_the_blind_set_is_written_in_every_way_and_of_every_length() -> None:
    for conversations, fewest in ((PLANTED, 5), (INNOCENT, 4)):
        assert min(Counter(one.writers for one in conversations)[group] for group in WRITERS) >= fewest
    assert Counter(map(blind_length, PLANTED)) == {"up to 15": 33, "16 to 60": 59, "150 and more": 5}
    assert Counter(map(blind_length, INNOCENT)) == {
        "up to 15": 41,
        "16 to 60": 12,
        "61 to 149": 10,
        "150 and more": 3,
    }


def test_no_long_line_of_the_blind_set_stands_in_another_set() -> None:
    names = ("innocent", "planted", "pairs", "unseen_innocent", "unseen_planted")
    other = [one for name in names for one in read_conversations(CORPUS / name)]
    assert other
    texts = [{line.text for one in every for line in one.lines} for every in (other, [*PLANTED, *INNOCENT])]
    again = sum(len(text) > 20 for text in texts[0] & texts[1])
    assert again == 0, "of two texts the one here has to be written otherwise; which it is, is not told"


def test_nothing_in_brackets_stands_in_the_blind_set_but_tokens_and_none_in_an_innocent_conversation() -> None:
    known = {token for named in TOKENS.values() for token in named}
    assert {token for one in PLANTED for line in one.lines for token in _TOKEN.findall(line.text)} <= known
    assert not any(_TOKEN.search(line.text) for one in INNOCENT for line in one.lines)


def test_a_token_is_never_written_by_a_child_or_decoy_account() -> None:
    for one in PLANTED:
        adults = {name for name, who in one.sides if who == "adult"}
        assert {line.by for line in one.lines if _TOKEN.search(line.text)} <= adults, one.id


@pytest.mark.parametrize(
    ("messages", "name"),
    [
        (1, "up to 15"),
        (15, "up to 15"),
        (16, "16 to 60"),
        (60, "16 to 60"),
        (61, "61 to 149"),
        (149, "61 to 149"),
        (150, "150 and more"),
    ],
)
def test_a_conversation_goes_by_the_length_that_its_messages_reach(messages: int, name: str) -> None:
    line = Said(datetime(2025, 11, 18, 16, 20), "A", "ok")  # noqa: DTZ001
    assert blind_length(Conversation("x-01", "plain", (), "", (line,) * messages)) == name


def _blind(planted: str, innocent: str) -> Blind:
    labelled, clean = parsed(planted), parsed(innocent)
    return blind_of(labelled, clean, looked_at([*labelled, *clean], WORDS))


HEAD = "writers: {}\nsides: A one; B other\n-- 2025-11-18\n"


def test_recall_and_false_alarms_are_told_by_length_and_by_who_writes() -> None:
    blind = _blind(
        f"== x-01\n{HEAD.format('terse')}16:20 A: im 13\n  > age_stated 13_to_15\n16:21 B: hi\n  > age_question asks\n",
        f"== y-01\n{HEAD.format('older')}16:20 A: im 14\n16:21 B: the beans are up\n",
    )
    assert "| labels found, all | 1/2 = 50 (9–91) |" in the_blind(blind)
    short, middle, *_ = blind_by_length(blind).splitlines()[2:]
    assert short.startswith("| up to 15 | 1/2 = 50")
    assert short.endswith("| 1 | 2 | 1000 | 1.00 | 1/1 = 100 (21–100) |")
    assert middle == "| 16 to 60 | – | – | – | 0 | 0 | 0 | 0.00 | – |"
    rows = {row.split(" | ")[0]: row for row in blind_by_writers(blind).splitlines()}
    assert "| 1/2 = 50" in rows["| a word or two"]
    assert "| 1 | 2 | 1000 |" in rows["| older adults"]
    assert "| – | 0 | 0 | 0 |" in rows["| chat English"]


def test_a_set_of_nothing_is_told_without_a_figure() -> None:
    blind = _blind("", "")
    assert (blind.planted, blind.innocent, blind.judged) == (0, Counted(), Judged())
    assert "ratio" in blind_by_length(replace(blind, innocent=Counted()))
