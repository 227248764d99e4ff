"""Telegram's pages of one chat, in the order of their numbers, as one conversation.

    messages.html, messages2.html, messages3.html …      a thousand messages each
      <div class="message service" id="message-1">       a day: negative ids, counted down; it is no message
      <div class="message default clearfix" id="message101">
      <div class="message service" id="message103">      a line of the platform's own
      <a class="pagination block_link" href="messages2.html">

What a page does not say: which account made the export, an account's own id, what kind of chat it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, Precision, unknown_instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.decoding import decode
from safehand.sources.html_blocks import Block
from safehand.sources.html_text import LAYOUT
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks
from safehand.sources.local_time import LocalClock
from safehand.sources.seen_ids import SeenIds
from safehand.sources.telegram.html_message import Draft, extra_text, read_default, read_service
from safehand.sources.telegram.html_plain import PLAIN
from safehand.sources.telegram.html_times import PageTimes
from safehand.sources.thread import Thread

PAGES: Final = "telegram/html"

OPENING: Final = re.compile(rb'<div class="message (?:default|service)[" ]|<a class="pagination block_link"')
PAGE_NAME: Final = re.compile(r"(?:.*/)?messages(\d{1,6})?\.html?", re.IGNORECASE | re.DOTALL)

_ID: Final = re.compile(r"message(-?\d{1,18})", re.ASCII)
_NOT_A_MESSAGE: Final = "a block among the messages that is no message"
_UNREADABLE: Final = (Doubt.TIME_UNREADABLE,)
_NO_TIME: Final = unknown_instant("")
_TEXT: Final = Kind.TEXT
_EVENTS: Final = frozenset({Kind.SYSTEM, Kind.CALL})


def page_number(name: str) -> int:
    """2 of ``chats/chat_001/messages2.html``; the first has none. 0 for any other name."""
    found = PAGE_NAME.fullmatch(name)
    return 0 if found is None else int(found[1] or 1)


def title_of(head: bytes) -> tuple[str | None, int, int]:
    """The name of the chat, as the head of a page has it, and where it stands there."""
    at = head.find(b'<div class="page_header">')
    block = Block(head[at:] if at >= 0 else b"")
    line = block.find("text")
    title = line.text() if line is not None else ""
    stood = head.find(b'<div class="text bold">', max(at, 0))
    end = head.find(b"</div>", stood) + 6
    return (title or None, stood, end) if stood >= 0 and end > stood else (title or None, 0, len(head))


def read_pages(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The one conversation of the claimed pages."""
    return chain.from_iterable(_Pages(claim, desk).events())


class _Pages:
    """The pages while they are read."""

    def __init__(self, claim: Claim, desk: ReadingDesk) -> None:
        self._claim = claim
        self._desk = desk
        self._times = PageTimes(LocalClock(desk.options.zone, desk.options.zone_by))
        self._seen = SeenIds()
        self._thread: Thread | None = None
        self._file = ""
        self._begin_page()
        self._last_link: str | None = None
        self._refused = 0

    def _begin_page(self) -> None:
        self._sender: str | None = None
        self._sender_at: int | None = None
        self._is_sure = True
        """Nothing stood between a message and the one before it that could not be read."""
        self._day: Instant | None = None

    def events(self) -> Iterator[Sequence[Event]]:
        for file in self._claim.files:
            self._file = file.id
            self._begin_page()
            self._last_link = None
            for event in scan_blocks(file, self._desk.ledger(file), OPENING, window=self._desk.options.window):
                match event:
                    case Head(raw=raw) if self._thread is None:
                        yield [self._open(file, raw or b"")]
                    case Blocks():
                        yield self._batch(event, self._opened())
                    case Skipped():
                        self._refused += 1
                        self._is_sure = False
                    case End(truncated=True):
                        self._opened().doubt(Doubt.TRUNCATED_FILE)
                    case _:
                        pass
        thread = self._opened()
        notes = self._notes(thread)
        yield [thread.closed(notes)]

    def _opened(self) -> Thread:
        if self._thread is None:  # pragma: no cover  every file has a head, if an empty one
            raise AssertionError
        return self._thread

    def _open(self, file: SourceFile, head: bytes) -> ConversationOpened:
        title, start, end = title_of(head)
        opened = ConversationOpened(
            self._desk.next_conversation(),
            "telegram",
            self._claim.form,
            title,
            ConversationKind.UNKNOWN,
            tuple(one.id for one in self._claim.files),
            title_span=Span(file.id, start, end) if title else None,
        )
        self._thread = Thread(opened)
        return opened

    def _batch(self, batch: Blocks, thread: Thread) -> list[Message]:
        found: list[Message] = []
        for index, (start, end, raw) in enumerate(batch.rows()):
            plain = PLAIN.fullmatch(raw)
            message = self._plain(plain, Span(self._file, start, end), thread) if plain else None
            if message is None:
                message = self._any(batch, index, thread)
            if message is not None:
                found.append(message)
        return found

    def _plain(  # noqa: C901  everything that must be as it mostly is
        self, found: re.Match[bytes], span: Span, thread: Thread
    ) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        joined, digits, title, shown, name, target, text = found.groups()
        native = int(digits)
        day = self._day
        if (
            not self._seen.last < native
            or (name is None) is not (joined is not None)
            or (day is None)
            or not self._is_sure
        ):
            return None
        try:
            words, raw = text.decode("utf-8"), title.decode("ascii")
            sender = self._sender if name is None else name.decode("utf-8").strip(LAYOUT)
        except UnicodeDecodeError:
            return None
        timed = self._times.read(raw)
        if shown != title[11:16] or not self._times.is_on(raw, day) or not sender or " via @" in sender:
            return None
        if "<" in words:
            words = words.replace("<br>", "\n")
        words = words.strip(LAYOUT)
        if "&" in words:
            words = unescape(words)
        if name is not None and "&" in sender:
            sender = unescape(sender)
        if not words or "\r" in words or words[-1] in LAYOUT or words[0] in LAYOUT or timed.instant.earliest is None:
            return None
        reply, extra = None, None
        if target is not None:
            if int(target) not in self._seen:
                return None
            reply = Reply(target.decode(), None, Match.EXACT)
        if name is None:
            extra = f'{{"joined":"message{self._sender_at}"}}'
        else:
            self._sender, self._sender_at = sender, native
        self._seen.append(native)
        self._seen.last = native
        sent = timed.instant
        doubts = thread.take(sender, sender, sent, span, timed.doubts)
        return Message(
            thread.count, _TEXT, sender, words, sent, span, doubts, None, digits.decode(), reply=reply, extra=extra
        )

    def _any(self, batch: Blocks, index: int, thread: Thread) -> Message | None:
        """The long way. None for what is no message: a day, a link to another page, damage."""
        raw, span = batch.raws[index], Span(self._file, batch.starts[index], batch.ends[index])
        block = Block(raw)
        classes = block.root.classes
        if "pagination" in classes:
            batch.tell(index, SegmentKind.STRUCTURE)
            self._last_link = block.root.tag.attributes.get("href")
            return None
        found = _ID.fullmatch(block.root.tag.attributes.get("id", ""))
        if found is None and block.find("body") is None:
            batch.refuse(index, _NOT_A_MESSAGE)
            self._refused += 1
            self._is_sure = False
            return None
        native = int(found[1]) if found else None
        if "service" in classes:
            return self._service(batch, index, block, native, span, thread)
        draft = read_default(block, self._times, self._seen, native or 0, self._day)
        joined = None
        doubts = draft.doubts
        if draft.sender is not None:
            self._sender, self._sender_at, self._is_sure = draft.sender, native, True
        elif "joined" in classes and self._sender is not None:
            joined = self._sender_at
            doubts = doubts if self._is_sure else (*doubts, Doubt.SENDER_AMBIGUOUS)
        else:
            self._sender = None
            doubts = (*doubts, Doubt.SENDER_AMBIGUOUS)
        if index in batch.unclosed:
            self._is_sure = False
        if draft.kind in _EVENTS:
            batch.tell(index, SegmentKind.EVENT)
        return self._message(draft, native, span, thread, self._sender, doubts, extra_text(draft, joined))

    def _service(
        self, batch: Blocks, index: int, block: Block, native: int | None, span: Span, thread: Thread
    ) -> Message | None:
        batch.tell(index, SegmentKind.EVENT)
        body = block.find("body")
        if native is not None and native < 0 and body is not None:
            day = self._times.whole_day(body.peek())
            if day is not None:
                body.text()
                if not block.unread():
                    self._day = day.instant
                    return None
        self._sender = None  # the next message names its sender again
        # Read again: by now the messages may have said in which zone this day is.
        day = self._times.whole_day(self._day.raw) if self._day is not None else None
        draft = read_service(block, *((day.instant, day.doubts) if day is not None else (_NO_TIME, _UNREADABLE)))
        return self._message(draft, native, span, thread, None, draft.doubts, extra_text(draft, None))

    def _message(
        self,
        draft: Draft,
        native: int | None,
        span: Span,
        thread: Thread,
        sender: str | None,
        doubts: tuple[Doubt, ...],
        extra: str | None,
    ) -> Message:
        if native is not None and not self._seen.add(native):
            doubts = (*doubts, Doubt.DUPLICATE_OF)
        # A day is no place in an order of seconds.
        order = _NO_TIME if draft.sent.precision is Precision.DAY else draft.sent
        doubts = thread.take(sender, sender, order, span, doubts)
        return Message(
            thread.count,
            draft.kind,
            sender,
            draft.text,
            draft.sent,
            span,
            doubts,
            None,
            None if native is None else str(native),
            action=draft.action,
            attachments=draft.media.attachments,
            reactions=draft.reactions,
            reply=draft.reply,
            forward=draft.forward,
            call=draft.media.call,
            poll=draft.media.poll,
            entities=draft.entities,
            extra=extra,
        )

    def _notes(self, thread: Thread) -> list[str]:
        notes = list(_missing([page_number(file.name) for file in self._claim.files], self._last_link))
        thread.doubt(Doubt.FILE_MISSING, len(notes))
        if self._refused:
            notes.append(f"Blocks among the messages that could not be read: {self._refused}. The account says where.")
        if self._times.offsets:
            zones = ", ".join(_offset(offset) for offset in sorted(self._times.offsets))
            notes.append(f"The clock of the machine that made the export stood at {zones}.")
        notes.append("These pages name accounts by what they are called, and do not say whose export it is.")
        return notes


def _missing(numbers: list[int], last_link: str | None) -> Iterator[str]:
    """What is to be said of pages that are not there."""
    there = set(numbers) - {0}
    gone = [number for number in range(1, max(there, default=0)) if number not in there]
    if gone:
        yield f"Pages before the last that are not there: {len(gone)}, the first of them number {gone[0]}."
    if last_link is not None and page_number(decode(last_link.encode())[0]) > max(there, default=0):
        yield "The last page has a link to a next one, which is not there."


def _offset(seconds: int) -> str:
    minutes = abs(seconds) // 60
    return f"UTC{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
