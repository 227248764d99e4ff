"""The form of the conversations that the indicators are evaluated on, and that the corpus is what it is said to be."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from conversations import GROUPS, Label, MalformedConversations, parsed, read_conversations, written
from judging import TOKENS
from safehand.analysis.indicators.folding import fold
from safehand.analysis.indicators.lists import WordClass, load_words

CORPUS = Path(__file__).parents[2] / "vectors" / "indicators"

_TOKEN = re.compile(r"\[[a-z-]+\]")

GOOD = """\
== lifts-01
writers: scots
sides: Kirsty 12 pupil; Gran grandparent
-- 2025-11-18
16:02 Kirsty: gran can ye get us fae the baths
  > travel_logistics
  ! age_stated under_13
16:03 Gran: <photo> is this: your bag
-- 2025-11-19
00:10 Kirsty: ta

== lifts-02+
-- 2025-11-18
16:02 A: ok
"""


def test_a_conversation_is_read_as_it_is_written() -> None:
    first, second = parsed(GOOD)
    assert (first.id, first.family, first.writers) == ("lifts-01", "lifts", "scots")
    assert first.sides == (("Kirsty", "12 pupil"), ("Gran", "grandparent"))
    assert [f"{line.at:%d %H:%M} {line.by} {line.text}" for line in first.lines] == [
        "18 16:02 Kirsty gran can ye get us fae the baths",
        "18 16:03 Gran <photo> is this: your bag",
        "19 00:10 Kirsty ta",
    ]
    assert first.lines[0].labels == (
        Label("travel_logistics", "", wanted=True),
        Label("age_stated", "under_13", wanted=False),
    )
    assert (second.writers, second.sides, second.band) == ("", (), "")


@pytest.mark.parametrize(
    "folder", ["innocent", "planted", "pairs", "unseen_innocent", "unseen_planted", "blind_innocent", "blind_planted"]
)
def test_what_is_read_is_written_back_as_it_stood(folder: str) -> None:
    files = sorted((CORPUS / folder).glob("*.txt"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert written(parsed(text)) == text


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("== lifts-01", "== lifts-1"),
        ("== lifts-01", "== Lifts-01"),
        ("writers: scots", "writers: martian"),
        ("writers: scots", "writer: scots"),
        ("writers: scots\n", "writers: scots\nwriters: scots\n"),
        ("sides: Kirsty 12 pupil; Gran grandparent", "sides: Kirsty 12 pupil"),
        ("sides: Kirsty 12 pupil; Gran grandparent", "sides: Kirsty 12 pupil; Gran"),
        ("sides: Kirsty 12 pupil; Gran grandparent", "sides: Kirsty 12 pupil; Nan grandparent"),
        ("writers: scots\nsides: Kirsty 12 pupil; Gran grandparent", "sides: Kirsty 12 pupil; Gran x\nwriters: scots"),
        ("-- 2025-11-18\n16:02 Kirsty", "16:02 Kirsty"),
        ("-- 2025-11-19", "-- 2025-11-17"),
        ("-- 2025-11-19", "-- 2025-11-18"),
        ("-- 2025-11-19", "-- 2025-13-19"),
        ("16:03 Gran", "16:01 Gran"),
        ("16:03 Gran", "24:03 Gran"),
        ("16:03 Gran", "6:03 Gran"),
        ("16:03 Gran: ", "16:03 Gran "),
        ("16:03 Gran: ", "16:03 Gran:  "),
        ("16:03 Gran: <photo> is this: your bag", "16:03 Gran:"),
        ("  > travel_logistics", " > travel_logistics"),
        ("  > travel_logistics", "  ? travel_logistics"),
        ("  > travel_logistics", "  > travel_logistics a b"),
        ("00:10 Kirsty: ta\n", "00:10 Kirsty: ta \n"),
        ("00:10 Kirsty: ta\n\n", "00:10 Kirsty: ta\n"),
        ("00:10 Kirsty: ta\n\n", "00:10 Kirsty: ta\n\n\n"),
        ("16:02 A: ok\n", "16:02 A: ok"),
        ("-- 2025-11-18\n16:02 A: ok\n", "-- 2025-11-18\n"),
        ("== lifts-02+\n", "== lifts-02+\nband: middling\n"),
    ],
    ids=repr,
)
def test_a_near_miss_is_refused(good: str, bad: str) -> None:
    assert good in GOOD
    with pytest.raises(MalformedConversations):
        parsed(GOOD.replace(good, bad))


def test_a_refusal_repeats_no_message() -> None:
    with pytest.raises(MalformedConversations) as refused:
        parsed(GOOD.replace("16:03 Gran: <photo> is", "16:03 Gran <photo> is"))
    assert "bag" not in str(refused.value)
    assert "line 8" in str(refused.value)


def test_innocent_conversations_are_whole_and_each_its_own() -> None:
    conversations = read_conversations(CORPUS / "innocent")
    families = Counter(one.family for one in conversations)
    assert (len(families), set(families.values())) == (15, {20})
    assert len({one.id for one in conversations}) == len(conversations)
    assert all(8 <= len(one.lines) <= 40 for one in conversations)
    assert all(one.sides and one.writers and not one.band for one in conversations)
    assert not any(line.labels for one in conversations for line in one.lines)
    texts = Counter(line.text for one in conversations for line in one.lines if len(line.text) > 25)
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_family_is_written_by_every_group() -> None:
    groups: dict[str, Counter[str]] = {}
    for one in read_conversations(CORPUS / "innocent"):
        groups.setdefault(one.family, Counter())[one.writers] += 1
    for family, written_by in groups.items():
        assert written_by == {group: 6 if group == "plain" else 2 for group in GROUPS}, family


def test_unseen_conversations_are_written_by_every_group_and_no_line_of_them_stands_elsewhere() -> None:
    every = read_conversations(CORPUS / "unseen_innocent")
    innocent = [one for one in every if one.family == "long"]
    assert [len(one.lines) > 80 for one in every if one not in innocent] == [True] * 3
    assert Counter(one.writers for one in innocent) == dict.fromkeys(GROUPS, 3)
    assert all(20 <= len(one.lines) <= 40 for one in innocent)
    planted = read_conversations(CORPUS / "unseen_planted")
    assert Counter(one.writers for one in planted) == {group: 6 if group == "plain" else 4 for group in GROUPS}
    seen = {
        line.text for name in ("innocent", "planted") for one in read_conversations(CORPUS / name) for line in one.lines
    }
    unseen = {line.text for one in [*every, *planted] for line in one.lines}
    assert {text for text in seen & unseen if len(text) > 20} == set()


def test_nothing_sexual_stands_in_any_conversation_but_tokens_and_one_word_of_endearment() -> None:
    built = load_words()
    assert built.of(WordClass.BODY)
    entries = {fold(word).text for kind in (WordClass.ACT, WordClass.BODY) for word in built.of(kind)}
    listed = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(entries, key=len, reverse=True)))})(?![^\W_])")
    found: dict[str, set[str]] = {}
    for folder in (path for path in sorted(CORPUS.iterdir()) if path.is_dir()):
        lines = [line.text for one in read_conversations(folder) for line in one.lines]
        assert lines
        found[folder.name] = {word for text in lines for word in listed.findall(fold(_TOKEN.sub(" ", text)).text)}
        tokens = {token for text in lines for token in _TOKEN.findall(text)}
        assert tokens <= {token for named in TOKENS.values() for token in named}
        assert not tokens or folder.name in {"pairs", "planted", "blind_planted"}
    assert found.pop("innocent") == {"cock"}  # what a grandmother of the North calls her grandson
    assert set().union(*found.values()) == set()
