"""What is kept of each row of a database, whatever the order the rows came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.sources.imessage import database_index
from safehand.sources.imessage.database_index import TAPBACK, Index, Pairs, ordered


@given(st.lists(st.integers(-9, 9), max_size=60), st.integers(1, 9))
def test_numbers_are_ordered_by_their_keys_and_equal_ones_as_they_came(keys: list[int], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_index, "_BLOCK", block)
        assert list(ordered(len(keys), keys.__getitem__)) == sorted(range(len(keys)), key=keys.__getitem__)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9)), max_size=40))
def test_pairs_give_what_belongs_to_each_as_it_was_added(given_: list[tuple[int, int]]) -> None:
    pairs = Pairs()
    for key, value in given_:
        pairs.add(key, value)
    pairs.settle()
    for key in range(6):
        assert list(pairs.of(key)) == [value for one, value in given_ if one == key]


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(0, 3)), unique_by=lambda row: row[0]))
def test_each_chat_has_its_rows_oldest_first(rows: list[tuple[int, int, int]]) -> None:
    index = Index()
    for rowid, date, _ in rows:
        index.add(rowid % 2, rowid * 10, rowid, date, f"G{rowid}", None)
    index.settle()
    for rowid, _, chat in rows:
        number = index.find(rowid)
        assert number is not None
        assert index.place(number) == (rowid % 2, rowid * 10)
        if chat:
            index.put(number, chat)
    index.put_in_order(3)
    for chat in range(4):
        expected = sorted((n for n, row in enumerate(rows) if row[2] == chat), key=lambda n: (rows[n][1], n))
        assert [number for number, _ in index.rows_of(chat)] == expected
    assert index.find(1000) is None


def test_a_reaction_to_what_is_there_is_marked_and_one_to_a_reaction_is_not() -> None:
    index = Index()
    index.add(0, 0, 1, 0, "G1", None)
    index.add(0, 10, 2, 0, "G2", "G1")
    index.add(0, 20, 3, 0, "G3", "G2")
    index.settle()
    assert list(index.marks) == [0, TAPBACK, 0]
    assert index.knows("G1")
    assert not index.knows("G2")
