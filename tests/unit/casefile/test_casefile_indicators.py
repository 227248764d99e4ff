"""What rules point to is stored with the case: where, by which rule and version, and how much was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from casefile_builders import KEY, account_of
from indicator_lines import TOKENS, events, said
from safehand.analysis.indicators.age import AGE_STATED
from safehand.analysis.indicators.catalogue import VERSIONS
from safehand.analysis.indicators.indicator import LISTED, Words
from safehand.analysis.indicators.lists import NO_WORDS, WordList
from safehand.analysis.indicators.tally import Looked
from safehand.casefile.build import build
from safehand.casefile.indicators import indicator_counts, indicators_between, indicators_of_rule, looked_at
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.rows import digest_of_rows
from safehand.casefile.schema import TABLES
from safehand.model.conversation import Event
from safehand.sources.contract import FileInMemory


def _built(folder: Path, made: Iterator[Event], words: WordList | None = TOKENS, name: str = "case") -> Path:
    file = FileInMemory("chat.txt", "chat.txt", b"as it came\n")
    build(folder / name, KEY, made, [file], lambda: (account_of(file),), words=words)
    return folder / name


def _opened(path: Path) -> CaseFile:
    return open_casefile(path, KEY)


CHAT = (("Kim", "hiya"), ("Sam", "how old r u"), ("Kim", "im 13 btw"), ("Sam", "[sexual-remark]"))


def test_indicators_are_read_by_message_with_the_words_that_matched(tmp_path: Path) -> None:
    with _opened(_built(tmp_path, events(said(*CHAT)))) as casefile:
        (age,) = (one for one in indicators_between(casefile, 1, 3, 3) if one.indicator.rule == "age_stated")
        assert (age.conversation, age.number, age.letter) == (1, 3, "A")
        assert (age.indicator.kind, age.indicator.version, age.indicator.words) == (
            "13_to_15",
            AGE_STATED.version,
            (Words(3, 0, 5),),
        )
        assert [one.number for one in indicators_between(casefile, 1, 1, 4)] == sorted(
            one.number for one in indicators_between(casefile, 1, 1, 4)
        )
        assert indicators_between(casefile, 2, 1, 4) == ()


def test_indicators_of_a_rule_are_read_through_the_whole_case_a_page_at_a_time(tmp_path: Path) -> None:
    made = chain(events(said(("Kim", "im 13"), ("Kim", "im 13")), "1"), events(said(("Kim", "im 13")), "2"))
    with _opened(_built(tmp_path, made)) as casefile:
        first = indicators_of_rule(casefile, "age_stated", limit=2)
        assert [(one.conversation, one.number) for one in first] == [(1, 1), (1, 2)]
        rest = indicators_of_rule(casefile, "age_stated", after=(1, 2))
        assert [(one.conversation, one.number) for one in rest] == [(2, 1)]
        assert indicators_of_rule(casefile, "nothing") == ()


def test_a_name_in_two_conversations_is_two_accounts_here_too(tmp_path: Path) -> None:
    made = chain(events(said(("Kim", "im 13")), "1"), events(said(("Kim", "im 13")), "2"))
    with _opened(_built(tmp_path, made)) as casefile:
        assert [one.letter for one in indicators_of_rule(casefile, "age_stated")] == ["A", "B"]


def test_a_time_near_talk_of_a_meeting_is_read_when_the_case_file_is_built(tmp_path: Path) -> None:
    with _opened(_built(tmp_path, events(said(("Sam", "wanna meet up"), ("Kim", "half 5 by the shed"))))) as casefile:
        (time,) = indicators_of_rule(casefile, "meeting_time")
        assert time.number == 2
        assert time.indicator.value == 1_763_487_000_000_000  # 17:30 on the day the messages were sent, UTC


def test_all_are_counted_by_account_and_so_many_are_listed(tmp_path: Path) -> None:
    with _opened(_built(tmp_path, events(said(*[("Kim", "im 13")] * (LISTED + 9), ("Sam", "im 40"))))) as casefile:
        counts = [(one.kind, one.letter, one.count) for one in indicator_counts(casefile) if one.rule == "age_stated"]
        assert counts == [("13_to_15", "A", LISTED + 9), ("adult", "B", 1)]
        assert len(indicators_of_rule(casefile, "age_stated", limit=LISTED * 2)) == LISTED


def test_what_was_looked_at_is_kept_and_what_could_not_be(tmp_path: Path) -> None:
    polish = [("Kim", "nie wiem czy jutro przyjde na dzialke")] * 20
    with _opened(_built(tmp_path, events(said(*polish, ("Sam", "im 13"))))) as casefile:
        assert looked_at(casefile) == {1: Looked(21, 20)}


def test_rules_and_word_list_are_named(tmp_path: Path) -> None:
    for words in (TOKENS, NO_WORDS):
        with _opened(_built(tmp_path, events(said(*CHAT)), words, words.name)) as casefile:
            meta = dict(casefile.rows("SELECT name, value FROM meta"))
            assert (meta["rules"], meta["word_list"]) == (VERSIONS, words.name)
            assert len(indicators_of_rule(casefile, "sexual_first")) == (1 if words is TOKENS else 0)


def test_where_no_rule_was_asked_nothing_was_looked_at(tmp_path: Path) -> None:
    with _opened(_built(tmp_path, events(said(*CHAT)), None)) as casefile:
        assert (looked_at(casefile), indicator_counts(casefile)) == ({}, ())
        assert casefile.rows("SELECT value FROM meta WHERE name = 'word_list'") == [(None,)]


def test_a_case_file_of_other_rules_is_not_read_as_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _opened(_built(tmp_path, events(said(*CHAT)))) as casefile:
        assert casefile.is_read_as_now()
        monkeypatch.setattr("safehand.casefile.read.VERSIONS", "age_stated/2")
        assert not casefile.is_read_as_now()


def test_the_same_reading_gives_the_same_rows(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        with _opened(_built(tmp_path, events(said(*CHAT * 3)), name=name)) as casefile:
            digests.append(digest_of_rows(casefile))
    assert digests[0] == digests[1]


def test_no_column_holds_a_score() -> None:
    assert not [word for word in ("score", "risk", "rank", "weight") if word in TABLES]
