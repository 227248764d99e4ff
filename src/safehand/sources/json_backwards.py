"""Elements in reverse: for files that are written newest first.

    spans = Spans()
    for event in scan(file, ledger, patterns):          pass 1: every byte accounted for, where each element stands
        if isinstance(event, Elements): spans.add(event)
    for rows in read_backwards(file, spans):            pass 2: the last element first
        for start, end, raw, value in rows: ...

Sixteen bytes are kept for an element; pass 2 holds one window of the file at a time. Elements that were refused in
pass 1 are left out by adding only those wanted: ``spans.add_one``.

``read_again`` gives the bytes alone, from either end: for a form whose direction only its times tell.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import orjson

from safehand.errors import CannotRead
from safehand.sources.contract import WINDOW, SourceFile
from safehand.sources.json_elements import NOTHING, value_of
from safehand.sources.json_events import BATCH, Elements

Row: TypeAlias = tuple[int, int, bytes, Any]
"""Start, end, bytes, value."""

Piece: TypeAlias = tuple[int, int, bytes]
"""Start, end, bytes."""


class Spans:
    """Where elements stand, in the order of the file."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts = array("Q")
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self._starts[index], self._ends[index]

    def add(self, elements: Elements) -> None:
        """Keep all of a batch."""
        self._starts.extend(elements.starts)
        self._ends.extend(elements.ends)

    def add_one(self, start: int, end: int) -> None:
        """Keep one."""
        self._starts.append(start)
        self._ends.append(end)

    def block_before(self, index: int, window: int) -> int:
        """The first of the elements before ``index`` that fit in ``window`` together, at most BATCH; at least one."""
        lowest = max(0, index - BATCH)
        return min(index - 1, bisect_left(self._starts, self._ends[index - 1] - window, lowest, index))

    def block_after(self, index: int, window: int) -> int:
        """Where the elements from ``index`` on that fit in ``window`` together end: the mirror of block_before."""
        highest = min(len(self._ends), index + BATCH)
        return max(index + 1, bisect_right(self._ends, self._starts[index] + window, index, highest))

    def between(self, first: int, last: int, *, reverse: bool) -> Iterator[tuple[int, int]]:
        """Start and end of the elements from ``first`` to before ``last``, or the last of them first."""
        starts, ends = self._starts[first:last], self._ends[first:last]
        return zip(reversed(starts), reversed(ends), strict=True) if reverse else zip(starts, ends, strict=True)


def read_backwards(
    file: SourceFile,
    spans: Spans,
    *,
    window: int = WINDOW,
    decode: Callable[[bytes], Any] = orjson.loads,
) -> Iterator[list[Row]]:
    """The elements of ``spans``, last first. CannotRead when the file is no longer what pass 1 saw."""
    for pieces in read_again(file, spans, window=window, reverse=True):
        rows: list[Row] = []
        for start, end, raw in pieces:
            value = value_of(raw, decode)
            if value is NOTHING:
                raise _changed(file)
            rows.append((start, end, raw, value))
        yield rows


def read_again(file: SourceFile, spans: Spans, *, window: int = WINDOW, reverse: bool = False) -> Iterator[list[Piece]]:
    """The bytes of the elements of ``spans``, a block at a time: first to last, or last to first.

    CannotRead when the file is shorter than pass 1 saw.
    """
    done = len(spans) if reverse else 0
    with file.open() as stream:
        while done > 0 if reverse else done < len(spans):
            first, last = (
                (spans.block_before(done, window), done) if reverse else (done, spans.block_after(done, window))
            )
            base = spans[first][0]
            size = spans[last - 1][1] - base
            try:
                stream.seek(base)
                block = stream.read(size)
            except OSError as err:
                raise CannotRead("The file could not be read a second time.", where=file.id) from err
            if len(block) != size:
                raise _changed(file)
            inside = spans.between(first, last, reverse=reverse)
            yield [(start, end, block[start - base : end - base]) for start, end in inside]
            done = first if reverse else last


def _changed(file: SourceFile) -> CannotRead:
    return CannotRead(
        "The file changed while it was being read.",
        where=file.id,
        todo="Close the program that writes it and read it again.",
    )
