"""What a search found: letters, not names; the words about each hit, with the hit marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.casefile.search import Hit
from safehand.desk.core import say
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.marks import Piece, around
from safehand.desk.review.shown import Searched

_MOST: Final = 280
"""Characters shown of one hit: enough to know whether to open it."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One message that holds the words."""

    conversation: int
    number: int
    shown: str
    letter: str
    side: str
    day: str
    time: str
    pieces: tuple[Piece, ...]
    also: tuple[Piece, ...]
    cover: str
    """The word for why it is covered until asked for; empty where it is not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. ``after`` is what to send for the next page."""

    words: str
    total: str
    rows: tuple[FoundRow, ...]
    after: int | None
    ignored: bool


def found(searched: Searched, words: str) -> Found:
    """Present a page of hits."""
    hits, covered = searched.hits, searched.covered
    return Found(
        words=words,
        total=say.counted(hits.total, "message"),
        rows=tuple(_row(hit, covered.get((hit.conversation, hit.line.number), "")) for hit in hits.hits),
        after=hits.next,
        ignored=hits.ignored > 0,
    )


def _row(hit: Hit, cover: str) -> FoundRow:
    line = hit.line
    shown, other = line.shown, line.shown_other
    day = times.day_words(shown.date() if shown else None, other.date() if other else None)
    also_hit = hit.also is not None and bool(hit.also_spans)
    return FoundRow(
        conversation=hit.conversation,
        number=line.number,
        shown=say.count(line.number),
        letter=line.letter or "",
        side=side_of(line.letter) if line.letter else "none",
        day=day,
        time=times.minutes(line),
        pieces=around(line.message.text or "", hit.spans, _MOST),
        cover=cover,
        also=around(hit.also, hit.also_spans, _MOST) if also_hit and hit.also is not None else (),
    )
