"""The desk's tests are asked again on PostgreSQL, but for those that no database can change (postgresql_again)."""

from __future__ import annotations

import pytest
from django.db import connection

from desk_cast import Cast
from postgresql_again import may_differ
from repository import ROOT


def test_a_test_without_a_database_is_not_asked_again_and_cannot_reach_one(request: pytest.FixtureRequest) -> None:
    assert not may_differ(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_a_test_that_takes_a_database_through_any_fixture_is(request: pytest.FixtureRequest, cast: Cast) -> None:
    assert may_differ(request.node)
    assert cast.alice.pk


@pytest.mark.django_db
def test_a_test_that_is_marked_as_using_one_is(request: pytest.FixtureRequest) -> None:
    assert may_differ(request.node)


def test_all_that_run_in_processes_of_their_own_are(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request.node, "path", ROOT / "tests" / "faults" / "test_desk_run.py")
    assert may_differ(request.node)


def test_those_whose_desks_are_on_sqlite_whatever_this_run_is_on_are_not(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    sqlite_environment: dict[str, str],
) -> None:
    assert "DATABASE_URL" not in sqlite_environment
    monkeypatch.setattr(request.node, "path", ROOT / "tests" / "faults" / "test_desk_full_disk.py")
    assert not may_differ(request.node)
    monkeypatch.setattr(request.node, "fixturenames", [*request.fixturenames, "shipped_environment"])
    assert may_differ(request.node)
