"""The commonest line of Signal's own export, decoded field for field: words alone, received or sent.

    {"chatItem": {"chatId": "1", "authorId": "2", "dateSent": "1767553331000",
                  "incoming": {"dateReceived": "…", "read": true}, "standardMessage": {"text": {"body": "hello"}}}}

Whatever else stands there is read by own_message.py. Both ways give the same message.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import UNSET, Raw, UnsetType

from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.signal.own_people import People
from safehand.sources.thread import Thread

LAST: Final = 253_402_300_799_999
"""The end of the year 9999, in milliseconds."""
_DIGITS: Final = 15
_USUAL_DIGITS: Final = 13
"""Of moments from 2001 to 2286."""
_COLONS: Final = 8
"""Of the keys, without those inside of ``incoming`` or ``outgoing``."""
_TEXT, _UTC, _MILLI = Kind.TEXT, Basis.UTC, Precision.MILLISECOND


class _Text(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    body: str


class _Standard(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    text: _Text


class _Item(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    chatId: str  # noqa: N815  as it stands in the file
    authorId: str  # noqa: N815
    dateSent: str  # noqa: N815
    standardMessage: _Standard  # noqa: N815
    incoming: Raw | UnsetType = UNSET
    outgoing: Raw | UnsetType = UNSET


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A line with words alone."""

    chatItem: _Item  # noqa: N815


class SeenItem(msgspec.Struct, gc=False):
    """What pass 1 asks of a message."""

    chatId: str | int = "0"  # noqa: N815
    updateMessage: Raw | UnsetType = UNSET  # noqa: N815


class Seen(msgspec.Struct, gc=False):
    """What pass 1 asks of a line: whether it is a message, and whose."""

    chatItem: SeenItem | UnsetType = UNSET  # noqa: N815


decode_plain: Final = msgspec.json.Decoder(Plain).decode
"""A Plain; it raises something of UNREADABLE for whatever else JSON holds."""
decode_seen: Final = msgspec.json.Decoder(Seen).decode
"""A Seen; it raises something of UNREADABLE for whatever else JSON holds."""


def instant_of(millis: object) -> Instant:
    """Milliseconds of UTC, as text or as a number."""
    text = str(millis) if type(millis) is int else millis
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        return unknown_instant("" if millis is None else str(millis))
    number = int(text)
    if not 0 < number <= LAST:
        return unknown_instant(text)
    micros = number * 1000
    return Instant(text, _UTC, _MILLI, micros, micros, micros)


def read_plain(value: Plain, raw: bytes, span: Span, thread: Thread, people: People) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    item = value.chatItem
    text, incoming, outgoing = item.standardMessage.text.body, item.incoming, item.outgoing
    author = people.get(item.authorId)
    if not text or author is None or (incoming is UNSET) is (outgoing is UNSET):
        return None
    if incoming is UNSET:
        name, way, details = b'"outgoing":{', "outgoing", bytes(outgoing)  # type: ignore[arg-type]
    else:
        name, way, details = b'"incoming":{', "incoming", bytes(incoming)
    if name not in raw or b"\\" in details or not details.isascii():
        return None
    if raw.count(b":") != _COLONS + details.count(b":") + text.count(":") or (b"\\" in raw and b"\\u003" in raw):
        return None
    date = item.dateSent
    if len(date) != _USUAL_DIGITS or not (date.isascii() and date.isdigit()):
        return None
    micros = int(date) * 1000
    sent = Instant(date, _UTC, _MILLI, micros, micros, micros)
    extra = f'{{"{way}":{details.decode()}}}'
    doubts = thread.take(author.key, author.name, sent, span)
    native = f"{author.key}:{date}"
    return Message(thread.count, _TEXT, author.name, text, sent, span, doubts, author.key, native, extra=extra)
