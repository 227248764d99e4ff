"""One page of imessage-exporter: its blocks become the messages of one conversation, and every byte is accounted for.

    <html> … <body>
    <div class="message"> … <div class="replies"><div class="reply" id="GUID"> … </div></div></div>
    <div class ="announcement"><p><span class="timestamp">May 17, 2022  5:29:42 PM</span> You named …</p></div>
    <div class="message", id="r-GUID"> … <span class="reply_context">This message responded to …</span></div></div>

A reply stands twice on the page, so it is told twice: first below its parent, as the reply it is, and again in its own
place, with the doubt ``duplicate_of``. Nothing that stands in the file is left out because it stands there again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from html import unescape
from typing import Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.html_text import LAYOUT
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks
from safehand.sources.imessage.exporter_times import Times
from safehand.sources.imessage.page_cuts import OPENING, cut_page
from safehand.sources.imessage.page_message import Draft, extra_text, read_draft
from safehand.sources.imessage.page_plain import PARTS, PLAIN, TAPBACK
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.thread import Thread

CONCATENATED: Final = "Chats of one name are written into one page by this tool: who took part may be of several chats."

_TEXT, _MEDIA = Kind.TEXT, Kind.MEDIA
_NOWHEN: Final = unknown_instant("")
_COPIES_KEPT: Final = 100_000
"""Replies remembered until they come in their own place. Further apart they are not said to be the same."""
_EXTRAS_KEPT: Final = 1000


def read_page(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one page, a batch of events at a time."""
    name = file.name.replace("\\", "/").rpartition("/")[2]
    title = re.sub(r"\.html?$", "", name, flags=re.IGNORECASE)
    opened = ConversationOpened(desk.next_conversation(), "imessage", form, title, ConversationKind.UNKNOWN, (file.id,))
    reader = _PageReader(Thread(opened), file.id, LocalClock(desk.options.zone, desk.options.zone_by))
    yield (opened,)
    for event in scan_blocks(file, desk.ledger(file), OPENING, window=desk.options.window):
        match event:
            case Blocks():
                yield reader.read(event)
            case Skipped():
                reader.refused += 1
            case End(truncated=True):
                reader.thread.doubt(Doubt.TRUNCATED_FILE)
            case Head() | End():
                pass
    yield reader.end()


class _PageReader:
    """Makes messages of blocks."""

    def __init__(self, thread: Thread, file: str, clock: LocalClock) -> None:
        self.thread = thread
        self.refused = 0
        self._file = file
        self._times = Times(clock)
        self._usual, self._usually = self._times.known, 0
        self._extras: dict[tuple[bytes, bytes | None], str] = {}
        self._copies: dict[bytes, str | None] = {}
        self._owners: set[str] = set()
        self._found: list[Message] = []

    def read(self, batch: Blocks) -> list[Message]:
        """The messages of some blocks."""
        found = self._found = []
        for index in range(len(batch.raws)):
            plain = None if batch.is_followed(index) else PLAIN.fullmatch(batch.raws[index])
            message = self._plain(plain, batch.starts[index], batch.ends[index]) if plain is not None else None
            if message is not None:
                found.append(message)
            else:
                self._any(batch, index)
        return found

    def end(self) -> Sequence[Event]:
        """The closing value."""
        self.thread.doubt(Doubt.ZONE_UNKNOWN, self._usually)
        for name in self._owners:
            self.thread.accounts[name].is_owner = True
        notes = [CONCATENATED] if len(self._owners) > 1 else []
        if self.refused:
            notes.append(
                f"Blocks longer than any message, which were not read: {self.refused}. The account says where."
            )
        return (self.thread.closed(notes),)

    def _plain(self, found: re.Match[bytes], start: int, end: int) -> Message | None:
        """The short way: words and pictures below a date and a name. None for what is not quite as plain."""
        side, guid, date, closed, read, anchor, sender, parts, loved, answers = found.groups()
        if (guid is None) is not (closed is None) or (not guid and (anchor or answers)):
            return None
        try:
            name = sender.decode().strip(LAYOUT)
            texts, pictures = _parts(parts)
            native = guid.decode() if guid else None
            reactions = () if loved is None else _reactions(loved.decode())
        except UnicodeDecodeError:
            return None
        if not name or not all(texts):
            return None
        if "&" in name:
            name = unescape(name)
        sent, doubts = self._times.read(date)
        span = Span(self._file, start, end)
        reply = None
        if answers is not None and native is not None:
            reply, more = self._answer(_key_of(native))
            doubts = (*doubts, more)
        if doubts is self._usual:
            # Counted at the end: nearly every message has just this one.
            self._usually += 1
            late = self.thread.take(name, name, sent, span)
            doubts = (*doubts, *late) if late else doubts
        else:
            doubts = self.thread.take(name, name, sent, span, doubts)
        extra = None
        if side != b"received":
            self._owners.add(name)
            extra = self._extra(side, read)
        elif read is not None:
            extra = self._extra(side, read)
        return Message(
            self.thread.count,
            _MEDIA if pictures else _TEXT,
            name,
            "\n".join(texts) or None,
            sent,
            span,
            doubts,
            None,
            native,
            attachments=pictures,
            reactions=reactions,
            reply=reply,
            extra=extra,
        )

    def _answer(self, key: bytes) -> tuple[Reply, Doubt]:
        """What a message answers that says so itself, and whether it was told below it before."""
        seen = key in self._copies
        parent = self._copies.pop(key, None)
        reply = Reply(parent, None, Match.EXACT if parent else Match.NONE)
        return reply, Doubt.DUPLICATE_OF if seen else Doubt.REPLY_TARGET_MISSING

    def _extra(self, side: bytes, read: bytes | None) -> str:
        """The service a message was sent by and when it was read, as JSON. Few are many times the same."""
        known = self._extras.get((side, read))
        if known is None:
            if len(self._extras) >= _EXTRAS_KEPT:
                self._extras.clear()
            kept = {"service": side.decode()[5:]} if side != b"received" else {}
            if read is not None:
                kept["read"] = read.decode(errors="replace")
            known = self._extras[(side, read)] = orjson.dumps(kept).decode()
        return known

    # The long way.

    def _any(self, batch: Blocks, index: int) -> None:
        """A block with whatever stands in it: replies, each a message of its own, and what follows them."""
        raw, start = batch.include(index), batch.starts[index]
        (_, first, _), *others = cut_page(raw)
        draft = read_draft(raw[:first])
        told = self._tell(draft, Span(self._file, start, start + first))
        kind = SegmentKind.EVENT if draft.is_event else SegmentKind.MESSAGE
        parts = [(start, start + first, kind)]
        for begin, end, is_reply in others:
            span = Span(self._file, start + begin, start + end)
            more = read_draft(raw[begin:end])
            if is_reply:
                self._reply(more, told, draft.guid, span)
            elif not more.is_empty:
                self._tail(more, told, span)
            else:
                continue
            parts.append((span.start, span.end, SegmentKind.EVENT if more.is_event else SegmentKind.MESSAGE))
        batch.part(index, parts)

    def _sent(self, draft: Draft) -> tuple[Instant, tuple[Doubt, ...]]:
        if draft.date is None:
            sent = unknown_instant(draft.stamp)
            return sent, (*doubts_of(sent), *draft.doubts)
        sent, doubts = self._times.read(draft.date)
        return sent, (*doubts, *draft.doubts)

    def _tell(self, draft: Draft, span: Span) -> Message:
        sent, doubts = self._sent(draft)
        reply = None
        if draft.answers:
            reply, more = self._answer(_key(draft))
            doubts = (*doubts, more)
        name = self._name(draft)
        doubts = self.thread.take(name, name, sent, span, doubts)
        return self._add(draft, name, sent, span, doubts, reply)

    def _reply(self, draft: Draft, told: Message, parent: str | None, span: Span) -> None:
        sent, doubts = self._sent(draft)
        name = self._name(draft)
        # It stands below an older message, whatever its own time: that says nothing about the order of the page.
        doubts = self.thread.take(name, name, _NOWHEN, span, doubts)
        if len(self._copies) >= _COPIES_KEPT:
            del self._copies[next(iter(self._copies))]
        self._copies[_key(draft)] = parent
        self._add(draft, name, sent, span, doubts, Reply(parent, told.text, Match.EXACT))

    def _tail(self, draft: Draft, told: Message, span: Span) -> None:
        """What follows the replies to one part of a message: its other parts."""
        zone = tuple(one for one in told.doubts if one in {Doubt.ZONE_UNKNOWN, Doubt.TIME_UNREADABLE})
        doubts = self.thread.take(told.sender, told.sender, _NOWHEN, span, (*zone, *draft.doubts))
        draft.kept.append(("continues", str(told.number)))
        self._add(draft, told.sender, told.sent, span, doubts, None)

    def _name(self, draft: Draft) -> str | None:
        if draft.from_owner and draft.name is not None:
            self._owners.add(draft.name)
        return draft.name

    def _add(
        self,
        draft: Draft,
        name: str | None,
        sent: Instant,
        span: Span,
        doubts: tuple[Doubt, ...],
        reply: Reply | None,
    ) -> Message:
        message = Message(
            self.thread.count,
            draft.kind,
            name,
            draft.text or None,
            sent,
            span,
            doubts,
            None,
            draft.guid,
            action=draft.action,
            edited_mark=draft.edited,
            attachments=tuple(draft.attachments),
            reactions=tuple(draft.reactions),
            reply=reply,
            share=draft.share,
            entities=tuple(draft.entities),
            revisions=tuple(draft.revisions),
            extra=extra_text(draft),
        )
        self._found.append(message)
        return message


def _reactions(lines: str) -> tuple[Reaction, ...]:
    return tuple(Reaction(value, who.strip(LAYOUT) or None) for value, who in TAPBACK.findall(lines))


def _parts(parts: bytes) -> tuple[list[str], tuple[Attachment, ...]]:
    """The words of each bubble, and the pictures."""
    texts: list[str] = []
    pictures: tuple[Attachment, ...] = ()
    for words, picture in PARTS.findall(parts):
        if picture:
            pictures = (*pictures, Attachment(MediaState.NAMED, picture.decode(), "image"))
        else:
            text = words.decode().strip(LAYOUT)
            texts.append(unescape(text) if "&" in text else text)
    return texts, pictures


def _key_of(guid: str) -> bytes:
    return blake2b(guid.encode(), digest_size=16).digest()


def _key(draft: Draft) -> bytes:
    """What a reply and its copy have in common: the tool's own id where it is written, else all that they say."""
    if draft.guid:
        return _key_of(draft.guid)
    said = [draft.stamp, draft.name, draft.text, draft.revisions]
    return blake2b(orjson.dumps(said), digest_size=16).digest()
