"""Text cut where something was found in it, so that a template can mark the parts and escape them all.

cut("seed potatoes", ((5, 13),))                   Piece("seed "), Piece("potatoes", found=True)
cut("im 13 btw", cues=((0, 5),))                   Piece("im 13", cue=True), Piece(" btw")

What was searched for and what an indicator rests on are two marks, and may overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    text: str
    found: bool = False
    cue: bool = False
    """An indicator rests on these words."""


def cut(text: str, spans: Sequence[tuple[int, int]] = (), cues: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """``text`` in pieces. ``spans`` are in order and do not overlap; ``cues`` may."""
    if not spans and not cues:  # as nearly all are
        return (Piece(text),) if text else ()
    ends = {end for span in (*spans, *cues) for end in span if 0 < end < len(text)}
    places = [0, *sorted(ends), len(text)]
    return tuple(
        Piece(text[start:end], _inside(start, spans), _inside(start, cues))
        for start, end in pairwise(places)
        if start < end
    )


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


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
