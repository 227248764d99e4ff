"""The second pass over elements: from either end, the same bytes, whatever the window."""

from __future__ import annotations

import io
import json
from typing import BinaryIO

import pytest

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger
from safehand.sources.contract import FileInMemory
from safehand.sources.json_backwards import read_backwards
from safehand.sources.json_windows import EACH, Elements, scan
from safehand.sources.places import Spans, read_again

COUNT = 1_300  # more than two batches
DATA = json.dumps({"messages": [{"n": n, "text": "bean row " * (n % 7)} for n in range(COUNT)]}, indent=1).encode()


def spans_of(file: FileInMemory) -> Spans:
    spans = Spans()
    for event in scan(file, Ledger(file.id), [("messages", EACH)]):
        if isinstance(event, Elements):
            spans.add(event)
    return spans


@pytest.mark.parametrize("window", [1, 100, 4096, 1 << 22])
@pytest.mark.parametrize("reverse", [False, True])
def test_each_element_is_read_again_once_from_either_end(window: int, reverse: bool) -> None:  # noqa: FBT001
    file = FileInMemory("1", "1.json", DATA)
    pieces = [piece for block in read_again(file, spans_of(file), window=window, reverse=reverse) for piece in block]
    numbers = [json.loads(raw)["n"] for _, _, raw in pieces]
    assert numbers == (list(range(COUNT))[::-1] if reverse else list(range(COUNT)))
    assert all(DATA[start:end] == raw for start, end, raw in pieces)


def test_reading_backwards_gives_the_values_of_the_same_elements() -> None:
    file = FileInMemory("1", "1.json", DATA)
    values = [value["n"] for rows in read_backwards(file, spans_of(file), window=999) for _, _, _, value in rows]
    assert values == list(range(COUNT))[::-1]


def test_an_element_longer_than_the_window_is_read_alone() -> None:
    data = json.dumps({"messages": [{"text": "x" * 5000}, {"text": "y"}]}).encode()
    file = FileInMemory("1", "1.json", data)
    blocks = list(read_again(file, spans_of(file), window=10))
    assert [len(block) for block in blocks] == [1, 1]


@pytest.mark.parametrize("reverse", [False, True])
def test_a_file_that_became_shorter_is_said_to_have_changed(reverse: bool) -> None:  # noqa: FBT001
    spans = spans_of(FileInMemory("1", "1.json", DATA))
    with pytest.raises(CannotRead, match="changed while it was being read"):
        list(read_again(FileInMemory("1", "1.json", DATA[:-3000]), spans, reverse=reverse))


def test_nothing_is_read_again_of_nothing() -> None:
    assert list(read_again(FileInMemory("1", "1.json", b""), Spans(), reverse=True)) == []


class Counting(io.BytesIO):
    """A file that counts what is asked of it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        Counting.read_bytes += len(found)
        return found


class CountedFile(FileInMemory):
    def open(self) -> BinaryIO:
        return Counting(self.data)


@pytest.mark.parametrize("reverse", [False, True])
def test_messages_that_stand_far_apart_are_fetched_one_by_one(reverse: bool) -> None:  # noqa: FBT001
    data = bytes(range(256)) * 40_000
    spans = Spans()
    places = [(number * 1_000_000 + 7, number * 1_000_000 + 107) for number in range(10)]
    for start, end in places:
        spans.add_one(start, end)
    Counting.read_bytes = 0
    found = [piece for block in read_again(CountedFile("f", "f", data), spans, reverse=reverse) for piece in block]
    expected = [(start, end, data[start:end]) for start, end in places]
    assert found == (expected[::-1] if reverse else expected)
    assert Counting.read_bytes == 1_000


@pytest.mark.parametrize("reverse", [False, True])
def test_what_stands_near_each_other_is_fetched_together_and_what_does_not_apart(reverse: bool) -> None:  # noqa: FBT001
    data = bytes(range(256)) * 4_000
    spans = Spans()
    places = [(7, 100), (100, 200), (500_000, 500_001), (700_000, 700_100), (700_200, 700_300)]
    for start, end in places:
        spans.add_one(start, end)
    Counting.read_bytes = 0
    found = [piece for block in read_again(CountedFile("f", "f", data), spans, reverse=reverse) for piece in block]
    expected = [(start, end, data[start:end]) for start, end in places]
    assert found == (expected[::-1] if reverse else expected)
    assert Counting.read_bytes == 193 + 1 + 300
