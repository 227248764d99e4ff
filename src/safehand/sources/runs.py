"""Runs: messages of one conversation that stand together in one file, oldest first or newest first.

    run = Run(file)
    run.add(start, end); run.see(stamp)   pass 1: where they stand, and which way their times run
    for piece in in_order(runs, …):       pass 2: oldest first, whatever way each run was written

A stamp is the text of a moment, in a spelling whose order as text is its order in time (``2024-04-20 01:29:22 UTC``).
Runs that lie one behind the other in time are read one after another; runs that overlap (what was sent, and what was
received) are merged by the stamps of their messages.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import gt, lt
from typing import Final, NamedTuple

from safehand.sources.contract import SourceFile
from safehand.sources.places import Batch, Spans, read_again

_LATEST: Final = "\U0010ffff"


class Piece(NamedTuple):
    """The bytes of one message, and where they stand."""

    file: str
    start: int
    end: int
    raw: bytes


class Run:
    """One stretch of messages."""

    __slots__ = ("falls", "file", "first", "last", "rises", "spans")

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.spans = Spans()
        self.first: str | None = None
        """The stamp of the first message in the file that has one."""
        self.last: str | None = None
        self.rises = 0
        self.falls = 0

    def add(self, start: int, end: int) -> None:
        """A message stands here."""
        self.spans.add_one(start, end)

    def add_all(self, batch: Batch, refused: set[int]) -> None:
        """Messages stand where ``batch`` says, but for the indices ``refused``."""
        if not refused:
            self.spans.add(batch)
            return
        for index, (start, end) in enumerate(zip(batch.starts, batch.ends, strict=True)):
            if index not in refused:
                self.spans.add_one(start, end)

    def see(self, stamp: object) -> None:
        """The stamp of a message further on in the file."""
        if not isinstance(stamp, str):
            return
        if self.last is not None:
            self.rises += stamp > self.last
            self.falls += stamp < self.last
        if self.first is None:
            self.first = stamp
        self.last = stamp

    def see_all(self, stamps: list[str]) -> None:
        """The stamps of messages further on in the file, in their order: as ``see`` of each."""
        if not stamps:
            return
        before = [stamps[0] if self.last is None else self.last, *stamps]
        self.rises += sum(map(gt, stamps, before))
        self.falls += sum(map(lt, stamps, before))
        self.first = before[0] if self.first is None else self.first
        self.last = stamps[-1]

    @property
    def reverse(self) -> bool:
        """Whether the newest stands first."""
        return self.falls > self.rises

    @property
    def earliest(self) -> str:
        """The stamp at the older end; later than any where there is none."""
        found = self.last if self.reverse else self.first
        return _LATEST if found is None else found

    @property
    def latest(self) -> str:
        """The stamp at the newer end."""
        return (self.first if self.reverse else self.last) or ""

    def pieces(self, window: int) -> Iterator[Piece]:
        """Its messages, oldest first."""
        file = self.file.id
        for block in read_again(self.file, self.spans, window=window, reverse=self.reverse):
            for start, end, raw in block:
                yield Piece(file, start, end, raw)


def in_order(runs: Iterable[Run], window: int, stamp_of: Callable[[bytes], str]) -> Iterator[Piece]:
    """The messages of all ``runs``, oldest first. ``stamp_of`` is asked only where runs overlap."""
    ordered = sorted((run for run in runs if len(run.spans)), key=lambda run: run.earliest)
    if _apart(ordered):
        for run in ordered:
            yield from run.pieces(window)
    else:
        # Each run is opened at most once at a time: a conversation has two, or as many as it has parts.
        yield from heapq.merge(*(run.pieces(window) for run in ordered), key=lambda piece: stamp_of(piece.raw))


def _apart(runs: Sequence[Run]) -> bool:
    return all(one.latest <= other.earliest for one, other in pairwise(runs))
