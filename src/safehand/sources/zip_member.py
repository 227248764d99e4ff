"""One text member of a ZIP: found, looked at once when it is captured, and unpacked again whenever it is read.

``examine`` unpacks it to the end without keeping anything. It stops at the first piece when the member begins as a
picture; it stops at the size the directory states, so a bomb unpacks one byte too many and no more; and it says what
is wrong with what came out. A damaged chat is still evidence: its bytes are read as far as they go, with a doubt.

``ZipMember.open`` unpacks as far as somebody reads. What was unpacked is held in memory up to 8 MiB and then in a
temporary file without a name, so that a reader may go back in it.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from safehand.errors import ArchiveRefused, CannotRead
from safehand.model.doubt import Doubt
from safehand.sources.base64_file import Base64Place, open_exact
from safehand.sources.limits import PIECE, SPOOL
from safehand.sources.text_members import Magic, table, what_it_is_instead
from safehand.sources.zip_directory import LOCAL_HEADER, ExactFile, ZipEntry
from safehand.sources.zip_rules import DEFLATED, ENCRYPTED

_LOCAL: Final = struct.Struct("<4s5H3L2H")  # [4.3.7]
_LOCAL_MARK: Final = b"PK\x03\x04"
_SIZES_FOLLOW: Final = 1 << 3  # [4.4.4] the sizes stand after the data, and zeros in the local header
_FULL_32: Final = 0xFFFF_FFFF

_DESCRIPTOR_MARK: Final = b"PK\x07\x08"  # [4.3.9]
_DESCRIPTOR_LONGEST: Final = 24

_FIRST: Final = 1 << 10  # packed bytes read before the first piece is known not to be a picture's
_PACKED: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member's data stand in the archive file, and where all that belongs to it ends."""

    header: int
    start: int
    end: int
    sizes_follow: bool


def place_of(archive: ExactFile, entry: ZipEntry) -> Place:
    """Read the member's local header, and nothing of its data. ArchiveRefused where it contradicts the directory.

    Two entries that disagree are how one archive is made to hold different things for different programs.
    """
    head = archive.read_at(entry.header, LOCAL_HEADER)
    if len(head) < LOCAL_HEADER or not head.startswith(_LOCAL_MARK):
        raise ArchiveRefused("It does not stand where the directory says.")
    _, _, flags, method, _, _, crc, packed, size, names, extras = _LOCAL.unpack(head)
    begin = entry.header + LOCAL_HEADER
    # Lengths first: a longer name than the directory's would be read out of the data.
    if names != len(entry.name) or archive.read_at(begin, names) != entry.name:
        raise ArchiveRefused("The directory and the member itself give it different names.")
    if method != entry.method or (flags ^ entry.flags) & ENCRYPTED:
        raise ArchiveRefused("The directory and the member itself say differently how it is packed.")
    follow = bool(flags & _SIZES_FOLLOW)
    told = ((crc, entry.crc32), (packed, entry.packed), (size, entry.size))
    if not follow and any(own not in (stated, _FULL_32) for own, stated in told):
        raise ArchiveRefused("The directory and the member itself give it different sizes or checksums.")
    start = begin + names + extras
    return Place(entry.header, start, start + entry.packed, follow)


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out of a member: its bytes counted and checked, and what is wrong with them, if anything is."""

    size: int
    crc32: int
    instead: Magic | None = None
    """What it is when it is no text. Then it was not read further, and ``size`` counts the first piece alone."""
    damage: str | None = None
    doubt: Doubt | None = None


def examine(archive: ExactFile, entry: ZipEntry, place: Place) -> Examined:
    """Unpack the member once, keeping nothing."""
    unpacking = Unpacking(archive, entry, place)
    head = b""
    while len(head) < table().look_at and (piece := unpacking.next_piece(table().look_at - len(head))):
        head += piece
    if (magic := what_it_is_instead(head)) is not None:
        return Examined(unpacking.given, unpacking.crc32, instead=magic)
    while unpacking.next_piece():
        pass
    words, doubt = _what_is_wrong(unpacking, entry)
    return Examined(unpacking.given, unpacking.crc32, damage=words, doubt=doubt)


def _what_is_wrong(unpacking: Unpacking, entry: ZipEntry) -> tuple[str | None, Doubt | None]:
    if unpacking.is_longer:
        words = f"It unpacks to more than the {entry.size} bytes that the archive states. Those are read, and no more."
        return words, Doubt.CHECKSUM_MISMATCH
    if unpacking.given < entry.size:
        words = f"The archive is damaged there: {unpacking.given} of {entry.size} bytes could be unpacked and are read."
        return words, Doubt.TRUNCATED_FILE
    if unpacking.crc32 != entry.crc32:
        words = "Its bytes do not have the checksum that the archive states. They are read as they are."
        return words, Doubt.CHECKSUM_MISMATCH
    if unpacking.is_broken:
        return "Its packed data are broken after its last byte.", None
    if unpacking.left_over:
        return f"{unpacking.left_over} bytes stand after its packed text. They were not read.", None
    return None, None


def descriptor_agrees(archive: ExactFile, entry: ZipEntry, place: Place, limit: int) -> bool:
    """Whether the sizes that follow the data, where they should, are the directory's. ``limit``: the next member."""
    if not place.sizes_follow:
        return True
    found = archive.read_at(place.end, max(0, min(_DESCRIPTOR_LONGEST, limit - place.end)))
    crc, packed, size = entry.crc32, entry.packed, entry.size
    # With its mark or without, with sizes of four bytes or of eight: all four are written [4.3.9.2, 4.3.9.3].
    spelled = [struct.pack("<LQQ", crc, packed, size)]
    if max(packed, size) <= _FULL_32:
        spelled.append(struct.pack("<LLL", crc, packed, size))
    return any(found.startswith((form, _DESCRIPTOR_MARK + form)) for form in spelled)


class Unpacking:
    """The bytes of one member, piece by piece, never more than the directory states.

    After the last piece: ``is_longer`` when there was more, ``is_broken`` when the packed data cannot be unpacked.
    """

    __slots__ = (
        "_archive",
        "_at",
        "_done",
        "_end",
        "_inflate",
        "_left",
        "_size",
        "crc32",
        "given",
        "is_broken",
        "is_longer",
    )

    def __init__(self, archive: ExactFile, entry: ZipEntry, place: Place) -> None:
        self._archive = archive
        self._size = entry.size
        self._at = place.start
        self._end = place.end
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
        self._left = b""
        self._done = False
        self.given = 0
        self.crc32 = 0
        self.is_longer = False
        self.is_broken = False

    def next_piece(self, most: int = PIECE) -> bytes:
        """At most ``most`` bytes more; empty at the end."""
        # One byte more than stated is asked for, so that a member that goes on is found out, and not unpacked.
        room = self._size - self.given
        piece = b""
        while not piece and not self._done:
            piece = self._next(min(most, room + 1))
        if len(piece) > room:
            piece = piece[:room]
            self.is_longer = self._done = True
        self.given += len(piece)
        self.crc32 = zlib.crc32(piece, self.crc32)
        return piece

    @property
    def left_over(self) -> int:
        """Packed bytes of the member that stand after the end of its packed data, once that was reached."""
        unused = len(self._inflate.unused_data) if self._inflate is not None else 0
        return self._end - self._at + unused

    def _packed(self, most: int) -> bytes:
        data = self._archive.read_at(self._at, min(most, self._end - self._at))
        self._at += len(data)
        return data

    def _next(self, most: int) -> bytes:
        if self._inflate is None:
            data = self._packed(most)
            self._done = not data
            return data
        data = self._left or self._packed(_PACKED if self.given else _FIRST)
        before = self._inflate.copy()
        try:
            piece = self._inflate.decompress(data, most)
        except zlib.error:
            self.is_broken = self._done = True
            return _salvage(before, data, most)
        self._left = self._inflate.unconsumed_tail
        if not self._inflate.eof and not data and not piece:
            self.is_broken = True
        self._done = self._inflate.eof or self.is_broken
        return piece


def _salvage(inflate: zlib._Decompress, data: bytes, most: int) -> bytes:
    """What can be unpacked of ``data`` before the place where it is broken: zlib gives nothing of a call that fails.

    So count symbols whose last bit stands in a byte before the one that completes the first impossible one. Whoever
    seals in another language must take as much (docs/spec/statement.md, Items).
    """
    found = bytearray()
    try:
        found += inflate.decompress(b"", most)  # of a symbol that was complete before this call
        for place in range(len(data)):
            found += inflate.decompress(data[place : place + 1])
            if len(found) >= most:
                break
    except zlib.error:
        pass  # here it is broken; what came before is what there is
    return bytes(found[:most])


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A source file that is a member of a ZIP (contract.SourceFile)."""

    id: str
    name: str
    size: int
    """Bytes that can be unpacked; what the archive states may be more."""
    archive: Path
    entry: ZipEntry
    place: Place
    crc32: int
    """Of the bytes that were unpacked when it was captured."""
    name_raw: str | None = None
    modified: str | None = None
    container: str | None = None
    inside: Base64Place | None = None
    """Where the archive stands, when it stands in another file as base64."""

    def open(self) -> BinaryIO:
        """A new stream at byte 0."""
        return io.BufferedReader(_MemberStream(self), buffer_size=PIECE)


class _MemberStream(io.RawIOBase):
    """A member as a seekable stream: unpacked as far as it is read, and kept so far."""

    def __init__(self, member: ZipMember) -> None:
        self._member = member
        self._archive = open_exact(member.archive, member.inside)
        self._unpacking = Unpacking(self._archive, member.entry, member.place)
        self._spool = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115  closed with the stream
        self._unpacked = 0
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = (0, self._position, self._member.size)[whence]
        if base + offset < 0:
            raise ValueError("a place before the beginning")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer
        self._unpack_to(self._position + len(buffer))
        self._spool.seek(self._position)
        found = self._spool.read(len(buffer))
        buffer[: len(found)] = found
        self._position += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._spool.close()
            self._archive.close()
        super().close()

    def _unpack_to(self, end: int) -> None:
        end = min(end, self._member.size)
        if self._unpacked >= end:
            return
        self._spool.seek(self._unpacked)
        while self._unpacked < end:
            piece = self._unpacking.next_piece()
            if not piece:
                self._changed()
            self._spool.write(piece)
            self._unpacked += len(piece)
        if self._unpacked == self._member.size and self._unpacking.crc32 != self._member.crc32:
            self._changed()

    def _changed(self) -> None:
        raise CannotRead(
            "It is not what it was when it was first looked at.",
            where=self._member.id,
            todo="The archive was changed in the meantime. Start again.",
        )
