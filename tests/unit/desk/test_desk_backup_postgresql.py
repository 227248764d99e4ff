"""A desk on PostgreSQL is copied by its own programs, from one moment, and restored into an empty database alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.db.utils import ConnectionHandler
from psycopg import sql

from desk_backup import NOTE, backed_up, lived_in
from desk_cast import clock
from safehand.desk.backup.manifest import Database
from safehand.desk.backup.placing import look_at, place
from safehand.desk.backup.restored import make_good
from safehand.desk.core.state import State
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.actions import find_officer
from safehand.desk.triage.shift import all_notes
from safehand.errors import UsageError

pytestmark = [
    pytest.mark.django_db(transaction=True),  # another process looks at it, and sees what is committed
    pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="of PostgreSQL; of SQLite see test_desk_backup.py"),
]


@contextmanager
def an_empty_database() -> Iterator[None]:
    """The database of the test is a new one."""
    before = connections["default"]
    described = {**before.settings_dict, "NAME": "restored"}
    given = {name: value for name, value in before.get_connection_params().items() if name in ("host", "port", "user")}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(sql.SQL("CREATE DATABASE restored"))
        connections["default"] = ConnectionHandler({"default": described})["default"]
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = before
            server.execute(sql.SQL("DROP DATABASE restored WITH (FORCE)"))


def test_a_desk_on_postgresql_is_what_it_was_in_another_and_nothing_is_put_over_what_is_there(
    desk_state: State, tmp_path: Path
) -> None:
    lived_in(desk_state)
    made = backed_up(desk_state, tmp_path / "to")
    assert (made.manifest.database, made.manifest.entries) == (Database.POSTGRESQL, CustodyEntry.objects.count() - 1)
    trusted = look_at(tmp_path / "to", desk_state.keys / "recovery.agekey")
    new = State(tmp_path / "new")
    new.root.mkdir()
    place(trusted, new)
    with pytest.raises(UsageError, match="is not empty"):
        make_good(trusted, new, clock=clock)
    with an_empty_database():
        restored = make_good(trusted, new, clock=clock)
        assert (restored.entries, restored.again) == (made.manifest.entries, 1)
        assert NOTE in [note.words for note in all_notes(find_officer("alice"))]
        assert CustodyEntry.objects.filter(verb="desk.restored").count() == 1


def test_a_desk_on_postgresql_without_its_programs_says_so_and_leaves_nothing(
    desk_state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="pg_dump is not installed here"):
        backed_up(desk_state, tmp_path / "to")
    assert list((tmp_path / "to").iterdir()) == []
