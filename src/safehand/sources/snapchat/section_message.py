"""One message of Snapchat's chat history as it was until 2022, where it says only who the other one was.

    {"From": "robin_k", "Media Type": "TEXT", "Created": "2022-07-22 19:28:21 UTC", "Text": "It&#39;s open"}    received
    {"To": "robin_k", "Media Type": "TEXT", "Created": "2022-07-22 19:29:02 UTC", "Text": "Thanks"}             sent

References of HTML stand in ``Text``, which JSON does not have: ``text`` has what they stand for, and ``text_raw`` what
stood there.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

import msgspec
import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Kind, Message
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.snapchat.message import SNAPS, kind_of_field, omitted, second_of
from safehand.sources.thread import Thread

OWNER: Final = "owner of this data"
"""How whoever asked for the data is called, for the file does not name that account. No account can be called so: their
names have no spaces."""

MARKS: Final = frozenset({"From", "To", "Media Type", "Created"})
"""An object with none of these is no message."""

_READ: Final = frozenset({"From", "To", "Media Type", "Created", "Text"})
_COLONS: Final = 6
"""Four keys, and the two in the clock of ``Created``."""
_NAME: Final = re.compile(r"(Received|Sent) (?:(Saved|Unsaved) )?(Chat|Snap) History")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_UTC, _SECOND, _TEXT = Basis.UTC, Precision.SECOND, Kind.TEXT
_REPAIRED: Final = (Doubt.TEXT_REPAIRED,)


class Section:
    """One list of the file: ``Received Saved Chat History``."""

    __slots__ = ("extra", "name", "received", "snaps")

    def __init__(self, name: str) -> None:
        found = _NAME.fullmatch(name)
        self.name = name
        self.received = None if found is None else found[1] == "Received"
        """Whether what stands there came from others; None for a section that is not known."""
        self.snaps = found is not None and found[3] == "Snap"
        plain = found is not None and found[2] != "Unsaved"
        self.extra = None if plain else json.dumps({"section": name})
        """What a message of it has in ``extra``: that nobody saved it, or the name that is not known."""


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The commonest message, field for field."""

    media: str = msgspec.field(name="Media Type")
    created: str = msgspec.field(name="Created")
    text: str = msgspec.field(name="Text")
    sender: str | None = msgspec.field(name="From", default=None)
    to: str | None = msgspec.field(name="To", default=None)


class Stamped(msgspec.Struct, gc=False):
    """What a first pass looks at."""

    created: str | None = msgspec.field(name="Created", default=None)
    sender: str | None = msgspec.field(name="From", default=None)
    to: str | None = msgspec.field(name="To", default=None)


_plain: Final = msgspec.json.Decoder(Plain).decode
_stamped: Final = msgspec.json.Decoder(Stamped).decode
_REFUSED: Final = (msgspec.MsgspecError, ValueError, RecursionError)


def decode_stamp(raw: bytes) -> Any:
    """A Stamped, or whatever else JSON holds."""
    try:
        return _stamped(raw)
    except _REFUSED:
        return orjson.loads(raw)


def stamp_of(raw: bytes) -> str:
    """When a message says it was; empty where it does not."""
    try:
        return _stamped(raw).created or ""
    except _REFUSED:
        return ""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    if isinstance(found, Stamped):
        return not (found.created is None and found.sender is None and found.to is None)
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def other_of(value: Any, section: Section) -> str:
    """Whom a message came from or went to; empty where it does not say. Where it says both, the list decides."""
    if isinstance(value, Stamped):
        source, to = value.sender, value.to
    else:
        found = value.value if isinstance(value, Odd) else value
        named = (found.get(name) for name in ("From", "To")) if isinstance(found, dict) else (None, None)
        source, to = (name if isinstance(name, str) else None for name in named)
    return ((to or source) if section.received is False else (source or to)) or ""


def read_plain(raw: bytes, span: Span, thread: Thread, section: Section) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    try:
        value = _plain(raw)
    except _REFUSED:
        return None
    received = value.sender is not None
    other = value.sender if received else value.to
    text = value.text
    if not other or not text or value.media != "TEXT" or received is not section.received or section.snaps:
        return None
    second = second_of(value.created)
    if second is None or (received and value.to is not None):
        return None
    if raw.count(b":") != _COLONS + text.count(":") + other.count(":"):
        return None
    if b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw):
        return None
    told = resolved(text) if "&" in text else text
    repaired = told != text
    sent = Instant(value.created, _UTC, _SECOND, second, second, second)
    sender = other if received else OWNER
    doubts = thread.take(sender, sender, sent, span, _REPAIRED if repaired else ())
    return Message(
        thread.count,
        _TEXT,
        sender,
        told,
        sent,
        span,
        doubts,
        sender if received else None,
        text_raw=text if repaired else None,
        recipients=() if received else (other,),
        extra=section.extra,
    )


def read_message(value: Any, raw: bytes, span: Span, thread: Thread, section: Section) -> Message:
    """The next message of ``thread``, field by field."""
    draft = Draft(value, raw, _READ, frozenset())
    sender, to = _who(draft, section)
    media = draft.words("Media Type")
    stood = draft.words("Text") or None
    text = resolved(stood) if stood is not None else None
    text_raw = draft.spelled("Text", stood)
    if text != stood:
        draft.doubt(Doubt.TEXT_REPAIRED)
        text_raw = text_raw or stood
    sent = _sent(draft)
    attachments: tuple[Attachment, ...] = ()
    if section.snaps and text is None and (media or "").upper() in SNAPS:
        kind, attachments = Kind.EMPTY, omitted(media)
    else:
        kind = kind_of_field(draft, media, text, attachments)
    extra = _joined(section.extra, draft.extra())
    doubts = thread.take(sender, sender, sent, span, draft.found())
    return Message(
        thread.count,
        kind,
        sender,
        text,
        sent,
        span,
        doubts,
        None if sender == OWNER else sender,
        text_raw=text_raw,
        action=media if kind in (Kind.SYSTEM, Kind.DELETED) else None,
        attachments=attachments,
        recipients=() if to is None else (to,),
        extra=extra,
    )


def resolved(text: str) -> str:
    """``text`` with what its references of HTML stand for. One without its semicolon is text."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text)


def _who(draft: Draft, section: Section) -> tuple[str | None, str | None]:
    """Who wrote it and to whom. The field that stands there says it; the section only where none or both do."""
    source, to = draft.words("From") or None, draft.words("To") or None
    received = section.received if (source is None) is (to is None) else source is not None
    if (source and to) or (section.received is not None and received is not section.received):
        draft.doubt(Doubt.SENDER_AMBIGUOUS)
    if source and not received:
        draft.leave("From")
    return (source if received else OWNER if received is False else None), to


def _sent(draft: Draft) -> Instant:
    created = draft.value.get("Created")
    second = second_of(created) if isinstance(created, str) else None
    if second is None:
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("Created")
        return unknown_instant("" if created is None else str(created))
    return Instant(str(created), _UTC, _SECOND, second, second, second)


def _joined(section: str | None, extra: str | None) -> str | None:
    """Both JSON objects as one."""
    if section is None or extra is None:
        return section or extra
    return f"{section[:-1]}, {extra[1:]}"
