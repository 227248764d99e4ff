"""The tables of a SQLite database: their columns, and their rows one after another, each with its place.

    tables = Tables(database)
    message = tables.get("message")                 its columns, and the page its tree begins on
    for row in tables.rows(message, Use.ROWS):
        row.file, row.start, row.end                0, 8120, 8192: the cell, in chat.db
        tables.record(row).value(2)                 "Hello"

A tree is walked once, page by page, and each page belongs to one thing only: ``use`` tells what, for the account of
bytes, and a page that would belong to two is not walked again. What is damaged is told (``trouble``) and passed by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from safehand.sources.contract import LONGEST_MESSAGE
from safehand.sources.sqlite_cells import INTERIOR, LEAF, Cell, cell_at, child_for, children, kind_of, leaf_cells
from safehand.sources.sqlite_pages import Database, Page
from safehand.sources.sqlite_records import DamagedError, Record, Value

_DEEPEST: Final = 20
_QUOTES: Final = {'"': '"', "'": "'", "`": "`", "[": "]"}
_CONSTRAINTS: Final = frozenset({"constraint", "primary", "unique", "check", "foreign"})
_WORD: Final = re.compile(r"\s*(?:\"((?:[^\"]|\"\")*)\"|`([^`]*)`|\[([^\]]*)\]|'([^']*)'|([^\s,()]+))")
_ROWID: Final = re.compile(r"\bINTEGER\b\s+PRIMARY\s+KEY", re.IGNORECASE)
_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


class Use(IntEnum):
    """What a page is used for."""

    UNKNOWN = 0
    """Nothing that was looked into: other tables, indexes."""
    FREE = 1
    TREE = 2
    """A page of a table that is read, but for the rows themselves."""
    ROWS = 3
    """A leaf of the table whose rows are messages."""
    MORE = 4
    """A page on which one of those rows goes on."""
    DAMAGED = 5


class Table(NamedTuple):
    """A table as the database declares it."""

    name: str
    root: int
    columns: tuple[str, ...]
    rowid: int | None
    """The column that is another name for the rowid."""

    def at(self, column: str) -> int | None:
        """The number of a column, or None."""
        return self.columns.index(column) if column in self.columns else None


class Row(NamedTuple):
    """A row in the table: where its cell stands."""

    file: int
    start: int
    end: int
    cell: Cell
    page: bytes


class Tables:
    """The tables of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.use = bytearray(min(database.count, _pages_there(database)) + 1)
        """By number of the page."""
        self.trouble: Counter[str] = Counter()
        """What could not be read, in a few words, and how often."""
        self.bad: dict[tuple[int, int], str] = {}
        """Rows that could not be read: file, start, and why."""
        self._tables: dict[str, Table] = {}
        self._read_schema()

    def get(self, name: str) -> Table | None:
        """A table by its name."""
        return self._tables.get(name)

    def rows(self, table: Table | None, use: Use = Use.TREE) -> Iterator[Row]:
        """All rows of a table, by rowid. Once for each table."""
        if table is None:
            return
        waiting = [table.root]
        while waiting:
            number = waiting.pop()
            page = self._take(number, Use.TREE)
            if page is None:
                continue
            kind = kind_of(page)
            if kind == LEAF:
                self.use[number] = use
                yield from self._leaf(page, use)
            elif kind == INTERIOR:
                below, damaged = children(page, self.database.usable, self.database.count)
                waiting += reversed(below)
                if damaged:
                    self._damage(number, "a page of a table that could not be read in part")
            else:
                self._damage(number, "a page of a table that is no page of a table")

    def row(self, table: Table, rowid: int) -> Row | None:
        """One row by its rowid."""
        number = table.root
        usable = self.database.usable
        try:
            for _ in range(_DEEPEST):
                page = self.database.page(number)
                if kind_of(page) == LEAF:
                    found = next((one for one in leaf_cells(page, usable).cells if one.rowid == rowid), None)
                    return None if found is None else _row(page, found)
                if kind_of(page) != INTERIOR:
                    return None
                number = child_for(page, rowid, usable)
        except (DamagedError, IndexError):
            pass
        return None

    def at(self, file: int, start: int) -> Row:
        """The row whose cell begins at a place that was seen before."""
        begin = self.database.page_start(file, start)
        data = self.database.block(file, begin)
        cell = cell_at(data, start - begin, self.database.usable)
        return Row(file, start, begin + cell.end, cell, data)

    def record(self, row: Row) -> Record:
        """What stands in a row, with the pages on which it goes on. DamagedError where that is not there."""
        cell = row.cell
        here = row.page[cell.body : cell.end - 4 if cell.overflow else cell.end]
        if not cell.overflow:
            return Record(here)
        further = [page.data[4 : self.database.usable] for page in self._chain(cell, len(here))]
        return Record(b"".join([here, *further])[: cell.size])

    def free_pages(self) -> None:
        """Tell of the pages that are not in use (fileformat2.html, 1.5)."""
        head = self.database.head
        trunk, left = int.from_bytes(head[32:36], "big"), int.from_bytes(head[36:40], "big")
        while trunk and left > 0:
            page = self._take(trunk, Use.FREE)
            if page is None:
                return
            leaves = min(int.from_bytes(page.data[4:8], "big"), self.database.usable // 4 - 2)
            for place in range(8, 8 + 4 * leaves, 4):
                number = int.from_bytes(page.data[place : place + 4], "big")
                if 0 < number < len(self.use) and not self.use[number]:
                    self.use[number] = Use.FREE
            left -= leaves + 1
            trunk = int.from_bytes(page.data[:4], "big")

    def _take(self, number: int, use: Use) -> Page | None:
        """A page that nothing else has. None where it is not there."""
        if not 0 < number <= self.database.count or (number < len(self.use) and self.use[number]):
            self.trouble["a page is pointed to twice, or is none"] += 1
            return None
        try:
            page = self.database.page(number)
        except DamagedError as error:
            self.trouble[error.reason] += 1
            return None
        self.use[number] = use
        return page

    def _damage(self, number: int, reason: str) -> None:
        self.use[number] = Use.DAMAGED
        self.trouble[reason] += 1

    def _leaf(self, page: Page, use: Use) -> Iterator[Row]:
        cells = leaf_cells(page, self.database.usable)
        if cells.damaged:
            self.trouble["rows of a page that could not be read"] += 1
        for cell in cells.cells:
            row = _row(page, cell)
            if cell.overflow:
                try:
                    self._take_chain(cell, use)
                except DamagedError as error:
                    self.refuse(row, error)
                    continue
            yield row

    def refuse(self, row: Row, error: DamagedError) -> None:
        """A row whose record could not be read."""
        self.bad[row.file, row.start] = error.reason
        self.trouble[error.reason] += 1

    def _take_chain(self, cell: Cell, use: Use) -> None:
        """Claim the pages on which a row goes on."""
        more = Use.MORE if use is Use.ROWS else Use.TREE
        taken: list[int] = []
        try:
            for page in self._chain(cell, cell.end - 4 - cell.body, untaken=True):
                self.use[page.number] = more
                taken.append(page.number)
        except DamagedError:
            for number in taken:
                self.use[number] = Use.DAMAGED
            raise

    def _chain(self, cell: Cell, here: int, *, untaken: bool = False) -> Iterator[Page]:
        if cell.size > LONGEST_MESSAGE:
            raise DamagedError("a row that is longer than any message")
        left, number = cell.size - here, cell.overflow
        while left > 0:
            if not 1 < number <= self.database.count or (untaken and number < len(self.use) and self.use[number]):
                raise DamagedError("a row goes on on a page that is not its own, or is none")
            page = self.database.page(number)
            yield page
            left -= self.database.usable - 4
            number = int.from_bytes(page.data[:4], "big")

    def _read_schema(self) -> None:
        schema = Table("sqlite_schema", 1, ("type", "name", "tbl_name", "rootpage", "sql"), None)
        for row in self.rows(schema):
            try:
                record = self.record(row)
                kind, name, _, root, sql = (record.value(n, self.database.encoding) for n in range(5))
            except DamagedError as error:
                self.trouble[error.reason] += 1
                continue
            if kind == "table" and isinstance(name, str) and isinstance(root, int) and isinstance(sql, str):
                self._tables.setdefault(name.lower(), Table(name, root, *columns_of(sql)))


def _row(page: Page, cell: Cell) -> Row:
    return Row(page.file, page.start + cell.start, page.start + cell.end, cell, page.data)


def _pages_there(database: Database) -> int:
    """The highest number a page can have: those in the file, and those of the log."""
    return max(database.files[0].size // database.page_size, max(database.log.pages, default=0))


def columns_of(sql: str) -> tuple[tuple[str, ...], int | None]:
    """The names of a table's columns from the words that made it, in lower case, and which is the rowid."""
    body = _COMMENT.sub(" ", sql).partition("(")[2]
    names: list[str] = []
    rowid = None
    for part in _parts(body):
        found = _WORD.match(part)
        if found is None:
            continue
        if found[5] is not None and found[5].lower() in _CONSTRAINTS:
            continue
        if _ROWID.search(part):
            rowid = len(names)
        names.append(next(word for word in found.groups() if word is not None).lower())
    return tuple(names), rowid


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas of the outermost brackets."""
    depth, begin, quote = 1, 0, ""
    for at, sign in enumerate(body):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in _QUOTES:
            quote = _QUOTES[sign]
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                yield body[begin:at]
                return
        elif sign == "," and depth == 1:
            yield body[begin:at]
            begin = at + 1


def value_of(table: Table, record: Record, column: str, rowid: int, encoding: str) -> Value:
    """A value by the name of its column."""
    index = table.at(column)
    if index is None:
        return None
    return rowid if index == table.rowid else record.value(index, encoding)
