"""Memory does not grow with the file, but for the sixteen bytes a message that say where it stands."""

from __future__ import annotations

import tracemalloc

import pytest

from meta_thread import START, Thread, said
from safehand.model.message import Message
from safehand.sources.contract import FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.meta import SOURCE
from safehand.sources.repeats import REACH, Repeats

WINDOW = 32 * 1024


def peak(count: int) -> tuple[int, int]:
    """The most memory that reading ``count`` messages takes, and how many were read."""
    data = Thread(("Tom",), [said("Tom", START + number, f"row {number}") for number in range(count)]).file()
    file = FileInMemory("1", "messages/inbox/a_1/message_1.json", data)
    (claim,) = SOURCE.claim((Probe(file, data[:4096]),))
    desk = ReadingDesk(ReadOptions(window=WINDOW))
    tracemalloc.start()
    try:
        read = sum(isinstance(event, Message) for event in SOURCE.read(claim, desk))
        return tracemalloc.get_traced_memory()[1], read
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_reading_twice_the_messages_takes_no_more_than_their_places() -> None:
    # Beyond REACH nothing but the places grows; an array doubles by eighths.
    small, read_small = peak(2 * REACH)
    large, read_large = peak(4 * REACH)
    assert (read_small, read_large) == (2 * REACH, 4 * REACH)
    assert large - small < 2 * REACH * 16 * 1.3 + 100_000


def test_a_twin_is_told_by_its_bytes_and_not_by_its_hash() -> None:
    repeats = Repeats(lambda _: b"other bytes with the same hash")
    assert not repeats.seen(b"beans", 1)
    assert not repeats.seen(b"beans", 2)


def test_a_twin_is_found_as_far_back_as_is_promised() -> None:
    repeats = Repeats(lambda number: str(number).encode())
    seen = [repeats.seen(str(number).encode(), number) for number in range(1, REACH)]
    assert not any(seen)
    assert repeats.seen(b"1", REACH)


def test_what_is_remembered_is_bounded() -> None:
    repeats = Repeats(lambda _: b"")
    for number in range(1, 3 * REACH):
        repeats.seen(number.to_bytes(4, "big"), number)
    assert len(repeats._now) + len(repeats._before) <= 2 * REACH
