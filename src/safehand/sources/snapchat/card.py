"""One message of a page of Snapchat's: a card with who, what kind, the words and when.

    <div style="background: #f2f2f2; …"><h4>robin_k</h4><svg …>…</svg><span style="… font-weight: bold; …">TEXT</span>
     <p>The gate is open</p><h6 style="color: grey">2024-04-20 01:29:22 UTC</h6> Saved </div>

No element has a class or an id: what each says is told by its name alone, and the kind by its being bold. Drawings of
the layout (``svg``) say nothing. Whatever else a card shows stands in ``extra``.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Kind, Message
from safehand.model.span import Span
from safehand.sources.html_blocks import Block, Element, extra_of
from safehand.sources.html_text import LAYOUT, Content
from safehand.sources.html_tokens import plain
from safehand.sources.snapchat.message import SNAPS, kind_of, omitted, second_of
from safehand.sources.thread import Thread

OPENING: Final = re.compile(rb"<div style=[\"']background: ?#f2f2f2[^\"'<>]*[\"']>")
"""How a card begins. No other part of a page has this colour."""

_SAVED: Final = "Saved"
"""What a card says of a message that somebody saved."""
_STAMP: Final = re.compile(rb">[ \t\r\n]*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC)[ \t\r\n]*</h6>")
_BOLD: Final = re.compile(r"font-weight:\s*bold")
_NOTHING: Final = Content("")

_DRAWING: Final = re.compile(
    rb"<svg\b[^<>]*+>(?:\s*+</?(?:g|path|rect|circle)\b[^<>]*+>)*+\s*+</svg>",
)
_L: Final = rb'(?:[ \t\r\n]++|</?div>|</?span>|<div style="[^"<>]*+">)*+'
_STYLE: Final = rb'(?: style="[^"<>]*+")?'
_PLAIN: Final = re.compile(
    OPENING.pattern + _L + rb"<h4" + _STYLE + rb">([^<>]+)</h4>" + _L
    + rb'<span style="[^"<>]*font-weight: ?bold[^"<>]*">TEXT</span>' + _L
    + rb"<p" + _STYLE + rb">([^<>]+)</p>" + _L
    + rb"<h6" + _STYLE + rb">(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC)</h6>" + _L
    + rb"(?:Saved(?=<)" + _L + rb")?"
)  # fmt: skip
"""The commonest card without its drawings, every byte of it: nothing that it shows could be missed."""
_KNOWN: Final[set[bytes]] = set()
_MOST_KNOWN: Final = 64
_LONGEST_KNOWN: Final = 16 << 10
"""Drawings that are remembered, and bytes of one: a page has a handful, again and again, and most of it is these."""


def is_card(raw: bytes) -> bool:
    """Whether a block has anything of a message."""
    return b"<h4" in raw or b"<h6" in raw


def stamp_of(raw: bytes) -> str | None:
    """When a card says it was, as it stands there."""
    found = _STAMP.search(raw)
    return None if found is None else found[1].decode()


def read_card(raw: bytes, span: Span, thread: Thread, *, snaps: bool) -> Message:
    """The next message of ``thread``. ``snaps``: the page is a history of snaps."""
    raw = _DRAWING.sub(_mute, raw)
    return _read_plain(raw, span, thread) or _read_any(raw, span, thread, snaps=snaps)


def _read_plain(raw: bytes, span: Span, thread: Thread) -> Message | None:
    """The next message by the short way; None for what is not quite as plain as it looks."""
    found = _PLAIN.fullmatch(raw)
    if found is None:
        return None
    (sender, odd), (text, odder) = plain(found[1]), plain(found[2])
    sender, text = sender.strip(LAYOUT), text.strip(LAYOUT)
    created = found[3].decode()
    second = second_of(created)
    if odd or odder or not sender or not text or second is None:
        return None
    sent = Instant(created, Basis.UTC, Precision.SECOND, second, second, second)
    doubts = thread.take(sender, sender, sent, span)
    return Message(thread.count, Kind.TEXT, sender, text, sent, span, doubts, sender)


def _read_any(raw: bytes, span: Span, thread: Thread, *, snaps: bool) -> Message:
    block = Block(raw)
    sender = _text(block.find(name="h4"))
    media = _text(_bold(block))
    words = block.find(name="p")
    content = _NOTHING if words is None else words.content()
    text = content.text or None
    sent = _sent(_text(block.find(name="h6")))
    attachments: tuple[Attachment, ...] = ()
    if snaps and text is None and (media or "").upper() in SNAPS:
        kind: Kind | None = Kind.EMPTY
        attachments = omitted(media)
    else:
        kind = kind_of(media, text)
    left = _left(block)
    if kind is None:
        kind = Kind.TEXT if text else Kind.UNKNOWN
        left += [("span", media)] if media else []
    doubts = tuple(_doubts(block, sent, left=bool(left)))
    doubts = thread.take(sender, sender, sent, span, doubts)
    return Message(
        thread.count,
        kind,
        sender,
        text,
        sent,
        span,
        doubts,
        sender,
        action=media if kind in (Kind.SYSTEM, Kind.DELETED) else None,
        attachments=attachments,
        entities=content.entities,
        extra=extra_of(left) if left else None,
    )


def _mute(drawing: re.Match[bytes]) -> bytes:
    """Nothing in the place of a drawing of which nothing would be left unread."""
    raw = drawing[0]
    if raw in _KNOWN:
        return b""
    if Block(raw).unread():
        return raw
    if len(raw) <= _LONGEST_KNOWN and len(_KNOWN) < _MOST_KNOWN:
        _KNOWN.add(raw)
    return b""


def _text(element: Element | None) -> str | None:
    return None if element is None else element.text() or None


def _bold(block: Block) -> Element | None:
    return next((one for one in block.find_all(name="span") if _BOLD.search(one.tag.attributes.get("style", ""))), None)


def _sent(created: str | None) -> Instant:
    second = None if created is None else second_of(created)
    if created is None or second is None:
        return unknown_instant(created or "")
    return Instant(created, Basis.UTC, Precision.SECOND, second, second, second)


def _left(block: Block) -> list[tuple[str, str]]:
    """What nobody has read, but for the one word that says it was saved."""
    left = block.unread()
    saved = next((index for index, (_, words) in enumerate(left) if words == _SAVED), None)
    if saved is not None:
        del left[saved]
    return left


def _doubts(block: Block, sent: Instant, *, left: bool) -> list[Doubt]:
    doubts = []
    if block.guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if sent.utc is None:
        doubts.append(Doubt.TIME_UNREADABLE)
    if left:
        doubts.append(Doubt.FIELD_NOT_READ)
    return doubts
