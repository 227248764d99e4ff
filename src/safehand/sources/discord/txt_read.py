r"""A channel as DiscordChatExporter writes it as text: one file, one conversation.

    ==============================================================
    Guild: Direct Messages
    Channel: Private / Priya
    ==============================================================

    [1/4/2026 7:02 PM] priya
    The gate is open


    ==============================================================
    Exported 1 message(s)
    ==============================================================

Plain text: who writes two empty lines and a header writes what the program would (txt_blocks.py).
The number in the footer is the only check: ``count_mismatch`` where it is another. No ids, no answers, no edits; times
are words to the minute, without a zone (written_times.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.decoding import decode
from safehand.sources.discord.csv_read import called
from safehand.sources.discord.csv_table import as_extra
from safehand.sources.discord.html_head import kind_of_channel
from safehand.sources.discord.txt_blocks import Block, blocks, preamble_of, stretch
from safehand.sources.discord.txt_body import read_body
from safehand.sources.discord.written_times import ZONE_UNKNOWN, WrittenTimes
from safehand.sources.local_time import LocalClock
from safehand.sources.thread import Thread

PLATFORM: Final = "discord"
DCE_TXT: Final = "discord/dce-txt"

_FOOTER: Final = re.compile(rb"={20,}\r?\nExported ([^\r\n]{1,40}) message\(s\)\r?\n={20,}\s*\Z")
_FOOTER_ROOM: Final = 512
_NOT_READ: Final = "text among the messages that belongs to none"
_TEXT: Final = Kind.TEXT
_ABSENT: Final = (
    "This form has no answers, edits or ids of messages. "
    "Acts of the platform stand there as if an account had said them."
)
_FORGED: Final = "This form is plain text: a message pasted or typed in its style cannot be told from one."


def read_text(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """One conversation for each claimed file."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._id = file.id
        self._desk = desk
        self._top = preamble_of(file)
        self._gap = self._top.line_end
        self._times = WrittenTimes(LocalClock(desk.options.zone, desk.options.zone_by))
        self._thread = Thread(self._opened())
        self._count: int | None = None
        self._whole = False
        self._usually = 0

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        file, desk, thread = self._file, self._desk, self._thread
        before = b""
        for found in blocks(file, Ledger(file.id), self._top, desk.options.window, empty=True):
            for block in found:
                if block.date != before:
                    before = block.date
                    self._times.see(decode(before)[0])
        order = self._times.decide(day_first=desk.options.day_first, by=desk.options.day_first_by)
        yield (thread.opened,)
        ledger = desk.ledger(file)
        held: Block | None = None
        for found in blocks(file, ledger, self._top, desk.options.window):
            told = [held, *found] if held is not None else found
            held = told.pop() if told else None  # the last one has the footer
            yield self._batch(told, ledger)
        if held is not None:
            yield self._batch([held._replace(raw=held.raw[: self._footer(held.raw)])], ledger)
        else:
            self._empty(ledger)
        self._end(ledger)
        yield (thread.closed([_ABSENT, *order, *self._said()]),)

    def _opened(self) -> ConversationOpened:
        top, (title, native) = self._top, called(self._file.name)
        channel, guild = decode(top.channel)[0], decode(top.guild)[0]
        span = Span(self._file.id, top.channel_at, top.channel_at + len(top.channel)) if channel else None
        rest = decode(top.rest)[0].strip()
        return ConversationOpened(
            self._desk.next_conversation(), PLATFORM, DCE_TXT, channel or title,
            kind_of_channel(guild or None, channel or None), (self._file.id,), guild or None, native, span,
            json.dumps({"preamble": rest}, ensure_ascii=False) if rest else None,
        )  # fmt: skip

    def _skip_to(self, ledger: Ledger, end: int) -> None:
        """What stands before a block: the preamble, or what belongs to no message."""
        top = self._top
        if ledger.position < top.end:
            ledger.mark(SegmentKind.BOM, top.bom)
            ledger.mark(SegmentKind.HEADER, top.end)
        if ledger.position < end:
            ledger.fail(end, _NOT_READ)

    def _empty(self, ledger: Ledger) -> None:
        """There is no message: what there is of a footer stands behind the preamble."""
        begin = max(self._top.end, ledger.fed - _FOOTER_ROOM)
        size = self._footer(stretch(self._file, begin, _FOOTER_ROOM))
        self._skip_to(ledger, begin + size if self._whole else self._top.end)

    def _end(self, ledger: Ledger) -> None:
        """What stands behind the last message."""
        if self._whole:
            ledger.mark(SegmentKind.FOOTER, ledger.fed)
        elif ledger.position < ledger.fed:
            ledger.fail(ledger.fed, _NOT_READ)

    def _footer(self, raw: bytes) -> int:
        """Where the footer begins in the last block; its end where there is none."""
        begin = max(0, len(raw) - _FOOTER_ROOM)
        found = _FOOTER.search(raw, begin)
        if found is None:
            return len(raw)
        self._whole = True
        digits = "".join(char for char in decode(found[1])[0] if char.isdecimal())
        self._count = int(digits) if digits and len(digits) <= 15 else None
        return found.start()

    def _batch(self, told: list[Block], ledger: Ledger) -> list[Message]:
        """The next messages, accounted for."""
        ends: list[int] = []
        at = ledger.position
        for block in told:
            if block.start != at:
                ledger.mark_many(SegmentKind.MESSAGE, ends)
                ends = []
                self._skip_to(ledger, block.start)
            at = block.start + len(block.raw)
            ends.append(at)
        ledger.mark_many(SegmentKind.MESSAGE, ends)
        return [self._message(block) for block in told]

    def _message(self, block: Block) -> Message:
        gap = self._gap
        body = block.raw[block.header + len(gap) :]
        body = body.removesuffix(gap).removesuffix(gap).removesuffix(gap)
        try:
            date, name, words, guessed = block.date.decode(), block.name.decode(), body.decode(), False
        except UnicodeDecodeError:
            date, name, words, guessed = decode(block.date)[0], decode(block.name)[0], decode(body)[0], True
        sent, doubts = self._times.read(date)
        span, thread = Span(self._id, block.start, block.start + len(block.raw)), self._thread
        plain = b"{" not in body and body and not (block.pinned or block.odd or guessed)
        if plain and doubts is ZONE_UNKNOWN:
            self._usually += 1  # counted at the end: nearly every message has just this one
            late = thread.take(name, name, sent, span)
            return Message(thread.count, _TEXT, name, words, sent, span, (*doubts, *late) if late else doubts)
        if guessed:
            doubts = (*doubts, Doubt.ENCODING_GUESSED)
        if block.odd:
            doubts = (*doubts, Doubt.HEADER_SUSPECT)
        found = read_body(words, gap.decode())
        if not found.is_read:
            doubts = (*doubts, Doubt.FIELD_NOT_READ)
        kept = (found.kept or {}) | ({"pinned": "true"} if block.pinned else {})
        doubts = thread.take(name, name, sent, span, doubts)
        return Message(
            thread.count, found.kind, name, found.text or None, sent, span, doubts, attachments=found.attachments,
            reactions=found.reactions, share=found.share, extra=as_extra(kept),
        )  # fmt: skip

    def _said(self) -> Iterator[str]:
        thread = self._thread
        thread.doubt(Doubt.ZONE_UNKNOWN, self._usually)
        thread.doubt(Doubt.FORGED_POSSIBLE)
        yield _FORGED
        if not self._whole:
            thread.doubt(Doubt.TRUNCATED_FILE)
        if self._count is not None and self._count != thread.count:
            thread.doubt(Doubt.COUNT_MISMATCH)
            yield f"The file says that it holds {self._count:,} messages; it holds {thread.count:,}."
