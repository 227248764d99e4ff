"""The commonest lines of Signal's own export, decoded field for field: words and files, received or sent.

    {"chatItem": {"chatId": "1", "authorId": "2", "dateSent": "1767553331000",
                  "incoming": {"dateReceived": "…", "read": true}, "standardMessage": {"text": {"body": "hello"}}}}

Answers, reactions and files are own_beyond.py's; whatever else stands there is read by own_message.py. Both ways give
the same message.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import UNSET, Raw, UnsetType

from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.signal.own_beyond import Beyond, Standard, beyond
from safehand.sources.signal.own_people import People
from safehand.sources.thread import Thread

_USUAL_DIGITS: Final = 13
"""Of moments from 2001 to 2286."""
_COLONS: Final = 8
"""Of the keys, without those inside of ``incoming`` or ``outgoing``."""
_NO_WORDS: Final = _COLONS - 2
_ALONE: Final = Beyond(0)
_BEGINNINGS: Final = {"incoming": b'"incoming":{', "outgoing": b'"outgoing":{'}
_TEXT, _UTC, _MILLI = Kind.TEXT, Basis.UTC, Precision.MILLISECOND


class _Item(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    chatId: str  # noqa: N815  as it stands in the file
    authorId: str  # noqa: N815
    dateSent: str  # noqa: N815
    standardMessage: Standard  # noqa: N815
    incoming: Raw | UnsetType = UNSET
    outgoing: Raw | UnsetType = UNSET


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A line with words, or with files."""

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


def read_plain(value: Plain, raw: bytes, span: Span, thread: Thread, people: People) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    item = value.chatItem
    said, incoming, outgoing, author = item.standardMessage, item.incoming, item.outgoing, people.get(item.authorId)
    way, given = ("outgoing", outgoing) if incoming is UNSET else ("incoming", incoming)
    if author is None or given is UNSET or not (incoming is UNSET or outgoing is UNSET):
        return None
    date, details = item.dateSent, bytes(given)
    is_usual = len(date) == _USUAL_DIGITS and date.isascii() and date.isdigit()
    if not is_usual or _BEGINNINGS[way] not in raw or b"\\" in details or not details.isascii():
        return None
    text, colons = ("", _NO_WORDS) if said.text is UNSET else (said.text.body, _COLONS)
    is_alone = said.quote is UNSET and said.reactions is UNSET and said.attachments is UNSET
    more = _ALONE if is_alone else beyond(said, raw, details, people)
    if more is None or not (text or more.attachments):
        return None
    colons += more.colons + details.count(b":") + text.count(":")
    if raw.count(b":") != colons or (b"\\" in raw and b"\\u003" in raw):
        return None
    micros = int(date) * 1000
    sent = Instant(date, _UTC, _MILLI, micros, micros, micros)
    key, called = author.key, author.name
    doubts = thread.take(key, called, sent, span)
    native, extra = f"{key}:{date}", f'{{"{way}":{details.decode()}}}'
    if is_alone:
        return Message(thread.count, _TEXT, called, text, sent, span, doubts, key, native, extra=extra)
    return Message(
        thread.count,
        more.kind,
        called,
        text or None,
        sent,
        span,
        doubts,
        key,
        native,
        attachments=more.attachments,
        reactions=more.reactions,
        reply=more.reply,
        extra=f"{extra[:-1]}{more.extra}}}",
    )
