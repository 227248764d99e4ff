"""Who there is and which talks there are, in the database of Messages: ``handle``, ``chat`` and what joins them.

    handle      1 · "+447700900123" · "iMessage"
    chat        1 · "iMessage;-;+447700900123" · style 45 (two people), 43 (a group) · display_name "Club"
    chat_handle_join   chat 1 · handle 1

A number that is both of iMessage and of SMS has two handles and is one account: it is the platform's own id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.model.conversation import ConversationKind
from safehand.model.span import Span
from safehand.sources.imessage.database_row import Values, number_of, text_of
from safehand.sources.sqlite_records import DamagedError
from safehand.sources.sqlite_tables import Row, Table, Tables

_STYLES: Final = {43: ConversationKind.GROUP, 45: ConversationKind.DIRECT}


@dataclass(slots=True)
class Chat:
    """One talk."""

    span: Span
    values: Values
    members: list[int] = field(default_factory=list)
    """Rowids of handles."""

    @property
    def kind(self) -> ConversationKind:
        """How many may speak."""
        return _STYLES.get(number_of(self.values, "style"), ConversationKind.UNKNOWN)

    @property
    def title(self) -> str | None:
        """Its name, or whose it is with."""
        return text_of(self.values, "display_name") or text_of(self.values, "chat_identifier")

    @property
    def section(self) -> str | None:
        """Where Messages shows it."""
        if number_of(self.values, "is_archived"):
            return "archived"
        return "filtered" if number_of(self.values, "is_filtered") else None


@dataclass(slots=True)
class People:
    """All of them: by rowid, and chats also by their number, which counts from 1."""

    handles: dict[int, tuple[str, Span]] = field(default_factory=dict)
    chats: list[Chat] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)


def rows_with_values(tables: Tables, table: Table | None) -> Iterator[tuple[Row, Values]]:
    """Each row that can be read, with its values by the names of their columns."""
    if table is None:
        return
    encoding = tables.database.encoding
    for row in tables.rows(table):
        try:
            values = tables.record(row).told(table.columns, encoding)
        except DamagedError as error:
            tables.refuse(row, error)
            continue
        if table.rowid is not None:
            values[table.columns[table.rowid]] = row.cell.rowid
        yield row, values


def pairs_of(tables: Tables, name: str, one: str, other: str) -> Iterator[tuple[int, int]]:
    """Two numbers of each row of a table that joins two others."""
    table = tables.get(name)
    first, second = (None, None) if table is None else (table.at(one), table.at(other))
    if table is None or first is None or second is None:
        return
    for row in tables.rows(table):
        try:
            record = tables.record(row)
            pair = record.value(first), record.value(second)
        except DamagedError as error:
            tables.refuse(row, error)
            continue
        if isinstance(pair[0], int) and isinstance(pair[1], int):
            yield pair[0], pair[1]


def read_people(tables: Tables) -> People:
    """Everybody, and every talk."""
    people = People()
    files = [file.id for file in tables.database.files]
    for row, values in rows_with_values(tables, tables.get("handle")):
        name = text_of(values, "id")
        if name:
            people.handles[row.cell.rowid] = (name, Span(files[row.file], row.start, row.end))
    for row, values in rows_with_values(tables, tables.get("chat")):
        people.chats.append(Chat(Span(files[row.file], row.start, row.end), values))
        people.numbers[row.cell.rowid] = len(people.chats)
    for chat, handle in pairs_of(tables, "chat_handle_join", "chat_id", "handle_id"):
        number = people.numbers.get(chat)
        if number is not None:
            people.chats[number - 1].members.append(handle)
    return people
