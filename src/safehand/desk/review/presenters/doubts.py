"""Doubts in words: a few for a list and for the row, a sentence for the panel.

Every doubt of the model has them (a test holds them together). Some hold for a whole source and are said once above
the messages: they have no words for the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.casefile.views import CaseConversation
from safehand.desk.core import say
from safehand.model.doubt import Doubt


@dataclass(frozen=True, slots=True)
class DoubtWords:
    """``title`` stands in a count of them, ``short`` in the row, ``whole`` in the panel.

    No ``short``: said once for the whole source.
    """

    title: str
    short: str
    whole: str


WORDS: Final[dict[Doubt, DoubtWords]] = {
    Doubt.ORDER_AMBIGUOUS: DoubtWords(
        "Day and month cannot be told apart",
        "",
        "Day and month cannot be told apart anywhere in this source. Both readings of the date are kept.",
    ),
    Doubt.ZONE_UNKNOWN: DoubtWords(
        "No time zone stated",
        "",
        "The source gives a clock reading and no time zone, so the exact moment is known only within a day or so.",
    ),
    Doubt.ZONE_FOLD: DoubtWords(
        "Sent at a change of the clocks",
        "clock change",
        "The clocks changed at about this time: this reading occurs twice, or not at all, in the stated zone.",
    ),
    Doubt.TIMES_DISAGREE: DoubtWords(
        "Two times that differ",
        "two times that differ",
        "The source gives its time twice, and no time zone makes the two the same.",
    ),
    Doubt.TIME_UNREADABLE: DoubtWords(
        "Time cannot be read", "time not readable", "Something stands where the time should, and it cannot be read."
    ),
    Doubt.HEADER_SUSPECT: DoubtWords(
        "May be pasted text",
        "may be pasted text",
        "It starts like a message but breaks the style of the rest of the source. It may be text somebody pasted.",
    ),
    Doubt.SENDER_AMBIGUOUS: DoubtWords(
        "Name or text unclear",
        "name or text unclear",
        "Where the name ends and the words begin can be read in more than one way.",
    ),
    Doubt.FORGED_POSSIBLE: DoubtWords(
        "Could have been typed by another",
        "could be typed by another",
        "In this form of export somebody can type text that looks like a message of another account.",
    ),
    Doubt.TRUNCATED_FILE: DoubtWords("Source cut short", "source ends here", "The source file ends before it should."),
    Doubt.COUNT_MISMATCH: DoubtWords(
        "Another number of messages stated", "", "The source states another number of messages than it holds."
    ),
    Doubt.OUT_OF_ORDER: DoubtWords(
        "Earlier than the message before",
        "earlier than the one before",
        "Its time is earlier than that of the message before it.",
    ),
    Doubt.DUPLICATE_OF: DoubtWords("Read before", "read before", "The same bytes were read before in this package."),
    Doubt.ENCODING_GUESSED: DoubtWords(
        "Characters guessed",
        "characters guessed",
        "Some bytes are not valid text in the source’s own encoding and were read as another.",
    ),
    Doubt.TEXT_REPAIRED: DoubtWords(
        "Letters repaired",
        "",
        "The source wrote its letters in the wrong encoding. The words are shown repaired; what stood there is below.",
    ),
    Doubt.CLIPPED_AT_CAP: DoubtWords(
        "Near the most that such an export holds",
        "",
        "The number of messages is close to the most this kind of export holds: older ones may be missing.",
    ),
    Doubt.TOOL_GENERATED_TEXT: DoubtWords(
        "Words of the platform, not of a person",
        "",
        "These words were written by the platform or the export, not by a person.",
    ),
    Doubt.FIELD_NOT_READ: DoubtWords(
        "Says something in a field this version does not know",
        "",
        "The source says something more about this message that this version does not know. It is kept below.",
    ),
    Doubt.FIELD_REPEATED: DoubtWords(
        "One thing stated twice",
        "stated twice",
        "The source states one thing twice about this message. The last was read, as the platform does.",
    ),
    Doubt.REPLY_TARGET_MISSING: DoubtWords(
        "Answers a message that is not here", "", "It answers a message that is not in this package."
    ),
    Doubt.ONE_SIDED: DoubtWords(
        "One side of the conversation alone",
        "",
        "This form of export holds one account’s own messages alone. What was said to it is not in the file.",
    ),
    Doubt.TEXT_FILTERED: DoubtWords(
        "Words replaced by the platform",
        "words replaced",
        "The platform put other signs in the place of words before it wrote the file.",
    ),
    Doubt.LEFT_OUT_HERE: DoubtWords(
        "Left out here by the holder",
        "left out after this",
        "The holder left something out in this message or right after it, on purpose. The statement says why.",
    ),
    Doubt.FILE_MISSING: DoubtWords(
        "A part of the export is missing", "", "A numbered part of this export is not in the package."
    ),
    Doubt.CHECKSUM_MISMATCH: DoubtWords(
        "Checksum differs from the archive’s",
        "",
        "The archive it came in states another checksum: its bytes may have changed before they were sealed.",
    ),
}


def unsure_words(conversation: CaseConversation) -> tuple[str, ...]:
    """About a whole conversation: each doubt with the number of places it touches, then what its reader notes."""
    doubts = conversation.closed.doubts
    counted = (f"{WORDS[doubt].title}: {say.counted(count, 'place')}" for doubt, count in doubts)
    return (*counted, *conversation.closed.notes)


def short_words(doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    """What stands beside the message in the list."""
    return tuple(WORDS[doubt].short for doubt in doubts if WORDS[doubt].short)


def whole_words(doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    """What the panel says."""
    return tuple(WORDS[doubt].whole for doubt in doubts)
