"""One message of Snapchat's chat history.

    {"From": "robin_k", "Media Type": "TEXT", "Created": "2024-04-20 01:29:22 UTC", "Content": "Hello",
     "Conversation Title": null, "IsSender": false, "Created(microseconds)": 1713576562123, "IsSaved": true,
     "Media IDs": ""}

Both clocks are one moment: ``Created`` says UTC, and ``Created(microseconds)`` holds **milli**seconds, whatever its
name says (formats.md 1.3). Where they differ by a second or more the doubt is ``times_disagree``, and ``Created``
stands.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Kind, MediaState, Message
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import plain_or_any
from safehand.sources.json_fields import Odd
from safehand.sources.thread import Thread

MARKS: Final = frozenset({"From", "Media Type", "Created"})
"""An object with none of these is no message."""

COLONS: Final = 11
"""Nine keys, and the two in the clock of ``Created``."""

_SNAP_COLONS: Final = 8

_READ: Final = frozenset({
    "From", "Media Type", "Created", "Content", "Conversation Title", "IsSender", "Created(microseconds)", "IsSaved",
    "Media IDs",
})  # fmt: skip
KINDS: Final = {
    "TEXT": Kind.TEXT, "MEDIA": Kind.MEDIA, "IMAGE": Kind.MEDIA, "PHOTO": Kind.MEDIA, "VIDEO": Kind.MEDIA,
    "STICKER": Kind.STICKER, "SHARE": Kind.SHARE, "NOTE": Kind.VOICE, "LOCATION": Kind.LOCATION,
}  # fmt: skip
"""What ``Media Type`` means, in capitals."""

SNAPS: Final = frozenset({"IMAGE", "VIDEO"})
"""What a snap is. A history of snaps says that there was one, and never what it showed."""

_OMITTED: Final = {media: (Attachment(MediaState.OMITTED, type=media),) for media in SNAPS}
_DELETED: Final = "STATUSERASEDMESSAGE"
_STATUS: Final = "STATUS"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE: Final = timedelta(microseconds=1)
_LENGTH: Final = len("2024-04-20 01:29:22 UTC")
_UTC, _MILLI, _SECOND, _TEXT = Basis.UTC, Precision.MILLISECOND, Precision.SECOND, Kind.TEXT


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The commonest message, field for field."""

    sender: str = msgspec.field(name="From")
    media: str = msgspec.field(name="Media Type")
    created: str = msgspec.field(name="Created")
    content: str = msgspec.field(name="Content")
    title: str | None = msgspec.field(name="Conversation Title")
    is_sender: bool = msgspec.field(name="IsSender")
    millis: int = msgspec.field(name="Created(microseconds)")
    is_saved: bool = msgspec.field(name="IsSaved")
    media_ids: str = msgspec.field(name="Media IDs")


class Snap(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A snap, field for field."""

    sender: str = msgspec.field(name="From")
    media: str = msgspec.field(name="Media Type")
    created: str = msgspec.field(name="Created")
    title: str | None = msgspec.field(name="Conversation Title")
    is_sender: bool = msgspec.field(name="IsSender")
    millis: int = msgspec.field(name="Created(microseconds)")


class Stamped(msgspec.Struct, gc=False):
    """What a first pass looks at."""

    created: str | None = msgspec.field(name="Created", default=None)
    title: str | None = msgspec.field(name="Conversation Title", default=None)
    sender: str | None = msgspec.field(name="From", default=None)


_plain: Final = msgspec.json.Decoder(Plain).decode
_snap: Final = msgspec.json.Decoder(Snap).decode


decode_stamp: Final = plain_or_any(Stamped)
"""A Stamped, or whatever else JSON holds."""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    if isinstance(found, Stamped):
        return found.created is not None or found.sender is not None
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def read_plain(raw: bytes, span: Span, thread: Thread) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    try:
        value = _plain(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _read_snap(raw, span, thread) if b'"Content"' not in raw else None
    text, sender = value.content, value.sender
    second = second_of(value.created)
    if value.media != "TEXT" or value.media_ids or not text or not sender or second is None:
        return None
    millis = value.millis
    colons = COLONS + text.count(":") + sender.count(":") + (0 if value.title is None else value.title.count(":"))
    if raw.count(b":") != colons or (b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)):
        return None
    if millis // 1000 * MICRO != second or not value.is_saved or value.title != thread.opened.title:
        return None
    micros = millis * 1000
    sent = Instant(value.created, _UTC, _MILLI, micros, micros, micros)
    doubts = thread.take(sender, sender, sent, span)
    if value.is_sender:
        thread.accounts[sender].is_owner = True
    return Message(thread.count, _TEXT, sender, text, sent, span, doubts, sender)


def _read_snap(raw: bytes, span: Span, thread: Thread) -> Message | None:
    """The next message of ``thread`` by the short way, where it is a snap; None for anything else."""
    try:
        value = _snap(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    sender, millis = value.sender, value.millis
    if value.media not in SNAPS or not sender or b"\\" in raw or millis // 1000 * MICRO != second_of(value.created):
        return None
    if raw.count(b":") != _SNAP_COLONS + sender.count(":") + (0 if value.title is None else value.title.count(":")):
        return None
    micros = millis * 1000
    sent = Instant(value.created, _UTC, _MILLI, micros, micros, micros)
    doubts = thread.take(sender, sender, sent, span)
    if value.is_sender:
        thread.accounts[sender].is_owner = True
    return Message(
        thread.count, Kind.EMPTY, sender, None, sent, span, doubts, sender, attachments=_OMITTED[value.media]
    )


def read_message(value: Any, raw: bytes, span: Span, thread: Thread) -> Message:
    """The next message of ``thread``, field by field."""
    draft = Draft(value, raw, _READ, frozenset())
    fields = draft.value
    sender = draft.words("From") or None
    media = draft.words("Media Type")
    text = draft.words("Content") or None
    sent = _sent(draft)
    attachments = _attachments(draft)
    if is_snap(fields, media):
        kind, attachments = Kind.EMPTY, omitted(media)
    else:
        kind = kind_of_field(draft, media, text, attachments)
    if fields.get("IsSaved") is not True and "IsSaved" in fields:
        draft.keep("IsSaved")
    for name, type_ in (("Conversation Title", str), ("IsSender", bool)):
        if not isinstance(fields.get(name), (type_, type(None))):
            draft.leave(name)
    if fields.get("Conversation Title") != thread.opened.title:
        draft.keep("Conversation Title")  # a group that was called otherwise then
    extra = draft.extra()
    doubts = thread.take(sender, sender, sent, span, draft.found())
    if sender is not None and fields.get("IsSender") is True:
        thread.accounts[sender].is_owner = True
    return Message(
        thread.count,
        kind,
        sender,
        text,
        sent,
        span,
        doubts,
        sender,
        None,
        draft.spelled("Content", text),
        media if kind in (Kind.SYSTEM, Kind.DELETED) else None,
        attachments=attachments,
        extra=extra,
    )


def second_of(created: str) -> int | None:
    """``2024-04-20 01:29:22 UTC`` in microseconds; None for anything else."""
    if len(created) != _LENGTH or created[4] + created[10] + created[13] != "- :" or not created.endswith(" UTC"):
        return None
    try:
        return (datetime.fromisoformat(f"{created[:19]}+00:00") - _EPOCH) // _ONE
    except ValueError:
        return None


def _sent(draft: Draft) -> Instant:
    created, millis = draft.value.get("Created"), draft.value.get("Created(microseconds)")
    second = second_of(created) if isinstance(created, str) else None
    if second is None:
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("Created")
        if type(millis) is int and 0 < millis < 253_402_300_799_999:
            return Instant(str(millis), _UTC, _MILLI, millis * 1000, millis * 1000, millis * 1000)
        if millis not in (None, 0):
            draft.keep("Created(microseconds)")
        return unknown_instant("" if created is None else str(created))
    if type(millis) is int and millis // 1000 * MICRO == second:
        return Instant(str(created), _UTC, _MILLI, millis * 1000, millis * 1000, millis * 1000)
    if type(millis) is int and millis // MICRO * MICRO == second:  # what its name says
        return Instant(str(created), _UTC, Precision.MICROSECOND, millis, millis, millis)
    if millis not in (None, 0):
        draft.doubt(Doubt.TIMES_DISAGREE)
        draft.keep("Created(microseconds)")
    return Instant(str(created), _UTC, _SECOND, second, second, second)


def _attachments(draft: Draft) -> tuple[Attachment, ...]:
    """The media by the ids that their files bear. They are not opened."""
    ids = draft.words("Media IDs") or ""
    return tuple(Attachment(MediaState.NAMED, one) for one in (part.strip() for part in ids.split("|")) if one)


def is_snap(fields: dict[str, Any], media: str | None) -> bool:
    """Whether it is a snap: a message of a chat has ``Content``, and a snap has no such field."""
    return "Content" not in fields and "Media IDs" not in fields and (media or "").upper() in SNAPS


def omitted(media: str | None) -> tuple[Attachment, ...]:
    """What a snap showed: it was of this type, and is not in the file."""
    return (Attachment(MediaState.OMITTED, type=media),)


def kind_of(media: str | None, text: str | None, attachments: tuple[Attachment, ...] = ()) -> Kind | None:
    """What a message of a chat is, by the platform's word for it; None where the word is not known."""
    if media == _DELETED:
        return Kind.DELETED
    if media is not None and media.startswith(_STATUS):
        return Kind.SYSTEM
    kind = KINDS.get((media or "").upper())
    if kind is Kind.TEXT and not text:
        return Kind.MEDIA if attachments else Kind.EMPTY
    return kind


def kind_of_field(draft: Draft, media: str | None, text: str | None, attachments: tuple[Attachment, ...]) -> Kind:
    """The same; a word that is not known is left over."""
    kind = kind_of(media, text, attachments)
    if kind is None:
        draft.leave("Media Type")
        return Kind.TEXT if text else Kind.UNKNOWN
    return Kind.UNKNOWN if kind is Kind.EMPTY and draft.has_unknown else kind
