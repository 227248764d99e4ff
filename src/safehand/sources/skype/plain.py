"""The commonest messages of Skype's data, decoded field for field: nothing beside the content says anything new.

    {"id": "1612137600002", …, "version": 1612137600002, "content": "see …", …, "properties": null, …}

Words, words with marks, files and calls are told from the content alone. Whatever else stands there is read by
message.py. Both ways give the same message.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.json_elements import plain_or_any
from safehand.sources.skype.content import read_words
from safehand.sources.skype.files import call_of, files_of
from safehand.sources.skype.message import CALL, FILES, TEXT, WORDS, Parts, Room, account_of, spoken

_COLONS: Final = 12
"""Ten keys, and the two of the clock."""
_RICH: Final = "RichText"
_TEXT: Final = Kind.TEXT
_AGAIN: Final = (Doubt.DUPLICATE_OF,)
_STRING: Final = rb'("%b")[ \t\r\n]*+:[ \t\r\n]*+("(?:[^"\\]++|\\.)*+")'
_FIELDS: Final = {name: re.compile(_STRING % name.encode()).search for name in ("messagetype", "content")}
"""Two quotes with nothing but the letters of a key between them are a string, and before a colon they are that key."""


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A message that has nothing beside its content, field for field."""

    id: str
    displayName: str | None  # noqa: N815  as it stands in the file
    originalarrivaltime: str
    messagetype: str
    version: int
    content: str
    conversationid: str
    sender: str = msgspec.field(name="from")
    properties: None = None
    amsreferences: None = None


decode_plain: Final = msgspec.json.Decoder(Plain).decode
"""A Plain; it raises something of UNREADABLE for whatever else JSON holds."""
decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds."""


def read_plain(value: Plain, raw: bytes, span: Span, room: Room) -> Message | None:
    """The next message, by the short way; None for what is not quite as plain as it looks."""
    content, sender, name, native, kind = value.content, value.sender, value.displayName, value.id, value.messagetype
    if not content or not sender or not native or sender[:4] == "http":
        return None
    if str(value.version) != native or value.conversationid != room.native_id:
        return None
    colons = room.colons + _COLONS + content.count(":") + sender.count(":") + (0 if name is None else name.count(":"))
    if raw.count(b":") != colons or (b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)):
        return None
    sent = room.moments.read(value.originalarrivaltime)
    if sent.utc is None:
        return None
    if (kind not in (_RICH, TEXT)) or "<" in content or "&" in content:
        return _told(value, raw, span, sent, room)
    name = name or room.names.get(sender, sender)
    doubts = room.thread.take(sender, name, sent, span, () if room.seen.add(native) else _AGAIN)
    return Message(room.thread.count, _TEXT, name, content, sent, span, doubts, sender, native)


def _told(value: Plain, raw: bytes, span: Span, sent: Instant, room: Room) -> Message | None:
    """What more is told by the content: marks, what is answered, files, a call."""
    told = _parts(value.messagetype, value.content)
    if told is None:
        return None
    parts, kept = told
    extra = _extra(raw, kept) if kept else None
    if kept and extra is None:
        return None
    key, native = account_of(value.sender), value.id
    name = room.name_of(key, value.displayName)
    doubts = room.thread.take(key, name, sent, span, () if room.seen.add(native) else _AGAIN)
    return Message(
        room.thread.count,
        parts.kind,
        name,
        parts.text,
        sent,
        span,
        doubts,
        key,
        native,
        None,
        None,
        parts.edited,
        parts.edited_mark,
        parts.attachments,
        reply=parts.reply,
        call=parts.call,
        entities=parts.entities,
        extra=extra,
    )


def _parts(kind: str, content: str) -> tuple[Parts, tuple[str, ...]] | None:
    """What is told by the content, and the fields that are kept as they stand; None for what needs a closer look."""
    if kind == TEXT:
        return Parts(_TEXT, content), ()
    if kind in WORDS:
        words = read_words(content)
        return None if words.strange else (spoken(words), () if words.quote is None else ("content",))
    if kind in FILES:
        return Parts(FILES[kind], attachments=files_of(content)), ("messagetype", "content")
    return (Parts(Kind.CALL, call=call_of(content)), ("content",)) if kind == CALL else None


def _extra(raw: bytes, names: tuple[str, ...]) -> str | None:
    """The fields ``names`` as ``json_fields.verbatim`` gives them of this object; None where a key is escaped."""
    found = [match for name in names if (match := _FIELDS[name](raw)) is not None]
    if len(found) != len(names):
        return None
    found.sort(key=re.Match.start)
    is_escaped = b"\\" in raw
    fields = [one[0] if is_escaped else b"%b: %b" % (one[1], one[2]) for one in found]
    return f"{{{b', '.join(fields).decode()}}}"
