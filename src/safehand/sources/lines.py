r"""The lines of a file of any size, in constant memory, each with its place.

    for start, data, begins in lines(file, ledger, window):
        ...     120, b"You: hello\r\n", True

A line ends behind its ``\n``. One of more than ``PIECE`` bytes comes in pieces of that size, of which only the first
has ``begins``: where they are cut does not hang on how much is read at a time. The ledger is fed here, and marked by
whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import SourceFile

PIECE: Final = 1 << 20
"""Bytes of a line that are handed over at once."""

_CHUNK: Final = 512 << 10
_BOM: Final = b"\xef\xbb\xbf"


def begin_text(stream: BinaryIO, ledger: Ledger, look: int) -> tuple[int, bytes]:
    """Where a text begins behind its byte order mark, and its first bytes, at least ``look`` where there are so many.

    The mark is accounted for, and the stream stands behind it: for whoever reads on in blocks of its own.
    """
    head = stream.read(len(_BOM) + look)
    bom = len(_BOM) if head.startswith(_BOM) else 0
    stream.seek(bom)
    ledger.feed(head[:bom])
    ledger.mark(SegmentKind.BOM, bom)
    return bom, head[bom:]


def lines(file: SourceFile, ledger: Ledger, window: int) -> Iterator[tuple[int, bytes, bool]]:
    """Place, bytes with the line break, and whether a line begins there. CannotRead when the disk fails."""
    size = max(1, min(window, _CHUNK))
    at, rest, begins = 0, b"", True
    with file.open() as stream:
        while chunk := _read(stream, size, file.id):
            ledger.feed(chunk)
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                data = line + b"\n"
                while len(data) > PIECE:
                    yield at, data[:PIECE], begins
                    at, data, begins = at + PIECE, data[PIECE:], False
                yield at, data, begins
                at, begins = at + len(data), True
            # A line break may still follow, and belongs to the last piece: so one byte more is waited for.
            while len(rest) > PIECE:
                yield at, rest[:PIECE], begins
                at, rest, begins = at + PIECE, rest[PIECE:], False
        if rest:
            yield at, rest, begins


def _read(stream: BinaryIO, size: int, where: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise CannotRead("It could not be read to its end.", where=where, todo="Check the disk.") from error
