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
from typing import Any, Final

import orjson

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile
from safehand.sources.json_elements import NOTHING, UNREADABLE, value_of
from safehand.sources.json_events import BATCH, Broken, Elements, Trouble
from safehand.sources.lines import lines

_BOM: Final = b"\xef\xbb\xbf"
_BLANKS: Final = b" \t\r\n"
_LINE_FEED: Final = b"\n"
_NEWLINE: Final = 10

_MOST_BYTES: Final = 1 << 20
"""Bytes of lines told at once: lines are short, but nothing says so."""


def scan_lines(
    file: SourceFile,
    ledger: Ledger,
    *,
    window: int = WINDOW,
    decode: Callable[[bytes], Any] = orjson.loads,
    broken: Callable[[Broken], object] = lambda _broken: None,
) -> Iterator[Elements]:
    """Walk ``file`` once, front to back. Raises CannotRead when the file cannot be read on."""
    batch = Elements(0, (), 0)
    held = 0
    for start, end, line in _whole_lines(file, ledger, window):
        if line is None:
            value, raw = NOTHING, b""
        else:
            raw = line.strip(_BLANKS)
            if not raw:
                continue
            try:
                value = decode(raw)
            except UNREADABLE:
                value = value_of(raw, decode)
        if value is NOTHING:
            yield from _told(batch, ledger)
            batch, held = Elements(0, (), batch.first + len(batch.starts)), 0
            broken(_refuse(ledger, start, end, line))
            continue
        begin = start if line is None or line[0] == raw[0] else start + line.index(raw[:1])
        batch.starts.append(begin)
        batch.ends.append(begin + len(raw))
        batch.raws.append(raw)
        batch.values.append(value)
        held += len(raw)
        if len(batch.starts) >= BATCH or held > _MOST_BYTES:
            yield from _told(batch, ledger)
            batch, held = Elements(0, (), batch.first + len(batch.starts)), 0
    yield from _told(batch, ledger)
    ledger.mark(SegmentKind.STRUCTURE, ledger.fed)


def _told(batch: Elements, ledger: Ledger) -> Iterator[Elements]:
    if batch.starts:
        yield batch
        batch.settle(ledger)


def _refuse(ledger: Ledger, start: int, end: int, line: bytes | None) -> Broken:
    """A line that could not be read. The last of a file without its line break was cut short."""
    ledger.mark(SegmentKind.STRUCTURE, start)
    trouble = Trouble.TOO_LONG
    if line is not None:
        trouble = Trouble.DAMAGED if line.endswith(_LINE_FEED) else Trouble.TRUNCATED
    ledger.fail(end, trouble)
    return Broken((), start, end, trouble)


def _whole_lines(file: SourceFile, ledger: Ledger, window: int) -> Iterator[tuple[int, int, bytes | None]]:
    """Start, end and bytes of every line; None for the bytes of one that is longer than any message."""
    start, size = 0, 0
    held: list[bytes] | None = []
    for place, data, begins in lines(file, ledger, window):
        if begins and place and data[-1] == _NEWLINE:
            yield place, place + len(data), data
            continue
        piece = data
        if place == 0 and piece.startswith(_BOM):
            ledger.mark(SegmentKind.BOM, len(_BOM))
            piece = piece[len(_BOM) :]
        if begins:
            start, size, held = place + len(data) - len(piece), 0, []
        size += len(piece)
        if size > LONGEST_MESSAGE:
            held = None
        elif held is not None:
            held.append(piece)
        if piece.endswith(_LINE_FEED):
            yield start, start + size, None if held is None else b"".join(held)
            size = 0
    if size:
        yield start, start + size, None if held is None else b"".join(held)
