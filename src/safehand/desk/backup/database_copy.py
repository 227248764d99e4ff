"""A copy of the desk's database at one moment, while the desk goes on; and the same brought back.

    copied = copy_database(into)         one snapshot: who writes meanwhile neither waits nor is seen
    place_database(copy, state)          into the empty database of a new desk

SQLite is copied by its own backup interface (sqlite.org/backup), PostgreSQL by ``pg_dump`` in its custom format, from a
snapshot that both it and we look at. What says that somebody is signed in is left out of the copy, with what is counted
and forgotten: who gets hold of a backup is not signed in by it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from safehand.desk.backup.manifest import Database
from safehand.durable import Step, sync_file
from safehand.errors import CannotRead, CannotWrite, UsageError

LEFT_OUT: Final = ("django_session", "desk_cache", "core_heartbeat")
"""Tables of which the rows are not copied: sessions, counts of who asks too often, which worker lives."""

_ENTRIES: Final = "SELECT COALESCE(MAX(sequence), 0) FROM custody_custodyentry"
_NOTE: Final = "SELECT note FROM custody_logcheckpoint ORDER BY size DESC LIMIT 1"
_PACKAGES: Final = (
    "SELECT sha256 FROM cases_package WHERE case_id IN (SELECT id FROM cases_case WHERE erased_at IS NULL) UNION SELECT"
    " sha256 FROM intake_arrival WHERE erased_at IS NULL AND parcel IN (SELECT arrival_id FROM intake_notice)"
)
_ERASED: Final = (
    "SELECT sha256 FROM cases_package WHERE case_id IN (SELECT id FROM cases_case WHERE erased_at IS NOT NULL)"
    " UNION SELECT sha256 FROM intake_arrival WHERE erased_at IS NOT NULL"
)
_PARCELS: Final = "SELECT sha256 FROM handover_parcel WHERE state = 'waiting'"

_Ask: TypeAlias = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands in the copy."""

    database: Database
    entries: int
    note: str
    """The newest checkpoint, as the log signed it."""
    packages: frozenset[str]
    """Those that its rows speak of."""
    erased: frozenset[str]
    """Those of cases that were erased: they may lie about for a moment longer, and are never copied."""
    parcels: frozenset[str]
    """Those that wait at the public node."""


def database_in_use() -> Database:
    """Of this desk."""
    return Database(connection.vendor)


def copy_database(into: Path) -> Copied:
    """Write the copy to ``into``, on the disk for good. CannotWrite, UsageError where there is no ``pg_dump``."""
    copy = {Database.SQLITE: _copy_sqlite, Database.POSTGRESQL: _copy_postgresql}[database_in_use()]
    copied = copy(into)
    with into.open("rb") as file:
        sync_file(file.fileno(), Step.BACKUP_SYNCED)
    into.chmod(0o600)
    return copied


def place_database(copy: Path) -> None:
    """Into the PostgreSQL of this desk, which is empty. A copy of SQLite is put in place as a file, before."""
    if connection.introspection.table_names():
        raise UsageError(
            "The database that DATABASE_URL names is not empty.", todo="Make a new one; nothing is put over another."
        )
    program = _program("pg_restore")
    command = [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run([*command, f"--dbname={_name()}", str(copy)], "The copy of the database could not be put back.")


def problems_of_copy() -> Iterator[str]:
    """What SQLite itself finds wrong with the file that is this desk's database now."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        yield from (f"database: {row[0]}" for row in cursor.fetchall() if row[0] != "ok")


def _copy_sqlite(into: Path) -> Copied:
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(_name())) as live, closing(sqlite3.connect(into)) as copy:
            live.backup(copy)  # all pages in one step: one moment of the desk
            copy.execute("PRAGMA secure_delete=ON")
            for table in _there(copy):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
            copy.commit()
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, and no log of SQLite's beside it
            return _copied(lambda sql: copy.execute(sql).fetchall(), Database.SQLITE)
    except sqlite3.Error as err:
        raise CannotWrite(
            f"The database could not be copied: {err}.", where=str(into.parent), todo="Nothing was left."
        ) from err


def _there(copy: sqlite3.Connection) -> list[str]:
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in LEFT_OUT if table in tables]


def _copy_postgresql(into: Path) -> Copied:
    program = _program("pg_dump")
    with _snapshot() as (snapshot, ask):
        apart = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *apart]
        _run([*command, f"--file={into}", f"--dbname={_name()}"], "The database could not be copied.")
        return _copied(ask, Database.POSTGRESQL)


@contextmanager
def _snapshot() -> Iterator[tuple[str, _Ask]]:
    """One moment that another process can look at as long as this is open (pg_export_snapshot)."""
    beside: BaseDatabaseWrapper = connection.copy()
    try:
        with beside.cursor() as cursor:

            def ask(sql: str) -> Sequence[Sequence[Any]]:
                cursor.execute(sql)
                return list(cursor.fetchall())

            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield str(ask("SELECT pg_export_snapshot()")[0][0]), ask
            cursor.execute("ROLLBACK")
    finally:
        beside.close()


def _copied(ask: _Ask, database: Database) -> Copied:
    packages, erased, parcels = (frozenset(row[0] for row in ask(sql)) for sql in (_PACKAGES, _ERASED, _PARCELS))
    return Copied(database, ask(_ENTRIES)[0][0], ask(_NOTE)[0][0], packages, erased - packages, parcels)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise UsageError(
            f"{name} is not installed here, and without it a PostgreSQL cannot be copied.",
            todo="Install PostgreSQL's own client programs, of the server's version or newer.",
        )
    return found


def _run(command: Sequence[str], found: str) -> None:
    ran = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
    if ran.returncode:
        raise (
            CannotWrite(found, todo=_said(ran.stderr))
            if "pg_dump" in command[0]
            else CannotRead(found, todo=_said(ran.stderr))
        )


def _said(stderr: str) -> str:
    """The first thing that it complains of: a version, a full disk, a login. Its later lines may quote rows."""
    lines = [line for line in stderr.splitlines() if re.search(r"error: |fatal: ", line, re.IGNORECASE)]
    return lines[0].partition("rror: ")[2].strip() if lines else "See what its log says."


def _environment() -> Mapping[str, str]:
    """How its programs reach the server. Not on their command line, which others on the machine may see."""
    given: dict[str, Any] = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}
    names |= {"sslrootcert": "PGSSLROOTCERT"}
    return {**os.environ, **{variable: str(given[name]) for name, variable in names.items() if given.get(name)}}
