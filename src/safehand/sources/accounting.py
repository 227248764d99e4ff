"""Accounting: every byte of a source file stands in exactly one segment.

    bytes 0-2       bom
    bytes 3-58      event       (one system line)
    bytes 59-120    message
    bytes 121-131   unparsed    "not valid UTF-8 and not Latin-1 text"

A ledger only moves forward: ``mark`` gives the next stretch, from where the last one ended, a kind. So segments cannot
overlap or leave a gap, and when the ledger is closed it must stand at the end of the file, with the hash of the bytes
it was fed. Anyone can check it again: ``safehand read --segments`` prints each segment, and cutting the file at these
places and joining it again gives the same SHA-256.

Segments are counted, not kept, because a file may have millions; a ``SegmentSink`` sees each one. What could not be
read is kept, each stretch with its place and reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from operator import eq, le, lt
from typing import TypeAlias

import msgspec

from safehand.errors import CannotRead


class SegmentKind(StrEnum):
    """What a stretch of bytes is."""

    BOM = "bom"
    HEADER = "header"
    FOOTER = "footer"
    STRUCTURE = "structure"
    MESSAGE = "message"
    EVENT = "event"
    """A message of the platform's own: joined, left, renamed."""
    METADATA = "metadata"
    BLANK = "blank"
    UNPARSED = "unparsed"


SegmentSink: TypeAlias = Callable[[str, SegmentKind, int, int], None]
"""Called with file id, kind, start, end for every segment, in order."""


class Tally(msgspec.Struct, frozen=True):
    """How many segments of a kind, and how many bytes in all."""

    count: int
    bytes: int


class Unparsed(msgspec.Struct, frozen=True):
    """A stretch that could not be read, and why. The bytes stand in the file; they are not repeated here."""

    start: int
    end: int
    reason: str


class FileAccount(msgspec.Struct, frozen=True):
    """The whole account of one file. ``segments`` holds every kind that occurs, sorted by name."""

    file: str
    bytes: int
    sha256: str
    segments: dict[str, Tally]
    unparsed: tuple[Unparsed, ...]

    @property
    def is_read(self) -> bool:
        """Whether anything of it was read."""
        return self.segments.keys() != {str(SegmentKind.UNPARSED)}


class Ledger:
    """The running account of one file. ``position`` is the first byte not yet accounted for."""

    __slots__ = ("_bytes", "_counts", "_digest", "_sink", "_true", "_unparsed", "fed", "file", "position")

    def __init__(
        self, file: str, sink: SegmentSink | None = None, true: Callable[[int, bytes], bytes] | None = None
    ) -> None:
        """``true`` gives the bytes as the file has them, where a reader is handed others (veil.py)."""
        self.file = file
        self._true = true
        self.position = 0
        self.fed = 0
        self._sink = sink
        self._digest = hashlib.sha256()
        self._counts: dict[SegmentKind, int] = {}
        self._bytes: dict[SegmentKind, int] = {}
        self._unparsed: list[Unparsed] = []

    def feed(self, data: bytes) -> None:
        """Tell the ledger the next bytes of the file as they are read, once and in order: they are what is hashed."""
        self._digest.update(data if self._true is None else self._true(self.fed, data))
        self.fed += len(data)

    def mark(self, kind: SegmentKind, end: int) -> None:
        """Everything from ``position`` to ``end`` is one segment of ``kind``. Nothing happens when it is empty."""
        start = self.position
        if end == start:
            return
        if end < start:
            raise AssertionError(f"segments overlap: {end} after {start}")
        self._counts[kind] = self._counts.get(kind, 0) + 1
        self._bytes[kind] = self._bytes.get(kind, 0) + end - start
        self.position = end
        if self._sink is not None:
            self._sink(self.file, kind, start, end)

    def mark_many(self, kind: SegmentKind, ends: list[int]) -> None:
        """Segments of one kind, one after another, each ending at the next of ``ends`` (ascending, no empty ones)."""
        if not ends:
            return
        if self._sink is not None:
            for end in ends:
                self.mark(kind, end)
            return
        if ends[-1] < self.position:
            raise AssertionError("segments overlap")
        self._counts[kind] = self._counts.get(kind, 0) + len(ends)
        self._bytes[kind] = self._bytes.get(kind, 0) + ends[-1] - self.position
        self.position = ends[-1]

    def mark_pairs(
        self,
        kind: SegmentKind,
        starts: list[int],
        ends: list[int],
        between: SegmentKind = SegmentKind.STRUCTURE,
    ) -> None:
        """Segments of ``kind``, from each of ``starts`` to its end; what stands before each is ``between``.

        The elements of a JSON array and what parts them, in one call: a million pairs cost a sum, not a million calls.
        """
        if not starts:
            return
        if self._sink is not None:
            for start, end in zip(starts, ends, strict=True):
                self.mark(between, start)
                self.mark(kind, end)
            return
        before = [self.position, *ends[:-1]]
        if len(starts) != len(ends) or not all(map(le, before, starts)) or not all(map(lt, starts, ends)):
            raise AssertionError("segments overlap, or one is empty")
        inside = sum(ends) - sum(starts)
        gaps = len(starts) - sum(map(eq, before, starts))
        self._add(kind, len(starts), inside)
        self._add(between, gaps, ends[-1] - self.position - inside)
        self.position = ends[-1]

    def _add(self, kind: SegmentKind, count: int, size: int) -> None:
        if count:
            self._counts[kind] = self._counts.get(kind, 0) + count
            self._bytes[kind] = self._bytes.get(kind, 0) + size

    def fail(self, end: int, reason: str) -> None:
        """Everything from ``position`` to ``end`` could not be read. ``reason`` quotes nothing from the file."""
        start = self.position
        if end == start:
            return
        last = self._unparsed[-1] if self._unparsed else None
        if last is not None and last.end == start and last.reason == reason and self._sink is None:
            # One stretch, one reason: a damaged megabyte is told once, not a line at a time.
            self._unparsed[-1] = Unparsed(last.start, end, reason)
            self._bytes[SegmentKind.UNPARSED] += end - start
            self.position = end
            return
        self._unparsed.append(Unparsed(start, end, reason))
        self.mark(SegmentKind.UNPARSED, end)

    def close(self, size: int) -> FileAccount:
        """The account, once all ``size`` bytes were fed and marked. CannotRead when the file changed meanwhile."""
        if self.fed != size:
            raise CannotRead(
                f"The file had {size} bytes when it was opened and {self.fed} were read.",
                where=self.file,
                todo="It changed while it was being read. Close the program that writes it and read it again.",
            )
        if self.position != size:
            raise AssertionError(f"{size - self.position} bytes of {size} stand in no segment")
        segments = {str(kind): Tally(self._counts[kind], self._bytes[kind]) for kind in sorted(self._counts)}
        return FileAccount(self.file, size, self._digest.hexdigest(), segments, tuple(self._unparsed))
