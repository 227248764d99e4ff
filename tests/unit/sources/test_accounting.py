"""Every byte of a file stands in exactly one segment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead
from safehand.sources.accounting import FileAccount, Ledger, SegmentKind, Unparsed

MESSAGE, STRUCTURE = SegmentKind.MESSAGE, SegmentKind.STRUCTURE

# Lengths of what stands before an element, and of the element: nothing may stand before it, it may not be nothing.
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=12)


def places(lengths: list[tuple[int, int]], at: int) -> tuple[list[int], list[int]]:
    starts, ends = [], []
    for before, inside in lengths:
        starts.append(at + before)
        ends.append(at + before + inside)
        at = ends[-1]
    return starts, ends


def closed(ledger: Ledger) -> FileAccount:
    ledger.feed(b"x" * ledger.position)
    return ledger.close(ledger.position)


@given(pairs, st.integers(0, 4))
def test_pairs_marked_at_once_are_accounted_for_as_one_by_one(lengths: list[tuple[int, int]], lead: int) -> None:
    starts, ends = places(lengths, lead)
    at_once, one_by_one = Ledger("f"), Ledger("f")
    for ledger in (at_once, one_by_one):
        ledger.mark(SegmentKind.HEADER, lead)
    at_once.mark_pairs(MESSAGE, starts, ends)
    for start, end in zip(starts, ends, strict=True):
        one_by_one.mark(STRUCTURE, start)
        one_by_one.mark(MESSAGE, end)
    assert closed(at_once) == closed(one_by_one)


@given(pairs)
def test_a_sink_sees_each_segment_of_pairs(lengths: list[tuple[int, int]]) -> None:
    starts, ends = places(lengths, 0)
    seen: list[tuple[str, SegmentKind, int, int]] = []
    watched, quiet = Ledger("f", lambda *segment: seen.append(segment)), Ledger("f")
    for ledger in (watched, quiet):
        ledger.mark_pairs(MESSAGE, starts, ends, SegmentKind.BLANK)
    account = closed(watched)
    assert account == closed(quiet)
    assert [(start, end) for _, kind, start, end in seen if kind is MESSAGE] == list(zip(starts, ends, strict=True))
    assert sum(end - start for _, _, start, end in seen) == account.bytes


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param([5], [5], id="an empty element"),
        pytest.param([5, 6], [8, 9], id="elements that overlap"),
        pytest.param([1], [4], id="an element before what is already marked"),
        pytest.param([5, 9], [8], id="a start without an end"),
    ],
)
def test_pairs_that_are_no_partition_are_refused(starts: list[int], ends: list[int]) -> None:
    ledger = Ledger("f")
    ledger.mark(SegmentKind.HEADER, 3)
    with pytest.raises(AssertionError):
        ledger.mark_pairs(MESSAGE, starts, ends)
    assert ledger.position == 3


def test_one_reason_for_one_stretch_is_told_once() -> None:
    ledger = Ledger("f")
    ledger.fail(4, "not valid JSON")
    ledger.fail(9, "not valid JSON")
    ledger.fail(10, "the file ends before its JSON does")
    account = closed(ledger)
    assert account.unparsed == (
        Unparsed(0, 9, "not valid JSON"),
        Unparsed(9, 10, "the file ends before its JSON does"),
    )
    assert account.segments["unparsed"].count == 2


def test_a_file_that_changed_while_it_was_read_is_told() -> None:
    ledger = Ledger("f")
    ledger.feed(b"12345")
    ledger.mark(MESSAGE, 5)
    with pytest.raises(CannotRead, match="changed while it was being read"):
        ledger.close(6)


def test_bytes_without_a_segment_are_a_fault_of_ours() -> None:
    ledger = Ledger("f")
    ledger.feed(b"12345")
    ledger.mark(MESSAGE, 4)
    with pytest.raises(AssertionError, match="1 bytes of 5"):
        ledger.close(5)
