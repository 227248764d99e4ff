"""Searching a case file, in the order the messages were written.

    hits = search(casefile, 'seed pot*', conversation=1)
    hits.total                        how many messages match
    hits.hits[0].spans                ((4, 8), (9, 17)): what to mark in the text, in characters
    search(…, after=hits.next)        the next page; None on the last

Chronological order is what an investigator reads, and it costs nothing: both indexes are in that order (tech.md 8).
How words become a query: terms.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.casefile.read import CaseFile, line_of
from safehand.casefile.schema import LAST_CONVERSATION, conversation_of, place
from safehand.casefile.terms import Query, also_text, parse_query, spans
from safehand.casefile.views import Line

LIMIT: Final = 50
"""Hits on a page."""

_END: Final = (1 << 63) - 1

_WORDS: Final = "words WHERE words MATCH ?"
_SIGNS: Final = "signs WHERE signs MATCH ?"
_BOTH: Final = "words WHERE words MATCH ? AND rowid IN (SELECT rowid FROM signs WHERE signs MATCH ?)"

# What stands in the braces is one of the three above; what an officer typed is only ever bound.
_COUNT: Final = "SELECT count(*) FROM {} AND rowid BETWEEN ? AND ?"
_FIND: Final = (
    "SELECT place, letter, at, other, clock, gap, whole "
    "FROM (SELECT rowid AS found FROM {} AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?) "
    "JOIN messages ON place = found LEFT JOIN accounts ON number = account ORDER BY place"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that matches. Without spans, the match is in ``also``: a file's name, a poll."""

    conversation: int
    line: Line
    spans: tuple[tuple[int, int], ...]
    also: str | None = None
    also_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits."""

    hits: tuple[Hit, ...]
    total: int
    """Messages that match in all, on every page."""
    next: int | None
    """What to give as ``after`` for the next page."""
    ignored: int
    """Parts of the query that hold nothing to search for."""


def search(casefile: CaseFile, query: str, conversation: int | None = None, after: int = 0, limit: int = LIMIT) -> Hits:
    """The messages that hold every word of ``query``. UsageError where it holds nothing to search for."""
    parsed = parse_query(query)
    if conversation is not None and not 0 < conversation <= LAST_CONVERSATION:
        return Hits((), 0, None, parsed.ignored)
    low, high = (0, _END) if conversation is None else (place(conversation, 0), place(conversation + 1, 0) - 1)
    where, bindings = _condition(parsed)
    total = casefile.rows(_COUNT.format(where), (*bindings, low, high))[0][0]
    rows = casefile.rows(_FIND.format(where), (*bindings, max(low, min(after, _END - 1) + 1), high, limit + 1))
    hits = tuple(_hit(parsed, row[0], line_of(row)) for row in rows[:limit])
    return Hits(hits, total, rows[limit - 1][0] if len(rows) > limit > 0 else None, parsed.ignored)


def _condition(query: Query) -> tuple[str, tuple[str, ...]]:
    words, signs = query.words_match(), query.signs_match()
    match (words, signs):
        case (str(), None):
            return _WORDS, (words,)
        case (None, str()):
            return _SIGNS, (signs,)
        case (str(), str()):
            return _BOTH, (words, signs)
    raise AssertionError("a query without a term")


def _hit(query: Query, key: int, line: Line) -> Hit:
    also = also_text(line.message)
    return Hit(
        conversation_of(key),
        line,
        spans(query, line.message.text or ""),
        also,
        () if also is None else spans(query, also),
    )
