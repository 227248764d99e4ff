"""What a custody entry says was shown, where others stand between the messages of a page."""

from __future__ import annotations

import pytest

from safehand.desk.review.stretches import entered, stretches


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([], []),
        ([(1, 4)], [(1, 4, 4)]),
        ([(1, 4), (1, 5), (1, 6)], [(1, 4, 6)]),
        ([(1, 4), (1, 6)], [(1, 4, 4), (1, 6, 6)]),
        ([(1, 6), (1, 4), (1, 5)], [(1, 4, 6)]),
        ([(2, 5), (1, 4), (2, 4), (1, 5)], [(1, 4, 5), (2, 4, 5)]),
        ([(1, 1), (2, 2), (3, 3)], [(1, 1, 1), (2, 2, 2), (3, 3, 3)]),
    ],
    ids=["none", "one", "a run", "a hole", "any order", "two conversations", "numbers that go on in another"],
)
def test_each_stretch_ends_where_the_next_number_was_not_shown(
    messages: list[tuple[int, int]], expected: list[tuple[int, int, int]]
) -> None:
    assert stretches(messages) == expected
    assert stretches(iter(messages)) == expected
    assert entered(expected)["messages"] == len(messages)


def test_the_entry_pairs_the_first_of_each_stretch_with_its_last() -> None:
    assert entered(stretches([(1, 4), (1, 5), (1, 9), (2, 1)])) == {
        "messages": 4,
        "from": [[1, 4], [1, 9], [2, 1]],
        "to": [[1, 5], [1, 9], [2, 1]],
    }
