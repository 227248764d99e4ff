"""What the reader asks of the indicators of a conversation: the nearest, the firsts, and where no rule could look."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from casefile_builders import KEY, account_of
from indicator_lines import TOKENS, events, said
from safehand.analysis.indicators.indicator import LISTED
from safehand.analysis.indicators.lists import NO_WORDS, WordList
from safehand.analysis.indicators.tally import Looked
from safehand.casefile.build import build
from safehand.casefile.candidates import (
    counts_of,
    firsts,
    has_word_list,
    listed_until,
    looked_at_of,
    nearest,
    passages,
)
from safehand.casefile.read import CaseFile, open_casefile
from safehand.model.conversation import Event
from safehand.sources.contract import FileInMemory

AGES = {"age_stated": frozenset({"under_13", "13_to_15"})}
ADULTS = {"age_stated": frozenset({"adult"})}
PEAS = ("Sam", "the peas are up")


def _opened(folder: Path, made: Iterator[Event], words: WordList | None = TOKENS) -> CaseFile:
    file = FileInMemory("chat.txt", "chat.txt", b"as it came\n")
    build(folder / "case", KEY, made, [file], lambda: (account_of(file),), words=words)
    return open_casefile(folder / "case", KEY)


def test_the_nearest_candidate_lies_after_or_before_and_never_here(tmp_path: Path) -> None:
    made = events(said(PEAS, ("Kim", "im 13"), PEAS, ("Kim", "im 13"), PEAS))
    with _opened(tmp_path, made) as casefile:
        assert [nearest(casefile, 1, number, AGES, later=True) for number in range(6)] == [2, 2, 4, 4, None, None]
        assert [nearest(casefile, 1, number, AGES, later=False) for number in range(1, 7)] == [None, None, 2, 2, 4, 4]


def test_other_kinds_of_a_rule_and_other_conversations_are_passed_over(tmp_path: Path) -> None:
    one = events(said(("Kim", "im 13"), ("Sam", "im 40")), "1")
    two = events(said(("Ada", "im 12"), PEAS), "2")
    with _opened(tmp_path, chain(one, two)) as casefile:
        assert nearest(casefile, 1, 0, ADULTS, later=True) == 2
        assert nearest(casefile, 1, 1, AGES, later=True) is None, "the next one stands in another conversation"
        assert nearest(casefile, 2, 1, AGES, later=False) is None
        assert nearest(casefile, 1, 0, {}, later=True) is None
        assert nearest(casefile, 1, 0, {"age_stated": frozenset({"13"})}, later=True) is None, "part of a kind's name"


def test_the_first_of_each_account_is_told_by_its_letter(tmp_path: Path) -> None:
    made = events(said(PEAS, ("Kim", "im 13"), ("Kim", "im 13"), ("Sam", "im 14")))
    with _opened(tmp_path, made) as casefile:
        assert firsts(casefile, 1, AGES) == {"B": 2, "A": 4}
        assert firsts(casefile, 1, ADULTS) == {}


def test_a_passage_is_known_on_every_page_it_reaches_into_and_on_no_other(tmp_path: Path) -> None:
    polish = [("Ola", "nie wiem czy jutro przyjde na dzialke")] * 20
    with _opened(tmp_path, events(said(PEAS, *polish, PEAS))) as casefile:
        (passage,) = passages(casefile, 1, 10, 12)
        assert (passage.letter, passage.indicator.numbers) == ("B", (2, 21))
        assert [len(passages(casefile, 1, *page)) for page in ((1, 1), (1, 2), (21, 22), (22, 22))] == [0, 1, 1, 0]


def test_counts_and_what_was_looked_at_are_of_one_conversation(tmp_path: Path) -> None:
    made = chain(events(said(("Kim", "im 13"), PEAS), "1"), events(said(("Ada", "im 12")), "2"))
    with _opened(tmp_path, made) as casefile:
        ages = [(one.kind, one.letter, one.count) for one in counts_of(casefile, 1) if one.rule == "age_stated"]
        assert ages == [("13_to_15", "A", 1)]
        assert (looked_at_of(casefile, 1), looked_at_of(casefile, 2)) == (Looked(2, 0), Looked(1, 0))
        assert looked_at_of(casefile, 3) is None


def test_where_more_are_counted_than_listed_the_last_that_is_marked_is_known(tmp_path: Path) -> None:
    with _opened(tmp_path, events(said(*[("Kim", "im 13")] * (LISTED + 3)))) as casefile:
        assert listed_until(casefile, 1)["age_stated"] == LISTED
        assert "contact_initiated" not in listed_until(casefile, 1)


@pytest.mark.parametrize(("words", "known"), [(TOKENS, True), (NO_WORDS, False), (None, False)])
def test_whether_there_was_a_word_list_is_known(tmp_path: Path, words: WordList | None, *, known: bool) -> None:
    with _opened(tmp_path, events(said(PEAS)), words) as casefile:
        assert has_word_list(casefile) is known
