"""Tables made for tests: allotments, in any order of columns, with any delimiter.

table(("Date", "From", "Message"), [("22/04/2023 10:00", "Priya", "The gate is open")], ";")
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from safehand.sources.contract import SourceFile
from safehand.sources.table_map import Stated, TableMap, read_columns

STATED: dict[str, TableMap] = {
    "allotment.csv": TableMap(read_columns("time=1,sender=2,text=3"), "DD/MM/YYYY HH:MM:SS", "holder"),
    "allotment.tsv": TableMap(
        read_columns("time=4,sender=2,text=6,conversation=1,id=3,recipient=5"), "iso", "holder", "tab"
    ),
}
"""What was stated of tables of these names."""

TABLES = tuple(replace(table, file=name) for name, table in STATED.items())
"""The same, for ReadOptions."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",", line_break: str = "\n") -> bytes:
    """As a spreadsheet writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_break)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


FileT = TypeVar("FileT", bound=SourceFile)


def stated(file: FileT) -> FileT:
    """``file`` with what was stated of it, where anything was: it has all that ``file`` has."""
    return cast("FileT", Stated(file, STATED[file.name])) if file.name in STATED else file
