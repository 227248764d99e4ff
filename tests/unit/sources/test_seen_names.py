"""Ids that are text are remembered: the latest by themselves, all of them for whoever asks."""

from hypothesis import given
from hypothesis import strategies as st

from safehand.sources.seen_names import REACH, SeenNames


@given(st.lists(st.text(max_size=4), max_size=60))
def test_the_latest_are_told_apart_letter_by_letter(names: list[str]) -> None:
    seen = SeenNames()
    known: set[str] = set()
    for name in names:
        assert (name in seen) is (name in known)
        assert seen.add(name) is (name not in known)
        known.add(name)


def test_what_was_said_long_ago_is_still_known_and_what_was_not_is_not() -> None:
    seen = SeenNames()
    count = 5 * (1 << 16)
    for number in range(count):
        assert seen.add(f"m{number}")
    assert all(f"m{number}" in seen for number in range(0, count, 997))
    assert not any(f"n{number}" in seen for number in range(0, count, 997))
    assert not seen.add(f"m{count - REACH}")


def test_what_is_no_text_was_never_seen() -> None:
    seen = SeenNames()
    seen.add("7")
    assert 7 not in seen
    assert "\ud83d" not in seen


def test_where_nobody_asks_for_what_is_far_it_is_forgotten() -> None:
    seen = SeenNames(2, far=False)
    assert [seen.add(name) for name in ("a", "a", "b", "c", "d", "e")] == [True, False, True, True, True, True]
    assert "a" not in seen
    assert "e" in seen
