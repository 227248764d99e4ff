"""Messages: one thing that was said, or done, in a conversation, and the bytes it was read from.

    Message(number=7, kind=Kind.TEXT, sender="Priya", text="The seed potatoes are in",
            sent=Instant(...), span=Span("chat.txt", 312, 371))

``sender`` is the name as the source wrote it. It is an account, never a person (docs/words.md). What the reader does
not know is kept in ``extra``; nothing is dropped.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.span import Span


class Kind(StrEnum):
    """What a message is. A message with a file and words is ``media``, with the words in ``text``."""

    TEXT = "text"
    MEDIA = "media"
    STICKER = "sticker"
    VOICE = "voice"
    CALL = "call"
    POLL = "poll"
    LOCATION = "location"
    CONTACT = "contact"
    SHARE = "share"
    SYSTEM = "system"
    """The platform speaks: created, joined, left, renamed, pinned, settings. ``action`` names which, where known."""
    DELETED = "deleted"
    """A mark that a message was here and was deleted or unsent."""
    REACTION_NOTICE = "reaction_notice"
    """The platform's own words for a reaction ("Liked a message"), in forms that write them as a message."""
    EMPTY = "empty"
    """A message with nothing in it that the source shows (view-once, disappearing)."""
    UNKNOWN = "unknown"


class MediaState(StrEnum):
    """What the source says of a file that went with a message. None is ever opened."""

    NAMED = "named"
    """The source names a file."""
    OMITTED = "omitted"
    """The source says a file was here and left it out."""
    MISSING = "missing"
    """The source says the file could not be had."""
    EMBEDDED = "embedded"
    """The bytes stood in the source itself; sealing takes them out."""


class Attachment(msgspec.Struct, frozen=True, gc=False):
    """A file that went with a message: its name as text. See ``attachment.py`` for the register of names."""

    state: MediaState
    name: str | None = None
    """As the source wrote it: a file name or a path inside the export."""
    type: str | None = None
    """The platform's own word: photo, video, audio, gif, sticker, document."""
    mime: str | None = None
    size: int | None = None
    sent: Instant | None = None


class Reaction(msgspec.Struct, frozen=True, gc=False):
    """``value`` by ``sender`` (or by ``count`` people whom the source does not name)."""

    value: str
    sender: str | None = None
    count: int | None = None
    sent: Instant | None = None


class Match(StrEnum):
    """How sure it is which message a reply answers."""

    EXACT = "exact"
    BY_TEXT = "by_text"
    NONE = "none"


class Reply(msgspec.Struct, frozen=True, gc=False):
    """What a message answers: by the platform's id, or by the words it quotes."""

    native_id: str | None = None
    quoted: str | None = None
    match: Match = Match.NONE


class Forward(msgspec.Struct, frozen=True, gc=False):
    """From whom a forwarded message came first, and when, as far as the source says."""

    sender: str | None
    sent: Instant | None = None


class Share(msgspec.Struct, frozen=True, gc=False):
    """What a message passes on: a link, with the words and the owner the platform put beside it. It is never fetched.

    These words are not the sender's own, so they never stand in ``Message.text``.
    """

    link: str | None = None
    text: str | None = None
    owner: str | None = None


class Call(msgspec.Struct, frozen=True, gc=False):
    """A call. ``seconds`` is None where the source gives none; ``outcome`` is the platform's own word."""

    seconds: int | None = None
    outcome: str | None = None
    video: bool | None = None


class PollOption(msgspec.Struct, frozen=True, gc=False):
    """One answer that could be chosen, and how many chose it."""

    text: str
    votes: int | None = None


class Poll(msgspec.Struct, frozen=True, gc=False):
    """A question with its options."""

    question: str
    options: tuple[PollOption, ...] = ()


class Entity(msgspec.Struct, frozen=True, gc=False):
    """A marked stretch of ``text``, characters ``start`` to ``end``: a link, a mention, bold. No link is fetched."""

    start: int
    end: int
    type: str
    target: str | None = None


class Message(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One message. ``number`` counts from 1 in its conversation, oldest first, and is how it is cited."""

    number: int
    kind: Kind
    sender: str | None
    text: str | None
    sent: Instant
    span: Span
    doubts: tuple[Doubt, ...] = ()
    sender_id: str | None = None
    """The platform's own id of the account, where the source has one."""
    native_id: str | None = None
    text_raw: str | None = None
    """The text before repair, when ``text`` is not what stood there."""
    action: str | None = None
    """For ``system``: which act, in the platform's own word."""
    edited: Instant | None = None
    edited_mark: bool = False
    """The source says the text was edited; ``edited`` holds when, if it says so."""
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reply: Reply | None = None
    forward: Forward | None = None
    share: Share | None = None
    call: Call | None = None
    poll: Poll | None = None
    entities: tuple[Entity, ...] = ()
    revisions: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    extra: str | None = None
    """Fields of the source that this version does not know or has no place for, as a JSON object, values verbatim."""
