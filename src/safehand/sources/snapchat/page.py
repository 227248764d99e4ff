"""A page of Snapchat's: the history of chats, or of snaps, with one account or group.

    html/chat_history/subpage_robin_k.html        "Chat History with robin_k", and a card for each message, newest first
    html/snap_history/subpage_robin_k.html        "Snap History with robin_k", and a card for each snap

Pass 1 accounts for every byte and notes where each card stands; pass 2 reads them from the end their times begin at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.html_tokens import plain
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks
from safehand.sources.runs import Run
from safehand.sources.snapchat.card import OPENING, is_card, read_card, stamp_of
from safehand.sources.snapchat.chats import ABSENT, PLATFORM
from safehand.sources.thread import Thread

PAGE: Final = "snapchat/page-html"

_HEADING: Final = re.compile(rb">[ \t\r\n]*(Chat|Snap) History with ([^<>]{1,1024}?)[ \t\r\n]*<")
_NAME: Final = re.compile(r"(?:^|/)(chat|snap)_history/subpage_(.+)\.html?$")
_NO_CARD: Final = "a block of the page that is no message"


class PageReading:
    """One page while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._run = Run(file)
        self._title: str | None = None
        self._title_span: Span | None = None
        named = _NAME.search(file.name)
        self._snaps = named is not None and named[1] == "snap"
        self._native = None if named is None else named[2]
        self._unread = 0
        self._truncated = False

    def events(self) -> Iterator[Sequence[Event]]:
        """The conversation, opened and closed."""
        self._survey()
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                PAGE,
                self._title,
                ConversationKind.UNKNOWN,
                (self._file.id,),
                native_id=self._native,
                title_span=self._title_span,
            )
        )
        yield (thread.opened,)
        for file, start, end, raw in self._run.pieces(self._desk.options.window):
            yield (read_card(raw, Span(file, start, end), thread, snaps=self._snaps),)
        if self._truncated:
            thread.doubt(Doubt.TRUNCATED_FILE)
        yield (thread.closed(self._notes(thread)),)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        for event in scan_blocks(file, desk.ledger(file), OPENING, window=desk.options.window):
            match event:
                case Head(start=start, raw=raw) if raw is not None:
                    self._heading(start, raw)
                case Blocks():
                    self._take(event)
                case Skipped():
                    self._unread += 1
                case End(truncated=truncated):
                    self._truncated = truncated
                case _:
                    pass

    def _heading(self, start: int, raw: bytes) -> None:
        found = _HEADING.search(raw)
        if found is not None:
            self._snaps = found[1] == b"Snap"
            self._title = plain(found[2])[0] or None
            self._title_span = Span(self._file.id, start + found.start(2), start + found.end(2))

    def _take(self, batch: Blocks) -> None:
        for index, (start, end, raw) in enumerate(batch.rows()):
            if is_card(raw):
                self._run.see(stamp_of(raw))
                self._run.add(start, end)
            else:
                batch.refuse(index, _NO_CARD)
                self._unread += 1

    def _notes(self, thread: Thread) -> Iterator[str]:
        yield ABSENT
        if thread.count:
            yield f"The {'newest' if self._run.reverse else 'oldest'} message stands first in the file."
            yield "A page does not say which account it belongs to, and names no files."
        if self._unread:
            yield f"Places that could not be read: {self._unread}. The account says where."
