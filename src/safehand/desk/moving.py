"""A desk's database moved from its SQLite file into a PostgreSQL: every row as it stands, or none.

    moved = move_to_postgresql(state)       DATABASE_URL names the new one, which is empty; no desk runs

Rows are copied as the tables hold them, in the order of their keys, through the triggers that guard the custody log: an
entry that does not follow the one before is refused here too. All of it is one transaction. Before it ends, the log is
computed again from its entries and compared with everything that was signed of it, and so are the rows that entries
speak of; that the desk moved is its next entry. The file is then called ``desk.sqlite3.moved``: it is a copy of the
desk as it was, to be destroyed like one, and a desk beside it that is started without DATABASE_URL is refused (E012).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model

from safehand.desk.backup.database_copy import LEFT_OUT
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.auditing import problems_of_signed_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.prepare import alone, make_database
from safehand.desk.rows_of_log import problems_of_rows
from safehand.durable import Step, passed, sync_folder
from safehand.errors import CheckFailed, UsageError

_AT_ONCE: Final = 500
"""Rows: some hundred kilobytes, and one round trip."""

Converter: TypeAlias = Callable[[Any], Any]


def move_to_postgresql(state: State, *, clock: Clock = system_clock) -> Mapping[str, int]:
    """How many rows of each table came. UsageError where it cannot be done, CheckFailed where the log is not whole.

    Stopped at any moment, the desk is where it was: done again, a move that was only not finished is finished.
    """
    with alone(state) as nobody_else:
        if not nobody_else:
            raise UsageError("A desk runs on this state directory.", todo="Stop it first, and its workers.")
        if connection.vendor != "postgresql":
            raise UsageError("There is nowhere to move to.", todo="Set DATABASE_URL to a new, empty PostgreSQL.")
        if not state.database.is_file():
            was = "It was moved already." if state.database_moved.exists() else ""
            raise UsageError("This desk has no SQLite file.", where=str(state.database), todo=was)
        with closing(sqlite3.connect(f"file:{state.database}?mode=ro", uri=True)) as old:
            old.execute("BEGIN")
            moved = {} if _came_before(old) else _move(old, state, clock)
        _put_away(state)
        return moved


def _move(old: sqlite3.Connection, state: State, clock: Clock) -> Mapping[str, int]:
    if connection.introspection.table_names():
        raise UsageError(
            "The database that DATABASE_URL names is not empty.", todo="Make a new one; nothing is put over another."
        )
    _refuse_another_version(old)
    make_database(state)
    with transaction.atomic():
        moved = {_table(model): _copied(old, model) for model in _models()}
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(_models())):
                cursor.execute(statement)
        problems = [*problems_of_log(), *problems_of_signed_log(state), *problems_of_rows()]
        if problems:
            raise CheckFailed(
                "What would be moved is not whole: " + " ".join(problems),
                todo="The desk is where it was. See what is wrong with it: safehand desk check, without DATABASE_URL.",
            )
        entries = moved[_table(CustodyEntry)]
        record(Verb.DESK_MOVED, actor="desk:shell", record="log", details={"entries": entries}, clock=clock)
    passed(Step.MOVE_WRITTEN)
    return moved


def _copied(old: sqlite3.Connection, model: type[Model]) -> int:
    try:
        return _copy(old, model)
    except DatabaseError as err:
        raise CheckFailed(
            "A row could not be moved: the new database refuses it.",
            where=_table(model),
            todo="The desk is where it was. See what is wrong with it: safehand desk check, without DATABASE_URL.",
        ) from err


def _copy(old: sqlite3.Connection, model: type[Model]) -> int:
    options, table = model._meta, _table(model)  # noqa: SLF001  Django's own documented name
    columns = {field.column: _converter(field) for field in options.local_fields if field.column}
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    key = connection.ops.quote_name(options.pk.attname)
    into = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608  names of our own
    rows = old.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608  names of our own
    many = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  what making the tables put there comes again
        while batch := rows.fetchmany(_AT_ONCE):
            cursor.executemany(into, [_converted(row, columns) for row in batch])
            many += len(batch)
    return many


def _converted(row: tuple[Any, ...], columns: Mapping[str, Converter]) -> list[Any]:
    return [convert(value) for convert, value in zip(columns.values(), row, strict=True)]


def _converter(field: Field[Any, Any]) -> Converter:
    """SQLite has no truths and no moments: what stands for them there, as PostgreSQL takes it."""
    match field.get_internal_type():
        case "BooleanField":
            return lambda value: None if value is None else bool(value)
        case "DateTimeField":
            return lambda value: None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)
        case "DurationField" | "DecimalField" | "TimeField":
            raise UsageError("A column of this kind cannot be moved.", where=f"{field.model.__name__} {field.name}")
    return lambda value: value


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        options = model._meta  # noqa: SLF001  see above
        if options.managed and not options.proxy and options.db_table not in LEFT_OUT:
            yield model


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001  see above


def _refuse_another_version(old: sqlite3.Connection) -> None:
    applied = set(old.execute("SELECT app, name FROM django_migrations"))
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    if applied != known:
        raise UsageError(
            "The database is of another version.", todo="Start the desk once as it is, without DATABASE_URL; stop it."
        )


def _came_before(old: sqlite3.Connection) -> bool:
    """Was all of it moved, and then the machine stopped? The last entry there says so, and what it follows is ours."""
    if _table(CustodyEntry) not in connection.introspection.table_names():
        return False
    last = CustodyEntry.objects.order_by("-sequence").first()
    newest = old.execute("SELECT leaf_hash FROM custody_custodyentry ORDER BY sequence DESC LIMIT 1").fetchone()
    return last is not None and newest is not None and (last.verb, last.previous) == (Verb.DESK_MOVED, newest[0])


def _put_away(state: State) -> None:
    with closing(sqlite3.connect(state.database)) as whole:
        whole.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, and no log of SQLite's beside it
    state.database.rename(state.database_moved)
    passed(Step.MOVE_NAMED)
    # A name that came back after a power cut would be a second desk, beside the one that goes on.
    sync_folder(state.root, Step.MOVE_FOLDER_SYNCED)
