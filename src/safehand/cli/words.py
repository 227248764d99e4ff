"""Codes of the model in the words of the command line."""

from __future__ import annotations

from typing import Final

from safehand.analysis.gap import GapKind
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis

CLOCKS: Final[dict[Basis, str]] = {
    Basis.UTC: "UTC, as the source says; a phone shows the same moments by its own clock",
    Basis.OFFSET: "UTC, by the offset that the source states; a phone shows the same moments by its own clock",
    Basis.EXPORTER_LOCAL: "that of the machine that made the export; the source does not say its zone",
    Basis.DEVICE_LOCAL: "the device's own; the source does not say its zone",
    Basis.SERVER_LOCAL: "that of the platform's machines; the source does not say its zone",
    Basis.STATED: "the device's own, in a zone that a person stated",
    Basis.NONE: "no time that could be read",
}
"""Whose clock a time is by."""

DOUBTS: Final[dict[Doubt, str]] = {
    Doubt.ORDER_AMBIGUOUS: "day and month cannot be told apart; both readings are kept",
    Doubt.ZONE_UNKNOWN: "it gives a clock reading and no zone",
    Doubt.ZONE_FOLD: "the reading occurs twice or never in the stated zone, where the clocks change",
    Doubt.TIME_UNREADABLE: "a time stands there and could not be read",
    Doubt.TIMES_DISAGREE: "it gives the time twice, and no zone makes the two the same",
    Doubt.HEADER_SUSPECT: "it looks like the start of a message and may be pasted text",
    Doubt.SENDER_AMBIGUOUS: "where the name ends and the text begins can be read in more than one way",
    Doubt.FORGED_POSSIBLE: "this form lets a user type what looks like a message of another",
    Doubt.TRUNCATED_FILE: "the file ends before its form does",
    Doubt.CHECKSUM_MISMATCH: "the archive states another checksum: it may have changed on the way",
    Doubt.COUNT_MISMATCH: "it declares another number of messages than it holds",
    Doubt.OUT_OF_ORDER: "it is earlier than the message before it",
    Doubt.DUPLICATE_OF: "it was read before in this capture",
    Doubt.ENCODING_GUESSED: "it is not valid UTF-8 and was read as something else",
    Doubt.TEXT_REPAIRED: "its characters were written wrongly by the platform; both forms are kept",
    Doubt.CLIPPED_AT_CAP: "the number is close to the most this export gives: older ones may be missing",
    Doubt.TOOL_GENERATED_TEXT: "the words are the platform's, not a person's",
    Doubt.FIELD_NOT_READ: "it has a field this version does not know; it is kept as it stands",
    Doubt.FIELD_REPEATED: "it gives a field twice; the last was read",
    Doubt.ONE_SIDED: "this form holds one account's own messages alone",
    Doubt.TEXT_FILTERED: "the platform put other signs in the place of words",
    Doubt.REPLY_TARGET_MISSING: "it answers a message that is not here",
    Doubt.LEFT_OUT_HERE: "the holder left something out in it or right after it",
    Doubt.FILE_MISSING: "a numbered part of the export is not there",
}
"""What a doubt means for the messages or files it is counted for."""

GAPS: Final[dict[GapKind, tuple[str, str]]] = {
    GapKind.DELETED: ("mark that a message was deleted", "marks that messages were deleted"),
    GapKind.EDITED: ("message whose text was changed", "messages whose text was changed"),
    GapKind.TIME_BACK: ("message earlier than the one before it", "messages earlier than the one before them"),
    GapKind.OPENS_WITH_REPLY: ("answer opens the conversation", "answers open the conversation"),
    GapKind.REPLY_TO_NOTHING: ("answer to a message that is not here", "answers to messages that are not here"),
    GapKind.SILENCE: ("silence", "silences"),
    GapKind.AT_CAP: (
        "sign that it holds as many messages as such an export can",
        "it holds as many messages as such an export can: older ones may be missing",
    ),
    GapKind.CUT_SHORT: ("end of a file before its form ends", "the file ends before its form does"),
    GapKind.PART_MISSING: ("part that is not here", "numbered parts of the export are not here"),
    GapKind.COUNT_DIFFERS: (
        "number of messages that is another than declared",
        "it declares another number of messages than it holds",
    ),
    GapKind.ONE_SIDED: ("account's own messages alone", "this form holds one account's own messages alone"),
    GapKind.FILTERED: ("message with words replaced by the platform", "messages with words replaced by the platform"),
    GapKind.NOT_READ: ("file or stretch that was not read", "files or stretches that were not read"),
    GapKind.MEDIA_LEFT_OUT: (
        "file left out by the platform and in no list",
        "files left out by the platform and in no list",
    ),
    GapKind.MEDIA_MISSING: (
        "file that the source says could not be had, and that is in no list",
        "files that the source says could not be had, and that are in no list",
    ),
    GapKind.MEDIA_NOT_LISTED: ("file named by a message and in no list", "files named by messages and in no list"),
    GapKind.LEFT_OUT: ("stretch left out by the holder", "stretches left out by the holder"),
    GapKind.OTHER_PLATFORM: ("other place they wrote in", "other places they wrote in"),
}
"""One of them, and several; where it is about the whole of a conversation, the second stands alone."""
