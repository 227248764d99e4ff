"""A desk of every version that was kept (scripts/old-desk) is one of this version after a start, and loses nothing.

Each was made by that version's own command line; so were its keys and the package that it holds.
"""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection
from pytest_django import Settings

from desk_backup import desk_file
from desk_cast import signed_in
from quick_tables import nobody_collects
from repository import ROOT
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core.state import State
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.inspection import inspect
from safehand.desk.intake.actions import try_again
from safehand.desk.intake.processing import process
from safehand.desk.officers.actions import find_officer, give_second_factor
from safehand.desk.prepare import make_database

pytestmark = pytest.mark.django_db  # each test has a database of its own

KEPT: Final = ROOT / "tests" / "vectors" / "old_desks"
NUMBERS: Final = sorted(path.stem for path in KEPT.glob("*.sql"))

BOOKS: Final = frozenset({"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"})
"""Django's own, of which tables there are: not what anybody wrote."""


@dataclass(frozen=True)
class Old:
    """A desk as it was kept, brought up to this version."""

    number: str
    state: State
    before: dict[str, list[dict[str, Any]]]


def rows_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by the names of its columns."""
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {
            name: [dict(row) for row in file.execute(f'SELECT * FROM "{name}"')]  # noqa: S608  the file's own names
            for (name,) in map(tuple, named)
            if name not in BOOKS
        }


def put_down(number: str, root: Path) -> State:
    """The state directory, as it was kept."""
    told = json.loads((KEPT / f"{number}.json").read_text("utf-8"))
    state = State(root / "desk")
    state.root.mkdir(mode=0o700)
    for name, text in told["secrets"].items():
        (state.root / name).parent.mkdir(exist_ok=True)
        (state.root / name).write_text(text, "utf-8")
    state.make()
    for sha256, data in told["packages"].items():
        (state.evidence / sha256[:2]).mkdir(exist_ok=True)
        (state.evidence / sha256[:2] / sha256).write_bytes(base64.b64decode(data))
    with closing(sqlite3.connect(state.database)) as file:
        file.executescript((KEPT / f"{number}.sql").read_text("utf-8"))
    return state


@pytest.fixture(params=NUMBERS)
def old(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, db: None) -> Iterator[Old]:  # noqa: ARG001  see above
    """One of them; the database of the test is its file."""
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite's file")
    state = put_down(request.param, tmp_path)
    settings.STATE, settings.SECRET_KEY = state, state.read_secret_key()
    before = rows_of(state.database)
    with desk_file(state.database), nobody_collects():
        make_database(state)
    with desk_file(state.database, is_watched=True):
        yield Old(request.param, state, before)


def changed(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Rows that are gone, or say something else in a column that is still there."""
    found = []
    for table, rows in before.items():
        kept = after.get(table, [])
        columns = set(kept[0]) if kept else set()
        there = [{name: row[name] for name in columns & set(rows[0])} for row in kept] if rows else []
        found += [table for row in rows if {name: row[name] for name in columns & set(row)} not in there]
    return found


def test_what_was_kept_is_several_versions_and_one_of_each_release() -> None:
    assert len(NUMBERS) >= 4
    released = re.findall(r"^## ([0-9]\S*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    about = [json.loads((KEPT / f"{number}.json").read_text("utf-8"))["about"] for number in NUMBERS]
    assert [version for version in released if not any(version in told for told in about)] == []


def test_a_desk_of_that_version_keeps_every_row_is_in_order_and_shows_its_case(old: Old) -> None:
    after = rows_of(old.state.database)
    assert sum(map(len, old.before.values())) >= 9
    assert changed(old.before, after) == []
    short = {**after, "cases_package": [{**row, "size": 1} for row in after["cases_package"]]}
    assert changed(old.before, short) == ["cases_package"], "and a change would be seen"

    package = Package.objects.get()
    officer = find_officer("K4021")
    gone = f"{package.case.reference}: Its case file is gone. Its report offers to make it again."
    assert [problem for problem in inspect() if "E0" not in problem] == [gone], "which is not kept with it"
    try_again(officer, package.case)
    assert process(package.pk) == PackageState.READY
    sign_log(old.state)
    assert [problem for problem in inspect() if "E0" not in problem] == []
    give_second_factor(officer, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = signed_in(officer).get(f"/cases/{package.case.reference}/conversations/1/")
    assert "I will leave the key with the hedge people" in page.content.decode()
