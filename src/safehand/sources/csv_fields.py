r"""The fields of a row of a table, and the columns its header names.

    rows_of([b'7,"Hello, ""you"" two",x'])         [["7", 'Hello, "you" two', "x"]]
    columns = Columns(["ID", "Contents"])
    columns.at("contents")                         1
    columns.value(["7", "Hello"], "Contents")      "Hello"; None where the row has no such field
    mended("caf\udce9")                            ("café", True): a byte that is no UTF-8, read as decoding.py reads it

A field in quotes may hold the delimiter, line breaks, and quotes written twice (RFC 4180 §2.5 to 2.7). Where words
stand between the closing quote and the delimiter, nobody quoted the field: it is what stands there, quotes and all. The
csv module does the work where it reads the
same; where it does not (a carriage return outside of quotes, a field longer than its limit), the careful way does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import orjson

from safehand.sources.decoding import decode

COMMA: Final = b","


def rows_of(raws: Iterable[bytes], delimiter: bytes = COMMA) -> list[list[str]]:
    """The fields of each of ``raws``, which are rows without their line breaks. Nothing is refused.

    A byte that is no UTF-8 becomes half of a surrogate (PEP 383): ``mended`` reads it.
    """
    return split_rows([raw.decode("utf-8", "surrogateescape") for raw in raws], delimiter.decode())


def split_rows(texts: Sequence[str], delimiter: str) -> list[list[str]]:
    """The same, of text."""
    if not any("\r" in text or not text for text in texts):
        try:
            rows = list(csv.reader(texts, delimiter=delimiter, strict=True))
        except csv.Error:  # a field longer than its limit, or words behind a closing quote
            rows = []
        # A row that ends inside of quotes would take the next one along; the scanner gives none.
        if len(rows) == len(texts):
            return rows
    return [split_carefully(text, delimiter) for text in texts]


def split_carefully(text: str, delimiter: str) -> list[str]:
    """The fields of one row."""
    if '"' not in text:
        return text.split(delimiter)
    found, at = [], 0
    while True:
        match = _field(delimiter).match(text, at)
        if match is None:  # the pattern may match nothing, and so always does
            raise AssertionError("a field that is none")
        quoted, rest = match.groups()
        if quoted is None:
            found.append(rest)
        else:
            found.append(match[0] if rest else quoted.replace('""', '"'))
        at = match.end() + 1
        if at > len(text):
            return found


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    return re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"?+)?([^' + re.escape(delimiter) + r"]*+)")


def mended(text: str) -> tuple[str, bool]:
    """A field without halves of surrogates, and whether any of it had to be guessed."""
    if text.isascii():
        return text, False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return decode(text.encode("utf-8", "surrogateescape"))
    return text, False


def is_torn(raw: bytes) -> bool:
    """Whether a row is no UTF-8."""
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


class Columns:
    """The columns of a table, by the names in its header. Case, and space around a name, make no difference."""

    __slots__ = ("_places", "names", "repeated")

    def __init__(self, header: Sequence[str]) -> None:
        self.names = tuple(header)
        """As they stand there."""
        self._places: dict[str, int] = {}
        self.repeated: list[int] = []
        """Columns whose name stood further left already: nobody is told of them by name."""
        for place, name in enumerate(header):
            if self._places.setdefault(_folded(name), place) != place:
                self.repeated.append(place)

    def __len__(self) -> int:
        return len(self.names)

    def at(self, name: str) -> int | None:
        """Which column it is, counted from 0; None where there is none of that name."""
        return self._places.get(_folded(name))

    def value(self, row: Sequence[str], name: str) -> str | None:
        """What ``row`` has in that column; None where it has none."""
        place = self.at(name)
        return row[place] if place is not None and place < len(row) else None

    def label(self, place: int) -> str:
        """What to call a column: its name, or its place where it has none, or another has the same."""
        name = mended(self.names[place])[0].strip()
        return name if name and place not in self.repeated else f"{name} [column {place + 1}]".strip()

    def others(self, *names: str) -> tuple[tuple[str, int], ...]:
        """Name and place of every column but these."""
        known = {self.at(name) for name in names}
        return tuple((name, place) for place, name in enumerate(self.names) if place not in known)


def leftover(columns: Columns, row: Sequence[str], places: Iterable[int]) -> str | None:
    """What ``row`` says at ``places``, and beyond the last column, as a JSON object by the names of the columns."""
    found = {columns.label(place): mended(row[place])[0] for place in sorted(places) if place < len(row) and row[place]}
    for place in range(len(columns), len(row)):
        found[f"[column {place + 1}]"] = mended(row[place])[0]
    return orjson.dumps(found).decode() if found else None


def _folded(name: str) -> str:
    return name.strip().casefold()
