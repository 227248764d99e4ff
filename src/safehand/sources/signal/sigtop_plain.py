"""The commonest row of Signal Desktop: words or files, perhaps reactions, and nothing that nobody knows.

Which rows these are is told by sigtop_shapes.py. All others are read by sigtop_json.py, and both ways give the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Attachment, Kind, MediaState, Message, Reaction
from safehand.model.span import Span
from safehand.sources.seen_names import SeenNames
from safehand.sources.signal.millis import LAST, instant_of
from safehand.sources.signal.sigtop_shapes import PlainRow, Shapes
from safehand.sources.signal.sigtop_words import YOU
from safehand.sources.thread import Thread

_LAST: Final = LAST * 1000
"""In microseconds."""
_VOICE: Final = 1
"""A flag of an attachment."""
_AGAIN: Final = (Doubt.DUPLICATE_OF,)
_TEXT, _UTC, _MILLI = Kind.TEXT, Basis.UTC, Precision.MILLISECOND


@dataclass(slots=True)
class Room:
    """One file while its rows are read."""

    thread: Thread
    owner: str = YOU
    """The account whose computer it is, as far as rows that were sent say."""
    with_words: bool = False
    shapes: Shapes = field(default_factory=Shapes)
    seen: SeenNames = field(default_factory=partial(SeenNames, far=False))
    """Ids of the rows so far."""


def read_plain(row: PlainRow, _raw: bytes, span: Span, room: Room) -> Message | None:
    """The next message, by the short way; None for what is not quite as plain as it looks."""
    way, body, date, second, native, own, old, number = row.asked
    if date is None or (second is not None and second != date):
        return None
    micros, reactions, files = int(date) * 1000, row.reactions, row.files
    told = [one for one in map(reaction_of, reactions) if one is not None] if reactions else reactions
    if micros > _LAST or len(told) != len(reactions) or (files and not all(type(one) is dict for one in files)):
        return None
    account = own or old or number
    key = None if not account else account.decode()
    if way == b"outgoing":
        key = room.owner = key or YOU
    text = None
    if body is not None:
        room.with_words = True
        text = orjson.loads(b'"%b"' % body) if b"\\" in body else body.decode()
    name = number.decode() if number else key
    sent = Instant(date.decode(), _UTC, _MILLI, micros, micros, micros)
    ident = None if native is None else native.decode()
    thread = room.thread
    doubts = thread.take(key, name, sent, span, _AGAIN if ident and not room.seen.add(ident) else ())
    if not files and not reactions:
        return Message(thread.count, _TEXT, name, text, sent, span, doubts, key, ident, extra=row.extra)
    attachments = tuple(map(attachment_of, files))
    return Message(
        thread.count,
        _kind(attachments) if files else _TEXT,
        name,
        text,
        sent,
        span,
        doubts,
        key,
        ident,
        attachments=attachments,
        reactions=tuple(told),
        extra=row.extra,
    )


def _kind(attachments: tuple[Attachment, ...]) -> Kind:
    return Kind.VOICE if any(one.type == "voice" for one in attachments) else Kind.MEDIA


def reaction_of(value: Any) -> Reaction | None:
    """One reaction; None for what is none."""
    match value:
        case {"emoji": str(emoji), "fromId": str(who)}:
            return Reaction(emoji, who, None, instant_of(value["timestamp"]) if "timestamp" in value else None)
        case _:
            return None


def attachment_of(one: dict[str, Any]) -> Attachment:
    """A file by its attachment."""
    name, mime, size = one.get("fileName"), one.get("contentType"), one.get("size")
    mime = mime if isinstance(mime, str) and mime else None
    named = isinstance(name, str) and name != ""
    known = named or isinstance(one.get("path"), str)
    voice = one.get("flags") == _VOICE
    return Attachment(
        MediaState.NAMED if known else MediaState.MISSING,
        name if named else None,
        "voice" if voice else (mime.partition("/")[0] if mime else None),
        mime,
        size if type(size) is int else None,
    )
