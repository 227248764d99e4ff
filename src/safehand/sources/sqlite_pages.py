"""The pages of a SQLite database as of its log, each with the file and the place where it stands.

    database = Database(FileOnDisk("chat.db"), FileOnDisk("chat.db-wal"))
    page = database.page(7)
    page.data, page.file, page.start         4096 bytes; 1, the log: it is newer; 32 + 24

Files are only read, and never through SQLite, which would write to them. Few pages are held at a time.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import ExitStack
from typing import BinaryIO, Final, NamedTuple

from safehand.errors import CannotRead
from safehand.sources.contract import SourceFile
from safehand.sources.databases import MAGIC
from safehand.sources.sqlite_log import FRAME, HEADER, Log, read_log
from safehand.sources.sqlite_records import ENCODINGS, DamagedError

FIRST: Final = 100
"""Bytes of the first page that are the head of the database."""

_HELD: Final = 256 << 10
"""Bytes of pages that are held."""
_LEAST_HELD: Final = 16
_LARGEST: Final = 65536
_SMALLEST_USE: Final = 480


class Page(NamedTuple):
    """One page, and where it stands: file 0 is the database, 1 its log."""

    number: int
    data: bytes
    file: int
    start: int

    @property
    def begin(self) -> int:
        """Where the page's own head begins in it."""
        return FIRST if self.number == 1 else 0


class Database:
    """A database and its log. DamagedError when the first bytes are no database's."""

    def __init__(self, file: SourceFile, log: SourceFile | None = None) -> None:
        self.files: tuple[SourceFile, ...] = (file,) if log is None else (file, log)
        self._stack = ExitStack()
        try:
            self._streams = [self._open(one) for one in self.files]
            self._begin(file, log)
        except BaseException:  # Ctrl-C too: whatever it is, no stream stays open; it is raised again
            self.close()
            raise

    def _begin(self, file: SourceFile, log: SourceFile | None) -> None:
        head = self._read(0, 0, FIRST)
        if len(head) < FIRST or not head.startswith(MAGIC):
            raise DamagedError("it does not begin as a database of SQLite does")
        self.page_size = int.from_bytes(head[16:18], "big")
        if self.page_size == 1:
            self.page_size = _LARGEST
        self.usable = self.page_size - head[20]
        if self.page_size & (self.page_size - 1) or self.page_size < 512 or self.usable < _SMALLEST_USE:
            raise DamagedError("the head of the database gives a size of pages that there is not")
        self.log = self._read_log() if log is not None else Log()
        # The log may hold a newer head: the encoding never changes, the list of free pages does.
        self.head = self.page(1).data[:FIRST] if 1 in self.log.pages else head
        self.encoding = ENCODINGS.get(int.from_bytes(self.head[56:60], "big"), "utf-8")
        there = file.size // self.page_size
        told = int.from_bytes(self.head[28:32], "big") if self.head[24:28] == self.head[92:96] else 0
        self.count = self.log.count or told or there
        """Pages that the database has."""
        self.is_cut = there < self.count and any(n not in self.log.pages for n in (self.count, there + 1))
        """Pages are missing at its end."""

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def page(self, number: int) -> Page:
        """A page as of the log. DamagedError where there is none."""
        at = self.log.pages.get(number)
        file, start = (0, (number - 1) * self.page_size) if at is None else (1, at)
        if number < 1:
            raise DamagedError("a page is pointed to that there is not")
        return Page(number, self.block(file, start), file, start)

    def block(self, file: int, start: int) -> bytes:
        """The page that stands at ``start`` of a file."""
        held, key = self._pages, (file, start)
        data = held.get(key)
        if data is not None:
            held.move_to_end(key)
            return data
        data = self._read(file, start, self.page_size)
        if len(data) < self.page_size:
            raise DamagedError("a page is pointed to that is not in the file")
        held[key] = data
        if len(held) > self._most:
            held.popitem(last=False)
        return data

    def page_start(self, file: int, place: int) -> int:
        """Where the page begins that ``place`` of a file stands in."""
        if file == 0:
            return place - place % self.page_size
        size = self.page_size + FRAME
        return place - (place - HEADER) % size + FRAME

    def _open(self, file: SourceFile) -> BinaryIO:
        self._pages: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        return self._stack.enter_context(file.open())

    def _read(self, file: int, start: int, size: int) -> bytes:
        try:
            self._streams[file].seek(start)
            return self._streams[file].read(size)
        except OSError as error:
            raise CannotRead(
                "It could not be read to its end.", where=self.files[file].id, todo="Check the disk."
            ) from error

    def _read_log(self) -> Log:
        try:
            self._streams[1].seek(0)
            return read_log(self._streams[1], self.page_size)
        except OSError as error:
            raise CannotRead("It could not be read.", where=self.files[1].id, todo="Check the disk.") from error

    @property
    def _most(self) -> int:
        return max(_LEAST_HELD, _HELD // self.page_size)
