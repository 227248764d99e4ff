"""Where a record may not be whole, in words: what kind, how many, and where to look. No message, no name.

Marks that a message was deleted        Conversation 1: 3
Message 204 of conversation 1           a mark that a message was deleted      data/0001.txt, bytes 9,120 to 9,186
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.stated import ELSEWHERE
from safehand.casefile.whole import StoredGap, StoredOverlap
from safehand.desk.core import say
from safehand.desk.review.presenters.conversations import platform_words
from safehand.desk.review.shown import WholeShown
from safehand.model.instant import MICRO


@dataclass(frozen=True, slots=True)
class GapWords:
    """``title`` stands in the table of counts, ``one`` beside a place, ``whole`` says what it means."""

    title: str
    one: str
    whole: str


WORDS: Final[dict[GapKind, GapWords]] = {
    GapKind.DELETED: GapWords(
        "Deleted or unsent",
        "a mark that a message was deleted",
        "The source shows that a message was here. It does not show what it said, or who took it away.",
    ),
    GapKind.EDITED: GapWords(
        "Edited", "its words were changed", "The source says that the words are not the first ones."
    ),
    GapKind.TIME_BACK: GapWords(
        "Time runs back",
        "earlier than the message before it",
        "A clock was changed, a message was sent late, or the order of the file is not that of the messages.",
    ),
    GapKind.OPENS_WITH_REPLY: GapWords(
        "Opens with an answer", "the first message answers something", "The conversation began before this record does."
    ),
    GapKind.REPLY_TO_NOTHING: GapWords(
        "Answers to what is not here",
        "answers a message that is not here",
        "What it answers was deleted, left out, or said somewhere else.",
    ),
    GapKind.SILENCE: GapWords(
        "Long silences",
        "a long silence before it",
        "Nobody wrote, or they wrote elsewhere, or what they wrote is not in this record.",
    ),
    GapKind.AT_CAP: GapWords(
        "As full as such an export can be", "the export may begin later", "Older messages may have been cut off."
    ),
    GapKind.CUT_SHORT: GapWords(
        "Cut short", "the file ends here", "The file ends before its form does: the copy may not be whole."
    ),
    GapKind.PART_MISSING: GapWords(
        "A part is missing", "a numbered part is not here", "The export is in numbered parts, and not all are here."
    ),
    GapKind.COUNT_DIFFERS: GapWords(
        "Another number stated",
        "the source states another number of messages",
        "The source states another number of messages than it holds.",
    ),
    GapKind.ONE_SIDED: GapWords(
        "One side alone",
        "one account’s own messages alone",
        "This form of export leaves out what was said to the account it is from.",
    ),
    GapKind.FILTERED: GapWords(
        "Words replaced by the platform",
        "words were replaced",
        "The platform put other signs in the place of words before it wrote the file.",
    ),
    GapKind.NOT_READ: GapWords(
        "Bytes that could not be read", "could not be read", "They stand in the file; the evidence page says why."
    ),
    GapKind.MEDIA_LEFT_OUT: GapWords(
        "Files the export left out",
        "a file was left out",
        "As it should be where an export was made without media. What was sent is still on the device.",
    ),
    GapKind.MEDIA_MISSING: GapWords(
        "Files that could not be had",
        "a file could not be had",
        "The source says that a file was here and that it could not be had. It may still be on a device.",
    ),
    GapKind.MEDIA_NOT_LISTED: GapWords(
        "Files named and not listed",
        "names a file that is in no list",
        "A message names a file, and nothing of that name came with the export.",
    ),
    GapKind.LEFT_OUT: GapWords(
        "Left out by the holder", "left out on purpose", "The statement says what, how much and why."
    ),
    GapKind.OTHER_PLATFORM: GapWords(
        "Other places they wrote",
        "they wrote there too",
        "The holder says so, and nothing from there is in the package. Ask for it.",
    ),
}

_ELSEWHERE: Final = "Somewhere else, in the holder’s own words"


@dataclass(frozen=True, slots=True)
class CountRow:
    """One kind, in all conversations."""

    title: str
    whole: str
    total: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One gap. ``conversation`` and ``message`` are None where there is no message to lead to."""

    what: str
    more: str
    conversation: int | None
    message: int | None
    shown: str
    place: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two conversations that are one in two exports."""

    number: int
    a: int
    b: int
    same: str
    differing: str
    only_a: str
    only_b: str
    clock: str


@dataclass(frozen=True, slots=True)
class WholePage:
    """The page. ``later`` is what to give as ``after`` for the next one."""

    counts: tuple[CountRow, ...]
    places: tuple[PlaceRow, ...]
    pairs: tuple[PairRow, ...]
    later: int | None


def whole_page(shown: WholeShown) -> WholePage:
    """Present it."""
    return WholePage(
        counts=_counts(shown),
        places=tuple(map(_place, shown.gaps)),
        pairs=tuple(map(pair_row, shown.overlaps)),
        later=shown.gaps[-1].number if shown.more else None,
    )


def pair_row(pair: StoredOverlap) -> PairRow:
    """One pair, counted."""
    return PairRow(
        number=pair.number,
        a=pair.a,
        b=pair.b,
        same=say.count(pair.same),
        differing=say.count(pair.differing),
        only_a=say.count(pair.only_a),
        only_b=say.count(pair.only_b),
        clock=clock_words(pair),
    )


def clock_words(pair: StoredOverlap) -> str:
    """How far the two clocks are apart; empty where they agree."""
    if not pair.clock:
        return ""
    way = "ahead of" if pair.clock > 0 else "behind"
    apart = say.stretch(abs(pair.clock) // MICRO)
    return f"The clock of conversation {pair.b} is {apart} {way} that of conversation {pair.a}."


def _counts(shown: WholeShown) -> tuple[CountRow, ...]:
    by_kind: defaultdict[GapKind, list[tuple[int | None, int]]] = defaultdict(list)
    for one in shown.counts:
        by_kind[one.kind].append((one.conversation, one.count))
    return tuple(
        CountRow(
            WORDS[kind].title,
            WORDS[kind].whole,
            say.count(sum(count for _, count in by_kind[kind])),
            tuple(f"Conversation {where}: {say.count(count)}" for where, count in by_kind[kind] if where is not None),
        )
        for kind in GapKind
        if kind in by_kind
    )


def _place(stored: StoredGap) -> PlaceRow:
    gap, span = stored.gap, stored.gap.span
    return PlaceRow(
        what=WORDS[gap.kind].one,
        more=_more(gap),
        conversation=stored.conversation if gap.number is not None else None,
        message=gap.number,
        shown=_shown(stored),
        place="" if span is None else f"{span.file}, bytes {say.count(span.start)} to {say.count(span.end - 1)}",
    )


def _shown(stored: StoredGap) -> str:
    if stored.gap.number is not None:
        return f"Conversation {stored.conversation}, message {say.count(stored.gap.number)}"
    if stored.conversation is not None:
        return f"Conversation {stored.conversation}, all of it"
    return "The package"


def _more(gap: Gap) -> str:
    if gap.seconds is not None:
        return f"No messages for {say.stretch(gap.seconds)}"
    if gap.detail is not None:
        return _ELSEWHERE if gap.detail == ELSEWHERE else platform_words(gap.detail)
    if gap.count is not None and gap.kind in (GapKind.NOT_READ, GapKind.LEFT_OUT):
        return say.counted(gap.count, "byte")
    return ""
