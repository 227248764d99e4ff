"""TikTok's direct messages as text: blocks, each below the name of the conversation.

    >>> Chat History with robin::

    2026-07-03 23:00:11 UTC robin: The gate is open
    2026-07-03 23:01:40 UTC me_user: Good,
    I come at nine

A message begins with its time; the lines below it that are neither a message nor a header are more of it. Empty lines
are the file's own unless words follow them. Whoever types a line of that kind makes it look like a message: each
conversation says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message, Share
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, ReadingDesk, SourceFile
from safehand.sources.decoding import decode
from safehand.sources.lines import lines
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.runs import Piece, Run
from safehand.sources.thread import Thread
from safehand.sources.tiktok.message import link_of
from safehand.sources.written_times import clock_reading

PLATFORM: Final = "tiktok"
TEXT: Final = "tiktok/direct-messages-txt"

_HEADER: Final = re.compile(rb">>> Chat History with ([^\r\n]*)(?:\r?\n|\r?\Z)")
_BEGINS: Final = re.compile(rb"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:UTC )?[^:\r\n]{1,200}:(?=[ \r\n]|\Z)")
_MESSAGE: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (UTC )?([^:\r\n]{1,200}):(?: |(?=[\r\n])|\Z)", re.ASCII)
_BOM: Final = b"\xef\xbb\xbf"

NO_PLACE: Final = "a line that stands in no message of a conversation"
TOO_LONG: Final = "one message is longer than any message"
_ABSENT: Final = "TikTok's file holds words and links alone: no pictures, answers, reactions or deleted messages."
_FORGED: Final = "Whoever types a time, a name and a colon in a new line makes it look like a message of its own."
_NONE: Final = "No messages were found in it."
_CLOCK: Final = "Some times name no zone, and none is assumed for them."


class _Chat:
    """One block as pass 1 sees it."""

    def __init__(self, name: str | None, file: SourceFile) -> None:
        self.name = name
        self.run = Run(file)


class TextReading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._chats: list[_Chat] = []
        self._lost = 0
        self._clock = LocalClock(desk.options.zone, desk.options.zone_by)
        self._last: tuple[str, str | None, Instant, tuple[Doubt, ...]] = ("", None, unknown_instant(""), ())

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        survey = _Survey(self._desk.ledger(self._file), self._file, self._chats)
        for at, data, begins in lines(self._file, survey.ledger, self._desk.options.window):
            survey.take(at, data, begins=begins)
        survey.end()
        if not self._chats:
            self._chats.append(_Chat(None, self._file))
        for number, chat in enumerate(self._chats):
            yield from self._conversation(chat, survey.lost if number == 0 else 0)

    def _conversation(self, chat: _Chat, lost: int) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                TEXT,
                chat.name,
                ConversationKind.UNKNOWN,
                (self._file.id,),
                native_id=chat.name and f"Chat History with {chat.name}",
            )
        )
        yield (thread.opened,)
        for piece in chat.run.pieces(self._desk.options.window):
            yield (self._message(piece, thread),)
        notes = [_ABSENT] if thread.count else [_NONE]
        if thread.count:
            thread.doubt(Doubt.FORGED_POSSIBLE)
            notes.append(_FORGED)
        if thread.doubts[Doubt.ZONE_UNKNOWN]:
            notes.append(_CLOCK)
        if lost:
            notes.append(f"Places that could not be read: {lost}. The account says where.")
        yield (thread.closed(notes),)

    def _message(self, piece: Piece, thread: Thread) -> Message:
        span = Span(piece.file, piece.start, piece.end)
        whole, guessed = decode(piece.raw)
        match = _MESSAGE.match(whole)
        if match is None:  # bytes that are no UTF-8 may have stood in the name
            doubts = thread.take(None, None, unknown_instant(""), span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, whole, unknown_instant(""), span, doubts)
        date, utc, sender = match.groups()
        sent, doubts = self._sent(date, utc)
        text = whole[match.end() :].replace("\r\n", "\n")
        if guessed:
            doubts += (Doubt.ENCODING_GUESSED,)
        link = link_of(text)
        doubts = thread.take(sender, sender, sent, span, doubts)
        return Message(
            thread.count,
            Kind.SHARE if link else Kind.TEXT if text else Kind.EMPTY,
            sender,
            text or None,
            sent,
            span,
            doubts,
            sender,
            share=Share(link) if link else None,
        )

    def _sent(self, date: str, utc: str | None) -> tuple[Instant, tuple[Doubt, ...]]:
        if (date, utc) == self._last[:2]:
            return self._last[2:]
        micros = clock_reading(date)
        raw = date if utc is None else f"{date} UTC"
        if micros is None:
            sent = unknown_instant(raw)
        elif utc is not None:
            sent = Instant(raw, Basis.UTC, Precision.SECOND, micros, micros, micros)
        else:
            sent = self._clock.instant(raw, micros, Precision.SECOND, Basis.SERVER_LOCAL)
        self._last = date, utc, sent, doubts_of(sent)
        return self._last[2:]


def header_name(line: bytes) -> str | None:
    """Whose conversation a line begins, without its colons; None for any other line."""
    match = _HEADER.match(line)
    name = b"" if match is None else match[1].rstrip(b" \t")
    return decode(name.rstrip(b":"))[0].strip() if name.endswith(b":") else None


class _Survey:
    """Pass 1: every byte accounted for, and where each message stands."""

    def __init__(self, ledger: Ledger, file: SourceFile, chats: list[_Chat]) -> None:
        self.ledger = ledger
        self.lost = 0
        """Places that could not be read."""
        self._file = file
        self._chats = chats
        self._start: int | None = None
        """Of the message that is open."""
        self._end = 0
        """Behind the last of its words."""
        self._reason: str = NO_PLACE
        self._failing = False

    def take(self, at: int, data: bytes, *, begins: bool) -> None:
        """The next line, or a piece of one."""
        if at == 0 and data.startswith(_BOM):
            self.ledger.mark(SegmentKind.BOM, len(_BOM))
            at, data = len(_BOM), data[len(_BOM) :]
        if begins:
            match = _BEGINS.match(data) if self._chats else None
            if match is not None:
                self._close(at)
                self._start, self._end = at, at + len(data.rstrip(b"\r\n"))
                self._chats[-1].run.see(match[1].decode())
                return
            name = header_name(data)
            if name is not None:
                self._close(at)
                self._chats.append(_Chat(name or None, self._file))
                self.ledger.mark(SegmentKind.HEADER, at + len(data.rstrip(b"\r\n")))
                return
            if not data.strip():
                return
        self._more(at, data)

    def _more(self, at: int, data: bytes) -> None:
        end = at + len(data.rstrip(b"\r\n"))
        if self._start is not None and end - self._start <= LONGEST_MESSAGE:
            self._end = max(self._end, end)
            return
        if self._start is not None:
            self._reason = TOO_LONG
            self._start = None
        if not self._failing:
            self._failing = True
            self.lost += 1
        if self._reason is NO_PLACE:
            self.ledger.mark(SegmentKind.STRUCTURE, at)
        self.ledger.fail(max(end, self.ledger.position), self._reason)

    def _close(self, at: int) -> None:
        """Something else begins at ``at``."""
        if self._start is not None:
            self._chats[-1].run.add(self._start, self._end)
            self.ledger.mark(SegmentKind.MESSAGE, self._end)
            self._start = None
        self._failing, self._reason = False, NO_PLACE
        self.ledger.mark(SegmentKind.STRUCTURE, at)

    def end(self) -> None:
        """The file ends."""
        self._close(self.ledger.fed)
