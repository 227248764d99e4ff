"""Doubts: what the reader of a source file is not sure of, said once for each message or file it touches.

A doubt is not an error. The message stands, with its bytes, and the doubt beside it.
"""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """Every doubt there is. Words for officers stand in the desk; these are the codes."""

    ORDER_AMBIGUOUS = "order_ambiguous"
    """Day and month cannot be told apart in the whole file: both readings are kept."""
    ZONE_UNKNOWN = "zone_unknown"
    """The source gives a clock reading and no zone."""
    ZONE_FOLD = "zone_fold"
    """The clock reading occurs twice, or never, in the stated zone (a clock change): the interval covers both."""
    TIME_UNREADABLE = "time_unreadable"
    """A time stands there and could not be read."""
    TIMES_DISAGREE = "times_disagree"
    """The source gives one time twice, by an epoch and by a clock, and no zone makes them the same."""
    HEADER_SUSPECT = "header_suspect"
    """A line that looks like the start of a message but breaks the file's own style: perhaps pasted text."""
    SENDER_AMBIGUOUS = "sender_ambiguous"
    """Where the name ends and the text begins can be read in more than one way."""
    FORGED_POSSIBLE = "forged_possible"
    """The form lets a user type what looks like a message of another."""
    TRUNCATED_FILE = "truncated_file"
    """The file ends before its form does."""
    CHECKSUM_MISMATCH = "checksum_mismatch"
    """The archive it came in states another checksum for it: its bytes may have changed on the way."""
    COUNT_MISMATCH = "count_mismatch"
    """The source declares another number of messages than it holds."""
    OUT_OF_ORDER = "out_of_order"
    """The time is earlier than that of the message before it."""
    DUPLICATE_OF = "duplicate_of"
    """The same bytes, or the platform's own id of a message or of a conversation, were read before in this capture."""
    ENCODING_GUESSED = "encoding_guessed"
    """The bytes are not valid UTF-8 where they should be, or half a character stands there; read as something else."""
    TEXT_REPAIRED = "text_repaired"
    """The source wrote UTF-8 as Latin-1 (mojibake), or an escape that its form does not have; ``text`` is the repaired
    form and ``text_raw`` what stood there."""
    CLIPPED_AT_CAP = "clipped_at_cap"
    """The number of messages is close to a known cap of this export: older ones may be missing."""
    TOOL_GENERATED_TEXT = "tool_generated_text"
    """The text was written by the platform or the export, not by a person."""
    FIELD_NOT_READ = "field_not_read"
    """The message has a field this version does not know: kept verbatim in ``extra``."""
    FIELD_REPEATED = "field_repeated"
    """The source gives one field twice; the last was read, as its own platform would, and all stand in the bytes."""
    REPLY_TARGET_MISSING = "reply_target_missing"
    """It answers a message that is not in this capture."""
    ONE_SIDED = "one_sided"
    """This form of export holds one account's own messages alone: what was said to it is not in the file."""
    TEXT_FILTERED = "text_filtered"
    """The platform put other signs in the place of words before it wrote the file."""
    LEFT_OUT_HERE = "left_out_here"
    """The holder left something out in it or right after it, on purpose: the statement says how much."""
    FILE_MISSING = "file_missing"
    """A numbered part of a split export is not there."""
