"""The first-mention table in words: for each tag, who came first and when, how often each side, towards and away.

    Meeting     May point towards: 41 by A, 9 January 2026, 22:34; A 2, B 1        May point away: none tagged
                Offered, not tagged: A first at 12

Both columns stand in every row and look the same; an empty one says so. No message stands here: numbers and times lead
to them. Counts are of what people tagged and are never added across tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from safehand.analysis.indicators.tally import Looked
from safehand.desk.core import say
from safehand.desk.review.models import Points
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.presenters.no_offer import no_offer
from safehand.desk.review.shown import Mention, Mentions, TagSeen


@dataclass(frozen=True, slots=True)
class Count:
    """How often one side was tagged. ``chip`` is None for the platform."""

    chip: Chip | None
    count: str


@dataclass(frozen=True, slots=True)
class Place:
    """A message that a cell leads to."""

    number: int
    shown: str
    chip: Chip | None
    when: str
    by: str
    """The officer who tagged it."""
    still_there: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to read a tag: the first message and the counts, or nothing."""

    first: Place | None
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """The first candidate of one side."""

    chip: Chip | None
    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One tag."""

    title: str
    whole: Cell
    towards: Cell
    away: Cell
    offers: tuple[Offer, ...]
    no_offer: str


@dataclass(frozen=True, slots=True)
class MentionsPage:
    """The table of one conversation."""

    conversation: int
    others: tuple[int, ...]
    looked: str
    rows: tuple[MentionRow, ...]


def mentions_page(shown: Mentions) -> MentionsPage:
    """Present it."""
    number = shown.conversation.number
    return MentionsPage(
        conversation=number,
        others=tuple(other for other in shown.conversations if other != number),
        looked=looked_words(shown.looked),
        rows=tuple(_row(seen, shown) for seen in shown.rows),
    )


def _row(seen: TagSeen, shown: Mentions) -> MentionRow:
    towards = [one for one in seen.cited if one.points in (Points.TOWARDS, Points.BOTH)]
    away = [one for one in seen.cited if one.points in (Points.AWAY, Points.BOTH)]
    return MentionRow(
        title=seen.tag.title,
        whole=_cell(seen.cited, shown.letters),
        towards=_cell(towards, shown.letters),
        away=_cell(away, shown.letters),
        offers=tuple(
            Offer(_chip(letter), number, say.count(number))
            for letter, number in sorted(seen.offered.items(), key=lambda item: item[1])
        ),
        no_offer="" if seen.offered else no_offer(seen.tag, asked=shown.looked is not None, has_words=shown.has_words),
    )


def _cell(mentions: Sequence[Mention], letters: Sequence[str]) -> Cell:
    if not mentions:
        return Cell(None, ())
    counted = Counter(one.letter for one in mentions)
    # Every side of a conversation between two is counted, also at nought: nobody is left out of a row.
    sides = [*letters, *(letter for letter in counted if letter not in letters)] if len(letters) <= 2 else [*counted]
    return Cell(place_of(mentions[0]), tuple(Count(_chip(letter), say.count(counted[letter])) for letter in sides))


def place_of(one: Mention) -> Place:
    """Where a citation leads."""
    return Place(
        number=one.number,
        shown=say.count(one.number),
        chip=_chip(one.letter),
        when=times.sent_words(one.line) if one.line is not None else "",
        by=one.by,
        still_there=one.still_there,
    )


def _chip(letter: str | None) -> Chip | None:
    return chip(letter) if letter else None


def looked_words(looked: Looked | None) -> str:
    """How much of a conversation the rules could look at: what is in another language is said to be so."""
    if looked is None:
        return "No rule was asked about this conversation."
    words = f"Rules looked at {say.counted(looked.analysed, 'message')}"
    if not looked.not_analysed:
        return f"{words}."
    return f"{words}; {say.count(looked.not_analysed)} more are in passages that do not look like English."
