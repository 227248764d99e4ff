"""ZIP archives made by hand, so that each field can lie.

    zip_of([Member(b"_chat.txt", b"hello\\n"), Member(b"IMG-1.jpg", PICTURE, method=STORED)])

Every field of a member is what it should be unless the test says otherwise. ``Archive.ranges`` tells where each
member's data stand, so that a test can ask which bytes were read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

STORED = 0
DEFLATED = 8
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8
"""Begins as a JPEG picture does, and is none."""

_FULL_32 = 0xFFFF_FFFF


@dataclass(frozen=True)
class Member:
    """One member. ``None`` means: the truth."""

    name: bytes
    data: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    crc32: int | None = None
    size: int | None = None
    packed: bytes | None = None
    packed_size: int | None = None
    local_name: bytes | None = None
    local_flags: int | None = None
    local_method: int | None = None
    local_size: int | None = None
    attributes: int = 0o100644 << 16
    made_on: int = 3
    dos_time: int = (19 << 11) | (2 << 5) | 15
    dos_date: int = ((2026 - 1980) << 9) | (1 << 5) | 4
    extra: bytes = b""
    local_extra: bytes = b""
    descriptor: bytes | None = None
    header: int | None = None
    zip64: bool = False
    gap: bytes = b""
    """Bytes between this member and the next that belong to none."""

    def packed_bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflate(self.data) if self.method == DEFLATED else self.data


@dataclass(frozen=True)
class Archive:
    data: bytes
    ranges: dict[bytes, tuple[int, int]]


def deflate(data: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def streamed(name: bytes, data: bytes, descriptor: bytes | None = None) -> Member:
    """A member whose sizes stand after its data, as a program writes it that cannot go back."""
    packed = deflate(data)
    after = struct.pack("<4sLLL", b"PK\x07\x08", zlib.crc32(data), len(packed), len(data))
    return Member(name, data, flags=8, descriptor=after if descriptor is None else descriptor)


def zip_of(
    members: Sequence[Member],
    *,
    before: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    disk: int = 0,
    offset: int | None = None,
    shift: int = 0,
    zip64: bool = False,
) -> Archive:
    """The archive. ``shift``: by how much the places in the directory are too small (like the length of ``before``)."""
    body = bytearray(before)
    ranges: dict[bytes, tuple[int, int]] = {}
    directory = bytearray()
    for member in members:
        header = len(body)
        body += _local(member)
        start = len(body)
        body += member.packed_bytes()
        ranges[member.name] = (start, len(body))
        body += (member.descriptor or b"") + member.gap
        directory += _entry(member, header - shift if member.header is None else member.header)
    begin = len(body) - shift if offset is None else offset
    number = len(members) if count is None else count
    body += directory
    if zip64:
        record = len(body)
        body += struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, disk, 0, number, number, len(directory), begin
        ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, record - shift, 1)
        body += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _FULL_32, _FULL_32, len(comment))
    else:
        body += struct.pack("<4s4H2LH", b"PK\x05\x06", disk, 0, number, number, len(directory), begin, len(comment))
    return Archive(bytes(body + comment + after), ranges)


def _told(member: Member) -> tuple[int, int, int]:
    crc = zlib.crc32(member.data) if member.crc32 is None else member.crc32
    packed = len(member.packed_bytes()) if member.packed_size is None else member.packed_size
    size = len(member.data) if member.size is None else member.size
    return crc, packed, size


def _local(member: Member) -> bytes:
    crc, packed, size = _told(member)
    size = size if member.local_size is None else member.local_size
    if member.flags & 8:
        crc = packed = size = 0
    name = member.name if member.local_name is None else member.local_name
    extra = member.local_extra
    if member.zip64:
        extra += struct.pack("<2H2Q", 1, 16, size, packed)
        packed = size = _FULL_32
    flags = member.flags if member.local_flags is None else member.local_flags
    method = member.method if member.local_method is None else member.local_method
    head = struct.pack(
        "<4s5H3L2H",
        b"PK\x03\x04",
        20,
        flags,
        method,
        member.dos_time,
        member.dos_date,
        crc,
        packed,
        size,
        len(name),
        len(extra),
    )
    return head + name + extra


def _entry(member: Member, header: int) -> bytes:
    crc, packed, size = _told(member)
    extra = member.extra
    if member.zip64:
        extra += struct.pack("<2H3Q", 1, 24, size, packed, header)
        packed = size = header = _FULL_32
    head = struct.pack(
        "<4s6H3L5H2L",
        b"PK\x01\x02",
        member.made_on << 8 | 20,
        20,
        member.flags,
        member.method,
        member.dos_time,
        member.dos_date,
        crc,
        packed,
        size,
        len(member.name),
        len(extra),
        0,
        0,
        0,
        member.attributes,
        header,
    )
    return head + member.name + extra
