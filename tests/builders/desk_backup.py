"""A desk with a database file of its own, its backups, and a desk made of one.

desk            what a test works on: its state; the database of the test is its file
brought_back    restore, as ``safehand desk restore`` does, without a process of its own
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker, Settings

from desk_cast import A_PACKAGE, clock, make_officer, make_state
from safehand.desk.backup.making import Made, make_backup
from safehand.desk.backup.manifest import (
    MANIFEST,
    SIGNATURE,
    Piece,
    format_manifest,
    parse_manifest,
    sign_manifest,
)
from safehand.desk.backup.placing import look_at, place
from safehand.desk.backup.restored import Restored, make_good
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.officers.actions import give_role
from safehand.desk.officers.roles import Role
from safehand.desk.settings.database import database
from safehand.desk.triage.shift import write_note
from safehand.log.note import Note
from safehand.model.digest import sha256_of
from safehand.seal.whole import WholeFolder
from safehand.signing.keys import load_signing_key

NOTE = "The allotment society rang twice."
"""Words of an officer's, which stand sealed."""


@contextmanager
def desk_file(path: Path, *, is_watched: bool = False) -> Iterator[MigrationExecutor]:
    """This process's database is the file at ``path``, as a desk as shipped has one.

    What watches the test's own database (silent_acts.py) goes on watching, where it is said: not while tables are made.
    """
    described = database("", path)
    described["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # as on a machine that is never switched off
    handler = ConnectionHandler({"default": described})
    before, connections["default"] = connections["default"], handler["default"]
    if is_watched:
        connections["default"].execute_wrappers = before.execute_wrappers
    try:
        yield MigrationExecutor(connections["default"])
    finally:
        connections["default"].close()
        connections["default"] = before


@pytest.fixture(scope="session")
def empty_desk(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,  # noqa: ARG001  wanted for what it does
    django_db_blocker: DjangoDbBlocker,
) -> Path:
    """A database file with every table: that of the tests, which was made anyway."""
    path = tmp_path_factory.mktemp("empty") / "desk.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            pytest.skip("of SQLite's file; of PostgreSQL see test_desk_backup_postgresql.py")
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
    return path


@pytest.fixture
def desk(tmp_path: Path, empty_desk: Path, settings: Settings, db: None) -> Iterator[State]:  # noqa: ARG001  see above
    """A desk's state directory, with a database file."""
    state = make_state(tmp_path)
    settings.STATE = state
    state.database.write_bytes(empty_desk.read_bytes())
    with desk_file(state.database, is_watched=True):
        yield state


def backed_up(state: State, to: Path, *, at: int = 0, keep: int | None = None) -> Made:
    """A backup, made ``at`` seconds past ten."""
    return make_backup(to, state, keep=keep, clock=lambda: clock() + at * 1_000_000)


@contextmanager
def brought_back(
    source: Path, to: Path, key: Path, lodged: Sequence[Note] = (), *, older: bool = False
) -> Iterator[Restored]:
    """A desk in ``to``, made of a backup; its database is that of the test until the end."""
    trusted = look_at(source, key, lodged, is_older_known=older)
    with WholeFolder(to) as whole:
        hidden = State(whole.hidden)
        place(trusted, hidden)
        with desk_file(hidden.database):
            restored = make_good(trusted, hidden, clock=clock)
        whole.keep()
    with desk_file(State(to).database):
        yield restored


def lived_in(state: State) -> Package:
    """An officer with roles, a note in their words, and a package that was read: all by the desk's own ways."""
    alice = make_officer("alice", "A. Okafor")
    for role in (Role.TRIAGE, Role.REVIEWER, Role.INVESTIGATOR):
        give_role(alice, role, by=None, clock=clock)
    for words in (NOTE, "And a second time on Tuesday."):
        write_note(alice, words, clock=clock)
    with EvidenceStore(state).begin(1 << 20) as incoming:
        incoming.write(A_PACKAGE)
        package = receive(alice, incoming, clock=clock).package
    Package.objects.update(state=PackageState.READY)
    return package


def rewritten(backup: Path, state: State, *statements: str, entries: int = 0) -> None:
    """As somebody would who has the desk's keys: rows changed past every trigger, and a manifest that fits, signed."""
    with closing(sqlite3.connect(backup / "database.sqlite3")) as copy:
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            copy.execute(statement)
        copy.commit()
    manifest = parse_manifest((backup / MANIFEST).read_bytes())
    files = {name: Piece(sha256_of(data := (backup / name).read_bytes()), len(data)) for name in manifest.files}
    data = format_manifest(replace(manifest, files=files, entries=manifest.entries + entries))
    (backup / MANIFEST).write_bytes(data)
    (backup / SIGNATURE).write_text(sign_manifest(data, load_signing_key(state.desk_signing)), "ascii")
