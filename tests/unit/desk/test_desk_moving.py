"""A desk's SQLite file, moved into a PostgreSQL: all of it, whole, or nothing.

The PostgreSQL is that of the tests, whose tables are there and empty; the file is made of the models, and lived in by
the desk's own ways.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from desk_backup import desk_file, lived_in
from desk_cast import clock, make_officer, make_state
from safehand.desk import moving
from safehand.desk.cases.models import Package
from safehand.desk.core import checks
from safehand.desk.core.state import State
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.moving import move_to_postgresql
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.prepare import alone, make_database
from safehand.desk.triage.models import ShiftNote
from safehand.durable import Step, watched_by
from safehand.errors import CheckFailed, UsageError

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="these move into a PostgreSQL: scripts/with-postgresql"
)


_made: list[Path] = []
"""The desk that each test gets a copy of, once it was made: it takes longer than most tests."""


@pytest.fixture
def old(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> State:
    """A desk on SQLite that was lived in. Its tables are made of the models, which takes a tenth of the migrations."""
    if not _made:
        _made.append(_lived_in(make_state(tmp_path_factory.mktemp("old")), settings))
    shutil.copytree(_made[0], tmp_path / "desk")
    settings.STATE = copied = State(tmp_path / "desk")
    return copied


def _lived_in(state: State, settings: Settings) -> Path:
    settings.STATE = state
    with desk_file(state.database) as executor:
        with connections["default"].schema_editor() as editor:
            for model in apps.get_models():
                editor.create_model(model)
        recorder = MigrationRecorder(connections["default"])
        recorder.ensure_schema()
        for app, name in executor.loader.disk_migrations:
            recorder.record_applied(app, name)
        lived_in(state)
        sign_log(state, clock=clock)
        make_officer("bob", "B. Okafor")
    return state.root


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' tables stand for those that moving makes."""
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: [])
    monkeypatch.setattr(moving, "make_database", lambda _: None)


def asked(state: State, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(state.database)) as file:
        found = file.execute(sql).fetchall()
        file.commit()
        return found


@on_postgresql
@pytest.mark.usefixtures("empty")
def test_every_row_comes_as_it_stands_and_the_log_goes_on(old: State) -> None:
    with desk_file(old.database):
        before = {model: list(model.objects.order_by("pk").values()) for model in MODELS}
    moved = move_to_postgresql(old, clock=clock)
    for model, rows in before.items():
        now = list(model.objects.order_by("pk").values())
        assert [_plain(row) for row in now[: len(rows)]] == [_plain(row) for row in rows]
        assert len(now) == len(rows) + (model is CustodyEntry)
        assert rows
    last = CustodyEntry.objects.order_by("-sequence")[0]
    assert last.verb == "desk.moved"
    assert last.previous == before[CustodyEntry][-1]["leaf_hash"]
    assert list(problems_of_log()) == []
    assert moved["custody_custodyentry"] == len(before[CustodyEntry]) == last.sequence - 1
    make_officer("dora", "D. Okafor")  # the next number is free
    assert not Session.objects.exists()
    assert not old.database.exists()
    assert old.database_moved.exists()


@on_postgresql
@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "spoiled",
    [
        "DELETE FROM custody_custodyentry WHERE sequence = 2",
        "UPDATE custody_custodyentry SET actor = 'officer:nobody' WHERE sequence = 2",
        "UPDATE custody_custodyentry SET leaf_hash = replace(leaf_hash, 'a', 'b') WHERE sequence = 3",
        "DELETE FROM officers_roleheld WHERE id = (SELECT max(id) FROM officers_roleheld)",
    ],
    ids=["an entry is gone", "an entry is another", "a leaf is another", "a row that an entry speaks of is gone"],
)
def test_a_desk_that_is_not_whole_stays_where_it_is(old: State, spoiled: str) -> None:
    asked(old, spoiled)
    with pytest.raises(CheckFailed):
        move_to_postgresql(old, clock=clock)
    assert not CustodyEntry.objects.exists()
    assert not Officer.objects.exists()
    assert old.database.exists()


@on_postgresql
@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("step", [Step.MOVE_WRITTEN, Step.MOVE_NAMED, Step.MOVE_FOLDER_SYNCED])
def test_a_move_that_is_stopped_at_any_step_is_finished_when_it_is_asked_for_again(
    old: State, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(at: Step) -> None:
        if at is step:
            raise KeyboardInterrupt

    with watched_by(stop), pytest.raises(KeyboardInterrupt):
        move_to_postgresql(old, clock=clock)
    entries = CustodyEntry.objects.count()
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: ["custody_custodyentry"])
    if step is Step.MOVE_WRITTEN:
        assert move_to_postgresql(old, clock=clock) == {}
    else:
        with pytest.raises(UsageError, match="moved already"):
            move_to_postgresql(old, clock=clock)
    assert CustodyEntry.objects.count() == entries
    assert CustodyEntry.objects.filter(verb="desk.moved").count() == 1
    assert old.database_moved.exists()
    assert not old.database.exists()


@on_postgresql
def test_nothing_is_put_over_another_desk_and_no_other_version_is_moved(
    old: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="not empty"):
        move_to_postgresql(old, clock=clock)
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: [])
    asked(old, "DELETE FROM django_migrations WHERE app = 'triage' AND name LIKE '0001%'")
    with pytest.raises(UsageError, match="another version"):
        move_to_postgresql(old, clock=clock)
    assert old.database.exists()


def test_a_desk_moves_nowhere_without_a_postgresql_and_not_while_it_runs(desk_state: State) -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(UsageError, match="nowhere to move to"):
            move_to_postgresql(desk_state)
    with alone(desk_state), pytest.raises(UsageError, match="runs on this state"):
        move_to_postgresql(desk_state)


@pytest.mark.parametrize(("engine", "found"), [("django.db.backends.sqlite3", 1), ("django.db.backends.postgresql", 0)])
def test_a_desk_that_was_moved_begins_no_empty_one_beside_it(
    desk_state: State, settings: Settings, engine: str, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    assert list(checks._moved()) == []
    desk_state.database_moved.touch()
    assert len([each for each in checks._moved() if each.id == "safehand.E012"]) == found
    if connection.vendor == "sqlite":
        with pytest.raises(UsageError, match="DATABASE_URL does not say which"):
            make_database(desk_state)


MODELS = (CustodyEntry, LogCheckpoint, Officer, RoleHeld, Package, ShiftNote)


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
