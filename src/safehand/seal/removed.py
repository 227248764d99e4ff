"""Stretches of a source file that are left out of its sealed copy.

    Removed(start=48, end=48259, why=embedded)       bytes 48 to 48258 of the file as it came

In the sealed copy a marker stands in their place. The ranges count in the source file, so that they can be matched
against the device, which stays the original (domain.md 12.1). They stand in order and never touch the same byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import BinaryIO, Final

import msgspec

from safehand.errors import CannotRead

PIECE: Final = 1 << 20
"""Bytes read at a time."""


class Why(StrEnum):
    """Why a stretch of a source file was left out."""

    EMBEDDED = "embedded"
    """It may be a picture, written as text (domain.md F5.4)."""
    EXCLUDED = "excluded"
    """The holder left it out (domain.md F10.8)."""


class Removed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bytes ``start`` to ``end`` (not included) of the source file, for which a marker stands in the item."""

    start: int
    end: int
    why: Why


def merged(excluded: Sequence[Removed], embedded: Sequence[Removed]) -> tuple[Removed, ...]:
    """Both, in order and apart: what the holder left out is not also counted as a picture."""
    out = list(excluded)
    for found in embedded:
        start = found.start
        for wall in sorted(excluded, key=lambda removed: removed.start):
            if start < wall.start < found.end:
                out.append(Removed(start, wall.start, found.why))
            if wall.start < found.end and start < wall.end:
                start = wall.end
        if start < found.end:
            out.append(Removed(start, found.end, found.why))
    return tuple(sorted(out, key=lambda removed: removed.start))


def sealed_pieces(
    stream: BinaryIO, removed: Sequence[Removed], marker: Callable[[Removed], bytes], *, where: str = ""
) -> Iterator[bytes]:
    """The sealed copy of what is left to read in ``stream``: its own bytes, and a marker for each stretch left out."""
    place = 0
    for stretch in removed:
        yield from _pieces(stream, stretch.start - place, where)
        yield marker(stretch)
        for _ in _pieces(stream, stretch.end - stretch.start, where):
            pass  # read past: the stream may be one that cannot seek quickly
        place = stretch.end
    while piece := stream.read(PIECE):
        yield piece


def _pieces(stream: BinaryIO, size: int, where: str) -> Iterator[bytes]:
    while size:
        piece = stream.read(min(size, PIECE))
        if not piece:
            raise CannotRead("The file became shorter while it was being sealed.", where=where, todo="Seal it again.")
        size -= len(piece)
        yield piece
