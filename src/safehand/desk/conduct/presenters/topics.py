"""Who raised what first: a row for each tag, a cell for each side. What people tagged stands first, rules only offer.

Meeting      A: tagged 2 times, first at 41; a candidate first at 12      B: none tagged; no candidate found
"""

from __future__ import annotations

from dataclasses import dataclass

from safehand.desk.conduct.shown import Panel, Raised, TopicSeen
from safehand.desk.core import say
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.presenters.no_offer import no_offer
from safehand.desk.review.tags import Tag


@dataclass(frozen=True, slots=True)
class TopicCell:
    """One side. ``tagged`` and ``offered`` are message numbers, or None."""

    chip: Chip
    tagged: int | None
    tagged_words: str
    offered: int | None
    no_offer: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One tag. ``first`` says whose was the first, by what people tagged or else by what rules offer."""

    title: str
    first: str
    cells: tuple[TopicCell, ...]


def topic_rows(panel: Panel) -> tuple[TopicRow, ...]:
    """Every tag, in the order of the list."""
    return tuple(
        TopicRow(
            topic.tag.title,
            _first(topic, panel),
            tuple(_cell(side.letter, topic.sides[side.letter], topic.tag, panel) for side in panel.sides),
        )
        for topic in panel.topics
    )


def _first(topic: TopicSeen, panel: Panel) -> str:
    tagged = {letter: one.tagged_first for letter, one in topic.sides.items() if one.tagged_first is not None}
    tagged |= topic.tagged_elsewhere
    if tagged:
        letter = min(tagged, key=lambda letter: tagged[letter])
        if letter in topic.tagged_elsewhere:
            return f"{_elsewhere(letter)}, as tagged"
        return f"{letter} at message {say.count(tagged[letter])}, as tagged"
    offered = {letter: one.offered_first for letter, one in topic.sides.items() if one.offered_first is not None}
    offered |= topic.offered_elsewhere
    if offered:
        letter = min(offered, key=lambda letter: offered[letter])
        if letter in topic.offered_elsewhere:
            return f"Nobody tagged one. {_elsewhere(letter)}, by candidates"
        return f"Nobody tagged one. Of candidates {letter}’s at message {say.count(offered[letter])} is the first"
    nothing = _offer_words(topic.tag, panel)
    return f"None tagged; {nothing[0].lower()}{nothing[1:]}"


def _elsewhere(letter: str) -> str:
    """That somebody without a column was earlier, and nothing more: it may be a real child."""
    who = "An account that has no column here" if letter else "The platform, which has no column here,"
    return f"{who} was earlier"


def _cell(letter: str, raised: Raised, tag: Tag, panel: Panel) -> TopicCell:
    return TopicCell(
        chip(letter),
        raised.tagged_first,
        f"{say.count(raised.tagged)} tagged, the first at" if raised.tagged_first is not None else "None tagged",
        raised.offered_first,
        _offer_words(tag, panel),
    )


def _offer_words(tag: Tag, panel: Panel) -> str:
    return no_offer(tag, asked=panel.looked is not None, has_words=panel.words_looked_for)
