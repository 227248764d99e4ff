"""The first rows of a table, for recognition: of the beginning of a file alone.

first_rows(probe.head)      [["id", "permalink", …], ["t1", …], …]
"""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, Final

from safehand.sources.accounting import Ledger
from safehand.sources.csv_records import COMMA, scan_rows

_FIRST_ROWS: Final = 40
"""Rows that recognition looks at, at least where there are so many."""


def first_rows(head: bytes, delimiter: bytes = COMMA) -> list[list[str]]:
    """The first rows of a file of which ``head`` is the beginning: for recognition. The last may be cut."""
    rows: list[list[str]] = []
    for batch in scan_rows(_Head(head), Ledger(""), delimiter=delimiter):
        rows += batch.rows
        if len(rows) >= _FIRST_ROWS:
            break
    return rows


class _Head:
    """The beginning of a file, as a file."""

    id = name = ""

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self._data = data

    def open(self) -> BinaryIO:
        return BytesIO(self._data)
