"""The cells of one page of a SQLite table: rows in a leaf, pages in an interior page (fileformat2.html, 1.6).

    page head | places of the cells, two bytes each | free | cells, in no order, with free blocks among them

A cell that does not lie in its page, or lies over another, is not taken, and the page is damaged.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from safehand.sources.sqlite_pages import Page
from safehand.sources.sqlite_records import DamagedError, signed, varint

LEAF: Final = 13
INTERIOR: Final = 5
INDEX: Final = frozenset({2, 10})
_LEAF_HEAD: Final = 8
_HIGH: Final = 0x80
_INTERIOR_HEAD: Final = 12


class Cell(NamedTuple):
    """One row in a leaf: places are those in the page."""

    start: int
    end: int
    rowid: int
    size: int
    """Bytes of the whole record."""
    body: int
    """Where its record begins."""
    overflow: int
    """The page on which it goes on; 0 where it does not."""


class Cells(NamedTuple):
    """Those of a leaf, in the order of the table."""

    cells: list[Cell]
    head_end: int
    """Where the places of the cells end."""
    damaged: bool


def kind_of(page: Page) -> int:
    """LEAF, INTERIOR, or another number."""
    return page.data[page.begin]


def cell_at(data: bytes, start: int, usable: int) -> Cell:
    """The cell that begins at ``start`` of a leaf. DamagedError where it does not lie in the page."""
    try:
        # Nearly every row is shorter than 16,384 bytes: its length is one or two.
        size, at = data[start], start + 1
        if size >= _HIGH:
            if data[at] < _HIGH:
                size, at = (size & 0x7F) << 7 | data[at], at + 1
            else:
                size, at = varint(data, start)
    except IndexError:
        raise DamagedError("a row begins behind its page") from None
    rowid, at = varint(data, at)
    most = usable - 35
    here, overflow = size, 0
    if size > most:
        least = (usable - 12) * 32 // 255 - 23
        here = least + (size - least) % (usable - 4)
        if here > most:
            here = least
    end = at + here
    if size > most:
        overflow = int.from_bytes(data[end : end + 4], "big")
        end += 4
    if end > usable:
        raise DamagedError("a row ends behind its page")
    return Cell(start, end, signed(rowid), size, at, overflow)


def leaf_cells(page: Page, usable: int) -> Cells:
    """The rows of a leaf."""
    data, begin = page.data, page.begin
    count = int.from_bytes(data[begin + 3 : begin + 5], "big")
    first = begin + _LEAF_HEAD
    head_end = first + 2 * count
    if head_end > usable:
        return Cells([], first, damaged=True)
    damaged = False
    cells: list[Cell] = []
    for place in range(first, head_end, 2):
        start = data[place] << 8 | data[place + 1]
        try:
            cell = cell_at(data, start, usable) if start >= head_end else None
        except DamagedError:
            cell = None
        if cell is None:
            damaged = True
        else:
            cells.append(cell)
    laid = sorted(cells)
    # Neither is surely right: a pointer that was changed makes a row of the middle of another.
    over = {cell for pair in pairwise(laid) if pair[1].start < pair[0].end for cell in pair}
    if over:
        cells = [cell for cell in cells if cell not in over]
    return Cells(cells, head_end, damaged or bool(over))


def children(page: Page, usable: int, count: int) -> tuple[list[int], bool]:
    """The pages below an interior page, in order, and whether some could not be read."""
    data, begin = page.data, page.begin
    cells = int.from_bytes(data[begin + 3 : begin + 5], "big")
    first = begin + _INTERIOR_HEAD
    end = first + 2 * cells
    if end > usable:
        return [], True
    found: list[int] = []
    damaged = False
    for place in range(first, end, 2):
        start = data[place] << 8 | data[place + 1]
        child = int.from_bytes(data[start : start + 4], "big") if end <= start <= usable - 5 else 0
        if 1 < child <= count:
            found.append(child)
        else:
            damaged = True
    last = int.from_bytes(data[begin + 8 : begin + 12], "big")
    if 1 < last <= count:
        found.append(last)
    else:
        damaged = True
    return found, damaged


def child_for(page: Page, rowid: int, usable: int) -> int:
    """The page below an interior page under which a row stands, if there is such a row."""
    data, begin = page.data, page.begin
    low, high = 0, int.from_bytes(data[begin + 3 : begin + 5], "big")
    if begin + _INTERIOR_HEAD + 2 * high > usable:
        raise DamagedError("a page with more cells than it has room for")
    while low < high:
        middle = (low + high) // 2
        place = begin + _INTERIOR_HEAD + 2 * middle
        start = data[place] << 8 | data[place + 1]
        if signed(varint(data, start + 4)[0]) < rowid:
            low = middle + 1
        else:
            high = middle
    count = int.from_bytes(data[begin + 3 : begin + 5], "big")
    if low == count:
        return int.from_bytes(data[begin + 8 : begin + 12], "big")
    place = begin + _INTERIOR_HEAD + 2 * low
    start = data[place] << 8 | data[place + 1]
    return int.from_bytes(data[start : start + 4], "big")
