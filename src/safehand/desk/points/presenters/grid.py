"""The grid of an offence in words: each point by what supports it, what undermines it, what is not here, what to ask.

    15.b Earlier meeting or communication     Supporting: B message 41, 9 January 2026, 22:34 …    Undermining: none

Supporting and undermining stand side by side and look the same; an empty cell says so, and a point of which nobody
wrote says that nobody has looked at it. No message stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safehand.desk.core import say
from safehand.desk.points.library import attempt
from safehand.desk.points.models import Side
from safehand.desk.points.presenters import dates
from safehand.desk.points.presenters.lines import LineWords, checked_words, line_words, lines_words, wordings_words
from safehand.desk.points.showing import ChosenShown, CitedPlace, EntryShown, OffenceShown, OnePointShown, PointShown
from safehand.desk.points.spread import Spread
from safehand.desk.review.models import Points
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.tags import tag_of


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A message that was cited: where it is, who wrote it by letter, when."""

    citation: int
    conversation: int
    number: int
    shown: str
    chip: Chip | None
    when: str
    tagged: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndedWords:
    """What became of an entry that stands no more."""

    taken_back: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One entry. ``ended`` is None where it stands."""

    id: int
    side: str
    reason: str
    places: tuple[PlaceWords, ...]
    by: str
    at: datetime
    ended: EndedWords | None
    older: bool
    """The library had another text when it was written."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """One of the four sides of a point."""

    title: str
    entries: tuple[EntryWords, ...]


@dataclass(frozen=True, slots=True)
class PointWords:
    """One row."""

    code: str
    shown: str
    name: str
    wordings: tuple[LineWords, ...]
    shows: tuple[LineWords, ...]
    undermines: tuple[LineWords, ...]
    gaps: tuple[LineWords, ...]
    cells: tuple[CellWords, ...]
    nobody: bool


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """A choice that stands, or that was taken back."""

    id: int
    offence: str
    as_what: str
    reason: str
    by: str
    at: datetime
    outside: bool


@dataclass(frozen=True, slots=True)
class OffencePage:
    """The page of an offence."""

    code: str
    title: str
    statute: str
    jurisdiction: str
    checked: str
    chosen: tuple[ChosenWords, ...]
    spread: str
    since: LineWords | None
    not_known: str
    days: tuple[dates.DayWords, ...]
    limit: str
    limit_line: LineWords | None
    attempt: LineWords
    notes: tuple[LineWords, ...]
    points: tuple[PointWords, ...]


@dataclass(frozen=True, slots=True)
class PointPage:
    """The page of one point."""

    offence: str
    title: str
    statute: str
    checked: str
    looked_at: bool
    point: PointWords
    before: tuple[EntryWords, ...]
    citable: tuple[PlaceWords, ...]


def offence_page(shown: OffenceShown) -> OffencePage:
    """Present the grid."""
    offence, look = shown.look.offence, shown.look
    own = (offence, attempt()) if look.as_attempt else (offence,)
    return OffencePage(
        code=offence.code,
        title=offence.title,
        statute=offence.statute,
        jurisdiction=offence.jurisdiction,
        checked=checked_words(*own),
        chosen=tuple(map(chosen_words, shown.chosen)),
        spread=dates.spread_words(shown.spread),
        since=line_words(offence.in_force.line) if offence.in_force is not None else None,
        not_known=dates.since_words(offence),
        days=dates.days_words(offence, look.points, shown.spread),
        limit=dates.limit_words(offence, shown.spread),
        limit_line=line_words(offence.time_limit.line) if offence.time_limit is not None else None,
        attempt=line_words(offence.attempt.line),
        notes=lines_words([*offence.notes, *(attempt().notes if look.as_attempt else ())]),
        points=tuple(_point(each, shown.spread) for each in shown.points),
    )


def point_page(shown: OnePointShown) -> PointPage:
    """Present one point."""
    offence = shown.look.offence
    return PointPage(
        offence=offence.code,
        title=offence.title,
        statute=offence.statute,
        checked=checked_words(shown.shown.point.of),
        looked_at=bool(shown.look.chosen),
        point=_point(shown.shown, shown.spread),
        before=tuple(_entry(each, shown.shown.point.of.sha256) for each in shown.before),
        citable=tuple(map(place_words, shown.citable)),
    )


def chosen_words(shown: ChosenShown) -> ChosenWords:
    """A choice."""
    row = shown.chosen
    as_what = "as an attempt" if row.attempt else "as the offence itself"
    return ChosenWords(row.pk, row.offence, as_what, shown.reason, row.by.reference, row.at, row.outside)


def place_words(place: CitedPlace) -> PlaceWords:
    """A message by its place."""
    one = place.citation
    doubts = []
    if not place.still_there:
        doubts.append("Not read from the bytes that were cited")
    if not place.stands:
        doubts.append("This citation was followed or taken back since")
    return PlaceWords(
        citation=one.pk,
        conversation=one.conversation,
        number=one.number,
        shown=say.count(one.number),
        chip=chip(one.letter) if one.letter else None,
        when=times.sent_words(place.line) if place.line is not None else "",
        tagged=f"{tag_of(one.tag).title}: {Points(one.points).label.lower()}",
        doubts=tuple(doubts),
    )


def _point(shown: PointShown, spread: Spread) -> PointWords:
    element = shown.point.element
    return PointWords(
        code=shown.point.code,
        shown=element.shown,
        name=element.name,
        wordings=wordings_words(element.wordings, spread),
        shows=lines_words(element.shows),
        undermines=lines_words(element.undermines),
        gaps=lines_words(element.gaps),
        cells=tuple(CellWords(side.label, _of_side(shown, side)) for side in Side),
        nobody=not shown.entries,
    )


def _of_side(shown: PointShown, side: Side) -> tuple[EntryWords, ...]:
    return tuple(_entry(each, shown.point.of.sha256) for each in shown.entries if each.entry.side == side)


def _entry(shown: EntryShown, library: str) -> EntryWords:
    row, ended = shown.entry, shown.ended
    places = tuple(map(place_words, shown.places))
    after = EndedWords(ended.taken_back, shown.ended_why, ended.by.reference, ended.at) if ended is not None else None
    return EntryWords(
        id=row.pk,
        side=Side(row.side).label,
        reason=shown.reason,
        places=places,
        by=row.by.reference,
        at=row.at,
        ended=after,
        older=row.library != library,
    )
