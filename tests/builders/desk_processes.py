"""Desks in processes of their own: with what they are started, and on tables that were made once.

    shipped_environment    settings of a desk as shipped: SQLite, or a database of its own in the PostgreSQL of this run
    sqlite_environment     the same on SQLite, whatever this run is on: for what only its file can show
    with_tables(state)     puts a database file with every table, and no row, into a state directory

Making every table of a desk anew takes longer than most of what these tests then do. So the database of the tests
themselves is copied, which was made anyway, by the same migrations. ``bare_environment`` has none of this: one desk is
always started from nothing.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from safehand.desk.core.state import State

WithTables: TypeAlias = Callable[[State], State]

_FROM_NOTHING: Final = "template1"
"""What PostgreSQL makes a database of unless it is told."""

_numbers = itertools.count()


@pytest.fixture(scope="session")
def made_tables(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,  # noqa: ARG001  wanted for what it does
    django_db_blocker: DjangoDbBlocker,
) -> Path | str:
    """The database of the tests while no test uses it: a copy of its file, or its name in PostgreSQL."""
    path = tmp_path_factory.mktemp("tables") / "desk.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            name = f"tables_{connection.settings_dict['NAME']}"
            connection.close()  # of a database that is in use there is no copy
            _make_database(name, connection.settings_dict["NAME"])
            return name
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
    return path


@pytest.fixture(scope="session")
def with_tables(made_tables: Path | str) -> WithTables:
    """For a state directory whose desk would make its tables at its start. Not where PostgreSQL has them already."""

    def put(state: State) -> State:
        if isinstance(made_tables, Path):
            state.database.write_bytes(made_tables.read_bytes())
            state.database.chmod(0o600)
        return state

    return put


@pytest.fixture
def sqlite_environment() -> dict[str, str]:
    """For processes whose desk is on its own SQLite."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    return environment


@pytest.fixture
def bare_environment(sqlite_environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """For a desk that starts from nothing."""
    with _database(_FROM_NOTHING) as given:
        yield sqlite_environment | given


@pytest.fixture
def shipped_environment(sqlite_environment: dict[str, str], made_tables: Path | str) -> Iterator[dict[str, str]]:
    """For desks whose tables are there: on SQLite once ``with_tables`` put them there."""
    with _database(str(made_tables)) as given:
        yield sqlite_environment | given


@contextmanager
def _database(template: str) -> Iterator[dict[str, str]]:
    """A database in the PostgreSQL of this run, and where it is; nothing where there is none."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield {}
        return
    name = f"faults_{os.getpid()}_{next(_numbers)}"
    _make_database(name, template)
    yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
    with psycopg.connect(url, autocommit=True) as there:
        there.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_database(name: str, template: str) -> None:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as there:
        # A server that outlives a run may hold one of the run before.
        there.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        there.execute(made)
