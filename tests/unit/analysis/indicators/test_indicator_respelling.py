"""Respelling: many ways of writing are read as one, what is everyday English stays, and every word keeps its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_lines import TOKENS, events, said, seen
from safehand.analysis.indicators.everyday import COMMON, COMMONEST
from safehand.analysis.indicators.folding import Folded, fold, fold_and_part, words
from safehand.analysis.indicators.respelling import CUES, respelt
from safehand.analysis.indicators.spelling_phrases import PHRASES
from safehand.analysis.indicators.spellings import WORDS
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.indicators.watch import IndicatorWatch


def _read(text: str) -> str:
    return respelt(*fold_and_part(text)[:2])[0].text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        # Scots
        ("Hoo auld are ye", "how old are you"),
        ("am 12 an a dinnae ken", "im 12 an i dont know"),
        ("dae ye want tae meet the morra", "do you want to meet tomorrow"),
        ("am no comin oot the night", "im not coming out tonight"),
        ("yer ower young", "your too young"),
        ("dinnae tell yer da", "dont tell your dad"),
        # Northern
        ("send us a pic", "send me a pic"),
        ("dont tell me mam owt", "dont tell my mum anything"),
        ("i were only joking", "i was only joking"),
        # Multicultural London English
        ("link me by the shops", "meet me by the shops"),
        ("r u on ur ones", "r u on ur own"),
        ("nah allow it", "nah leave it"),
        ("come my yard", "come my house"),
        # learners
        ("I have only 14 years.", "im 14."),
        ("How many years you have?", "how old are you?"),
        ("do not say it to your mother", "dont tell your mother"),
        ("we stop to write", "we stop messaging"),
        ("it is not problem", "its ok"),
        # Deaf writers
        ("me 13", "im 13"),
        ("you how old?", "how old are you?"),
        ("not want meet", "i dont want to meet"),
        ("finish talk", "stop talking"),
        ("meet where?", "where shall we meet?"),
        ("tell mum not", "dont tell your mum"),
        # formal writers
        ("I do not wish to continue", "i dont want to continue"),
        ("I cannot meet and will not", "i cant meet and wont"),
        ("May we meet?", "can we meet?"),
        ("I would prefer not to", "i dont want to"),
        # Indian English
        ("15 only i am", "im 15"),
        ("your profile is showing 21", "your profile says 21"),
        ("don't tell to anybody", "don't tell anybody"),
        ("kindly send", "please send"),
        # everywhere
        ("stop talkin", "stop talking"),
    ],
    ids=str,
)
def test_a_way_of_writing_is_read_as_plain_english(written: str, plain: str) -> None:
    assert _read(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "10 am at the plot",
        "i am at the station",
        "am i late",
        "the day before the match",
        "ma is a word of its own",
        "tell us all about it",
        "tell me, mum",
        "a link to the homework",
        "the allotment yard is shut",
        "ye ok",
        "oh ye",
        "i have 14 years of experience",
        "give me 12 beans",
        "me 13 times",
        "finish your homework",
        "do you want chips",
        "write it down",
        "they were late",
        "over there",
    ],
    ids=str,
)
def test_everyday_english_stays_as_it_is(text: str) -> None:
    folded, parted, _ = fold_and_part(text)
    assert respelt(folded, parted)[0].text == folded.text


def test_a_text_without_a_word_of_the_table_is_given_back_itself() -> None:
    folded, parted, _ = fold_and_part("see you at the plot")
    assert respelt(folded, parted) == (folded, parted)
    assert respelt(folded, parted)[0] is folded


def test_what_is_marked_are_the_whole_words_as_they_were_written() -> None:
    assert ("age_stated", "13_to_15", "Am 13") in seen("naw. Am 13 btw")
    assert ("age_question", "asks", "Hoo auld are ye") in seen("Hoo auld are ye hen")
    assert ("age_stated", "13_to_15", "I have only 14 years") in seen("hello. I have only 14 years")
    assert ("secrecy", "dont_tell", "dіnnae tell yer ma\u200bw") in seen("ok dіnnae tell yer ma\u200bw")


def test_a_word_that_is_read_as_two_is_marked_whole_by_either() -> None:
    folded = Folded("x dinnae", None)
    read, _ = respelt(folded, ["x", "dinnae"])
    assert read.text == "x dont"
    for place in range(2, 6):
        assert read.place(place, place + 1) == (2, 8)
    assert read.place(0, 1) == (0, 1)


def test_a_time_is_read_in_every_way_of_writing_and_marked_where_it_stands() -> None:
    text = "ok, dae ye want tae meet the morra"
    watch = IndicatorWatch(TOKENS, times_read)
    for _ in watch.watched(events(said(("A", text)))):
        pass
    (one,) = [found for found in watch.found() if found.rule == "meeting_time"]
    assert [text[place.start : place.end] for place in one.words] == ["the morra"]


def test_no_word_of_the_table_is_everyday_english_and_none_leads_to_another() -> None:
    assert sorted(COMMON.union(COMMONEST) & WORDS.keys()) == []
    for written, plain in WORDS.items():
        assert written == words(fold(written).text)[0], written
        assert not any(word in WORDS for word in plain.split()), written


def test_every_phrase_says_without_which_words_it_is_not_looked_for() -> None:
    for one in PHRASES:
        for cues in one.cues.split("&"):
            assert cues.split() or one.cues == "", one.pattern
        assert set(one.cues.split("&")[0].split()) <= CUES


_PARTS = st.lists(
    st.sampled_from(sorted(CUES))
    | st.sampled_from(["i", "me", "you", "u", "to", "13", "14 years", "your mum", "mum", "?", ". ", "not", "no", "do"])
    | st.text(max_size=4),
    max_size=9,
).map(" ".join)


@given(_PARTS)
def test_any_text_is_read_twice_alike_and_every_character_has_its_place(text: str) -> None:
    read, parted = respelt(*fold_and_part(text)[:2])
    assert (read, parted) == respelt(*fold_and_part(text)[:2])
    assert parted == words(read.text)
    before = 0
    for place in range(len(read.text)):
        start, end = read.place(place, place + 1)
        assert 0 <= before <= start < end <= len(text)
        before = start


@given(_PARTS)
def test_what_is_kept_back_by_missing_cues_would_have_changed_nothing(text: str) -> None:
    folded, parted, _ = fold_and_part(text)
    if respelt(folded, parted)[0] is folded:
        for one in PHRASES:
            if one.cues:
                assert re.search(one.pattern, folded.text) is None, one.pattern
