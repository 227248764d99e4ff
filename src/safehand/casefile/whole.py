"""Gaps, and conversations that are one in two exports: how they are stored, and read a page at a time.

store_whole(connection, whole, numbers)                     while the case file is built
gap_counts(casefile)                    (3, deleted, 204)   conversation, kind, how many
gaps(casefile, after=0)                 listed gaps, in the order of conversations and messages
gap_numbers(casefile, 3)                at which messages of a conversation
overlaps(casefile)                      conversation 1 beside 3: 812 the same, 1 differing, …
overlap_rows(casefile, 1, after=0)      the stretches of that, in order
"""

from __future__ import annotations

from typing import Any, Final

import apsw
import msgspec

from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.overlap import Row, Verdict
from safehand.analysis.whole import Whole
from safehand.casefile.read import CaseFile
from safehand.casefile.writing import encode

PAGE: Final = 200
"""Gaps, or rows of two sides, that are read at once."""

_gap = msgspec.msgpack.Decoder(Gap).decode


class StoredGap(msgspec.Struct, frozen=True):
    """A listed gap. ``number`` counts the gaps of a case file; ``conversation`` is the case file's own number."""

    number: int
    conversation: int | None
    gap: Gap


class GapCount(msgspec.Struct, frozen=True):
    """How many gaps of a kind a conversation has, listed or not."""

    conversation: int | None
    kind: GapKind
    count: int


class StoredOverlap(msgspec.Struct, frozen=True):
    """Two conversations beside each other. ``clock``: microseconds that B's clock is ahead."""

    number: int
    a: int
    b: int
    clock: int
    same: int
    differing: int
    only_a: int
    only_b: int


class StoredRow(msgspec.Struct, frozen=True):
    """A stretch of two sides, with its place among them, from 1."""

    position: int
    row: Row


def store_whole(connection: apsw.Connection, whole: Whole, numbers: dict[str, int]) -> None:
    """Store what ``whole`` saw. ``numbers`` has each conversation's number, by its id."""
    gaps = whole.gaps.found()
    connection.executemany(
        "INSERT INTO gaps VALUES (?, ?, ?)",
        ((number, numbers.get(gap.conversation or ""), encode(gap)) for number, gap in enumerate(gaps, 1)),
    )
    connection.executemany(
        "INSERT INTO gap_counts VALUES (?, ?, ?)",
        ((numbers.get(ident or "", 0), str(kind), count) for (ident, kind), count in whole.gaps.counts.items()),
    )
    for number, (a, b, overlap) in enumerate(whole.overlaps(), 1):
        told = (overlap.count(verdict) for verdict in Verdict)
        connection.execute(
            "INSERT INTO overlaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, numbers[a], numbers[b], overlap.clock, *told),
        )
        connection.executemany(
            "INSERT INTO overlap_rows VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, position, str(row.verdict), row.a, row.b, row.length)
                for position, row in enumerate(overlap.rows, 1)
            ),
        )


def gap_counts(casefile: CaseFile) -> tuple[GapCount, ...]:
    """Gaps by conversation and kind, in the order of the conversations; those about the capture as a whole first."""
    rows = casefile.rows("SELECT conversation, kind, count FROM gap_counts ORDER BY conversation")
    order = list(GapKind)
    counts = [GapCount(conversation or None, GapKind(kind), count) for conversation, kind, count in rows]
    return tuple(sorted(counts, key=lambda one: (one.conversation or 0, order.index(one.kind))))


def gaps(casefile: CaseFile, after: int = 0, limit: int = PAGE) -> tuple[StoredGap, ...]:
    """Up to ``limit`` listed gaps after number ``after``."""
    rows = casefile.rows(
        "SELECT number, conversation, gap FROM gaps WHERE number > ? ORDER BY number LIMIT ?", (after, limit)
    )
    return tuple(StoredGap(number, conversation, _gap(stored)) for number, conversation, stored in rows)


def gap_numbers(casefile: CaseFile, conversation: int) -> tuple[int, ...]:
    """The messages of a conversation at which a listed gap is, in order, each once."""
    rows = casefile.rows("SELECT gap FROM gaps WHERE conversation = ?", (conversation,))
    return tuple(sorted({number for (stored,) in rows if (number := _gap(stored).number) is not None}))


def overlaps(casefile: CaseFile) -> tuple[StoredOverlap, ...]:
    """Every pair of conversations that is one in two exports."""
    return tuple(StoredOverlap(*row) for row in casefile.rows("SELECT * FROM overlaps ORDER BY number"))


def overlap(casefile: CaseFile, number: int) -> StoredOverlap | None:
    """Pair ``number``, or None."""
    return next((one for one in overlaps(casefile) if one.number == number), None)


def overlap_rows(casefile: CaseFile, number: int, after: int = 0, limit: int = PAGE) -> tuple[StoredRow, ...]:
    """Up to ``limit`` stretches of pair ``number`` after position ``after``."""
    rows = casefile.rows(
        "SELECT position, verdict, a, b, length FROM overlap_rows WHERE overlap = ? AND position > ? "
        "ORDER BY position LIMIT ?",
        (number, after, limit),
    )
    return tuple(_row(*row) for row in rows)


def _row(position: int, verdict: str, a: Any, b: Any, length: int) -> StoredRow:
    return StoredRow(position, Row(Verdict(verdict), a, b, length))
