"""One mail as a message: who, to whom, when, what, and every field of its header that has no place.

    From: Zoë <zoe@example.org>      sender "Zoë", sender_id "zoe@example.org"
    To, Cc, Bcc                      recipients by their addresses
    Date                             dates.py
    Message-ID, In-Reply-To          native_id, reply
    Subject and all others           extra, as they stand

Most mails are one text without an encoding and take a short way to their words; all others go through parts.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.mail.body import Body, plain_text
from safehand.sources.mail.dates import Dates, Timed
from safehand.sources.mail.headers import Header, Who
from safehand.sources.mail.parts import type_of
from safehand.sources.mail.threads import Thread
from safehand.sources.seen_names import SeenNames

_READ: Final = frozenset({"date", "message-id", "mime-version"})
_AS_IT_STANDS: Final = frozenset({"7bit", "8bit", "binary"})
_NO_DATE: Final = Timed(unknown_instant(""), (Doubt.TIME_UNREADABLE,))


class Mail:
    """A mail that was read: the message without its number, who wrote it, and whom it names."""

    __slots__ = ("header", "message", "named", "quoted", "sender")

    def __init__(
        self, header: Header, message: Message, sender: Who | None, named: tuple[Who, ...], quoted: int
    ) -> None:
        self.header = header
        self.message = message
        self.sender = sender
        self.named = named
        self.quoted = quoted


def quick_body(header: Header, data: bytes) -> Body | None:
    """The body of a mail that is one text without an encoding; None for any other."""
    kind = type_of(header)
    if kind.type != "text/plain" or kind.attached or kind.name is not None or kind.encoding not in _AS_IT_STANDS:
        return None
    if b">From " in data:
        return None
    text, guessed = plain_text(data, kind)
    return Body(text or None, guessed=guessed)


def read_mail(
    header: Header,
    body: Body,
    span: Span,
    dates: Dates,
    seen: SeenNames,
    at: tuple[Thread, int],
    *,
    in_doubt: bool = False,
) -> Mail:
    """The mail of ``header`` and ``body``. ``at`` is its thread, and its place there."""
    doubts: list[Doubt] = [Doubt.HEADER_SUSPECT] if in_doubt else []
    raw = header.get("date")
    timed = _NO_DATE if raw is None else dates.read(raw)
    doubts += timed.doubts
    if header.guessed or body.guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if not body.whole:
        doubts.append(Doubt.TRUNCATED_FILE)
    if header.odd:
        doubts.append(Doubt.FIELD_NOT_READ)
    senders = header.people("from")
    sender = senders[0] if senders else None
    named = header.people("to", "cc", "bcc")
    native = _id(header.get("message-id"))
    if native is not None and not seen.add(native):
        doubts.append(Doubt.DUPLICATE_OF)
    reply = None
    answered = _id(header.get("in-reply-to"))
    if answered is not None:
        thread, place = at
        other = thread.place_of(answered)
        exact = answered != native and (other is not None or answered in seen)
        if exact and other is not None and other > place:
            doubts.append(Doubt.OUT_OF_ORDER)  # it says that it was sent before what it answers
        reply = Reply(answered, None, Match.EXACT if exact else Match.NONE)
        if not exact:
            doubts.append(Doubt.REPLY_TARGET_MISSING)
    message = Message(
        0,
        Kind.MEDIA if body.attachments else Kind.TEXT if body.text else Kind.EMPTY,
        None if sender is None else sender.name or sender.address,
        body.text,
        timed.instant,
        span,
        tuple(doubts),
        None if sender is None else sender.address,
        native,
        attachments=body.attachments,
        reply=reply,
        recipients=tuple(who.address for who in named),
        extra=_extra(header, body, read_from=len(senders) == 1),
    )
    return Mail(header, message, sender, named, body.quoted)


def _id(value: str | None) -> str | None:
    """``<local@domain>`` of a field; the whole of it where there are no such brackets."""
    if value is None:
        return None
    start = value.find("<")
    end = value.find(">", start)
    return value[start : end + 1] if 0 <= start < end else value or None


def _extra(header: Header, body: Body, *, read_from: bool) -> str | None:
    """Every field that has no place, as it stands; those with encoded words also as they read."""
    found: dict[str, object] = {}
    drop_from = read_from and "=?" not in (header.get("from") or "")
    if header.are_single:
        found = {name: value for name, value in header.fields if name.lower() not in _READ}
        if drop_from:
            found.pop("From", None)
    else:
        once = set()
        for name, value in header.fields:
            low = name.lower()
            if low in _READ and low not in once:
                once.add(low)
            elif name != "From" or not drop_from:
                _put(found, name, value)
    subject = header.words("subject")
    if subject != header.get("subject"):
        found["Subject, as it reads"] = subject
    if header.odd:
        found["lines that are no field"] = header.odd
    if body.rest is not None:
        found["body"] = body.rest
    return orjson.dumps(found).decode() if found else None


def _put(found: dict[str, object], name: str, value: str) -> None:
    before = found.get(name)
    if before is None:
        found[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        found[name] = [before, value]


def lines_in(data: bytes) -> Iterable[bytes]:
    """The lines of ``data``, each with its line break."""
    *whole, last = data.split(b"\n")
    yield from (line + b"\n" for line in whole)
    if last:
        yield last
