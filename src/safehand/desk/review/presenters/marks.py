"""Text cut where something was found in it, so that a template can mark the parts and escape them all.

cut("seed potatoes", ((5, 13),))    Piece("seed "), Piece("potatoes", found=True)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    text: str
    found: bool = False


def cut(text: str, spans: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """``text`` in pieces. ``spans`` are in order and do not overlap."""
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        if start > done:
            pieces.append(Piece(text[done:start]))
        if end > start:
            pieces.append(Piece(text[start:end], found=True))
        done = max(done, end)
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return tuple(pieces)


def around(text: str, spans: Sequence[tuple[int, int]], most: int) -> tuple[Piece, ...]:
    """The same for a list of hits: of a long text only the part about the first thing found, with … where it is cut."""
    if len(text) <= most:
        return cut(text, spans)
    middle = spans[0][0] if spans else 0
    start = max(0, min(middle - most // 3, len(text) - most))
    end = start + most
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if b > start and a < end]
    pieces = cut(text[start:end], inside)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)
