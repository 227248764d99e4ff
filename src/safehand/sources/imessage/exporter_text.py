r"""One file of imessage-exporter's text: its blocks become messages, and every byte is accounted for.

    May 17, 2022  5:29:42 PM⏎Priya⏎Shall we dig on Sunday?⏎
        May 17, 2022  5:31:00 PM⏎    Tom⏎    Yes⏎⏎⏎            a reply, below what it answers
    May 17, 2022  5:31:00 PM⏎Tom⏎Yes⏎This message responded to an earlier message.⏎⏎      the same, where it was sent

A reply stands twice in the file, so it is told twice: first below its parent, as the reply it is, and again in its own
place, with the doubt ``duplicate_of``. Nothing that stands in the file is left out because it stands there again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.decoding import decode, torn_end
from safehand.sources.imessage.exporter_blocks import Blocks, blocks
from safehand.sources.imessage.exporter_lines import (
    HEADER_LIKE,
    NOTE,
    READ,
    REPLY,
    Body,
    acted,
    is_special,
    read_body,
)
from safehand.sources.imessage.exporter_replies import cut_replies
from safehand.sources.imessage.exporter_times import Times
from safehand.sources.lines import begin_text
from safehand.sources.local_time import LocalClock
from safehand.sources.thread import Thread

BEFORE_FIRST: Final = "text before the first message"
TOO_LONG: Final = "a message longer than this version reads"
TORN: Final = "the file ends inside a character"
FORGED: Final = "This form is plain text: a message pasted or typed in its style cannot be told from one."
OWNER: Final = "Me"
"""What the tool calls the account whose export it is, unless it was told another name."""

_HEAD: Final = 400
"""Bytes in which the first line break is looked for."""
_TEXT: Final = Kind.TEXT
_WHOLE: Final = 3  # what is left of the date's line, a sender, a line of words
_INDENTED, _NEWLINE = b" \n"
_RECEIPTS_KEPT: Final = 1000
_READ: Final = re.compile(READ)
_NOTE: Final = NOTE.encode()
_COPIES_KEPT: Final = 100_000
"""Replies remembered until they come in their own place. Further apart they are not said to be the same."""


def read_text(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one file, a window's worth of events at a time."""
    with file.open() as stream:
        ledger = desk.ledger(file)
        bom, head = begin_text(stream, ledger, _HEAD)
        line = head.partition(b"\n")[0]
        line_end = b"\r\n" if line.endswith(b"\r") else b"\n"
        opened = ConversationOpened(
            desk.next_conversation(), "imessage", form, _title(file.name), ConversationKind.UNKNOWN, (file.id,)
        )
        reader = _TextReader(Thread(opened), ledger, LocalClock(desk.options.zone, desk.options.zone_by), line_end)
        yield (opened,)
        for found in blocks(stream, ledger, desk.options.window, bom, line_end):
            yield reader.read(found)
        yield reader.end()


def _title(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.removesuffix(".txt")


class _TextReader:
    """Makes messages of blocks."""

    def __init__(self, thread: Thread, ledger: Ledger, clock: LocalClock, line_end: bytes) -> None:
        self.thread = thread
        self._ledger = ledger
        self._file = ledger.file
        self._times = Times(clock)
        self._line_end = line_end
        self._unix = line_end == b"\n"
        self._usual, self._usually = self._times.known, 0
        self._receipts: dict[bytes, str] = {}
        self._copies: dict[bytes, None] = {}
        self._found: list[Message] = []
        self._first = True

    def read(self, given: Blocks) -> list[Message]:
        """The messages of some blocks. What stands before them is accounted for as unparsed."""
        found = self._found = []
        ledger, parts = self._ledger, given.parts
        self._skip(given.start if parts else given.end)
        gap = 2 * len(self._line_end)
        ends: list[int] = []
        start = given.start
        last = len(parts) - 3 if given.last else -1
        for place in range(0, len(parts), 3):
            date, rest, body = parts[place : place + 3]
            end = given.end if place == last else start + len(date) + len(rest) + len(body) + gap
            # The last may be cut short, which the short way does not ask.
            message = None if place == last else self._plain(start, end, date, rest, body)
            if message is not None:
                found.append(message)
                ends.append(end)
            else:
                ledger.mark_many(SegmentKind.MESSAGE, ends)
                ends.clear()
                self._any(start, date, rest, body + (b"" if place == last else self._line_end * 2), end)
            start = end
        ledger.mark_many(SegmentKind.MESSAGE, ends)
        return found

    def end(self) -> Sequence[Event]:
        """The closing value."""
        thread = self.thread
        thread.doubt(Doubt.ZONE_UNKNOWN, self._usually)
        thread.doubt(Doubt.FORGED_POSSIBLE)
        owner = thread.accounts.get(OWNER)
        if owner is not None:
            owner.is_owner = True
        return (thread.closed((FORGED,)),)

    def _skip(self, end: int) -> None:
        if end > self._ledger.position:
            self._ledger.fail(end, BEFORE_FIRST if self._first else TOO_LONG)
        self._first = False

    def _plain(  # noqa: PLR0911  each return is one thing that is not plain
        self, start: int, end: int, date: bytes, rest: bytes, body: bytes
    ) -> Message | None:
        """The short way: lines of plain words, below a date and a name. None for anything else."""
        lines = body.split(b"\n", 3)
        if len(lines) < _WHOLE or not self._unix:
            return None
        sender, first = lines[1], lines[2]
        if not first or not sender or sender[0] == _INDENTED or is_special(first):
            return None
        if len(lines) > _WHOLE and _any_special(lines[3]):
            return None
        try:
            name, words = sender.decode(), body[len(sender) + 2 :].decode()
            extra = None if not rest else self._receipt(rest)
        except UnicodeDecodeError:
            return None
        if extra is None and rest:
            return None
        sent, doubts = self._times.read(date)
        span = Span(self._file, start, end)
        if doubts is self._usual:
            # Counted at the end: nearly every message has just this one.
            self._usually += 1
            late = self.thread.take(name, name, sent, span)
            doubts = (*doubts, *late) if late else doubts
        else:
            doubts = self.thread.take(name, name, sent, span, doubts)
        if extra is None:
            return Message(self.thread.count, _TEXT, name, words, sent, span, doubts)
        return Message(self.thread.count, _TEXT, name, words, sent, span, doubts, extra=extra)

    def _receipt(self, rest: bytes) -> str | None:
        """When it was read, as it stands in ``extra``; None for what is no such thing. Few are many times the same."""
        known = self._receipts.get(rest)
        if known is None and _READ.fullmatch(rest) is not None:
            if len(self._receipts) >= _RECEIPTS_KEPT:
                self._receipts.clear()
            known = self._receipts[rest] = json.dumps({"read": rest.decode().strip(" ()")}, ensure_ascii=False)
        return known

    # The long way.

    def _any(self, start: int, date: bytes, rest: bytes, body: bytes, end: int) -> None:
        torn = 0 if body.endswith(b"\n") else torn_end(body)
        body, end = body[: len(body) - torn], end - torn
        if rest and _READ.fullmatch(rest) is None:
            self._event(start, date, rest, body, end)
        else:
            self._message(start, date, rest, body, end)
        if torn:
            self._ledger.fail(end + torn, TORN)

    def _event(self, start: int, date: bytes, rest: bytes, body: bytes, end: int) -> None:
        """A line that is one event; or, where more follows it, words that begin with a date."""
        words, guessed = decode((rest + body).strip(b"\r\n").removeprefix(b" "))
        words = words.replace("\r\n", "\n") if self._line_end == b"\r\n" else words
        act = acted(words)
        sent, doubts = self._times.read(date)
        doubts = (*doubts, Doubt.TOOL_GENERATED_TEXT if act else Doubt.HEADER_SUSPECT)
        if guessed:
            doubts = (*doubts, Doubt.ENCODING_GUESSED)
        if self._is_cut(body):
            doubts = (*doubts, Doubt.TRUNCATED_FILE)
        span = Span(self._file, start, end)
        name = None if act is None else OWNER if act.who == "You" else act.who
        doubts = self.thread.take(name, name, sent, span, doubts)
        kind, action = (Kind.UNKNOWN, None) if act is None else (Kind.SYSTEM, act.action)
        self._found.append(Message(self.thread.count, kind, name, words or None, sent, span, doubts, action=action))
        self._ledger.mark(SegmentKind.MESSAGE if act is None else SegmentKind.EVENT, end)

    def _message(self, start: int, date: bytes, rest: bytes, body: bytes, end: int) -> None:
        """A message with whatever stands below it: replies, each a message of its own, and what follows them."""
        base = start + len(date) + len(rest)
        (_, first, _), *others = cut_replies(body)
        head = _Head(start, date, rest, cut=self._is_cut(body), answers=body.rstrip(b"\r\n").endswith(_NOTE))
        told = self._tell(head, base + first, body[:first])
        for begin, stop, is_reply in others:
            (self._reply if is_reply else self._tail)(told, base + begin, base + stop, body[begin:stop])
        self._ledger.mark(SegmentKind.BLANK, end)

    def _is_cut(self, body: bytes) -> bool:
        """Whether the file ends here without the empty line that the tool writes after each message."""
        return not body.endswith(self._line_end * 2)

    def _lines(self, raw: bytes) -> tuple[list[str], bool]:
        text, guessed = decode(raw)
        if self._line_end == b"\r\n":
            text = text.replace("\r\n", "\n")
        return text.split("\n"), guessed

    def _tell(self, head: _Head, end: int, raw: bytes) -> Message:
        lines, guessed = self._lines(raw)
        name = lines[1] if len(lines) > 1 and lines[1] else None
        body = read_body(lines[2:])
        if head.rest:
            body.extra["read"] = decode(head.rest)[0].strip(" ()")
        sent, doubts = self._times.read(head.date)
        doubts = (*doubts, *_doubts(body, raw, guessed=guessed))
        if head.cut:
            doubts = (*doubts, Doubt.TRUNCATED_FILE)
        reply = None
        if head.answers:
            reply = Reply()
            seen = self._copies.pop(_key(head.date, name, body), 0) is None
            doubts = (*doubts, Doubt.DUPLICATE_OF if seen else Doubt.REPLY_TARGET_MISSING)
        span = Span(self._file, head.start, end)
        doubts = self.thread.take(name, name, sent, span, doubts)
        return self._add(name, body, _Said(sent, span, doubts), reply)

    def _reply(self, told: Message, start: int, end: int, raw: bytes) -> None:
        header = REPLY.match(raw)
        if header is None:
            raise AssertionError("a reply begins with its date")
        lines, guessed = self._lines(raw[header.end() :])
        lines = [line.removeprefix("    ") for line in lines]
        name = lines[0] or None
        body = read_body(lines[1:])
        if header[2]:
            body.extra["read"] = decode(header[2])[0].strip(" ()")
        sent, doubts = self._times.read(header[1])
        doubts = (*doubts, *_doubts(body, raw[header.end() :], guessed=guessed))
        span = Span(self._file, start, end)
        # It stands below an older message, whatever its own time: that says nothing about the order of the file.
        doubts = self.thread.take(name, name, unknown_instant(""), span, doubts)
        if len(self._copies) >= _COPIES_KEPT:
            del self._copies[next(iter(self._copies))]
        self._copies[_key(header[1], name, body)] = None
        self._add(name, body, _Said(sent, span, doubts), Reply(None, told.text, Match.EXACT))

    def _tail(self, told: Message, start: int, end: int, raw: bytes) -> None:
        """What follows the replies: the note that the parent is itself a reply, or more of the parent's own."""
        lines, guessed = self._lines(raw)
        body = read_body(lines)
        if body.kind is Kind.EMPTY and not body.reactions and not body.extra:
            self._ledger.mark(SegmentKind.METADATA, end)
            return
        body.extra["continues"] = told.number
        zone = (Doubt.ZONE_UNKNOWN,) if Doubt.ZONE_UNKNOWN in told.doubts else ()
        doubts: tuple[Doubt, ...] = (*zone, *_doubts(body, raw, guessed=guessed))
        span = Span(self._file, start, end)
        doubts = self.thread.take(told.sender, told.sender, unknown_instant(""), span, doubts)
        self._add(told.sender, body, _Said(told.sent, span, doubts), None)

    def _add(self, name: str | None, body: Body, said: _Said, reply: Reply | None) -> Message:
        message = Message(
            self.thread.count,
            body.kind,
            name,
            body.text,
            said.sent,
            said.span,
            said.doubts,
            action=body.action,
            edited_mark=body.edited,
            attachments=tuple(body.attachments),
            reactions=tuple(body.reactions),
            reply=reply,
            revisions=tuple(body.revisions),
            extra=json.dumps(body.extra, ensure_ascii=False) if body.extra else None,
        )
        self._found.append(message)
        self._ledger.mark(SegmentKind.MESSAGE, said.span.end)
        return message


def _any_special(lines: bytes) -> bool:
    return not lines or lines[-1] == _NEWLINE or any(map(is_special, lines.split(b"\n")))


class _Head(NamedTuple):
    """What is known of a message before its lines are read."""

    start: int
    date: bytes
    rest: bytes
    cut: bool
    answers: bool


class _Said(NamedTuple):
    """When, where, and what is in doubt."""

    sent: Instant
    span: Span
    doubts: tuple[Doubt, ...]


def _key(date: bytes, name: str | None, body: Body) -> bytes:
    """What a reply and its copy have in common."""
    said = json.dumps([date.decode(), name, body.text, body.revisions])
    return blake2b(said.encode(), digest_size=16).digest()


def _doubts(body: Body, raw: bytes, *, guessed: bool) -> tuple[Doubt, ...]:
    doubts = []
    if guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if any(HEADER_LIKE.fullmatch(line) for line in raw.split(b"\n")[2:]):
        doubts.append(Doubt.HEADER_SUSPECT)
    if body.tool:
        doubts.append(Doubt.TOOL_GENERATED_TEXT)
    return tuple(doubts)
