"""What a database keeps of rows after they were changed or deleted, written over.

    forget_old_pages(["cases_case", "triage_grading"])

SQLite zeroes what is deleted in its file by itself (secure_delete, settings/database.py), but the log beside it holds
pages as they were: it is brought into the file and cut to nothing. PostgreSQL keeps old rows in a table's file until
the table is rewritten: VACUUM FULL does that. Its own write-ahead log, its replicas and its backups it does not reach:
they hold the rows until the unit's own turn-over of them (docs/spec/keys.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from safehand.errors import CannotWrite

_PATIENCE: Final = 2
"""Seconds for a table that another holds: every page that asks for it waits behind us meanwhile."""

_TRIES: Final = 20
"""A second."""

_OLDER: Final = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND (age(backend_xmin) > age(%s::xid) OR age(backend_xid) > age(%s::xid)) LIMIT 1"
)
"""Those that we may see: of other roles' than the desk's own, PostgreSQL tells members of pg_read_all_stats."""


def forget_old_pages(tables: Sequence[str]) -> None:
    """CannotWrite where another is at the database just now: it is to be tried again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            try:
                _wait_for_older(cursor)
                cursor.execute(f"SET lock_timeout = '{_PATIENCE}s'")
                for table in tables:
                    cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            except OperationalError as err:  # a page that takes long holds one of the tables
                raise _busy() from err
            finally:
                cursor.execute("RESET lock_timeout")
            return
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        if busy == 1:
            raise _busy()


def _wait_for_older(cursor: CursorWrapper) -> None:
    """Until no transaction is open that began before now: for it a table that is rewritten takes old rows along."""
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    (now,) = cursor.fetchone()
    for _ in range(_PATIENCE * _TRIES):
        cursor.execute(_OLDER, (now, now))
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT pg_sleep(%s)", (1 / _TRIES,))
    raise _busy()


def _busy() -> CannotWrite:
    return CannotWrite("The database is in use: old pages could not be written over.", todo="It is tried again.")
