"""What the tables of a restored desk say of themselves, before anybody uses it.

    restored = make_good(trusted, state)

The copy of the database is brought up to this version; the custody log is computed again from its entries and compared
with its tiles, with every checkpoint that was ever signed and with those that somebody brought; and so are the rows
that entries speak of. Only then is it a desk: that it was restored, and from what, is its next entry; nobody is signed
in; and each package that was read is put in the queue, for its case file is made again from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from safehand.desk.backup.database_copy import LEFT_OUT, database_in_use, place_database, problems_of_copy
from safehand.desk.backup.manifest import BackupDamaged, Database
from safehand.desk.backup.placing import Trusted
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.entry import Details
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.intake.actions import read_all_again
from safehand.desk.prepare import make_database
from safehand.desk.rows_of_log import problems_of_rows
from safehand.errors import PackageFromTheFuture, UsageError
from safehand.model.digest import sha256_of

ACTOR: Final = "desk:shell"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    entries: int
    """Of the custody log, as it was in the backup."""
    compared: int
    """Checkpoints that those agree with."""
    lodged: int
    """How many of them were brought along."""
    again: int
    """Packages that a worker will read again."""


def make_good(trusted: Trusted, state: State, *, clock: Clock = system_clock) -> Restored:
    """Believe it, or BackupDamaged with everything that was found. UsageError where it is of another database."""
    manifest = trusted.backup.manifest
    _refuse_another_database(manifest.database)
    if manifest.database is Database.POSTGRESQL:
        place_database(trusted.backup.path / manifest.database.file)
    problems = list(_problems_of_tables(manifest.entries))
    if problems:
        raise BackupDamaged(problems, where=trusted.backup.name)
    make_database(state)
    audit = audit_log(state, (trusted.note, *trusted.lodged))
    problems = [*problems_of_log(), *audit.problems, *problems_of_rows()]
    if problems:
        raise BackupDamaged(problems, where=trusted.backup.name)
    return Restored(manifest.entries, audit.compared, audit.lodged - 1, _begin(trusted, state, clock))


def _problems_of_tables(entries: int) -> Iterator[str]:
    """What can be said before the tables are those of this version."""
    yield from problems_of_copy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM custody_custodyentry")
        found = cursor.fetchone()[0]
    if found != entries:
        yield f"custody log: It has {found} entries, and the manifest says {entries}."
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    if any(applied not in known for applied in MigrationRecorder(connection).applied_migrations()):
        raise PackageFromTheFuture("This backup is of a newer version of Safehand.", todo="Restore it with that one.")


def _begin(trusted: Trusted, state: State, clock: Clock) -> int:
    """The first entry of the desk that was restored, and its first work."""
    details: Details = {
        "manifest": sha256_of(trusted.backup.data),
        "entries": trusted.backup.manifest.entries,
        "later": trusted.later.size if trusted.later is not None else None,
        "later_root": trusted.later.root.hex() if trusted.later is not None else None,
    }
    with recorded():
        _sign_everybody_out()
        record(Verb.DESK_RESTORED, actor=ACTOR, record="log", details=details, clock=clock)
    again = read_all_again(ACTOR, clock=clock)
    sign_log(state, clock=clock)
    return again


def _sign_everybody_out() -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in LEFT_OUT:
            if table in there:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own


def _refuse_another_database(database: Database) -> None:
    if database is not database_in_use():
        raise UsageError(
            f"This backup is of a desk on {'PostgreSQL' if database is Database.POSTGRESQL else 'SQLite'}.",
            todo="Let DATABASE_URL name a new, empty PostgreSQL."
            if database is Database.POSTGRESQL
            else "Leave DATABASE_URL unset.",
        )
