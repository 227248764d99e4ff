r"""A file as regions: whole lines, in UTF-8, never more than a window at a time.

    region.data   b"\n04/01/2023, 19:02 - Priya: hello\nthe second line"
    region.start  where data[0] would stand in the file: -1 for the first, whose line end is put there by us

Every line comes with the line end *before* it, so that a header is always looked for after a ``\n``. A line longer
than ``LONGEST_LINE`` comes in pieces; only the first holds its line end. The regions of a file, joined, are the file
with one ``\n`` before it, whatever the window.

A file in UTF-16 is turned into UTF-8 as it is read; ``Places`` turns places back into those of the file as it came.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

from safehand.sources.contract import SourceFile

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line that come in one piece: more than any header, little enough to hold."""

CHUNK: Final = 128 << 10
"""Bytes read at a time, if the window allows: what fits a processor's cache is read fastest (measured, not guessed)."""

_BOMS: Final = (
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Region(NamedTuple):
    """Some lines, or a piece of one."""

    start: int
    data: bytes
    whole: bool
    """Whether it begins with a line end; otherwise it goes on with a long line."""


class Encoding(NamedTuple):
    """How the file says it is written: the bytes of its mark, and its name where it is not UTF-8."""

    bom: int
    codec: str


def encoding_of(file: SourceFile) -> Encoding:
    """Look at the first bytes."""
    with file.open() as stream:
        head = stream.read(4)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(len(mark), codec)
    return Encoding(0, "")


class Places:
    """Places in the UTF-8 text, and in the file it was made from."""

    def __init__(self, encoding: Encoding) -> None:
        self._codec = encoding.codec
        self._text = bytearray()
        self._here = 0
        self._there = encoding.bom if encoding.codec else 0

    def keep(self, chunk: bytes) -> None:
        """The next UTF-8 bytes, needed until their places were asked for."""
        if self._codec:
            self._text += chunk

    def original(self, place: int) -> int:
        """Where ``place`` is in the file. Asked for in ascending order."""
        if not self._codec:
            return place
        passed = bytes(self._text[: place - self._here])
        del self._text[: place - self._here]
        self._here = place
        self._there += len(passed.decode("utf-8", "surrogatepass").encode(self._codec, "surrogatepass"))
        return self._there


def regions(
    stream: BinaryIO, encoding: Encoding, window: int, fed: Callable[[bytes], None], places: Places | None = None
) -> Iterator[Region]:
    """The regions of a stream at byte 0. ``fed`` is handed every byte as it is read, the mark at the front included."""
    fed(stream.read(encoding.bom))
    chunks = _chunks(stream, min(window, CHUNK), fed)
    if encoding.codec:
        chunks = _as_utf8(chunks, encoding.codec)
    start = (0 if encoding.codec else encoding.bom) - 1
    return _lines(chunks, start, places)


def _lines(chunks: Iterator[bytes], start: int, places: Places | None) -> Iterator[Region]:
    held: list[bytes] = [b"\n"]
    size = 1
    whole = True
    for chunk in chunks:
        if places is not None:
            places.keep(chunk)
        cut = chunk.rfind(b"\n")
        if cut >= 0:
            data = b"".join((*held, chunk[:cut]))
            yield Region(start, data, whole)
            start += len(data)
            held, size, whole = [chunk[cut:]], len(chunk) - cut, True
        else:
            held.append(chunk)
            size += len(chunk)
        if size > LONGEST_LINE:
            data = b"".join(held)
            yield Region(start, data, whole)
            start += len(data)
            held, size, whole = [], 0, False
    if size:
        yield Region(start, b"".join(held), whole)


def _chunks(stream: BinaryIO, size: int, fed: Callable[[bytes], None]) -> Iterator[bytes]:
    while chunk := stream.read(size):
        fed(chunk)
        yield chunk


def _as_utf8(chunks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    # A surrogate without its pair is kept as three bytes that are not UTF-8; the reader then says so of its message.
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
