"""The directory of a ZIP: what the archive says it holds, read without touching what it holds.

    local header, data        chat.txt            not read here
    local header, data        IMG-0001.jpg        never read
    central directory         one entry a member: name, sizes, checksum, time, place     ← read
    end record                where the directory begins                                 ← read

The format is PKWARE's APPNOTE 6.3.10 (sections in brackets below). The standard library's ``zipfile`` is not used
here for three reasons: it looks for the end record by reading the last 64 KiB of the archive, which may be a picture;
before Python 3.11.8 it opens members that overlap (CVE-2024-0450); and it decodes names and drops their bytes. It is
the second judge in the tests.

Where the end record does not stand at the very end, it is looked for backwards as long as what stands there is a
comment or padding. So an archive that was cut short inside a picture is refused after its last few bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self, TypeAlias

from safehand.errors import ArchiveRefused
from safehand.sources.limits import LONGEST_NAME, MAX_DIRECTORY, MAX_MEMBERS

_END: Final = struct.Struct("<4s4H2LH")  # [4.3.16]
_END_MARK: Final = b"PK\x05\x06"
_END_64: Final = struct.Struct("<4sQ2H2L4Q")  # [4.3.14]
_END_64_MARK: Final = b"PK\x06\x06"
_LOCATOR_64: Final = struct.Struct("<4sLQL")  # [4.3.15]
_LOCATOR_64_MARK: Final = b"PK\x06\x07"
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")  # [4.3.12]
_ENTRY_MARK: Final = b"PK\x01\x02"
_EXTRA: Final = struct.Struct("<2H")
_EXTRA_64: Final = 0x0001  # [4.5.3]

_EndFields: TypeAlias = tuple[bytes, int, int, int, int, int, int, int]
_End64Fields: TypeAlias = tuple[bytes, int, int, int, int, int, int, int, int, int]

_FULL_16: Final = 0xFFFF
_FULL_32: Final = 0xFFFF_FFFF

_LOOK_BACK: Final = 32  # a step backwards; small, so that a search that finds no end record has read next to nothing
_LONGEST_COMMENT: Final = 0xFFFF

# Bytes that a comment or padding may hold: everything but control characters, and NUL. A byte of packed data is none
# of these one time in nine.
_QUIET: Final = frozenset(range(0x20, 0x100)) - {0x7F} | {0x00, 0x09, 0x0A, 0x0D}

LOCAL_HEADER: Final = 30
"""Bytes of a member's local header without its name and extra field [4.3.7]."""

MADE_ON_UNIX: Final = 3  # [4.4.2.2]


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One member, as the directory tells of it. Nothing here has been checked against the data."""

    name: bytes
    flags: int
    method: int
    dos_time: int
    dos_date: int
    crc32: int
    packed: int
    size: int
    header: int
    """Where its local header stands in the archive file."""
    made_on: int
    attributes: int

    @property
    def least_end(self) -> int:
        """The first byte after it, if its local header had no extra field."""
        return self.header + LOCAL_HEADER + len(self.name) + self.packed


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """Every entry in the directory's own order, and where the directory begins: no member may reach into it."""

    entries: tuple[ZipEntry, ...]
    start: int


class ExactFile:
    """A file of which only the bytes asked for are read: no buffer reads ahead into a picture."""

    __slots__ = ("_file", "size")

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self.size = self._file.seek(0, 2)

    def read_at(self, start: int, length: int) -> bytes:
        """The bytes from ``start``: ``length`` of them, or fewer at the end of the file."""
        self._file.seek(start)
        found = self._file.read(length)
        while len(found) < length and (more := self._file.read(length - len(found))):
            found += more
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_directory(archive: ExactFile, where: str) -> ZipDirectory:
    """What ``archive`` says it holds, or ArchiveRefused. ``where`` is how the archive is called in errors."""
    return _Reader(archive, where).directory()


@dataclass(frozen=True, slots=True)
class _End:
    entries: int
    start: int
    end: int
    shift: int


@dataclass(frozen=True, slots=True)
class _Reader:
    archive: ExactFile
    where: str

    def directory(self) -> ZipDirectory:
        end = self._end()
        # One more than the limit: a count that overflowed hides how many there are.
        entries = tuple(islice(self._entries(end), MAX_MEMBERS + 1))
        if len(entries) > MAX_MEMBERS:
            self._too_many(len(entries))
        # A count that overflowed its 16 bits is common in archives of more than 65,535 members made without ZIP64.
        if len(entries) & _FULL_16 != end.entries & _FULL_16:
            self._refuse(f"Its end record counts {end.entries} members and its directory lists {len(entries)}.")
        return ZipDirectory(entries, end.start)

    def _end(self) -> _End:
        at, record = self._find_end()
        _, disk, start_disk, here, entries, size, offset, _ = record
        end = at
        full = _FULL_16 in (disk, start_disk, here, entries) or _FULL_32 in (size, offset)
        if full and (longer := self._end_64(at)) is not None:
            end, (_, _, _, _, disk_64, start_disk_64, here_64, entries_64, size_64, offset_64) = longer
            disk = disk_64 if disk == _FULL_16 else disk
            start_disk = start_disk_64 if start_disk == _FULL_16 else start_disk
            here = here_64 if here == _FULL_16 else here
            entries = entries_64 if entries == _FULL_16 else entries
            size = size_64 if size == _FULL_32 else size
            offset = offset_64 if offset == _FULL_32 else offset
        if disk != 0 or start_disk != 0 or here != entries:
            self._refuse("It is one part of an archive in several parts.", "Join the parts into one file first.")
        if entries > MAX_MEMBERS:
            self._too_many(entries)
        if size > MAX_DIRECTORY:
            self._refuse(f"Its directory has {size} bytes; at most {MAX_DIRECTORY} are read.")
        start = end - size
        # What stands before the archive in the same file (a program that unpacks it) moves every place by as much.
        shift = start - offset
        if start < 0 or shift < 0:
            self._refuse("Its end record points outside the file.", _CUT)
        return _End(entries, start, end, shift)

    def _find_end(self) -> tuple[int, _EndFields]:
        if self.archive.size < _END.size:
            self._refuse("It is too short to be a ZIP archive.", _CUT)
        tail = _Tail(self.archive)
        while (found := tail.end_record()) is None:
            if not tail.reach_back():
                self._refuse("It has no end record, as every ZIP archive must.", _CUT)
        return found

    def _end_64(self, at: int) -> tuple[int, _End64Fields] | None:
        if at < _LOCATOR_64.size + _END_64.size:
            return None
        mark, disk, _, disks = _LOCATOR_64.unpack(self.archive.read_at(at - _LOCATOR_64.size, _LOCATOR_64.size))
        if mark != _LOCATOR_64_MARK:
            return None
        if disk != 0 or disks > 1:
            self._refuse("It is one part of an archive in several parts.", "Join the parts into one file first.")
        place = at - _LOCATOR_64.size - _END_64.size
        record = _END_64.unpack(self.archive.read_at(place, _END_64.size))
        if record[0] != _END_64_MARK:
            self._refuse("Its ZIP64 end record is not where it should be.", _CUT)
        return place, record

    def _entries(self, end: _End) -> Iterator[ZipEntry]:
        data = memoryview(self.archive.read_at(end.start, end.end - end.start))
        at = 0
        while at < len(data):
            if at + _ENTRY.size > len(data):
                self._refuse("Its directory ends in the middle of an entry.", _CUT)
            field = _ENTRY.unpack_from(data, at)
            names, extras, comments = field[10], field[11], field[12]
            begin = at + _ENTRY.size
            after = begin + names + extras + comments
            if field[0] != _ENTRY_MARK or after > len(data):
                self._refuse(f"Its directory is damaged {at} bytes from its beginning.", _CUT)
            if names > LONGEST_NAME:
                self._refuse(f"A member has a name of {names} bytes; at most {LONGEST_NAME} are read.")
            extra = bytes(data[begin + names : begin + names + extras])
            yield self._entry(field, bytes(data[begin : begin + names]), extra, end)
            at = after

    def _entry(self, field: tuple[int, ...], name: bytes, extra: bytes, end: _End) -> ZipEntry:
        crc, packed, size, disk, place = field[7], field[8], field[9], field[13], field[16]
        wanted = [size == _FULL_32, packed == _FULL_32, place == _FULL_32]
        if any(wanted):
            longer = _long_fields(extra)
            if longer is None or len(longer) < sum(wanted):
                self._refuse("A member's ZIP64 sizes are missing from the directory.", _CUT)
            values = iter(longer)
            size = next(values) if wanted[0] else size
            packed = next(values) if wanted[1] else packed
            place = next(values) if wanted[2] else place
        if disk not in (0, _FULL_16):
            self._refuse("A member stands in another part of the archive.", "Join the parts into one file first.")
        if place + end.shift + LOCAL_HEADER > end.start:
            self._refuse("A member is said to stand beyond the end of the data.", _CUT)
        return ZipEntry(
            name=name,
            flags=field[3],
            method=field[4],
            dos_time=field[5],
            dos_date=field[6],
            crc32=crc,
            packed=packed,
            size=size,
            header=place + end.shift,
            made_on=field[1] >> 8,
            attributes=field[15],
        )

    def _too_many(self, entries: int) -> NoReturn:
        self._refuse(f"It holds {entries} members or more; at most {MAX_MEMBERS} are read.")

    def _refuse(self, found: str, todo: str = "") -> NoReturn:
        raise ArchiveRefused(found, where=self.where, todo=todo)


class _Tail:
    """The last bytes of the archive, read backwards no further than its end record may begin."""

    __slots__ = ("_archive", "_at", "_bytes", "_loud", "_new")

    def __init__(self, archive: ExactFile) -> None:
        self._archive = archive
        self._at = archive.size
        self._bytes = b""
        self._new = 0
        self._loud: int | None = None
        """The last byte that no comment holds. The end record begins 21 bytes before it at most."""
        self._read(_END.size)

    def end_record(self) -> tuple[int, _EndFields] | None:
        """Where the end record stands, if it begins in what was read last: a comment and padding may follow it."""
        here = self._bytes.rfind(_END_MARK, 0, self._new + len(_END_MARK) - 1)
        while here >= 0:
            if here + _END.size <= len(self._bytes):
                record: _EndFields = _END.unpack_from(self._bytes, here)
                if not self._bytes[here + _END.size + record[-1] :].strip(b"\0"):
                    return self._at + here, record
            here = self._bytes.rfind(_END_MARK, 0, here)
        return None

    def reach_back(self) -> bool:
        """Read a little more, or say that no end record can begin there."""
        lowest = self._archive.size - _END.size - _LONGEST_COMMENT
        if self._loud is not None:
            lowest = max(lowest, self._loud - _END.size + 1)
        self._read(min(_LOOK_BACK, self._at - max(lowest, 0)))
        return self._new > 0

    def _read(self, length: int) -> None:
        self._new = max(length, 0)
        self._at -= self._new
        more = self._archive.read_at(self._at, self._new)
        if self._loud is None:
            self._loud = next((self._at + at for at in range(len(more) - 1, -1, -1) if more[at] not in _QUIET), None)
        self._bytes = more + self._bytes


_CUT: Final = "It was cut short or changed, or is no ZIP archive. Make it again, or unpack it and hand over the folder."


def _long_fields(extra: bytes) -> list[int] | None:
    """The 64-bit numbers of the ZIP64 extra field, or None where there is none."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == _EXTRA_64:
            body = extra[at : at + length]
            return [int.from_bytes(body[place : place + 8], "little") for place in range(0, len(body) - 7, 8)]
        at += length
    return None
