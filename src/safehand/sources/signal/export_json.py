"""signal-export's ``data.json``: one message a line, one file a conversation.

    {"date": "2024-01-15T10:30:00.123000", "sender": "Ada", "body": "hello  ", "quote": "", "sticker": null,
     "reactions": [["Me", "👍"]], "attachments": [{"name": "a.jpg", "path": "media/a.jpg"}], "deleted": false,
     "call": false, "missed": false}

Written oldest first, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from safehand.model.conversation import Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant
from safehand.model.message import Attachment, Kind, MediaState, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import plain_or_any
from safehand.sources.json_fields import Odd
from safehand.sources.json_lines import scan_lines
from safehand.sources.json_messages import Damage, Teller
from safehand.sources.local_time import LocalClock
from safehand.sources.signal.export_parts import (
    NOBODY,
    PADDING,
    call_of,
    clock_note,
    name_owner,
    opened,
    quoted_of,
    said_of,
)
from safehand.sources.signal.moments import Moments
from safehand.sources.thread import Thread

EXPORT_JSON: Final = "signal/export-json"

MARKS: Final = frozenset({"date", "sender", "body"})
"""An object with none of these is no message."""

_FIELDS: Final = 7
"""Keys that every line has."""
_CLOCK: Final = 2
"""Colons of the time."""
_PAIR: Final = 2
_READ: Final = frozenset({
    "date", "sender", "body", "quote", "reactions", "attachments", "deleted", "call", "missed", "edits",
})  # fmt: skip
_KEPT: Final = frozenset({"sticker"})
_TEXT: Final = Kind.TEXT


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A message of words alone, field for field."""

    date: str
    sender: str
    body: str
    quote: str
    sticker: str | None
    reactions: list[Any]
    attachments: list[Any]
    deleted: bool | UnsetType = UNSET
    call: bool | UnsetType = UNSET
    missed: bool | UnsetType = UNSET
    edits: list[Any] | UnsetType = UNSET


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds."""


def is_message(value: Any) -> bool:
    """Whether a line has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def read_json(file: SourceFile, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one file, a batch of events at a time."""
    thread = opened(file, EXPORT_JSON, desk)
    damage = Damage()
    reader = _Reader(thread, Moments(LocalClock(desk.options.zone, desk.options.zone_by)))
    tell = Teller(Plain, reader.plain, reader.careful, is_message, damage)
    yield (thread.opened,)
    for batch in scan_lines(file, desk.ledger(file), window=desk.options.window, decode=decode, broken=damage.broke):
        yield tell.batch(batch, file.id)
    name_owner(thread)
    notes = [*clock_note(desk, thread), *damage.tell(thread)]
    reader.settle()
    yield (thread.closed(notes),)


class _Reader:
    """Makes messages of lines."""

    __slots__ = ("_moments", "_thread", "_usual", "_usually")

    def __init__(self, thread: Thread, moments: Moments) -> None:
        self._thread = thread
        self._moments = moments
        self._usual = moments.usual
        self._usually = 0

    def settle(self) -> None:
        """Count what is in doubt about nearly every message: once, at the end."""
        for doubt in self._usual:
            self._thread.doubt(doubt, self._usually)

    def plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The next message, by the short way; None for what is not quite as plain as it looks."""
        body, sender = value.body, value.sender
        if value.quote or value.sticker or value.reactions or value.attachments or sender == NOBODY:
            return None
        if value.deleted or value.call or value.missed or value.edits or not sender:
            return None
        given = _FIELDS + _CLOCK
        for field in (value.deleted, value.call, value.missed, value.edits):
            given += field is not UNSET
        # A field given twice has a colon more than all that was read. One that is escaped upsets the count.
        if raw.count(b":") != given + body.count(":") + sender.count(":") or (b"\\" in raw and b"\\u003" in raw):
            return None
        sent, doubts = self._moments.read(value.date)
        text = body.removesuffix(PADDING)
        if doubts is not self._usual or not text:
            return None
        self._usually += 1
        late = self._thread.take(sender, sender, sent, span)
        return Message(self._thread.count, _TEXT, sender, text, sent, span, (*doubts, *late) if late else doubts)

    def careful(self, value: Any, raw: bytes, span: Span) -> Message:
        """The next message, field by field."""
        draft = Draft(value, raw, _READ, _KEPT)
        sender, body = draft.words("sender") or None, draft.words("body")
        sent = self._sent(draft)
        text = None if body is None else said_of(body)
        quote = draft.words("quote")
        attachments, reactions = _attachments(draft), _reactions(draft)
        revisions = _revisions(draft)
        kind = _kind(draft, text, has_files=bool(attachments))
        if draft.value.get("sticker") in (None, ""):
            draft.drop("sticker")
        if sender == NOBODY:
            sender = None
            draft.keep("sender")
        if kind is Kind.CALL and text:
            draft.doubt(Doubt.TOOL_GENERATED_TEXT)
        spelled = draft.spelled("body", body)
        extra = draft.extra()
        doubts = self._thread.take(sender, sender, sent, span, draft.found())
        return Message(
            self._thread.count,
            kind,
            sender,
            text,
            sent,
            span,
            doubts,
            text_raw=spelled,
            edited_mark=bool(revisions),
            attachments=attachments,
            reactions=reactions,
            reply=Reply(None, quoted_of(quote)) if quote else None,
            call=call_of(text, missed=draft.value.get("missed") is True) if kind is Kind.CALL else None,
            revisions=revisions,
            extra=extra,
        )

    def _sent(self, draft: Draft) -> Instant:
        raw = draft.words("date")
        sent, doubts = self._moments.read(raw or "")
        if sent.basis is Basis.NONE:
            draft.keep("date")
        for doubt in doubts:
            draft.doubt(doubt)
        return sent


def _kind(draft: Draft, text: str | None, *, has_files: bool) -> Kind:
    for name in ("deleted", "call", "missed"):
        if draft.value.get(name) not in (None, True, False):
            draft.leave(name)
    if draft.value.get("deleted") is True:
        return Kind.DELETED
    if draft.value.get("call") is True or draft.value.get("missed") is True:
        return Kind.CALL
    if draft.value.get("sticker") and not text:
        return Kind.STICKER
    if has_files:
        return Kind.MEDIA
    return Kind.TEXT if text else Kind.EMPTY


def _attachments(draft: Draft) -> tuple[Attachment, ...]:
    """Each by the path it has in the export; the name that Signal gave it, where the path does not end in it."""
    found: list[Attachment] = []
    for one in draft.objects("attachments"):
        name, path = one.get("name"), one.get("path")
        told = path if isinstance(path, str) and path else name if isinstance(name, str) and name else None
        if told is None or one.keys() - {"name", "path"}:
            draft.leave("attachments")
        elif isinstance(name, str) and name and not told.replace("%20", " ").endswith(name):
            draft.keep("attachments")
        found.append(Attachment(MediaState.NAMED if told else MediaState.OMITTED, told))
    return tuple(found)


def _reactions(draft: Draft) -> tuple[Reaction, ...]:
    """Pairs of a name and a sign, or objects of both: versions differ."""
    found: list[Reaction] = []
    given = draft.value.get("reactions")
    if given is not None and not isinstance(given, list):
        draft.leave("reactions")
        return ()
    for one in given or ():
        match one:
            case {"name": str(name), "emoji": str(emoji)} if len(one) == _PAIR:
                found.append(Reaction(emoji, name))
            case [str(name), str(emoji)]:
                found.append(Reaction(emoji, name))
            case _:
                draft.leave("reactions")
    return tuple(found)


def _revisions(draft: Draft) -> tuple[str, ...]:
    """What it said before it was edited, oldest first. The program keeps the time of each, which stays in ``extra``."""
    found: list[str] = []
    for one in draft.objects("edits"):
        body = one.get("body")
        if isinstance(body, str):
            found.append(body.removesuffix(PADDING))
            draft.keep("edits")
        else:
            draft.leave("edits")
    return tuple(found)
