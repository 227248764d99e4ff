r"""Whether a file is a table, how its fields are parted, and how many columns it has. What they are, nobody guesses.

    shape_of("chat.csv", b"Date;From;Message\n22/04/2023 10:00;Priya;Hello\n")     Shape(b";", 3, …)

A delimiter is taken where the table leaves no choice: the one by which the first row has several fields and every other
row as many. Where there is a choice, a person says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from safehand.sources.contract import HEAD, Certainty, Claim, Probe
from safehand.sources.csv_head import first_rows
from safehand.sources.table_map import DELIMITERS, TableMap, map_of

SOURCE_ID: Final = "table"
FORM: Final = "table/stated"

_NAME: Final = re.compile(r"\.(csv|tsv|tab)$", re.IGNORECASE)
_LOOKED_AT: Final = 40
"""Rows that are looked at."""
_NAME_LENGTH: Final = 40
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written, and its first rows."""

    delimiter: bytes
    width: int
    """Fields of the first row."""
    rows: tuple[tuple[str, ...], ...]

    @property
    def delimiter_name(self) -> str:
        """``comma``, ``semicolon``, ``tab`` or ``pipe``."""
        return next(name for name, sign in DELIMITERS.items() if sign.encode() == self.delimiter)

    def names(self) -> tuple[str, ...] | None:
        """What the first row calls the columns; None where it may be no header but what somebody wrote.

        A message has a time, and a time has digits; a name is short, and in its column it stands once.
        """
        first, rest = self.rows[0], self.rows[1:]
        if len(set(first)) < len(first) or any(
            not name.strip() or len(name) > _NAME_LENGTH or not name.isprintable() or _DIGIT.search(name)
            for name in first
        ):
            return None
        again = any(row[place] == name for row in rest for place, name in enumerate(first) if place < len(row))
        return None if again or not rest else first


def is_table(name: str, head: bytes) -> bool:
    """Whether a file is named as a table, and has rows of several fields."""
    return _NAME.search(name) is not None and shape_of(head) is not None


def shape_of(head: bytes, delimiter: str | None = None) -> Shape | None:
    """The shape of a table with these first bytes; None where it is none, or its delimiter is not plain."""
    signs = [DELIMITERS[delimiter]] if delimiter is not None else list(DELIMITERS.values())
    shapes = [shape for sign in signs if (shape := _shape(head, sign.encode())) is not None]
    even = [shape for shape in shapes if all(len(row) == shape.width for row in shape.rows)]
    if len(even) == 1 or (not even and len(shapes) == 1):
        return (even or shapes)[0]
    return None


def _shape(head: bytes, delimiter: bytes) -> Shape | None:
    rows = first_rows(head, delimiter)
    if len(head) >= HEAD and len(rows) > 1:
        rows.pop()  # it may be cut
    if not rows or len(rows[0]) < 2:
        return None
    return Shape(delimiter, len(rows[0]), tuple(map(tuple, rows[:_LOOKED_AT])))


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file of which a person said which column is what."""
    found = []
    for probe in probes:
        table = map_of(probe.file)
        if table is not None and fits(table, probe.file.name, probe.head):
            why = "a person said which column is what"
            found.append(Claim(SOURCE_ID, FORM, (probe.file,), Certainty.CERTAIN, why))
    return tuple(found)


def fits(table: TableMap, name: str, head: bytes) -> bool:
    """Whether the columns that were stated are there. Of a file that nobody named, its name says that it is a table."""
    if table.file is None and _NAME.search(name) is None:
        return False
    shape = shape_of(head, table.delimiter)
    return shape is not None and max(table.columns.values()) <= max(map(len, shape.rows))
