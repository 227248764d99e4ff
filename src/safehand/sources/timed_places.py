"""Places with their times: rows of one conversation in any order of the file, handed over oldest first.

    box = TimedSpans()
    box.add(start, end, micros)                   pass 1, in the order of the file; None where a row has no time
    for pieces in box.oldest_first(file, window): pass 2, a block at a time

Three numbers are kept for a row. In the order of the file where that is the order of time, from the other end where
the newest stands first, and one by one where neither is so. A row without a time stays beside the one before it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final

from safehand.errors import CannotRead
from safehand.sources.contract import SourceFile
from safehand.sources.places import BLOCK, Piece, Spans, changed, read_again

_NEVER: Final = -(2**63)


class TimedSpans:
    """Where the rows of one conversation stand, and when each was."""

    __slots__ = ("_falls", "_last", "_moments", "_rises", "_spans")

    def __init__(self) -> None:
        self._spans = Spans()
        self._moments = array("q")
        self._last = _NEVER
        self._rises = False
        self._falls = False

    def __len__(self) -> int:
        return len(self._spans)

    def add(self, start: int, end: int, micros: int | None) -> None:
        """A row stands here."""
        last = self._last
        if micros is None:
            micros = last
        elif micros < last:
            self._falls = True
        elif last < micros and last != _NEVER:
            self._rises = True
        self._spans.add_one(start, end)
        self._moments.append(micros)
        self._last = micros

    @property
    def in_order(self) -> bool:
        """Whether the order of the file is the order of time."""
        return not self._falls

    def oldest_first(self, file: SourceFile, window: int) -> Iterator[list[Piece]]:
        """The rows with their bytes, a block at a time. CannotRead when the file is not as pass 1 saw it."""
        if not (self._falls and self._rises):
            yield from read_again(file, self._spans, window=window, reverse=self._falls)
            return
        order = array("Q", sorted(range(len(self._moments)), key=self._moments.__getitem__))
        with file.open() as stream:
            for first in range(0, len(order), BLOCK):
                block: list[Piece] = []
                for place in order[first : first + BLOCK]:
                    start, end = self._spans[place]
                    try:
                        stream.seek(start)
                        raw = stream.read(end - start)
                    except OSError as err:
                        raise CannotRead("The file could not be read a second time.", where=file.id) from err
                    if len(raw) != end - start:
                        raise changed(file)
                    block.append((start, end, raw))
                yield block
