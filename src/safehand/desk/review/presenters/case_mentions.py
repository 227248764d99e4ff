"""First mentions of a whole case in words: the rows of mentions.py, over all its conversations.

    Meeting     May point towards: 41 of conversation 2 by C, 9 January 2026, 22:34 UK time; C 2, A 1
                May point away: 3 of conversation 1, or 8 of conversation 3: it cannot be said which came first
                Offered, not tagged: conversation 1: A 12; conversation 2: C 41

An order that times do not show is claimed nowhere. Counts are of what people tagged and are never added across tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from safehand.casefile.clock import Clock
from safehand.desk.core import say
from safehand.desk.review.may_be_first import may_be_first, stretch_of
from safehand.desk.review.models import Points
from safehand.desk.review.presenters.conversation_words import conversations_words, twice_words
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.presenters.mentions import Count, Offer, Place, place_of
from safehand.desk.review.presenters.no_offer import no_offer
from safehand.desk.review.shown import Mention
from safehand.desk.review.shown_case import CaseMentions, CaseTagSeen
from safehand.model.instant import unknown_instant

SIDES: Final = 6
"""Accounts of a case up to which every one has its count, also at nought: nobody is left out of a row."""

_OPEN: Final = 3
"""Conversations whose candidates stand open; more are behind a press."""

_IN_DOUBT: Final = {
    Clock.DEVICE: "by a clock whose zone the source does not name",
    Clock.EITHER: "on a day that can be read two ways",
    Clock.NONE: "without a time that can be read",
}


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A message that a cell leads to."""

    conversation: int
    there: bool
    """Whether this version reads such a conversation."""
    place: Place


@dataclass(frozen=True, slots=True)
class CaseCell:
    """One way to read a tag: the first message, or each that may be, and the counts; or nothing."""

    firsts: tuple[CasePlace, ...]
    counts: tuple[Count, ...]
    where: str
    """How many in which conversation; empty where they are all in one."""


@dataclass(frozen=True, slots=True)
class CaseOffers:
    """The first candidates of one conversation."""

    conversation: int
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class CaseMentionRow:
    """One tag."""

    title: str
    whole: CaseCell
    towards: CaseCell
    away: CaseCell
    offers: tuple[CaseOffers, ...]
    folded: bool
    """Whether the offers are so many that they stand behind a press."""
    no_offer: str


@dataclass(frozen=True, slots=True)
class CaseMentionsPage:
    """The table of a case. ``doubts`` say what in it cannot be put in order, and what stands in it twice."""

    conversations: tuple[int, ...]
    about: str
    looked: str
    doubts: tuple[str, ...]
    rows: tuple[CaseMentionRow, ...]


def case_mentions_page(shown: CaseMentions) -> CaseMentionsPage:
    """Present it."""
    return CaseMentionsPage(
        conversations=shown.conversations,
        about=_about(shown),
        looked=_looked(shown),
        doubts=(
            *_order_doubts(shown),
            *twice_words(shown.overlaps, "what is tagged or offered in both stands here for each"),
        ),
        rows=tuple(_row(seen, shown) for seen in shown.rows),
    )


def _about(shown: CaseMentions) -> str:
    match len(shown.conversations):
        case 0:
            return "No conversation of this case could be read."
        case 1:
            return "The one conversation of the case."
        case several:
            return f"All {say.count(several)} conversations of the case."


def _row(seen: CaseTagSeen, shown: CaseMentions) -> CaseMentionRow:
    offers = tuple(_offers(conversation, here) for conversation, here in sorted(seen.offered.items()))
    nothing = no_offer(seen.tag, asked=bool(shown.looked), has_words=shown.has_words)
    return CaseMentionRow(
        title=seen.tag.title,
        whole=_cell(seen.cited, shown),
        towards=_cell(_read_as(seen.cited, Points.TOWARDS), shown),
        away=_cell(_read_as(seen.cited, Points.AWAY), shown),
        offers=offers,
        folded=len(offers) > _OPEN,
        no_offer="" if offers else nothing,
    )


def _offers(conversation: int, here: Mapping[str | None, int]) -> CaseOffers:
    found = sorted(here.items(), key=lambda item: item[1])
    return CaseOffers(
        conversation, tuple(Offer(chip(letter) if letter else None, n, say.count(n)) for letter, n in found)
    )


def _read_as(cited: Mapping[int, tuple[Mention, ...]], points: Points) -> dict[int, tuple[Mention, ...]]:
    found = {
        conversation: tuple(one for one in mentions if one.points in (points, Points.BOTH))
        for conversation, mentions in cited.items()
    }
    return {conversation: mentions for conversation, mentions in found.items() if mentions}


def _cell(cited: Mapping[int, tuple[Mention, ...]], shown: CaseMentions) -> CaseCell:
    sent = {
        conversation: [one.line.message.sent if one.line is not None else unknown_instant("") for one in mentions]
        for conversation, mentions in cited.items()
    }
    firsts = may_be_first({conversation: stretch_of(here[0], here[1:]) for conversation, here in sent.items()})
    counted = Counter(one.letter for mentions in cited.values() for one in mentions)
    return CaseCell(
        firsts=tuple(
            CasePlace(conversation, conversation in shown.conversations, place_of(cited[conversation][0]))
            for conversation in firsts
        ),
        counts=_counts(counted, shown.letters),
        where=_where(cited),
    )


def _where(cited: Mapping[int, tuple[Mention, ...]]) -> str:
    if len(cited) < 2:
        return ""
    return ", ".join(f"{say.count(len(here))} in conversation {conversation}" for conversation, here in cited.items())


def _counts(counted: Counter[str], letters: tuple[str, ...]) -> tuple[Count, ...]:
    if not counted:
        return ()
    own = letters if len(letters) <= SIDES else tuple(letter for letter in letters if counted[letter])
    sides: tuple[str, ...] = (*own, *sorted(letter for letter in counted if letter not in letters))
    return tuple(Count(_chip(letter), say.count(counted[letter])) for letter in sides)


def _chip(letter: str) -> Chip | None:
    return chip(letter) if letter else None


def _looked(shown: CaseMentions) -> str:
    asked = shown.looked.values()
    if not asked:
        return "No rule was asked about these conversations."
    words = f"Rules looked at {say.counted(sum(one.analysed for one in asked), 'message')}"
    skipped = sum(one.not_analysed for one in asked)
    if skipped:
        words += f"; {say.count(skipped)} more are in passages that do not look like English"
    unasked = len(set(shown.conversations) - set(shown.looked))
    if unasked:
        words += f"; about {say.counted(unasked, 'conversation')} no rule was asked"
    return f"{words}."


def _order_doubts(shown: CaseMentions) -> Iterable[str]:
    """Of which conversations it cannot always be said whether something in them came before another."""
    if len(shown.conversations) < 2:
        return
    for clock, why in _IN_DOUBT.items():
        found = [(one.conversation, one.messages) for one in shown.clocks if one.clock is clock and one.messages]
        if found:
            messages = say.counted(sum(messages for _, messages in found), "message")
            yield f"{messages} {why}, in {conversations_words([conversation for conversation, _ in found])}."
