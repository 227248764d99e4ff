"""Which column of a table is what, as a person states it. It is never guessed.

    TableMap(read_columns("time=1,sender=2,text=3"), "DD/MM/YYYY HH:MM", by="holder", file="chat.csv")

Columns are counted from 1, from the left. Time, sender and text are needed; conversation, id and recipient may be
stated. ``Stated`` is a file with what was stated of it: so the map travels to whoever asks whose file it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Final, Protocol

from safehand.errors import UsageError
from safehand.sources.time_format import TimeFormat

NEEDED: Final = ("time", "sender", "text")
OPTIONAL: Final = ("conversation", "id", "recipient")
COLUMNS: Final = (*NEEDED, *OPTIONAL)
MOST_COLUMNS: Final = 10_000
"""The largest number of a column: no program writes more of them."""

DELIMITERS: Final = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"})

_PART: Final = re.compile(r"\s*(\w+)\s*=\s*(\d{1,6})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class TableMap:
    """What a person states of one table, or of every table that no platform's reader knows."""

    columns: Mapping[str, int]
    """By the names of COLUMNS, counted from 1."""
    time_format: str
    by: str
    """Who stated it: "holder", or "command line"."""
    delimiter: str | None = None
    """A name of DELIMITERS; None where the table shows it by itself."""
    file: str | None = None
    """The id or the name of the file; None for every table."""

    def __post_init__(self) -> None:
        """UsageError when it cannot be so."""
        check_columns(self.columns)
        TimeFormat(self.time_format)
        if self.delimiter is not None and self.delimiter not in DELIMITERS:
            raise UsageError("A table has no such delimiter.", todo=f"It is one of: {', '.join(DELIMITERS)}.")

    def is_about(self, file: SourceFile) -> bool:
        """Whether it was stated of ``file``."""
        return self.file is None or self.file in {file.id, file.name}


def read_columns(text: str) -> Mapping[str, int]:
    """``time=1,sender=2,text=3``. UsageError for anything else."""
    found: dict[str, int] = {}
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None or match[1] in found:
            raise _no_columns(f"Each is a name with a number, once: {', '.join(NEEDED)}.")
        found[match[1]] = int(match[2])
    check_columns(found)
    return MappingProxyType(found)


def spell_columns(columns: Mapping[str, int]) -> str:
    """The inverse of read_columns."""
    return ",".join(f"{name}={columns[name]}" for name in COLUMNS if name in columns)


def check_columns(columns: Mapping[str, int]) -> None:
    """UsageError when a column is missing, unknown, or stated as two things."""
    unknown = sorted(columns.keys() - set(COLUMNS))
    if unknown:
        raise _no_columns(f"{', '.join(unknown)} is none of {', '.join(COLUMNS)}.")
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise _no_columns(f"{', '.join(missing)} is missing.")
    if not all(0 < number <= MOST_COLUMNS for number in columns.values()):
        raise _no_columns("Columns are counted from 1, from the left.")
    if len(set(columns.values())) < len(columns):
        raise _no_columns("One column cannot be two things.")


class SourceFile(Protocol):
    """What contract.SourceFile is; that module knows this one."""

    @property
    def id(self) -> str:
        """How spans cite it."""

    @property
    def name(self) -> str:
        """As it was named."""

    @property
    def size(self) -> int:
        """Bytes."""

    def open(self) -> BinaryIO:
        """A new stream at byte 0."""


class Stated:
    """A source file and what a person stated of it."""

    __slots__ = ("_file", "table")

    def __init__(self, file: SourceFile, table: TableMap) -> None:
        self._file = file
        self.table = table

    @property
    def id(self) -> str:
        """As of the file itself."""
        return self._file.id

    @property
    def name(self) -> str:
        """As of the file itself."""
        return self._file.name

    @property
    def size(self) -> int:
        """As of the file itself."""
        return self._file.size

    def open(self) -> BinaryIO:
        """As of the file itself."""
        return self._file.open()

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def map_of(file: SourceFile) -> TableMap | None:
    """What was stated of ``file``."""
    found = getattr(file, "table", None)
    return found if isinstance(found, TableMap) else None


def with_tables(files: tuple[SourceFile, ...], tables: tuple[TableMap, ...]) -> tuple[SourceFile, ...]:
    """The same files, each with what was stated of it. Who is named goes before who is not."""
    ordered = sorted(tables, key=lambda table: table.file is None)
    if not ordered:
        return files
    return tuple(next((Stated(file, table) for table in ordered if table.is_about(file)), file) for file in files)


def _no_columns(todo: str) -> UsageError:
    return UsageError(
        "The columns of the table are not stated as they should be.", todo=f"{todo} Write: time=1,sender=2,text=3."
    )
