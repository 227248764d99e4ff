"""Which database: the desk's own SQLite file, or the PostgreSQL that DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

_BUSY = 20
"""Seconds a writer waits for another: longer than any write of ours, shorter than a browser's patience."""


def database(url: str, sqlite: Path) -> dict[str, Any]:
    """Django's description of the database at ``url``, or of the file ``sqlite`` when there is none."""
    if url:
        described: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        return described
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(sqlite),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": _BUSY,
            # A write transaction takes its lock when it begins. Otherwise two that read first and write
            # later fail with "database is locked", whatever the timeout (sqlite.org/lang_transaction).
            "transaction_mode": "IMMEDIATE",
            # FULL: a custody entry is on the disk before the page it speaks of is shown.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
        },
    }
