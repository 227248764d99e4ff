r"""A file of JSON lines of any size, line by line, in constant memory, with the exact bytes of each.

    {"date": "2024-01-15T10:30:00", "sender": "Ada", …}⏎{"date": …}⏎

    for batch in scan_lines(file, ledger, decode=decode, broken=damage.broke):
        for start, end, raw, value in batch.rows(): ...

It tells ``Elements``, as json_windows.scan does of an array: a line is an element, what parts them (line breaks,
blanks, empty lines) is structure. It feeds the ledger and marks every byte. A line that is no JSON stands unparsed, and
``broken`` is told; so does one of more than LONGEST_MESSAGE bytes, which is never held. Where ``decode`` refuses a
line that a lenient reader can read, the value is an ``Odd`` (json_fields.py).

Two objects in one line, as damage leaves them where it took a line break, are not parted: both stand unparsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from operator import add, itemgetter
from typing import Any, BinaryIO, Final

import orjson

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile
from safehand.sources.json_elements import NOTHING, UNREADABLE, value_of
from safehand.sources.json_events import BATCH, Broken, Elements, Trouble

_BOM: Final = b"\xef\xbb\xbf"
_BLANKS: Final = b" \t\r\n"
_LAST_BLANK: Final = 32
_CHUNK: Final = 256 << 10
"""Bytes read at a time, if the window allows it: they stay in the processor's cache."""

_AFTER: Final = (1).__add__
"""Bytes of a line with the break behind it, of those without."""
_first_of: Final = itemgetter(0)
_last_of: Final = itemgetter(-1)


def scan_lines(
    file: SourceFile,
    ledger: Ledger,
    *,
    window: int = WINDOW,
    decode: Callable[[bytes], Any] = orjson.loads,
    broken: Callable[[Broken], object] = lambda _broken: None,
) -> Iterator[Elements]:
    """Walk ``file`` once, front to back. Raises CannotRead when the file cannot be read on."""
    scan = _Scan(ledger, decode, broken)
    size = max(1, min(window, _CHUNK))
    with file.open() as stream:
        rest = scan.begin(_read(stream, len(_BOM), file.id))
        # A long line is read in ever longer pieces, or joining them would cost its square.
        while chunk := _read(stream, max(size, min(len(rest), WINDOW)), file.id):
            ledger.feed(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            yield from scan.take(lines)
            rest = scan.hold(rest)
        yield from scan.end(rest)


class _Scan:
    """Where the scan stands: at the beginning of a line."""

    __slots__ = ("_at", "_broken", "_count", "_decode", "_dropped", "_ledger")

    def __init__(
        self,
        ledger: Ledger,
        decode: Callable[[bytes], Any],
        broken: Callable[[Broken], object],
    ) -> None:
        self._ledger = ledger
        self._decode = decode
        self._broken = broken
        self._at = 0
        self._dropped = 0
        """Bytes of a line that is too long, which were read and are not held."""
        self._count = 0

    def begin(self, head: bytes) -> bytes:
        """The first bytes of the file, without a byte order mark."""
        self._ledger.feed(head)
        if head != _BOM:
            return head
        self._at = len(_BOM)
        self._ledger.mark(SegmentKind.BOM, self._at)
        return b""

    def hold(self, rest: bytes) -> bytes:
        """What has been read of the next line, as long as it may still be a message."""
        if not self._dropped and len(rest) <= LONGEST_MESSAGE:
            return rest
        self._dropped += len(rest)
        return b""

    def take(self, lines: list[bytes]) -> Iterator[Elements]:
        """Lines that have ended."""
        if lines and (self._dropped or len(lines[0]) >= LONGEST_MESSAGE):
            start, self._at = self._at, self._at + self._dropped + len(lines[0]) + 1
            self._dropped = 0
            self._fail(start, self._at, Trouble.TOO_LONG)
            lines = lines[1:]
        for first in range(0, len(lines), BATCH):
            yield from self._some(lines[first : first + BATCH])

    def end(self, rest: bytes) -> Iterator[Elements]:
        """The last line, if no line break follows it."""
        if self._dropped:
            self._fail(self._at, self._at + self._dropped, Trouble.TOO_LONG)
        elif rest:
            yield from self._carefully([rest], Trouble.TRUNCATED)
        self._ledger.mark(SegmentKind.STRUCTURE, self._ledger.fed)

    def _some(self, lines: list[bytes]) -> Iterator[Elements]:
        """A batch at once, if every line of it is JSON and nothing else."""
        try:
            values = list(map(self._decode, lines))
        except UNREADABLE:
            values = []
        if not values or min(map(_first_of, lines)) <= _LAST_BLANK or min(map(_last_of, lines)) <= _LAST_BLANK:
            yield from self._carefully(lines, Trouble.DAMAGED)
            return
        starts = list(accumulate(map(_AFTER, map(len, lines)), initial=self._at))
        self._at = starts.pop()
        ends = list(map(add, starts, map(len, lines)))
        yield from self._told(Elements(0, (), self._count, starts=starts, ends=ends, raws=lines, values=values))

    def _carefully(self, lines: list[bytes], trouble: Trouble) -> Iterator[Elements]:
        batch = Elements(0, (), self._count)
        for line in lines:
            at = self._at
            self._at += len(line) + 1
            raw = line.strip(_BLANKS)
            if not raw:
                continue
            value = value_of(raw, self._decode)
            if value is NOTHING:
                yield from self._told(batch)
                batch = Elements(0, (), self._count)
                self._fail(at, min(self._at, self._ledger.fed), trouble)
                continue
            batch.starts.append(at + line.index(raw[:1]))
            batch.ends.append(batch.starts[-1] + len(raw))
            batch.raws.append(raw)
            batch.values.append(value)
        yield from self._told(batch)

    def _told(self, batch: Elements) -> Iterator[Elements]:
        if batch.starts:
            self._count += len(batch.starts)
            yield batch
            batch.settle(self._ledger)

    def _fail(self, start: int, end: int, trouble: Trouble) -> None:
        self._ledger.mark(SegmentKind.STRUCTURE, start)
        self._ledger.fail(end, trouble)
        self._broken(Broken((), start, end, trouble))


def _read(stream: BinaryIO, size: int, where: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise CannotRead("It could not be read to its end.", where=where, todo="Check the disk.") from error
