"""The quick way through an array is taken: a file in an export's own layout never needs the careful one."""

from __future__ import annotations

import json

import pytest

from nearly_plain import not_with_care
from safehand.sources import json_elements
from safehand.sources.accounting import Ledger
from safehand.sources.contract import FileInMemory
from safehand.sources.json_windows import EACH, Elements, scan


@pytest.mark.parametrize("indent", [None, 0, 1, 2])
def test_a_well_formed_file_is_read_without_the_careful_way(
    monkeypatch: pytest.MonkeyPatch, indent: int | None
) -> None:
    not_with_care(monkeypatch, json_elements, "_with_care", "an element was measured bracket by bracket")
    data = json.dumps({"name": "x", "messages": [{"n": n, "t": ["a", {"b": 1}]} for n in range(2_000)]}, indent=indent)
    events = scan(FileInMemory("1", "1.json", data.encode()), Ledger("1"), [("messages", EACH)])
    numbers = [value["n"] for event in events if isinstance(event, Elements) for value in event.values]
    assert numbers == list(range(2_000))


@pytest.mark.parametrize("window", [1, 40, 1 << 22])
def test_lines_without_indentation_are_no_layout(window: int) -> None:
    """Brackets at the beginning of a line say nothing of depth there: a good file is read as a whole."""
    data = json.dumps(
        {"members": [{"name": "x"}], "messages": [{"n": n, "t": ["a", {"b": 1}]} for n in range(9)]}, indent=0
    )
    ledger = Ledger("1")
    events = list(scan(FileInMemory("1", "1.json", data.encode()), ledger, [("messages", EACH)], window=window))
    numbers = [value["n"] for event in events if isinstance(event, Elements) for value in event.values]
    assert numbers == list(range(9))
    assert not ledger.close(len(data)).unparsed


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("window", [300, 1 << 22])
def test_elements_that_grow_shorter_and_shorter_are_each_told(indent: int | None, window: int) -> None:
    """The end of an element is not looked for where the shortest so far would not have ended."""
    texts = ["x" * (length if length % 7 else 900) for length in range(700, 0, -1)]
    data = json.dumps({"messages": [{"n": 1, "t": text} for text in texts]}, indent=indent).encode()
    ledger = Ledger("1")
    events = scan(FileInMemory("1", "1.json", data), ledger, [("messages", EACH)], window=window)
    rows = [row for event in events if isinstance(event, Elements) for row in event.rows()]
    assert [value["t"] for _, _, _, value in rows] == texts
    assert all(data[start:end] == raw for start, end, raw, _ in rows)
    assert not ledger.close(len(data)).unparsed
