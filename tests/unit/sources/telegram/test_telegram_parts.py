"""The small parts: ids that were seen, the two times, texts."""

from __future__ import annotations

from datetime import datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis
from safehand.sources import seen_ids as seen_module
from safehand.sources.local_time import LocalClock
from safehand.sources.seen_ids import LARGEST, SeenIds
from safehand.sources.telegram.reactions import read_reactions
from safehand.sources.telegram.texts import Text, read_text
from safehand.sources.telegram.times import Times
from telegram_chat import START, clock


@given(st.lists(st.integers(-(2**63), LARGEST) | st.integers(-9, 30), max_size=200), st.integers(1, 9))
@settings(max_examples=300)
def test_an_id_is_seen_exactly_when_it_was_added(ids: list[int], gather: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seen_module, "_GATHER", gather)
        seen, known = SeenIds(), set[int]()
        for one in ids:
            assert (one in seen) is (one in known)
            assert seen.add(one) is (one not in known)
            known.add(one)
        assert all(one in seen for one in ids)
        assert all((one + 1 in seen) is (one + 1 in known) for one in ids)


def test_ids_beyond_64_bits_and_what_is_no_id_are_not_seen() -> None:
    seen = SeenIds()
    assert [seen.add(2**64), seen.add(2**64)] == [True, True]
    assert ["1" in seen, None in seen, 1.0 in seen] == [False, False, False]


def test_ids_in_descending_order_do_not_take_for_ever() -> None:
    seen = SeenIds()
    begin = process_time()
    assert all(seen.add(one) for one in range(200_000, 0, -1))
    assert 1 in seen
    assert not seen.add(100_000)
    assert process_time() - begin < 10


@given(st.integers(0, 4 * 10**9), st.integers(-60, 70), st.integers(-2, 2))
def test_two_times_agree_when_a_zone_makes_them_one_moment(at: int, quarters: int, seconds: int) -> None:
    offset = quarters * 900 + seconds
    is_zone = seconds == 0 and -12 * 3600 <= offset <= 14 * 3600
    times = Times(LocalClock())
    for _ in range(2):  # the second is measured from the first
        read = times.read(clock(at + offset), str(at))
        assert read.instant.utc == at * MICRO
        assert read.doubts == (() if is_zone else (Doubt.TIMES_DISAGREE,))
    assert times.offsets == ({offset} if is_zone else set())
    agreed = times.agreed(datetime.fromisoformat(clock(at + offset)), str(at))
    assert (agreed is not None) is is_zone


def test_another_conversation_has_offsets_of_its_own() -> None:
    times = Times(LocalClock())
    times.read(clock(START + 3600), str(START))
    times.begin()
    assert times.offsets == set()
    times.read(clock(START), str(START))
    assert times.offsets == {0}


@pytest.mark.parametrize(
    "spelled",
    ["soon", "", "1.5", "1_000_000_000", "+1767225600", " 1767225600", "٣", "9" * 13, -1, True, [], "9" * 5000],
)
def test_what_is_no_count_of_seconds_is_not_read_as_one(spelled: object) -> None:
    read = Times(LocalClock()).read(None, spelled)
    assert read.instant.basis is Basis.NONE
    assert read.doubts == (Doubt.TIME_UNREADABLE,)


@pytest.mark.parametrize(
    "spelled",
    [
        "2026-01-01",
        "2026-01-01T00:00",
        "2026-02-30T00:00:00",
        "2026-01-01T00:00:00Z",
        "٢026-01-01T00:00:00",
        5,
        "2026-01-01T24:00:00",
    ],
)
def test_what_is_no_clock_reading_without_a_zone_is_not_read_as_one(spelled: object) -> None:
    assert Times(LocalClock()).read(spelled, None).doubts == (Doubt.TIME_UNREADABLE,)


def test_an_old_time_is_the_exporter_s_clock_and_a_stated_zone_makes_it_utc() -> None:
    unstated = Times(LocalClock()).read("2019-07-05T16:55:32", None)
    assert (unstated.instant.basis, unstated.doubts) == (Basis.EXPORTER_LOCAL, (Doubt.ZONE_UNKNOWN,))
    stated = Times(LocalClock("Europe/London", "holder")).read("2019-07-05T16:55:32", None)
    assert (stated.instant.basis, stated.doubts, stated.instant.zone_by) == (Basis.STATED, (), "holder")


def test_a_stated_zone_changes_nothing_where_the_file_fixes_utc() -> None:
    read = Times(LocalClock("Asia/Tokyo", "holder")).read(clock(START), str(START))
    assert (read.instant.utc, read.instant.basis, read.instant.zone) == (START * MICRO, Basis.UTC, None)


def test_text_that_is_said_twice_and_differs_is_read_once_and_kept_twice() -> None:
    read = read_text("seven", [{"type": "bold", "text": "eight"}])
    assert (read.text, read.entities, read.unread) == ("seven", (), ("text_entities",))


def test_an_empty_text_and_no_text_are_not_the_same() -> None:
    assert read_text("", []) == Text("")
    assert read_text(None, None) == Text(None)
    assert read_text(None, []).text == ""


def test_the_same_words_that_are_marked_otherwise_are_kept_twice() -> None:
    part = {"type": "bold", "text": "eight"}
    read = read_text([part], [{**part, "type": "italic"}])
    assert (read.text, [one.type for one in read.entities], read.unread) == ("eight", ["italic"], ("text",))
    assert read_text("eight", [part]).unread == ()


def test_a_mark_of_folding_that_is_no_yes_or_no_is_left_over() -> None:
    part = {"type": "blockquote", "text": "eight", "collapsed": "half"}
    assert read_text([part], [part]).unread == ("text_entities",)


@pytest.mark.parametrize("kind", ["hologram", 7, None, ["emoji"]])
def test_a_type_of_reaction_that_nobody_knew_is_left_over(kind: object) -> None:
    made = [{"type": kind, "count": 1, "emoji": "👍"}]
    assert not read_reactions(made, Times(LocalClock())).whole
    assert read_reactions([{**made[0], "type": "emoji"}], Times(LocalClock())).whole
