"""Two exports of one conversation are laid side by side, and every message of both stands there once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.analysis.overlap import Overlap, Row, Verdict, overlap_of
from safehand.analysis.prints import Prints
from safehand.model.instant import CALENDAR_BEGINS, CALENDAR_ENDS, MICRO, Basis, Instant, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span

SPAN = Span("chat.txt", 0, 1)
HOUR = 3600
START = 1_767_553_331
SAME, DIFFERING, ONLY_A, ONLY_B = Verdict.SAME, Verdict.DIFFERING, Verdict.ONLY_A, Verdict.ONLY_B

Said = tuple[int, str | None]
"""Seconds after the start, and the words; None for a message that was deleted."""


def message(said: Said, clock: int = 0, *, by_minute: bool = False) -> Message:
    seconds, words = said
    micros = (START + seconds + clock) * MICRO
    sent = utc_instant("", micros, Precision.SECOND)
    if by_minute:
        local = micros - micros % (60 * MICRO)
        sent = Instant("", Basis.DEVICE_LOCAL, Precision.MINUTE, None, local, local, local)
    kind = Kind.DELETED if words is None else Kind.TEXT
    return Message(1, kind, "Priya", words, sent, SPAN)


def prints(messages: Sequence[Said], clock: int = 0, *, by_minute: bool = False) -> Prints:
    made = Prints()
    for said in messages:
        made.add(message(said, clock, by_minute=by_minute))
    return made


CHAT: list[Said] = [(n * 600, f"row {n} of the potatoes is dug") for n in range(12)]


def verdicts(found: Overlap | None) -> list[tuple[Verdict, int]]:
    assert found is not None
    return [(row.verdict, row.length) for row in found.rows]


def test_the_same_export_twice_is_the_same_throughout() -> None:
    found = overlap_of(prints(CHAT), prints(CHAT))
    assert found == Overlap(0, (Row(SAME, 1, 1, 12),), (("Priya", "Priya"),))


def test_an_export_made_later_has_more_at_its_end() -> None:
    assert verdicts(overlap_of(prints(CHAT[:8]), prints(CHAT))) == [(SAME, 8), (ONLY_B, 4)]


def test_what_one_side_deleted_and_the_other_kept_stands_beside_it() -> None:
    other = list(CHAT)
    other[5] = (other[5][0], None)
    found = overlap_of(prints(other), prints(CHAT))
    assert verdicts(found) == [(SAME, 5), (DIFFERING, 1), (SAME, 6)]
    assert found is not None
    assert found.rows[1] == Row(DIFFERING, 6, 6, 1)


def test_what_was_taken_out_without_a_trace_is_only_in_the_other() -> None:
    found = overlap_of(prints(CHAT[:4] + CHAT[6:]), prints(CHAT))
    assert verdicts(found) == [(SAME, 4), (ONLY_B, 2), (SAME, 6)]
    assert found is not None
    assert found.rows[1] == Row(ONLY_B, None, 5, 2)


def test_an_edit_differs_and_is_not_two_messages() -> None:
    edited = list(CHAT)
    edited[3] = (edited[3][0], "row 3 of the leeks is dug")
    assert verdicts(overlap_of(prints(CHAT), prints(edited))) == [(SAME, 3), (DIFFERING, 1), (SAME, 8)]


def test_clocks_in_two_zones_are_set_by_what_both_have() -> None:
    found = overlap_of(prints(CHAT), prints(CHAT, clock=5 * HOUR + 1800, by_minute=True))
    assert found is not None
    assert found.clock == (5 * HOUR + 1800) * MICRO
    assert verdicts(found) == [(SAME, 12)]


def test_two_conversations_of_which_nothing_is_the_same_are_not_laid_side_by_side() -> None:
    other = [(seconds, f"train {seconds} leaves from platform two") for seconds, _ in CHAT]
    assert overlap_of(prints(CHAT), prints(other)) is None


def test_a_greeting_that_both_have_does_not_make_two_conversations_one() -> None:
    mine: list[Said] = [*CHAT, (9_999, "good morning to you all")]
    yours: list[Said] = [(9_990, "good morning to you all"), (10_200, "the train is late again today")]
    assert overlap_of(prints(mine), prints(yours)) is None


def test_the_same_words_said_twice_are_two_messages() -> None:
    twice = [*CHAT[:6], (CHAT[5][0] + 20, CHAT[5][1]), *CHAT[6:]]
    assert sorted(verdicts(overlap_of(prints(twice), prints(CHAT)))) == sorted([(SAME, 6), (ONLY_A, 1), (SAME, 6)])


def test_marks_and_blanks_that_a_form_adds_are_no_difference() -> None:
    marked = [(seconds, f"\u200e{(words or '').replace(' ', '  ')}\n") for seconds, words in CHAT]
    assert verdicts(overlap_of(prints(CHAT), prints(marked))) == [(SAME, 12)]


Deed = tuple[int, str]
deeds = st.lists(st.tuples(st.integers(0, 59), st.sampled_from(["drop a", "drop b", "edit", "delete"])), max_size=15)


@given(deeds=deeds, zone=st.sampled_from([0, 3600, -5 * 3600]), by_minute=st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_message_of_both_stands_there_once_and_every_planted_difference_is_found(
    deeds: list[Deed],
    zone: int,
    by_minute: bool,  # noqa: FBT001
) -> None:
    chat: list[Said] = [(n * 130, f"row {n} of the potatoes is dug") for n in range(60)]
    done = dict(deeds)
    a = [said for n, said in enumerate(chat) if done.get(n) != "drop a"]
    b: list[Said] = []
    for n, (seconds, words) in enumerate(chat):
        match done.get(n):
            case "drop b":
                continue
            case "edit":
                b.append((seconds, f"{words} (really)"))
            case "delete":
                b.append((seconds, None))
            case _:
                b.append((seconds, words))
    found = overlap_of(prints(a), prints(b, zone, by_minute=by_minute))
    assert found is not None
    for side, count in (("a", len(a)), ("b", len(b))):
        numbers = [n for row in found.rows if (first := getattr(row, side)) is not None
                   for n in range(first, first + row.length)]  # fmt: skip
        assert numbers == list(range(1, count + 1))
    told = {verdict: found.count(verdict) for verdict in Verdict}
    planted = Counter(done.values())
    assert told == {
        SAME: 60 - len(done),
        DIFFERING: planted["edit"] + planted["delete"],
        ONLY_A: planted["drop b"],
        ONLY_B: planted["drop a"],
    }


@pytest.mark.parametrize("micros", [10**19, -(10**19), 2**63, -(2**63), CALENDAR_ENDS, CALENDAR_BEGINS - 1])
def test_a_time_that_no_calendar_holds_is_no_time_and_its_message_stands_there_all_the_same(micros: int) -> None:
    sides = prints(CHAT), prints(CHAT)
    for side in sides:
        side.add(Message(13, Kind.TEXT, "Priya", "the shed is open", utc_instant("", micros, Precision.SECOND), SPAN))
        assert side.time(12) is None
    assert verdicts(overlap_of(*sides)) == [(SAME, 13)]


@pytest.mark.parametrize("micros", [CALENDAR_BEGINS, CALENDAR_ENDS - MICRO])
def test_the_first_and_the_last_time_of_the_calendar_are_times(micros: int) -> None:
    side = prints(())
    side.add(Message(1, Kind.TEXT, "Priya", "the shed is open", utc_instant("", micros, Precision.SECOND), SPAN))
    assert side.time(0) == micros


def test_one_word_said_a_hundred_thousand_times_is_laid_side_by_side_in_seconds() -> None:
    chat: list[Said] = [*CHAT, *((10_000 + n // 2, "ok") for n in range(100_000))]
    begin = time.process_time()
    found = overlap_of(prints(chat), prints(chat))
    assert verdicts(found) == [(SAME, len(chat))]
    assert time.process_time() - begin < 10
