"""A table with one message a row, read twice: where each row stands, and then oldest first.

    table = Table(file, ("ID", "Timestamp", "Contents", "Attachments"), read=("ID", "Timestamp", "Contents"))
    table.survey(desk, is_message, stamp)        pass 1: every byte accounted for
    for rows in table.rows(window): ...          pass 2: from the end its stamps begin at
        places.value(row.fields, "Contents")     "The gate is open"
        places.left(row.fields)                  what stands in other columns: {"Attachments": "…"}

A file without the header that it should have is read by the columns that its form has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from safehand.model.doubt import Doubt
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.csv_records import CUT, Columns, mended, rows_of, scan_rows
from safehand.sources.places import read_again
from safehand.sources.runs import Run
from safehand.sources.thread import Thread

NOT_A_MESSAGE: Final = "a row that is no message"

_MOST_LOOSE: Final = 10_000
"""Rows whose quotes are out of order that are remembered. A table has none, unless a hand was at it."""


class Places:
    """Which column is which, looked up once a file."""

    __slots__ = ("_beside", "_places", "_read", "columns")

    def __init__(self, columns: Columns, names: tuple[str, ...], read: tuple[str, ...]) -> None:
        """``read`` are those of the columns whose words have a place in the model."""
        self.columns = columns
        self._places = {name: place if (place := columns.at(name)) is not None else 1 << 30 for name in names}
        self._read = frozenset(self._places[name] for name in read)
        self._beside = len(read) if self._read == frozenset(range(len(read))) else 0

    def value(self, row: Sequence[str], name: str) -> str:
        """What stands in a column; nothing where there is none."""
        place = self._places[name]
        return row[place] if place < len(row) else ""

    def left(self, row: Sequence[str]) -> dict[str, str]:
        """What stands in columns that have no place, and behind the last of them."""
        if self._beside and not any(row[self._beside :]):
            return {}
        names = self.columns.names
        return {
            (names[place].strip() if place < len(names) else "") or f"column {place + 1}": words
            for place, words in enumerate(row)
            if words and place not in self._read
        }


class Row:
    """One row, of which ``fields`` are the columns."""

    __slots__ = ("doubts", "end", "fields", "start")

    def __init__(self, fields: list[str], start: int, end: int, doubts: tuple[Doubt, ...]) -> None:
        self.fields = fields
        self.start = start
        self.end = end
        self.doubts = doubts
        """What is unsure about the row itself."""


def as_extra(kept: dict[str, str]) -> str | None:
    """The JSON that stands in ``Message.extra``."""
    return json.dumps(kept, ensure_ascii=False) if kept else None


class Table:
    """One file."""

    def __init__(self, file: SourceFile, names: tuple[str, ...], read: tuple[str, ...]) -> None:
        self._file = file
        self._names = names
        self._read = read
        self.places = Places(Columns(names), names, read)
        self.run = Run(file)
        self._loose: set[int] = set()
        self._refused = 0
        self._damaged = 0
        self._cut = 0

    def survey(
        self,
        desk: ReadingDesk,
        is_message: Callable[[Places, Sequence[str]], bool],
        stamp: Callable[[Places, Sequence[str]], str | None],
    ) -> None:
        """Pass 1. ``stamp`` gives what tells which end of the file is the older."""
        run = self.run
        for batch in scan_rows(self._file, desk.ledger(self._file), window=desk.options.window, broken=self._broke):
            places = self.places
            for index, (start, end, row) in enumerate(zip(batch.starts, batch.ends, batch.rows, strict=True)):
                if not index and not batch.first and self._is_header(row):
                    places = self.places = Places(Columns(row), self._names, self._read)
                    batch.tell(index, SegmentKind.HEADER)
                elif is_message(places, row):
                    run.see(stamp(places, row))
                    run.add(start, end)
                else:
                    batch.refuse(index, NOT_A_MESSAGE)
                    self._refused += 1
            self._loose.update(batch.starts[index] for index in batch.loose if len(self._loose) < _MOST_LOOSE)

    def rows(self, window: int) -> Iterator[list[Row]]:
        """Pass 2, oldest first."""
        for block in read_again(self._file, self.run.spans, window=window, reverse=self.run.reverse):
            found = []
            for (start, end, raw), fields in zip(block, rows_of([raw for _, _, raw in block]), strict=True):
                doubts = (Doubt.HEADER_SUSPECT,) if start in self._loose else ()
                if raw.isascii():
                    found.append(Row(fields, start, end, doubts))
                    continue
                mends = [mended(one) for one in fields]
                if any(guessed for _, guessed in mends):
                    doubts = (Doubt.ENCODING_GUESSED, *doubts)
                found.append(Row([text for text, _ in mends], start, end, doubts))
            yield found

    def tell(self, thread: Thread) -> Iterator[str]:
        """Put the doubts into ``thread`` and say the sentences."""
        if self._cut:
            thread.doubt(Doubt.TRUNCATED_FILE)
        if self.places.columns.repeated:
            thread.doubt(Doubt.FIELD_REPEATED)
        if self._damaged:
            yield f"Places that could not be read: {self._damaged}. The account says where."
        if self._refused:
            yield f"Rows that are no messages: {self._refused}. The account says where."

    def _is_header(self, row: Sequence[str]) -> bool:
        found = Columns(row)
        return all(found.at(name) is not None for name in self._names[:3])

    def _broke(self, reason: str) -> None:
        if reason == CUT:
            self._cut += 1
        else:
            self._damaged += 1
