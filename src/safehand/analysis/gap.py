"""Gaps: places where the record of a conversation may not be whole. The values; how they are found is gaps.py.

    Gap(GapKind.DELETED, conversation="1", number=204, span=Span("chat.txt", 9120, 9187))
    Gap(GapKind.SILENCE, conversation="1", number=205, span=…, seconds=2_678_400)
    Gap(GapKind.OTHER_PLATFORM, conversation=None, number=None, span=None, detail="snapchat")

A gap says where to look and never why it is there: an honest phone and a person who deletes leave the same mark. It is
counted every time and listed up to a limit, so that a conversation of a million edited messages costs no more than one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from safehand.model.span import Span


class GapKind(StrEnum):
    """Every kind of gap there is, in the order in which they are told."""

    DELETED = "deleted"
    """A mark that a message was here and was deleted or unsent."""
    EDITED = "edited"
    """The source says that the text is not the first one."""
    TIME_BACK = "time_back"
    """Its time is earlier than that of the message before it."""
    OPENS_WITH_REPLY = "opens_with_reply"
    """The first message answers something: the conversation began before it."""
    REPLY_TO_NOTHING = "reply_to_nothing"
    """It answers a message that is not in this capture."""
    SILENCE = "silence"
    """A stretch without a message, as long as was asked for or longer. ``seconds`` has its length. Where a message that
    tells no time stands between the two, none is claimed."""
    AT_CAP = "at_cap"
    """As many messages as such an export can hold: older ones may be missing."""
    CUT_SHORT = "cut_short"
    """The source ends before its form does. Told at the message that stands last in its bytes, whosever it is."""
    PART_MISSING = "part_missing"
    """A numbered part of a split export is not there."""
    COUNT_DIFFERS = "count_differs"
    """The source declares another number of messages than it holds."""
    ONE_SIDED = "one_sided"
    """This form holds one account's own messages alone."""
    FILTERED = "filtered"
    """The platform put other signs in the place of words."""
    NOT_READ = "not_read"
    """Bytes of the source that could not be read. ``count`` has how many."""
    MEDIA_LEFT_OUT = "media_left_out"
    """The source says a file was here and left it out; no list names it."""
    MEDIA_MISSING = "media_missing"
    """The source says a file was here and could not be had; no list names it."""
    MEDIA_NOT_LISTED = "media_not_listed"
    """A message names a file that is in no list of the capture."""
    LEFT_OUT = "left_out"
    """The holder left it out on purpose. ``count`` has how many bytes, or messages where it is a conversation."""
    OTHER_PLATFORM = "other_platform"
    """The statement says they wrote elsewhere too, and nothing from there is in the capture."""


class Gap(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One place. ``number`` is the message at which, or before which, something may be missing."""

    kind: GapKind
    conversation: str | None = None
    """The id of the conversation; None where it is about the capture as a whole."""
    number: int | None = None
    span: Span | None = None
    seconds: int | None = None
    count: int | None = None
    detail: str | None = None
    """A word of ours that says more, such as a platform's id. Never a name, never anybody's words."""


LISTED: Final = 500
"""Gaps of one kind and conversation that are listed. All are counted."""
