"""The ledger itself: whoever writes in it, the segments are the file."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger, SegmentKind, Tally, Unparsed

Seen = list[tuple[str, SegmentKind, int, int]]


def test_segments_are_counted_and_the_bytes_hashed() -> None:
    ledger = Ledger("a.txt")
    ledger.feed(b"head")
    ledger.mark(SegmentKind.HEADER, 4)
    ledger.feed(b"onetwo??")
    ledger.mark(SegmentKind.MESSAGE, 7)
    ledger.mark(SegmentKind.MESSAGE, 7)  # empty: nothing happens
    ledger.mark_many(SegmentKind.MESSAGE, [8, 10])
    ledger.fail(12, "no text")
    account = ledger.close(12)
    assert account.segments == {"header": Tally(1, 4), "message": Tally(3, 6), "unparsed": Tally(1, 2)}
    assert account.unparsed == (Unparsed(10, 12, "no text"),)
    assert account.sha256 == hashlib.sha256(b"headonetwo??").hexdigest()


steps = st.lists(
    st.tuples(
        st.sampled_from(["mark", "many", "pairs", "fail", "fail again"]), st.lists(st.integers(0, 9), max_size=4)
    ),
    max_size=12,
)


def write(ledger: Ledger, plan: list[tuple[str, list[int]]]) -> int:
    for kind, lengths in plan:
        ends = [ledger.position + sum(lengths[: number + 1]) for number in range(len(lengths))]
        match kind:
            case "many":
                ledger.mark_many(SegmentKind.MESSAGE, sorted({end for end in ends if end > ledger.position}))
            case "pairs":
                starts, last = [], ledger.position
                for length in lengths:
                    starts.append(last + length)
                    last += length + 1
                ledger.mark_pairs(SegmentKind.MESSAGE, starts, [start + 1 for start in starts])
            case "mark":
                for end in ends:
                    ledger.mark(SegmentKind.EVENT, end)
            case _:
                for end in ends:
                    ledger.fail(end, kind)
    return ledger.position


@given(steps)
def test_a_sink_sees_the_same_as_is_counted_and_there_is_no_gap(plan: list[tuple[str, list[int]]]) -> None:
    seen: Seen = []
    watched = Ledger("a.txt", lambda *segment: seen.append(segment))
    alone = Ledger("a.txt")
    size = write(watched, plan)
    assert write(alone, plan) == size
    for ledger in (watched, alone):
        ledger.feed(bytes(size))
    told, account = watched.close(size), alone.close(size)
    assert [start for _, _, start, _ in seen] == [0, *(end for _, _, _, end in seen)][: len(seen)]
    assert (seen[-1][3] if seen else 0) == size
    assert sum(tally.bytes for tally in account.segments.values()) == size
    kinds = {kind for _, kind, _, _ in seen}
    counted = {
        str(kind): Tally(
            sum(1 for _, found, _, _ in seen if found == kind),
            sum(end - start for _, found, start, end in seen if found == kind),
        )
        for kind in kinds
    }
    assert told.segments == counted
    # Without a sink, stretches that could not be read for one reason, one after the other, are told as one.
    unparsed = {name: tally.bytes for name, tally in account.segments.items()}
    assert unparsed == {name: tally.bytes for name, tally in told.segments.items()}


def test_a_ledger_only_moves_forward() -> None:
    ledger = Ledger("a.txt")
    ledger.mark(SegmentKind.MESSAGE, 5)
    with pytest.raises(AssertionError, match="overlap"):
        ledger.mark(SegmentKind.MESSAGE, 4)
    with pytest.raises(AssertionError, match="overlap"):
        ledger.mark_many(SegmentKind.MESSAGE, [3, 4])
    with pytest.raises(AssertionError, match="overlap"):
        ledger.mark_pairs(SegmentKind.MESSAGE, [4], [9])


def test_a_ledger_that_is_not_at_the_end_cannot_be_closed() -> None:
    ledger = Ledger("a.txt")
    ledger.feed(b"abc")
    ledger.mark(SegmentKind.MESSAGE, 2)
    with pytest.raises(AssertionError, match="1 bytes of 3 stand in no segment"):
        ledger.close(3)


def test_a_file_that_changed_while_it_was_read_is_told_so() -> None:
    ledger = Ledger("a.txt")
    ledger.feed(b"abc")
    ledger.mark(SegmentKind.MESSAGE, 3)
    with pytest.raises(CannotRead, match="had 5 bytes when it was opened and 3 were read") as error:
        ledger.close(5)
    assert error.value.where == "a.txt"
