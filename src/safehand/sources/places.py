r"""Places: where the messages of a file stand, kept in sixteen bytes each, and how their bytes are read again.

    spans = Spans()
    spans.add_one(start, end)                     pass 1: every byte accounted for, and where each message stands
    for pieces in read_again(file, spans):        pass 2: a block at a time
        for start, end, raw in pieces: ...

    Boxes                                         a file that holds many conversations, one message of each in turn:
        "+447700900123" → Spans                   pass 1 puts each message into the box of its conversation, and
        "+447700900456" → Spans                   pass 2 reads box after box

From either end: for forms that are written newest first, or whose direction only their times tell. Messages that stand
far apart are fetched one by one, so that a conversation of ten messages costs ten small reads and not the whole file.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import sub
from typing import BinaryIO, Final, Protocol, TypeAlias

from safehand.errors import CannotRead
from safehand.sources.contract import WINDOW, SourceFile

BLOCK: Final = 128
"""Messages handed over at once: enough that a call costs nothing, few enough to stay in the processor's cache."""

_NEAR: Final = 32 << 10
"""Bytes between two messages that are read along: fetching them costs less than another read."""

Piece: TypeAlias = tuple[int, int, bytes]
"""Start, end, bytes."""


class Batch(Protocol):
    """Anything that tells where several messages stand, in ascending order."""

    starts: list[int]
    ends: list[int]


class Spans:
    """Where messages stand, in the order of the file."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts = array("Q")
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self._starts[index], self._ends[index]

    def add(self, elements: Batch) -> None:
        """Keep all of a batch."""
        self._starts.extend(elements.starts)
        self._ends.extend(elements.ends)

    def add_one(self, start: int, end: int) -> None:
        """Keep one."""
        self._starts.append(start)
        self._ends.append(end)

    def block_before(self, index: int, window: int) -> int:
        """The first of the elements before ``index`` that fit in ``window`` together, at most BLOCK; at least one."""
        lowest = max(0, index - BLOCK)
        return min(index - 1, bisect_left(self._starts, self._ends[index - 1] - window, lowest, index))

    def block_after(self, index: int, window: int) -> int:
        """Where the elements from ``index`` on that fit in ``window`` together end: the mirror of block_before."""
        highest = min(len(self._ends), index + BLOCK)
        return max(index + 1, bisect_right(self._ends, self._starts[index] + window, index, highest))

    def between(self, first: int, last: int) -> tuple[array[int], array[int]]:
        """Starts and ends of the elements from ``first`` to before ``last``."""
        return self._starts[first:last], self._ends[first:last]


Boxes: TypeAlias = dict[str, Spans]
"""The messages of each conversation of a file, by what tells conversations apart there; in order of appearance."""


def read_again(file: SourceFile, spans: Spans, *, window: int = WINDOW, reverse: bool = False) -> Iterator[list[Piece]]:
    """The bytes of the messages of ``spans``, a block at a time: first to last, or last to first.

    CannotRead when the file is shorter than pass 1 saw.
    """
    done = len(spans) if reverse else 0
    with file.open() as stream:
        while done > 0 if reverse else done < len(spans):
            first, last = (
                (spans.block_before(done, window), done) if reverse else (done, spans.block_after(done, window))
            )
            pieces = _pieces(file, stream, *spans.between(first, last))
            yield pieces[::-1] if reverse else pieces
            done = first if reverse else last


def _pieces(file: SourceFile, stream: BinaryIO, starts: Sequence[int], ends: Sequence[int]) -> list[Piece]:
    """The bytes of messages: one read for all that stand near each other."""
    far = [index for index, gap in enumerate(map(sub, starts[1:], ends), 1) if gap > _NEAR]
    if not far:
        return _near(file, stream, starts, ends)
    groups = pairwise([0, *far, len(starts)])
    return [piece for one, other in groups for piece in _near(file, stream, starts[one:other], ends[one:other])]


def _near(file: SourceFile, stream: BinaryIO, starts: Sequence[int], ends: Sequence[int]) -> list[Piece]:
    base, size = starts[0], ends[-1] - starts[0]
    try:
        stream.seek(base)
        block = stream.read(size)
    except OSError as err:
        raise CannotRead("The file could not be read a second time.", where=file.id) from err
    if len(block) != size:
        raise changed(file)
    return [(start, end, block[start - base : end - base]) for start, end in zip(starts, ends, strict=True)]


def changed(file: SourceFile) -> CannotRead:
    """What to raise when the second pass does not find what the first saw."""
    return CannotRead(
        "The file changed while it was being read.",
        where=file.id,
        todo="Close the program that writes it and read it again.",
    )
