"""A picture on a page: drawn twice, the links laid over it, and the same figures as a table, which a court reads.

The table is made of the values that are drawn, so that neither can say what the other does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from safehand.desk.review.pictures.frame import Lane
from safehand.desk.review.pictures.svg import NOTHING, Drawn
from safehand.desk.review.presenters.letters import Chip, chip, side_of

OTHERS: Final = "+"
"""Stands for all accounts without a lane of their own, where a letter would: the head of their column says so."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: words, or the letter of an account."""

    words: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row. ``number`` is the message that its head leads to, or None."""

    head: str
    cells: tuple[str, ...]
    number: int | None = None
    words: str = ""
    """The last cell, where it is words and no figure."""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a picture. ``foot`` has their sums, or is empty."""

    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    foot: tuple[str, ...] = ()
    has_words: bool = False
    """The last column is words, and wide."""
    is_words: bool = False
    """Every column is."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture. ``rule`` says how it is counted; ``counted`` of what."""

    id: str
    title: str
    rule: str
    counted: str
    wide: SafeString
    narrow: SafeString
    wide_reach: SafeString
    narrow_reach: SafeString
    table: Table
    earlier: str = ""
    """The address of the picture of the time before; ``later`` of the time after. Empty where there is none."""
    later: str = ""


def figure(
    id_: str,
    title: str,
    rule: str,
    counted: str,
    drawings: tuple[Drawn, Drawn],
    table: Table,
    reaches: tuple[Drawn, Drawn] = (NOTHING, NOTHING),
) -> Figure:
    """Put it together. ``drawings`` and ``reaches`` are the wide one and the narrow one."""
    # Drawn is escaped where it is made (pictures/svg.py), so it stands in a page as it is.
    wide, narrow, wide_reach, narrow_reach = (SafeString(one) for one in (*drawings, *reaches))
    return Figure(id_, title, rule, counted, wide, narrow, wide_reach, narrow_reach, table)


def lanes_of(letters: Sequence[str | None]) -> tuple[Lane, ...]:
    """The accounts of a picture: filled and hatched in turns, as their chips are tinted in turns."""
    lanes = [Lane(letter or OTHERS, hatched=bool(letter) and side_of(letter or "") == "odd") for letter in letters]
    if len(lanes) == 2 and lanes[0].hatched == lanes[1].hatched:
        lanes[1] = Lane(lanes[1].letter, hatched=not lanes[1].hatched)
    return tuple(lanes)


def heads_of(letters: Sequence[str | None]) -> tuple[Head, ...]:
    """A column an account."""
    return tuple(Head("", chip(letter)) if letter else Head(f"Others ({OTHERS})") for letter in letters)
