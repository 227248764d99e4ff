"""Tables of which the holder says which column is what: from the answers to the statement, and back for the readers.

    [[tables]]
    file = "chat.csv"
    columns = "time=1,sender=2,text=3"
    time_format = "DD/MM/YYYY HH:MM"
    delimiter = "semicolon"                  where it is not plain

    "tables":[{"columns":{"conversation":null,"id":null,"recipient":null,"sender":2,"text":3,"time":1},
     "delimiter":"semicolon","item":"data/0001.csv","stated_by":"holder","time_format":"DD/MM/YYYY HH:MM"}]

It stands in a statement only where something was stated. The rules are docs/spec/statement.md, "Tables".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

import msgspec

from safehand.errors import UsageError
from safehand.seal.answer_values import read_text
from safehand.sources.contract import SourceFile
from safehand.sources.table_map import COLUMNS, DELIMITERS, MOST_COLUMNS, TableMap, read_columns
from safehand.sources.time_format import LONGEST

HOLDER: Final = "holder"

_KEYS: Final = frozenset({"file", "columns", "time_format", "delimiter"})
_MOST_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class StateTable:
    """What the holder says of the table ``file``."""

    file: str
    """The item's name, or its last part when that is enough to tell."""
    columns: str
    """``time=1,sender=2,text=3``."""
    time_format: str
    delimiter: str | None = None

    def __post_init__(self) -> None:
        """UsageError when it cannot be so."""
        self.stated_of(None)

    def stated_of(self, file: SourceFile | None) -> TableMap:
        """The same for the readers."""
        columns = read_columns(self.columns)
        return TableMap(columns, self.time_format, HOLDER, self.delimiter, None if file is None else file.id)


class TableColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which column is what, counted from 1; None for what no column is."""

    time: int
    sender: int
    text: int
    conversation: int | None
    id: int | None
    recipient: int | None

    def as_map(self) -> dict[str, int]:
        """Those that are stated."""
        return {name: number for name in COLUMNS if (number := getattr(self, name)) is not None}


class StatedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the statement says of one item that is a table."""

    item: str
    columns: TableColumns
    time_format: str
    delimiter: str | None
    stated_by: Literal["holder"]


def read_tables(rows: object, where: str) -> tuple[StateTable, ...]:
    """The rows of ``[[tables]]``. UsageError names what cannot be read."""
    tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not isinstance(rows, list) or len(tables) != len(rows) or len(rows) > _MOST_ROWS:
        raise UsageError(f"tables are at most {_MOST_ROWS} tables: [[tables]].", where=where)
    return tuple(_table(row, f"tables[{place}]", where) for place, row in enumerate(tables, 1))


def _table(row: dict[str, object], key: str, where: str) -> StateTable:
    unknown = sorted(row.keys() - _KEYS)
    missing = sorted({"file", "columns", "time_format"} - row.keys())
    if unknown or missing:
        told = ", ".join(f"{key}.{name}" for name in unknown or missing)
        raise UsageError(f"Nothing is called {told}." if unknown else f"{told} is missing.", where=where)
    texts = {name: read_text(row[name], f"{key}.{name}", where) for name in row}
    try:
        return StateTable(texts["file"], texts["columns"], texts["time_format"].strip(), texts.get("delimiter"))
    except UsageError as err:
        raise UsageError(err.found, where=f"{where}: {key}", todo=err.todo or "") from err


def resolve_tables(
    stated: Sequence[StateTable], files: Sequence[SourceFile]
) -> tuple[tuple[StateTable, SourceFile], ...]:
    """Each with its file. UsageError names the one whose file is not there."""
    out: list[tuple[StateTable, SourceFile]] = []
    for place, table in enumerate(stated, 1):
        named = [file for file in files if file.name == table.file]
        named = named or [file for file in files if file.name.rpartition("/")[2] == table.file]
        if len(named) != 1 or any(named[0] is file for _, file in out):
            found = "Two say something of one file" if len(named) == 1 else "No text file has this name"
            raise UsageError(
                f"{found}." if len(named) < 2 else f"{len(named)} text files have this name.",
                where=f"tables[{place}].file",
                todo="Give its name as the export has it, once.",
            )
        out.append((table, named[0]))
    return tuple(out)


def statement_tables(stated: Sequence[tuple[StateTable, SourceFile]], ids: dict[str, str]) -> tuple[StatedTable, ...]:
    """As the statement has them, in the order of its items. ``ids`` are the items' in order, by the files' own."""
    out = []
    for table, file in stated:
        if file.id in ids:
            columns = {**dict.fromkeys(COLUMNS), **read_columns(table.columns)}
            out.append(
                StatedTable(
                    item=ids[file.id],
                    columns=msgspec.convert(columns, TableColumns),
                    time_format=table.time_format,
                    delimiter=table.delimiter,
                    stated_by="holder",
                )
            )
    order = {item: number for number, item in enumerate(ids.values())}
    return tuple(sorted(out, key=lambda table: order[table.item]))


def tables_of(stated: Sequence[StatedTable]) -> tuple[TableMap, ...]:
    """What a statement says of tables, for the readers. What this version cannot make sense of is nothing."""
    out = []
    for table in stated:
        try:
            columns = MappingProxyType(table.columns.as_map())
            out.append(TableMap(columns, table.time_format, table.stated_by, table.delimiter, table.item))
        except UsageError:
            continue  # another sealer may know more ways to write a time: the table stays known, and not read
    return tuple(out)


def broken_tables(tables: Sequence[StatedTable], ids: Sequence[str]) -> Iterator[str]:
    """The rules that are broken. ``ids`` are those of the items, in order."""
    order = {item: number for number, item in enumerate(ids)}
    places = [order.get(table.item, -1) for table in tables]
    if any(after <= before for before, after in pairwise(places)):
        yield "The tables are not in the order of their items, each once."
    for table in tables:
        numbers = list(table.columns.as_map().values())
        if table.item not in order:
            yield "A table is stated of an item that is not there."
        if not all(0 < number <= MOST_COLUMNS for number in numbers) or len(set(numbers)) < len(numbers):
            yield "A column of a table is none, or is two things."
        if table.delimiter is not None and table.delimiter not in DELIMITERS:
            yield "A table has a delimiter that is none."
        if not 0 < len(table.time_format) <= LONGEST or table.time_format != table.time_format.strip():
            yield "A table has no form of its times."
