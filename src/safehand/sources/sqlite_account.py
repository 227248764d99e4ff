"""The account of every byte of a SQLite database and its log, page by page, once it is known what each is used for.

    rows of the table whose rows are messages: message      pages on which they go on: message
    free pages, and what is free in a page: blank           other tables, indexes, older states of pages: metadata

What was damaged is unparsed, with its reason. In free pages and in older states of pages may stand what was deleted:
that is not read.
"""

from __future__ import annotations

from typing import Final

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.sqlite_cells import leaf_cells
from safehand.sources.sqlite_log import FRAME, HEADER
from safehand.sources.sqlite_pages import Page
from safehand.sources.sqlite_tables import Tables, Use

DAMAGED_PAGE: Final = "a page of the database that could not be read"
DAMAGED_ROWS: Final = "rows of the database that could not be read"
CUT: Final = "the file ends inside a page of the database"
NO_LOG: Final = "no log of this database"
UNFINISHED: Final = "a part of the log that was never completed, or is damaged"

_KINDS: Final = {
    Use.UNKNOWN: SegmentKind.METADATA,
    Use.FREE: SegmentKind.BLANK,
    Use.TREE: SegmentKind.METADATA,
    Use.MORE: SegmentKind.MESSAGE,
}


def account_for(tables: Tables, ledgers: list[Ledger]) -> None:
    """Feed and mark all bytes of the database, and of the log if there is one."""
    _database(tables, ledgers[0])
    if len(ledgers) > 1:
        _log(tables, ledgers[1])


def _database(tables: Tables, ledger: Ledger) -> None:
    database = tables.database
    size = database.page_size
    with database.files[0].open() as stream:
        number = 0
        while data := stream.read(size):
            number += 1
            ledger.feed(data)
            if len(data) < size:
                ledger.fail(ledger.fed, CUT)
            elif number in database.log.pages or number > database.count:
                ledger.mark(SegmentKind.METADATA, ledger.fed)
            else:
                _page(tables, ledger, Page(number, data, 0, (number - 1) * size))


def _log(tables: Tables, ledger: Ledger) -> None:
    database = tables.database
    log, size = database.log, database.page_size
    with database.files[1].open() as stream:
        head = stream.read(HEADER)
        ledger.feed(head)
        if log.is_log:
            ledger.mark(SegmentKind.HEADER, len(head))
        while frame := stream.read(FRAME + size):
            start = ledger.fed + FRAME
            ledger.feed(frame)
            if not log.is_log:
                continue
            if ledger.fed > log.complete:
                _behind(ledger, frame, head)
                continue
            ledger.mark(SegmentKind.STRUCTURE, start)
            number = int.from_bytes(frame[:4], "big")
            if log.pages.get(number) != start or number > database.count:
                ledger.mark(SegmentKind.METADATA, ledger.fed)
            else:
                _page(tables, ledger, Page(number, frame[FRAME:], 1, start))
    if not log.is_log:
        ledger.fail(ledger.fed, NO_LOG)


def _behind(ledger: Ledger, frame: bytes, head: bytes) -> None:
    """A frame behind the last that counts. With other salts it is from before the log was begun anew."""
    if frame[8:16] == head[16:24]:
        ledger.fail(ledger.fed, UNFINISHED)
    else:
        ledger.mark(SegmentKind.METADATA, ledger.fed)


def _page(tables: Tables, ledger: Ledger, page: Page) -> None:
    use = Use(tables.use[page.number]) if page.number < len(tables.use) else Use.UNKNOWN
    end = page.start + len(page.data)
    if use is Use.DAMAGED:
        ledger.fail(end, DAMAGED_PAGE)
    elif use is Use.ROWS:
        _rows(tables, ledger, page)
    else:
        ledger.mark(_KINDS[use], end)


def _rows(tables: Tables, ledger: Ledger, page: Page) -> None:
    found = leaf_cells(page, tables.database.usable)
    base = page.start
    ledger.mark(SegmentKind.STRUCTURE, base + found.head_end)
    for cell in sorted(found.cells):
        _rest(ledger, base + cell.start, damaged=found.damaged)
        reason = tables.bad.get((page.file, base + cell.start)) if tables.bad else None
        if reason is None:
            ledger.mark(SegmentKind.MESSAGE, base + cell.end)
        else:
            ledger.fail(base + cell.end, reason)
    _rest(ledger, base + len(page.data), damaged=found.damaged)


def _rest(ledger: Ledger, end: int, *, damaged: bool) -> None:
    """What stands between the rows of a page."""
    if damaged:
        ledger.fail(end, DAMAGED_ROWS)
    else:
        ledger.mark(SegmentKind.BLANK, end)
