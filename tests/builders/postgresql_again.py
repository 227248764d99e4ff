"""What the desk's tests are asked on PostgreSQL: not those that ask no database anything.

``scripts/test`` runs every test on SQLite, then the desk's again on PostgreSQL. A test that may not use a database (it
has neither pytest-django's mark nor its fixtures) gives the same answer whichever there is: one that reaches for a
database all the same fails in the first run, by pytest-django. So the second run leaves it out.
"""

from __future__ import annotations

import os

import pytest

from repository import ROOT

_DESK = ROOT / "tests" / "unit" / "desk"

_USES = frozenset({"db", "transactional_db", "bare_environment", "shipped_environment"})
"""Fixtures by which a test, or a process of its own, gets at the database."""


def may_differ(item: pytest.Item) -> bool:
    """Could a test answer otherwise on another database?"""
    fixtures = set(getattr(item, "fixturenames", ()))
    if not item.path.is_relative_to(_DESK):
        # In processes of their own (tests/faults), unless it is said that they are on SQLite whatever this run is on.
        return not ("sqlite_environment" in fixtures and _USES.isdisjoint(fixtures))
    return item.get_closest_marker("django_db") is not None or not _USES.isdisjoint(fixtures)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was answered on SQLite."""
    if not os.environ.get("DATABASE_URL"):
        return
    same = [item for item in items if not may_differ(item)]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if may_differ(item)]
