"""A desk's database file of an earlier version keeps every row when it is brought up to this one.

The file is built from the migrations themselves: the tables as they were then, rows with the columns they had then, and
then what a desk does at its next start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from desk_backup import desk_file
from desk_cast import NOW
from quick_tables import nobody_collects
from safehand.desk.cases.models import Case, CaseOfficer, GlassBroken, LeftCase
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import ACT_OF, Verb
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.entry import OLDER, SCHEMA, Entry, format_entry, hash_of, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.models import Arrival
from safehand.desk.officers.holding import roles_of
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.triage.models import Assessment, Grading, Link, Turn

FIRST_DESK: Final = [
    ("core", "0001_initial"),
    ("officers", "0001_initial"),
    ("custody", "0002_append_only"),
    ("cases", "0001_initial"),
]
"""As on 22 November 2026: officers, cases, packages and a custody log. No role, no report that nobody is on."""

FIRST_NODE: Final = [("cases", "0002_nobody_yet"), ("intake", "0001_arrival"), ("handover", "0001_initial")]
"""As on 27 November, when reports first came by the public node, and nothing was graded."""

IN_THE_CLEAR: Final = [("cases", "0004_left_case"), ("triage", "0010_notes_shown")]
"""As on 28 November, when reasons of triage and of broken glass stood in the clear."""

REASON: Final = "The allotment society rang twice."

REFERENCE: Final = "SH-7K3M9QXAR"
OTHER: Final = "SH-8Q2V5TR41"


def enter(models: Any, number: int, verb: Verb, previous: str | None, **said: Any) -> str:
    """An entry as the first desk wrote it; its hash."""
    entry = Entry(number, NOW + number, "officer:alice", verb, previous=previous, schema=OLDER, **said)
    canonical = format_entry(entry)
    models.get_model("custody", "CustodyEntry").objects.create(
        sequence=number,
        instant=entry.instant,
        actor=entry.actor,
        act=ACT_OF[verb].value,
        verb=verb.value,
        case=entry.case or "",
        record=entry.record or "",
        canonical=canonical,
        sha256=hash_of(canonical),
        previous=previous or "",
    )
    return hash_of(canonical)


def put_rows(models: Any) -> None:
    """Two officers, one of whom has left, a case that both were on, its package, and two entries."""
    officers = models.get_model("officers", "Officer").objects
    alice = officers.create(reference="alice", display_name="A. Okafor", password="x", is_active=True)
    gone = officers.create(reference="gone", display_name="G. Marsh", password="x", is_active=False)
    case = models.get_model("cases", "Case").objects.create(
        reference=REFERENCE, opened_at=moment(NOW), opened_by=alice, wrapped_key=b"wrapped"
    )
    for officer in (alice, gone):
        models.get_model("cases", "CaseOfficer").objects.create(
            case=case, officer=officer, since=moment(NOW), added_by=alice
        )
    models.get_model("cases", "Package").objects.create(
        case=case,
        sha256="5f" * 32,
        size=48_211,
        received_at=moment(NOW),
        received_by=alice,
        state="ready",
        summary={"messages": 5000},
    )
    first = enter(models, 1, Verb.CASE_OPENED, None, case=REFERENCE, record="case")
    enter(models, 2, Verb.PACKAGE_RECEIVED, first, case=REFERENCE, record=f"package:{'5f' * 32}")


def put_arrivals(models: Any) -> None:
    """Two parcels that were called the same, which the first node allowed."""
    for parcel in ("0" * 32, "1" * 32):
        models.get_model("intake", "Arrival").objects.create(
            parcel=parcel, kind="package", sha256=parcel * 2, size=1, reference=OTHER, received_at=moment(NOW)
        )


def put_reasons(models: Any) -> dict[tuple[str, Any], str]:
    """A row of each model that keeps an officer's words; by its name the digest that its custody entry holds."""
    alice = models.get_model("officers", "Officer").objects.get(reference="alice")
    case = models.get_model("cases", "Case").objects.get()
    made = {"case": case, "at": moment(NOW), "by": alice}
    triage = {name: models.get_model("triage", name).objects for name in ("RulesUsed", "Suggested", "Grading", "Turn")}
    rules = triage["RulesUsed"].create(version="safehand/1", table={}, since=moment(NOW))
    suggested = triage["Suggested"].create(case=case, made_at=moment(NOW), grade="priority", rules=rules, reasons=[])
    rows = [
        triage["Grading"].create(**made, grade="priority", reason=REASON, suggested=suggested, meetings=None),
        triage["Turn"].create(**made, works=alice, reason=REASON),
        triage["Turn"].create(**made, works=None, reason=""),
        models.get_model("triage", "Assessment").objects.create(
            **made, decision_maker=alice, form="thrive", answers={"threat": REASON, "harm": "Ångström ✓"}
        ),
        models.get_model("triage", "Link").objects.create(
            one=case, other=case, together="same", at=moment(NOW), by=alice, written_in=case, reason=REASON
        ),
    ]
    models.get_model("cases", "GlassBroken").objects.create(
        case=case, officer=alice, at=moment(NOW), until=moment(NOW), why="danger", reason=REASON
    )
    return {(type(row).__name__, row.pk): row_digest(row) for row in rows}


def every_value(models: Any, named: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Every row of some tables, by the columns they had then."""
    return [
        {**row}
        for app, model in named
        for row in models.get_model(app, model).objects.order_by("pk").values(*_columns(models, app, model))
    ]


def _columns(models: Any, app: str, model: str) -> list[str]:
    return [field.attname for field in models.get_model(app, model)._meta.concrete_fields]


TABLES: Final = [
    ("officers", "Officer"),
    ("cases", "Case"),
    ("cases", "CaseOfficer"),
    ("cases", "Package"),
    ("custody", "CustodyEntry"),
]


@dataclass(frozen=True)
class Upgraded:
    """The file, and its rows before and after by the columns they had at first."""

    path: Path
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    digests: dict[tuple[str, Any], str]
    """Of the rows of put_reasons, as they were before they were sealed."""


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Upgraded:
    """Through each of the states, with rows put in at each, to this version."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("of SQLite's file, which the other run of these tests looks at")
    path = tmp_path_factory.mktemp("old") / "desk.sqlite3"
    with django_db_blocker.unblock(), nobody_collects():
        with desk_file(path) as executor:
            was = executor.migrate(FIRST_DESK).apps
            put_rows(was)
            before = every_value(was, TABLES)
        with desk_file(path) as executor:
            put_arrivals(executor.migrate(FIRST_NODE).apps)
        with desk_file(path) as executor:
            digests = put_reasons(executor.migrate(IN_THE_CLEAR).apps)
        with desk_file(path) as executor:
            executor.migrate(executor.loader.graph.leaf_nodes())
            after = [
                {**row}
                for name in TABLES
                for row in apps.get_model(*name)._default_manager.order_by("pk").values(*_columns(was, *name))
            ]
    return Upgraded(path, before, after, digests)


def missing(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in before if row not in after]


@pytest.fixture
def _in_the_file(upgraded: Upgraded, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of this test is the file."""
    with django_db_blocker.unblock(), desk_file(upgraded.path):
        yield


def test_every_row_of_the_first_day_is_there_as_it_was(upgraded: Upgraded) -> None:
    assert len(upgraded.before) == 8
    assert missing(upgraded.before, upgraded.after) == []
    # What is new is one entry of the log: that who was there goes on as before.
    assert [row.get("verb") for row in missing(upgraded.after, upgraded.before)] == ["role.given"]


def test_a_row_that_is_lost_or_changed_on_the_way_would_be_found(upgraded: Upgraded) -> None:
    short = [row for row in upgraded.after if row.get("display_name") != "G. Marsh"]
    assert [row["display_name"] for row in missing(upgraded.before, short)] == ["G. Marsh"]
    changed = [{**row, "size": 1} if "size" in row else row for row in upgraded.after]
    assert [row["size"] for row in missing(upgraded.before, changed)] == [48_211]


@pytest.mark.usefixtures("_in_the_file")
def test_who_was_on_a_case_is_on_it_still_and_the_log_follows_on() -> None:
    assert list(problems_of_log()) == []
    assert CustodyEntry.objects.count() == 3
    alice, gone = Officer.objects.get(reference="alice"), Officer.objects.get(reference="gone")
    assert roles_of(alice) == (Role.REVIEWER,)
    assert list(gone.roles.all()) == []
    case = Case.objects.for_officer(alice).get()
    assert (case.reference, bytes(case.wrapped_key)) == (REFERENCE, b"wrapped")
    assert case.package.summary == {"messages": 5000}
    assert {bytes(row.sealed_reason) for row in CaseOfficer.objects.all()} == {b""}
    assert not LeftCase.objects.exists()


@pytest.mark.usefixtures("_in_the_file")
def test_entries_of_before_are_leaves_in_their_order_and_a_new_one_names_the_last_of_them_by_its_leaf() -> None:
    rows = list(CustodyEntry.objects.all())
    assert {parse_entry(bytes(row.canonical)).schema for row in rows} == {OLDER}
    assert len({bytes(row.salt) for row in rows}) == 3
    with transaction.atomic():
        new = record(Verb.CASE_OPENED, actor="officer:alice", clock=lambda: NOW)
        entry = parse_entry(bytes(new.canonical))
        assert (entry.schema, entry.previous) == (SCHEMA, rows[-1].leaf_hash)
        assert list(problems_of_log()) == []
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_in_the_file")
def test_what_came_by_the_first_node_is_there_and_no_two_are_called_the_same() -> None:
    arrivals = list(Arrival.objects.order_by("pk"))
    assert [each.reference for each in arrivals] == [OTHER, OTHER]
    assert arrivals[0].desk_reference == OTHER
    assert arrivals[1].desk_reference != OTHER


@pytest.mark.usefixtures("_in_the_file")
def test_what_officers_wrote_in_the_clear_is_sealed_and_says_the_same_to_the_digests_of_its_entries(
    upgraded: Upgraded,
) -> None:
    rows = [row for model in (Grading, Turn, Assessment, Link) for row in model.objects.all()]
    assert {(type(row).__name__, row.pk): row_digest(row) for row in rows} == upgraded.digests
    assert len(upgraded.digests) == 5
    assert [turn.reason for turn in Turn.objects.all()] == [REASON, ""]
    assert Assessment.objects.get().answers == {"threat": REASON, "harm": "Ångström ✓"}
    assert GlassBroken.objects.get().reason == REASON
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = upgraded.path.read_bytes()
    assert b"SH-8Q2V5TR41" in kept, "else it was looked for in another file"
    assert REASON.encode() not in kept, "and no page of the file was left with it"


@pytest.mark.usefixtures("_in_the_file")
def test_the_database_still_refuses_to_change_an_entry_of_the_log() -> None:
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE custody_custodyentry SET actor = 'officer:bob' WHERE sequence = 1")


def test_the_tables_are_what_the_code_says_and_no_migration_is_forgotten() -> None:
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("safehand.")}
    assert {app: [str(each) for each in found[0].operations] for app, found in changes.items() if app in ours} == {}
