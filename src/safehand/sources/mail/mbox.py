r"""Where the mails of a mailbox begin and end, in constant memory.

    From MAILER-DAEMON Sun Nov 22 06:04:45 2026      the line that parts them: structure
    From: alice@example.org                          the mail: header, an empty line, body
    ...
                                                     the empty line before the next: blank

A line parts two mails if it begins with ``From ``, names a sender and a moment as ``asctime`` writes it, and is
followed by a field of a header (RFC 4155 and what mailboxes hold). Where no empty line stands before it, it may be
pasted text that nobody quoted with ``>``: the mail it begins is ``in_doubt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import SourceFile
from safehand.sources.json_lexical import Window

HEAD_LIMIT: Final = 256 << 10
"""Bytes of a header that are looked at. No mail system passes on a tenth of it."""

_PIECE: Final = 512 << 10
_REACH: Final = 4096
"""A parting line, with the field behind it, is found when it is shorter."""
_PARTING: Final = re.compile(
    rb"From [^\s]+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +[0-9]{1,2} "
    rb"[0-9:]{4,8}[^\n]{0,60}\n(?=[!-9;-~]{1,100}:|>From |\r?\n)"
)
_LINE: Final = b"\nFrom "
_NO_MAIL: Final = "something stands before the first mail of the mailbox"
_BOM: Final = b"\xef\xbb\xbf"


class Found(NamedTuple):
    """One mail: where its header begins, where it ends, and the beginning of it."""

    start: int
    end: int
    head: bytes
    in_doubt: bool


def mails_of(file: SourceFile, ledger: Ledger, window: int) -> Iterator[Found]:
    """Every mail of the mailbox, in the order of the file; every byte is accounted for."""
    with file.open() as stream:
        yield from _Scan(Window(stream, ledger, min(window, _PIECE)), ledger).mails()


class _Scan:
    """One walk over a mailbox. The window holds nothing of a long mail but its end."""

    def __init__(self, window: Window, ledger: Ledger) -> None:
        self._window = window
        self._ledger = ledger
        self._start: int | None = None
        """Where the header of the open mail begins."""
        self._head: bytes | None = None
        """The beginning of the open mail, once the window no longer holds it."""
        self._in_doubt = False
        self._looked = 0
        self._first = 0
        """Where a parting line may stand that has no line before it."""

    def mails(self) -> Iterator[Found]:
        window = self._window
        while len(window.data) < len(_BOM) and window.more():
            pass
        if window.data.startswith(_BOM):
            window.at = self._looked = self._first = len(_BOM)
            self._ledger.mark(SegmentKind.BOM, window.place)
        while True:
            yield from self._partings()
            if window.ended:
                break
            self._let_go()
            held = window.at
            window.more()
            self._looked -= held - window.at
        yield from self._end(len(window.data))
        self._ledger.mark(SegmentKind.BLANK, window.base + len(window.data))

    def _partings(self) -> Iterator[Found]:
        window = self._window
        data = window.data
        limit = len(data) if window.ended else len(data) - _REACH
        for at in self._candidates(limit):
            match = _PARTING.match(data, at)
            if match is None:
                continue
            yield from self._end(match.start())
            before = data[max(0, match.start() - 3) : match.start()]
            self._in_doubt = self._start is not None and not before.endswith((b"\n\n", b"\n\r\n"))
            self._ledger.mark(SegmentKind.BLANK, window.base + match.start())
            self._start = window.base + match.end()
            self._ledger.mark(SegmentKind.STRUCTURE, self._start)
            self._head = None
            self._looked = window.at = match.end()
        self._looked = max(self._looked, limit)

    def _candidates(self, limit: int) -> Iterator[int]:
        """Where a line begins with ``From ``, before ``limit`` in the window."""
        window = self._window
        if self._start is None and window.base + self._looked == self._first < window.base + limit:
            yield self._looked
        at = window.data.find(_LINE, max(0, self._looked - 1))
        while 0 <= at < limit - 1:
            yield at + 1
            at = window.data.find(_LINE, at + 1)

    def _end(self, at: int) -> Iterator[Found]:
        """The open mail ends before the parting line at ``at`` of the window."""
        window, start = self._window, self._start
        end = window.base + at
        if start is None:
            if not window.data[window.at : at].isspace():
                self._ledger.fail(end, _NO_MAIL)
            return
        head = self._head
        if head is None:
            first = start - window.base
            head = window.data[first : min(at, first + HEAD_LIMIT)]
        tail = window.data[max(0, at - 3) : at]
        own = end - (2 if tail.endswith(b"\n\r\n") else 1 if tail.endswith(b"\n\n") else 0)
        own = max(own, start)
        if own > start:
            self._ledger.mark(SegmentKind.MESSAGE, own)
            yield Found(start, own, head[: own - start], self._in_doubt)

    def _let_go(self) -> None:
        """Of a long mail the window keeps the end alone: the next parting line may have begun there."""
        window = self._window
        size = len(window.data)
        if size - window.at <= HEAD_LIMIT + 2 * _REACH:
            return
        if self._start is not None and self._head is None:
            first = self._start - window.base
            self._head = window.data[first : first + HEAD_LIMIT]
        if self._start is None:
            self._ledger.fail(window.base + size - 2 * _REACH, _NO_MAIL)
        window.at = size - 2 * _REACH
