"""The tar of a package, walked once from its first byte to its last: what stands in it, and where it is not as written.

    walk(stream)  →  Walk(members=(Member("bag/statement.json", …), …), ended=True)

It judges nothing that needs another file: whether the names, the hashes and the times are right is for verify.py, when
all of them are known. Memory does not grow with the payload; the small files before it are kept, because the rest is
measured by them. The stream is always read to its end, so that whoever feeds it can tell how it ended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from safehand.seal.embedded import EmbeddedScan
from safehand.seal.layout import DATA, FIRST, STATEMENT
from safehand.seal.marks import Marks, marks_by_path
from safehand.seal.tar import BLOCK, END, Header, MalformedHeader, format_header, padding, parse_header

PIECE: Final = 1 << 20

LONGEST_STATEMENT: Final = 256 << 20
"""Bytes a statement may have: a register of a million names. It is held in memory."""

LONGEST_SMALL: Final = 64 << 20
"""Bytes any other file beside data/ may have: a manifest of half a million lines."""

MOST_MEMBERS: Final = 200_000
"""Files a package may have; capture_of stops at fewer."""


class Stream(Protocol):
    """Where the tar comes from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class Sink(Protocol):
    """Where a member's bytes go, for a caller that unpacks while it checks."""

    def begin(self, name: str) -> None:
        """A member of this name begins."""

    def write(self, piece: bytes) -> None:
        """Its next bytes."""

    def end(self) -> None:
        """It is complete."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the tar."""

    name: str
    size: int
    time: int
    sha256: str
    exact: bool
    """The header is byte for byte as we write it for this name, size and time."""
    padded: bool
    """Nothing but NULs stands between it and the next header."""
    content: bytes | None = None
    """The bytes, of the small files before the payload."""
    embedded: bool = False
    """Something stands in it that should have been left out."""
    marked: bool = True
    """Every marker stands where the statement says that something was left out."""
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """All that was found."""

    members: tuple[Member, ...]
    ended: bool
    """It ends with two blocks of NULs and nothing after."""
    cut_in: str | None = None
    """The member in the middle of which the tar ends."""
    lost: bool = False
    """What stands after the last member is no header: nothing after it was read."""
    size: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every file could be told from the next: then what is not here is missing, else only not read."""
        return not self.lost and self.cut_in is None


def walk(stream: Stream, sink: Sink | None = None, done: Callable[[int], None] | None = None) -> Walk:
    """Walk the tar in ``stream`` to its end."""
    reader = _Reader(stream, done)
    members: list[Member] = []
    marks: dict[str, Marks] = {}
    ended = lost = False
    cut_in = None
    while not ended and not lost:
        block = reader.take(BLOCK)
        if block == END[:BLOCK]:
            ended = reader.take(BLOCK) == END[BLOCK:] and not reader.take(1)
            lost = not ended
            break
        try:
            header = parse_header(block)
            lost = len(members) >= MOST_MEMBERS
        except MalformedHeader:
            lost = True
        if not lost:
            member = _member(reader, header, block, sink, marks.get(header.name))
            if member is None:
                cut_in = header.name
                break
            members.append(member)
            if header.name == STATEMENT and not marks and member.content is not None:
                marks = marks_by_path(member.content)
    reader.drain()
    return Walk(tuple(members), ended, cut_in, lost, reader.size)


def content_of(members: Mapping[str, Member], name: str) -> bytes:
    """The bytes of a small file, or none when it is not there."""
    member = members.get(name)
    return b"" if member is None or member.content is None else member.content


class _Reader:
    """The stream, counted."""

    __slots__ = ("_done", "_stream", "size")

    def __init__(self, stream: Stream, done: Callable[[int], None] | None) -> None:
        self._stream = stream
        self._done = done
        self.size = 0

    def piece(self, most: int) -> bytes:
        """At most ``most`` bytes; none at the end."""
        data = self._stream.read(min(most, PIECE))
        self.size += len(data)
        if self._done is not None:
            self._done(len(data))
        return data

    def take(self, size: int) -> bytes:
        """``size`` bytes, or fewer at the end."""
        out = b""
        while len(out) < size and (data := self.piece(size - len(out))):
            out += data
        return out

    def drain(self) -> None:
        while self.piece(PIECE):
            pass


def _member(reader: _Reader, header: Header, block: bytes, sink: Sink | None, marks: Marks | None) -> Member | None:
    """The member after ``block``; None when the tar ends in it."""
    small = not header.name.startswith(DATA)
    limit = LONGEST_STATEMENT if header.name == STATEMENT else LONGEST_SMALL
    keep = header.name in FIRST and header.size <= limit
    digest, scan, kept = hashlib.sha256(), EmbeddedScan(), bytearray()
    left = header.size
    if sink is not None:
        sink.begin(header.name)
    while left:
        piece = reader.piece(left)
        if not piece:
            return None
        left -= len(piece)
        digest.update(piece)
        if keep:
            kept += piece
        if not small:
            scan.feed(piece)
        if marks is not None:
            marks.feed(piece)
        if sink is not None:
            sink.write(piece)
    if sink is not None:
        sink.end()
    filler = reader.take(padding(header.size))
    if len(filler) < padding(header.size):
        return None
    return Member(
        header.name,
        header.size,
        header.time,
        digest.hexdigest(),
        exact=format_header(header) == block,
        padded=not any(filler),
        content=bytes(kept) if keep else None,
        embedded=bool(scan.finish()) if not small else False,
        marked=marks is None or marks.all_there(),
        too_large=header.name in FIRST and header.size > limit,
    )
