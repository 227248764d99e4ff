"""Promises of search: in the order of writing, in every script, and nothing typed can be anything but words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile_builders import KEY, START, Made, conversation, device, message, texts
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.search import Hits, search
from safehand.casefile.terms import parse_query, signs_text, spans, tokens, words_text
from safehand.errors import UsageError
from safehand.model.conversation import Event
from safehand.model.message import Attachment, MediaState, Poll, PollOption, Share

SPOKEN = (
    "The seed potatoes are in",  # 1
    "Potatoes? SEED potatoes!",  # 2
    "Déjà vu at the allotment",  # 3
    "Allotments are closed, it's raining",  # 4
    "今日は学校で宿題",  # 5
    "去football场",  # 6
    "🙂 ok",  # 7
    "the ❤️ card",  # 8
    "كُرَة القدم غدا",  # 9
    "👨‍👩‍👧 day out",  # 10
    "วันนี้ไปสวน",  # 11
    "potatoes seed",  # 12
    "Привет, мир",  # 13
    "שָׁלוֹם לכולם",  # 14
)


@pytest.fixture(scope="module")
def casefile(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    path = tmp_path_factory.mktemp("search") / "case"
    Made(conversation(texts(*SPOKEN))).build(path)
    return open_casefile(path, KEY)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("potatoes", [1, 2, 12]),
        ("seed potatoes", [1, 2, 12]),
        ('"seed potatoes"', [1, 2]),
        ('"seed potatoes', [1, 2]),
        ("pot*", [1, 2, 12]),
        ("pot", []),
        ('"seed pot*"', []),
        ("allotment*", [3, 4]),
        ("deja", [3]),
        ("DÉJÀ", [3]),
        ("it's", [4]),
        ("学校", [5]),
        ("今日", [5]),
        ("日今", []),
        ("今 日", [5]),
        ("football", [6]),
        ("去football场", [6]),
        ("场", [6]),
        ("🙂", [7]),
        ("🙂 ok", [7]),
        ("❤", [8]),
        ("❤️", [8]),
        ("👨‍👩‍👧", [10]),
        ("👩", [10]),
        ("كرة", [9]),
        ("قدم", [9]),
        ("ไปสวน", [11]),
        ("мир", [13]),
        ("МИР", [13]),
        ("שלום", [14]),
        ("potatoes zebra", []),
    ],
)
def test_what_is_found(casefile: CaseFile, query: str, numbers: list[int]) -> None:
    hits = search(casefile, query)
    assert [hit.line.number for hit in hits.hits] == numbers
    assert hits.total == len(numbers)
    for hit in hits.hits:  # what is found is also marked
        assert hit.spans


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("seed", "Seed, seed. Seedling", ["Seed", "seed"]),
        ("see*", "Seed, seed. Seedling", ["Seed", "seed", "Seedling"]),
        ('"seed potatoes" in', "in: seed  potatoes", ["in", "seed  potatoes"]),
        ("deja", "🙂🙂 déjà vu", ["déjà"]),
        ("❤", "a ❤️ b", ["❤"]),
        ("كرة", "كُرَة", ["كُرَة"]),
        ("学校", "今日は学校で", ["学校"]),
        ("a b", "ab", []),
    ],
)
def test_what_is_marked(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(parse_query(query), text)] == marked


def test_hits_come_in_pages_and_no_hit_is_lost_or_doubled(tmp_path: Path) -> None:
    spoken = texts(*[f"beans {number}" if number % 3 else "peas" for number in range(1, 301)])
    Made(conversation(spoken)).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        found: list[int] = []
        after: int | None = 0
        while after is not None:
            hits = search(casefile, "beans", 1, after, 37)
            assert hits.total == 200
            found += [hit.line.number for hit in hits.hits]
            after = hits.next
    assert found == [number for number in range(1, 301) if number % 3]


def test_a_search_in_one_conversation_finds_nothing_of_another(tmp_path: Path) -> None:
    def events() -> Iterator[Event]:
        for id_ in ("1", "2", "3"):
            yield from conversation(texts("beans", f"peas {id_}"), id_)

    Made(events()).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [(hit.conversation, hit.line.number) for hit in search(casefile, "beans").hits] == [
            (1, 1),
            (2, 1),
            (3, 1),
        ]
        assert [hit.conversation for hit in search(casefile, "beans", 2).hits] == [2]
        assert search(casefile, "beans", 2).total == 1
        assert search(casefile, "beans", 4).total == 0


@pytest.mark.parametrize("number", [-1, 0, 2, 2**23 - 1, 2**23, 2**63, 10**30])
def test_a_search_in_a_conversation_that_cannot_be_finds_nothing(tmp_path: Path, number: int) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert search(casefile, "beans", number) == Hits((), 0, None, 0)


@pytest.mark.parametrize("after", [2**63 - 2, 2**63 - 1, 2**63, 10**30])
def test_a_page_of_hits_beyond_the_last_is_empty(tmp_path: Path, after: int) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert search(casefile, "beans", after=after) == Hits((), 1, None, 0)


def test_file_names_polls_and_shared_links_are_found_and_told_apart_from_the_text(tmp_path: Path) -> None:
    when = device(START)
    spoken = [
        message(1, None, sent=when, attachments=(Attachment(MediaState.NAMED, "IMG-0042.jpg"),)),
        message(2, "vote", sent=when, poll=Poll("Which Saturday?", (PollOption("the ninth"), PollOption("来週")))),
        message(3, "look", sent=when, share=Share("https://example.org/", "Opening times", "Allotments")),
    ]
    Made(conversation(spoken)).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        for query, number in (("IMG-0042", 1), ("saturday", 2), ("来週", 2), ("ninth", 2), ("opening", 3)):
            (hit,) = search(casefile, query).hits
            assert hit.line.number == number
            assert hit.spans == ()
            assert hit.also is not None
            assert hit.also_spans


@pytest.mark.parametrize("query", ["", "   ", "!!!", '""', "*", "- . ,", "\ufe0f", '"'])
def test_nothing_to_search_for_is_said(query: str) -> None:
    with pytest.raises(UsageError, match="no word or sign"):
        parse_query(query)


def test_a_pasted_page_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 32"):
        parse_query("bean " * 33)


def test_what_cannot_be_searched_for_is_counted(casefile: CaseFile) -> None:
    assert search(casefile, "potatoes !!! ???").ignored == 2


_pieces = st.lists(
    st.sampled_from(
        [*'"*(){}:^+-', " ", "NEAR", "AND", "OR", "NOT", "text", "bean", "今", "🙂", "\x00", "'", ";", "é"]
    ),
    max_size=12,
).map("".join)


@given(_pieces | st.text(max_size=30))
def test_whatever_is_typed_is_words(casefile: CaseFile, query: str) -> None:
    try:
        parsed = parse_query(query)
    except UsageError:
        return
    hits = search(casefile, query)
    assert hits.total == len(hits.hits)
    assert parsed.terms


@given(st.text(max_size=60) | st.lists(st.sampled_from([*SPOKEN, " ", "\n"]), max_size=4).map("".join))
def test_every_word_of_a_text_stands_where_it_is_said_to_stand(text: str) -> None:
    safe = text.encode("utf-8", "replace").decode()
    for start, end, token in tokens(safe):
        assert 0 <= start < end <= len(safe)
        assert tokens(safe[start:end])[0][2] == token


def test_each_character_stands_in_one_index() -> None:
    text = "去football场 🙂"
    assert words_text(text) == " football   "
    assert signs_text(text) == "53bb 0 573a 0 1f642"
    assert signs_text("plain words") is None
    assert signs_text("café") is None


def test_marking_a_very_long_message_of_emoji_is_quick() -> None:
    text = "🙂 bean " * 100_000
    begin = time.process_time()
    assert len(spans(parse_query("bean"), text)) == 100_000
    assert time.process_time() - begin < 5
