"""What holds for every rule of the catalogue, whatever it looks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_lines import TOKENS, found_in, said, thread, watched
from safehand.analysis.indicators.age import AGE_STATED
from safehand.analysis.indicators.catalogue import CATALOGUE, rule_of, word_rules
from safehand.analysis.indicators.indicator import Indicator, Words
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.indicators.rule import Rule

_PHRASES = [phrases for rule in word_rules(TOKENS) for phrases in rule.phrases]
_CUES = sorted(
    {word for one in _PHRASES for sets in one.needs for words in sets for word in words}.union(
        *(rule.words for rule in word_rules(TOKENS))
    )
    - {DIGIT}
)
_TEXT = st.lists(
    st.sampled_from(_CUES)
    | st.sampled_from(
        ["i", "im", "you", "u", "your", "me", "the", "to", "[sexual-remark]", "[image-request]", "£20", "?"]
    )
    | st.text(max_size=6),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_every_rule_says_both_ways_why_and_where_it_errs(rule: Rule) -> None:
    assert rule.version >= 1
    assert all(len(told) > 20 for told in (rule.towards, rule.away, rule.why))
    assert rule.kinds
    assert rule.false_alarms
    assert len({kind.code for kind in rule.kinds}) == len(rule.kinds)
    assert re.fullmatch("[A-Z][a-z ,-]{5,30}", rule.title), "a few plain words"
    assert all(re.fullmatch("[a-z0-9_]+", kind.code) for kind in rule.kinds)
    assert rule_of(rule.id) is rule


def test_rules_have_a_number_and_an_id_of_their_own_and_stand_in_order() -> None:
    numbers = [rule.number for rule in CATALOGUE]
    assert numbers == sorted(set(numbers))
    assert len({rule.id for rule in CATALOGUE}) == len({rule.title for rule in CATALOGUE}) == len(CATALOGUE)


def test_no_rule_gives_a_person_a_name_or_a_score() -> None:
    told = " ".join(
        " ".join((rule.title, rule.towards, rule.away, rule.why, *(kind.says for kind in rule.kinds)))
        for rule in CATALOGUE
    ).casefold()
    for word in (
        "score",
        "likely",
        "probab",
        "guilt",
        "predat",
        "offender",
        "groomer",
        "victim",
        "suspect",
        "innocent",
    ):
        assert word not in told
    assert "score" not in Indicator.__struct_fields__


@given(_TEXT)
def test_any_text_is_asked_and_the_words_found_lie_inside_it(text: str) -> None:
    for found in found_in(text):
        assert found.rule.kind(found.kind)
        for words in found.words:
            assert isinstance(words, Words)
            assert 0 <= words.start < words.end <= len(text)
            assert text[words.start : words.end].strip()


@given(st.lists(st.tuples(st.sampled_from("ABC"), _TEXT, st.sampled_from([1, 1, 1, 700, 4_000])), max_size=25))
def test_any_conversation_is_watched_twice_alike(lines: list[tuple[str, str, int]]) -> None:
    first, again = watched(said(*lines)), watched(said(*lines))
    assert first.found() == again.found()
    assert first.counts == again.counts
    texts = [text for _, text, _ in lines]
    for one in first.found():
        assert rule_of(one.rule).version == one.version
        assert rule_of(one.rule).kind(one.kind)
        assert all(0 < number <= len(texts) for number in one.numbers)
        for words in one.words:
            assert words.number in one.numbers
            assert 0 <= words.start < words.end <= len(texts[words.number - 1])


def test_a_cue_is_a_word_as_folding_gives_it() -> None:
    assert [cue for cue in _CUES if not re.fullmatch(r"[a-z0-9]+", cue)] == []


def test_an_indicator_says_rule_version_message_and_words() -> None:
    (one,) = thread(("Kim", "hiya"), ("Kim", "im 13 btw"), rule="age_stated")
    assert one == Indicator("age_stated", AGE_STATED.version, "1", "13_to_15", (2,), (Words(2, 0, 5),), "Kim", 13)
