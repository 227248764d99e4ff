r"""DiscordChatExporter's text cut into blocks: a message with everything below its header.

    [1/4/2026 7:02 PM] priya⏎The gate is open⏎⏎⏎[1/4/2026 7:03 PM] tom⏎Good⏎⏎{Reactions}⏎🥕 (2)⏎⏎[1/4/…
    └────────────── block ─────────────────────┘└────────────── block ────────────────────────────┘

The program ends each message with two empty lines, or with one behind its reactions. So a header stands behind those
and nowhere else; what looks like one behind a single empty line was typed or pasted, and its message says so. Two empty
lines and a header are what anybody may have typed: nothing tells them apart. The program's own line breaks are those of
its machine, and only those count: on Windows CRLF, where what people type has LF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile

CRLF: Final = b"\r\n"
LF: Final = b"\n"

_CHUNK: Final = 256 << 10
_REACH: Final = 512
"""Bytes that a header and the empty lines before it may take."""
_HEAD: Final = 64 << 10
_PREAMBLE: Final = re.compile(
    rb"(\xef\xbb\xbf)?={20,}(\r?\n)Guild: ([^\r\n]*)\r?\nChannel: ([^\r\n]*)\r?\n(.*?)={20,}\2(\2)?", re.DOTALL
)
_HEADER: Final = rb"\[([^\]\r\n]{4,64})\] ([^\r\n]{1,200}?)( \(pinned\))?(?=%b)"
_PATTERNS: Final = {end: re.compile(end + end + _HEADER.replace(b"%b", end)) for end in (CRLF, LF)}
_FIRST: Final = {end: re.compile(_HEADER.replace(b"%b", end)) for end in (CRLF, LF)}
_REACTIONS: Final = b"{Reactions}"
_SPELLED: Final = bytes.maketrans(b"123456789bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0" * 9 + b"a" * 51)
"""Makes dates that are spelled alike the same bytes."""
_RUN: Final = re.compile(r"\d+|[^\W\d_]+")


class Preamble(NamedTuple):
    """What stands at the top."""

    bom: int
    """Bytes of a byte order mark."""
    end: int
    """Where it ends; 0 where there is none."""
    line_end: bytes
    guild: bytes = b""
    channel: bytes = b""
    channel_at: int = 0
    rest: bytes = b""
    """The lines of topic and dates."""


class Block(NamedTuple):
    """One block. ``raw`` begins with the header, which ends at ``header`` and has these three parts."""

    start: int
    raw: bytes
    header: int
    date: bytes
    name: bytes
    pinned: bool
    odd: bool
    """It holds what looks like a header and is none."""


def preamble_of(file: SourceFile) -> Preamble:
    """What stands at the top of a file. CannotRead when the disk fails."""
    head = stretch(file, 0, _HEAD)
    found = _PREAMBLE.match(head)
    if found is None:
        line = head.partition(b"\n")[0]
        bom = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        return Preamble(bom, bom, CRLF if line.endswith(b"\r") else LF)
    return Preamble(len(found[1] or b""), found.end(), found[2], found[3], found[4], found.start(4), found[5])


def stretch(file: SourceFile, begin: int, size: int) -> bytes:
    """At most ``size`` bytes of a file. CannotRead when the disk fails."""
    try:
        with file.open() as stream:
            stream.seek(begin)
            return stream.read(size)
    except OSError as error:
        raise CannotRead("It could not be opened.", where=file.id, todo="Check the disk.") from error


class _Shape:
    """How the dates of one file are spelled: the first says, and the others are like it."""

    def __init__(self) -> None:
        self._pattern: re.Pattern[str] | None = None
        self._known: dict[bytes, bool] = {}

    def fits(self, date: bytes) -> bool:
        """Whether a date is spelled as the first was."""
        spelled = date.translate(_SPELLED)
        if (known := self._known.get(spelled)) is not None:
            return known
        if len(self._known) >= _REACH:
            self._known.clear()
        text = date.decode("utf-8", "replace")
        if self._pattern is None:
            if sum(run[0].isdecimal() for run in _RUN.findall(text)) < 2:
                return False
            self._pattern = re.compile(_like(text))
        fits = self._known[spelled] = self._pattern.fullmatch(text) is not None
        return fits


def _like(text: str) -> str:
    """A pattern of texts with digits where it has digits, and letters where it has letters."""
    parts, at = [], 0
    for run in _RUN.finditer(text):
        parts += [re.escape(text[at : run.start()]), r"\d{1,4}" if run[0][0].isdecimal() else r"[^\W\d_]{1,12}"]
        at = run.end()
    return "".join([*parts, re.escape(text[at:])])


def blocks(
    file: SourceFile, ledger: Ledger, top: Preamble, window: int = WINDOW, *, empty: bool = False
) -> Iterator[list[Block]]:
    """All blocks, some at a time. Every byte is fed to ``ledger``; whoever asks marks them. CannotRead when the disk
    fails. ``empty``: their bytes are not wanted.
    """
    scan = _Scan(top, empty=empty)
    size = max(_REACH, min(window, _CHUNK))
    try:
        with file.open() as stream:
            # A long block is read in ever longer pieces, or looking through it again would cost its square.
            while chunk := stream.read(max(size, min(len(scan.data), WINDOW))):
                ledger.feed(chunk)
                yield scan.take(chunk)
    except OSError as error:
        raise CannotRead("It could not be read to its end.", where=file.id, todo="Check the disk.") from error
    yield scan.end()


class _Scan:
    """One walk through a file. Places are those of the file; ``base`` is that of the first byte held."""

    def __init__(self, top: Preamble, *, empty: bool) -> None:
        self.data = b""
        self._empty = empty
        self._base = 0
        self._top = top.end
        self._end = top.line_end
        self._find = _PATTERNS[top.line_end]
        self._shape = _Shape()
        self._header: re.Match[bytes] | None = None
        """The header of the block that has begun."""
        self._start = -1
        """Where it began."""
        self._looked = -1
        self._odd = False

    def take(self, chunk: bytes) -> list[Block]:
        """The blocks that end in what comes next."""
        self.data += chunk
        if self._base + len(self.data) <= self._top + _REACH:
            return []
        found = self._look()
        held = self._start if self._header is not None else self._base + len(self.data) - _REACH
        if self._base + len(self.data) - held > LONGEST_MESSAGE:
            self._header = None
            held = self._base + len(self.data) - _REACH
        self._looked = max(self._looked, self._base + len(self.data) - _REACH)
        held = max(min(held, self._looked), self._base)
        self.data = self.data[held - self._base :]
        self._base = held
        return found

    def end(self) -> list[Block]:
        """The last block, and those before it that were not told yet."""
        found = self._look()
        self._close(found, self._base + len(self.data))
        return found

    def _look(self) -> list[Block]:
        found: list[Block] = []
        data, base, gap = self.data, self._base, 2 * len(self._end)
        if self._looked < 0:
            self._looked = max(self._top - gap, 0)
            first = _FIRST[self._end].match(data, self._top - base)
            if first is not None and self._shape.fits(first[1]):
                self._begin(first, self._top)
        fits = self._shape.fits
        for match in self._find.finditer(data, self._looked - base):
            at = match.start()
            if not fits(match[1]):
                continue
            if self._ends_message(at):
                self._close(found, base + at + gap)
                self._begin(match, base + at + gap)
            else:
                self._odd = True
        return found

    def _begin(self, header: re.Match[bytes], start: int) -> None:
        self._header, self._start, self._odd = header, start, False
        self._looked = start + 1

    def _close(self, found: list[Block], end: int) -> None:
        header = self._header
        if header is None:
            return
        if end - self._start > LONGEST_MESSAGE:
            return
        date, name, pinned = header.groups()
        if self._empty:
            found.append(Block(self._start, b"", 0, date, b"", pinned=False, odd=False))
            return
        size = header.end() - header.start() - (2 * len(self._end) if header.re is self._find else 0)
        raw = self.data[self._start - self._base : end - self._base]
        found.append(Block(self._start, raw, size, date, name, pinned is not None, self._odd))

    def _ends_message(self, at: int) -> bool:
        """Whether the empty line at ``at`` is one that the program writes behind a message."""
        data, end = self.data, self._end
        if self._header is None:
            return True
        begin = self._start - self._base
        if data.endswith(end, begin, at):
            return True
        line = data.rfind(end, begin, at)
        return line >= 0 and data.endswith(end + end + _REACTIONS, begin, line)
