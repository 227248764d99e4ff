"""Omegle's logs: a line begins a message where it names who speaks, and Omegle itself speaks in whole lines.

    Omegle conversation log
    2014-06-25

    You're now chatting with a random stranger. Say hi!
    Stranger: hi, do you play openings?
    You: yes
    and endings                              a line without a name belongs to what was said before it
    Stranger has disconnected.

Several logs in one file are several conversations: one begins with its heading, or with "You're now chatting" after the
one before has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, Claim, ReadingDesk, SourceFile
from safehand.sources.decoding import decode
from safehand.sources.lines import lines
from safehand.sources.omegle.page import read_page
from safehand.sources.omegle.talk import Talk
from safehand.sources.omegle.wordings import DATE, FIRST_BYTES, FOOTERS, HEADER, SPEAKER, status_of

TEXT: Final = "omegle/text"
HTML: Final = "omegle/html"

_BOM: Final = b"\xef\xbb\xbf"
_NOBODY: Final = "a line that nobody is named for"
_TOO_LONG: Final = "one message is longer than any message"
_BLANK: Final = b" \t\r\n"


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(
        read_page(file, desk, claim.form) if claim.form == HTML else _Log(file, desk).events() for file in claim.files
    )


class _Log:
    """One file of text while it is read. What was begun last is open until the next begins."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._ledger: Ledger = desk.ledger(file)
        self._talk: Talk | None = None
        self._date: str | None = None
        self._heading = False
        self._speaker: str | None = None
        self._action: str | None = None
        self._start = self._skip = 0
        self._parts: list[bytes] = []
        self._size = 0

    def events(self) -> Iterator[Event]:
        """Every conversation, opened and closed."""
        end = 0
        for start, data, begins in _after_bom(lines(self._file, self._ledger, self._desk.options.window), self._ledger):
            end = start + len(data)
            match = SPEAKER.match(data) if begins else None
            if match is not None:
                yield from self._finish()
                yield from self._open()
                self._heading = False
                self._begin(start, data, match.end())
                self._speaker = match[1].decode()
            elif begins and data[:1] and (data[0] in FIRST_BYTES or self._speaker is None or not self._parts):
                yield from self._other(start, data)
            else:
                self._add(data)
        yield from self._finish()
        if self._talk is None:
            yield from self._open()
        self._ledger.mark(SegmentKind.BLANK, self._ledger.position)
        if self._ledger.position < end:
            self._ledger.fail(end, _NOBODY)
        if self._talk is not None:
            yield self._talk.closed()

    def _other(self, start: int, data: bytes) -> Iterator[Event]:
        """A line that names nobody: Omegle's own, a heading, or more of what was said."""
        line = data.strip(_BLANK)
        action = status_of(line) if line else None
        if action is not None:
            yield from self._finish()
            if action == "connected" and self._talk is not None and self._talk.ended:
                yield self._close()
            yield from self._open()
            self._begin(start, data, 0)
            self._action = action
            if action != "question":
                yield from self._finish()
        elif HEADER.fullmatch(line):
            yield from self._finish()
            if self._talk is not None:
                yield self._close()
            self._heading, self._date = True, None
            self._mark(SegmentKind.HEADER, start, len(data))
        elif self._parts:
            self._add(data)
        else:
            self._alone(start, data, line)

    def _alone(self, start: int, data: bytes, line: bytes) -> None:
        """A line that is no part of what was said."""
        if self._heading and self._date is None and DATE.fullmatch(line):
            self._date = line.decode()
            self._mark(SegmentKind.HEADER, start, len(data))
        elif line in FOOTERS:
            self._mark(SegmentKind.FOOTER, start, len(data))
        elif line:
            self._ledger.fail(start + len(data), _NOBODY)
            if self._talk is not None:
                self._talk.unread += 1
        else:
            self._ledger.mark(SegmentKind.BLANK, start + len(data))

    def _mark(self, kind: SegmentKind, start: int, size: int) -> None:
        self._ledger.mark(SegmentKind.BLANK, start)
        self._ledger.mark(kind, start + size)

    def _open(self) -> Iterator[Event]:
        if self._talk is None:
            self._talk = Talk(TEXT, self._file.id, self._desk, self._date)
            yield self._talk.thread.opened

    def _close(self) -> Event:
        talk, self._talk, self._date = self._talk, None, None
        if talk is None:
            raise AssertionError("no conversation is open")
        return talk.closed()

    def _begin(self, start: int, data: bytes, skip: int) -> None:
        self._start, self._skip = start, skip
        self._parts = [data]
        self._size = len(data)

    def _add(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= LONGEST_MESSAGE:
            self._parts.append(data)
        else:
            self._parts = [b""]

    def _finish(self) -> Iterator[Event]:
        """Tell what was begun last. The blank lines behind it are not its own."""
        parts, talk, speaker, action = self._parts, self._talk, self._speaker, self._action
        if not parts or talk is None:
            return
        self._parts, self._speaker, self._action = [], None, None
        start = self._start
        if self._size > LONGEST_MESSAGE:
            self._ledger.fail(start + self._size, _TOO_LONG)
            return
        whole = parts[0] if len(parts) == 1 else b"".join(parts)
        kept = whole.rstrip(_BLANK)
        end = start + len(kept)
        words = kept[self._skip :]
        if speaker is not None:
            self._ledger.mark(SegmentKind.MESSAGE, end)
            yield talk.said(speaker, decode(words), start, end)
        else:
            self._ledger.mark(SegmentKind.EVENT, end)
            yield talk.told(action or "notice", decode(words), start, end)
        self._ledger.mark(SegmentKind.BLANK, start + self._size)


def _after_bom(found: Iterator[tuple[int, bytes, bool]], ledger: Ledger) -> Iterator[tuple[int, bytes, bool]]:
    """The same lines, the first without its byte order mark."""
    for start, data, begins in found:
        if start == 0 and data.startswith(_BOM):
            ledger.mark(SegmentKind.BOM, len(_BOM))
            yield len(_BOM), data[len(_BOM) :], begins
        else:
            yield start, data, begins
