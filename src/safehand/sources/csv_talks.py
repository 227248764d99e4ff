"""Conversations out of tables: what could not be read of the rows, and the rows of a conversation in the order of time.

    damage = RowDamage()
    for batch in scan_rows(…, broken=damage.broke): …      pass 1: a Run for each conversation and file
    for block in blocks(runs, window, stamp_of):           pass 2: pieces, oldest first
        rows = rows_of(piece.raw for piece in block)

A table is written oldest first or newest first; the times tell (runs.py). Where a conversation stands in several
files, their rows are merged by their times.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from safehand.model.doubt import Doubt
from safehand.sources.csv_records import BATCH, CUT
from safehand.sources.places import read_again
from safehand.sources.runs import Piece, Run
from safehand.sources.thread import Thread

NOT_A_MESSAGE: Final = "a row that holds no message"


class RowDamage:
    """What could not be read of the rows of one reading."""

    __slots__ = ("broken", "loose", "refused", "truncated")

    def __init__(self) -> None:
        self.broken = 0
        self.truncated = 0
        self.refused = 0
        self.loose = 0
        """Rows with a quotation mark where a table has none."""

    def broke(self, reason: str) -> None:
        """A stretch could not be read."""
        self.broken += 1
        self.truncated += reason == CUT

    def refuse(self, *, is_cut: bool) -> None:
        """A row holds no message. ``is_cut``: it is too short, and the file ends with it."""
        self.refused += 1
        self.truncated += is_cut

    def tell(self, thread: Thread) -> Iterator[str]:
        """Put the doubts into ``thread`` and say the sentences."""
        if self.truncated:
            thread.doubt(Doubt.TRUNCATED_FILE, self.truncated)
        if self.broken:
            yield f"Places that could not be read: {self.broken}. The account says where."
        if self.refused:
            yield f"Rows that hold no message: {self.refused}. The account says where."
        if self.loose:
            yield f"Rows with a quotation mark where a table has none: {self.loose}. They were read as they stand."


def blocks(runs: Sequence[Run], window: int, stamp_of: Callable[[Piece], str]) -> Iterator[list[Piece]]:
    """The rows of ``runs``, oldest first, some at a time. ``stamp_of`` is asked only where there are several."""
    if len(runs) == 1:
        file = runs[0].file
        for block in read_again(file, runs[0].spans, window=window, reverse=runs[0].reverse):
            yield [Piece(file.id, start, end, raw) for start, end, raw in block]
        return
    merged = heapq.merge(*(run.pieces(window) for run in runs), key=stamp_of)
    while some := list(islice(merged, BATCH)):
        yield some
