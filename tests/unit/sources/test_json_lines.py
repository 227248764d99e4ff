"""A file of JSON lines: each line with its place, whatever the window, and nothing between them lost."""

from __future__ import annotations

from typing import Any

import pytest

from safehand.sources.accounting import FileAccount, Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, FileInMemory
from safehand.sources.json_events import Broken, Trouble
from safehand.sources.json_fields import Odd
from safehand.sources.json_lines import scan_lines

Row = tuple[int, int, Any]


def scanned(data: bytes, window: int = WINDOW) -> tuple[list[Row], list[Broken], FileAccount]:
    file = FileInMemory("a", "a", data)
    ledger = Ledger("a")
    broken: list[Broken] = []
    rows: list[Row] = []
    for batch in scan_lines(file, ledger, window=window, broken=broken.append):
        for start, end, raw, value in batch.rows():
            assert data[start:end] == raw
            rows.append((start, end, value))
    return rows, broken, ledger.close(len(data))


@pytest.mark.parametrize("window", [1, 3, 64, WINDOW])
def test_lines_are_told_with_their_places_and_what_parts_them_is_structure(window: int) -> None:
    rows, broken, account = scanned(b'\xef\xbb\xbf{"a":1}\n\n  [2] \r\n3', window)
    assert rows == [(3, 10, {"a": 1}), (14, 17, [2]), (20, 21, 3)]
    assert broken == []
    assert account.segments[SegmentKind.BOM].bytes == 3
    assert account.segments[SegmentKind.MESSAGE].count == 3


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\n\t", b"\xef\xbb\xbf"])
def test_nothing_is_nothing(data: bytes) -> None:
    rows, broken, account = scanned(data)
    assert (rows, broken, account.unparsed) == ([], [], ())


def test_a_line_that_is_no_json_is_kept_and_the_others_are_read() -> None:
    rows, broken, account = scanned(b'{"a":1}\n{"a":\n{"a":2}\n{"a":3')
    assert [value for _, _, value in rows] == [{"a": 1}, {"a": 2}]
    assert [one.trouble for one in broken] == [Trouble.DAMAGED, Trouble.TRUNCATED]
    assert [(one.start, one.end) for one in account.unparsed] == [(8, 14), (22, 28)]


def test_half_a_character_is_read_leniently() -> None:
    (row,), _, _ = scanned(b'{"a":"\\ud83d"}\n')
    assert isinstance(row[2], Odd)


@pytest.mark.parametrize("extra", [0, 1])
def test_a_line_longer_than_any_message_is_kept_and_never_held(extra: int) -> None:
    line = b'"' + b"a" * (LONGEST_MESSAGE - 3 + extra) + b'"\n'
    rows, broken, account = scanned(b"1\n" + line + b"2\n")
    assert [value for _, _, value in rows if isinstance(value, int)] == [1, 2]
    assert [one.trouble for one in broken] == [Trouble.TOO_LONG] * extra
    assert sum(one.end - one.start for one in account.unparsed) == len(line) * extra
