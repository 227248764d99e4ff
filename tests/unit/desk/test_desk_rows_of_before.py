"""Rows of before entries held digests are held by one digest of them all, written once, at a start of the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import models
from pytest_django import Settings

from desk_cast import NOW, Cast, clock
from kept_rows import enter_the_cast
from reports import looked, report
from safehand.desk.cases.models import Case
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.prepare import make_database
from safehand.desk.rows_of_before import seal_rows_of_before
from safehand.desk.rows_of_log import OTHERS, problems_of_rows
from safehand.desk.settings.roles import Role
from safehand.desk.triage.actions import grade_report, tag_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Tagging

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(cast: Cast) -> Case:
    """Two rows of before, two tags that a report was given, each with an entry that holds no digest."""
    case = report("A", cast.alice, 10).case
    looked()
    enter_the_cast(clock)
    with recorded():
        for tags in (["duplicate"], ["child_missing"]):
            Tagging.objects.create(case=case, at=moment(NOW), by=cast.alice, tags=tags)
            details: Details = {"tags": 1}
            record(Verb.REPORT_TAGGED, actor="officer:alice", case=case.reference, details=details, clock=clock)
    return case


def first() -> models.QuerySet[Tagging]:
    """As who has the database reaches it."""
    return models.QuerySet(Tagging).filter(pk=Tagging.objects.order_by("pk")[:1].get().pk)


def test_it_is_written_once_and_says_how_many_and_no_word_of_them(cast: Cast, before: Case) -> None:
    assert [seal_rows_of_before(clock), seal_rows_of_before(clock)] == [True, False]
    (entry,) = CustodyEntry.objects.filter(verb="rows.of_before")
    details = parse_entry(bytes(entry.canonical)).details
    assert (details["rows"], entry.case, len(str(details["digest"]))) == (2, "", 64)
    assert list(problems_of_rows()) == []
    grade_report(cast.alice, before, Grade.PRIORITY, "The club rang.", clock=clock)
    assert list(problems_of_rows()) == [], "what is decided since has a digest of its own"


def exchanged() -> None:
    """Both say what the other said: the same rows, counted."""
    first().update(tags=["child_missing"])
    models.QuerySet(Tagging).exclude(pk__in=first().values("pk")).update(tags=["duplicate"])


TOUCHED: dict[str, Callable[[], object]] = {
    "a field of one": lambda: first().update(at=moment(NOW + 1)),
    "two exchanged": exchanged,
    "one taken away": lambda: first().delete(),
}


@pytest.mark.usefixtures("before")
def test_before_that_they_are_counted_alone_and_nothing_is_seen() -> None:
    exchanged()
    assert list(problems_of_rows()) == []


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("name", TOUCHED)
def test_from_then_on_one_of_them_that_is_touched_is_said_of_the_entry_that_holds_them(name: str) -> None:
    seal_rows_of_before(clock)
    TOUCHED[name]()
    (said,) = problems_of_rows()
    assert said == f"custody log, entry {CustodyEntry.objects.get(verb='rows.of_before').sequence}: {OTHERS}"


def test_one_that_is_put_in_afterwards_is_found_where_as_many_are_missing(before: Case) -> None:
    first().delete()
    seal_rows_of_before(clock)
    assert list(problems_of_rows()) == []
    Tagging.objects.create(case=before, at=moment(NOW), by=Officer.objects.get(reference="bob"), tags=["duplicate"])
    (said,) = problems_of_rows()
    assert OTHERS in said


def test_what_the_log_does_not_explain_is_not_sealed_with_the_rest(before: Case) -> None:
    Tagging.objects.create(case=before, at=moment(NOW), by=Officer.objects.get(reference="bob"), tags=["duplicate"])
    assert not seal_rows_of_before(clock)
    (said,) = problems_of_rows()
    assert "of which the log explains 2" in said


@pytest.mark.usefixtures("before")
def test_a_second_such_entry_changes_nothing() -> None:
    seal_rows_of_before(clock)
    first().update(at=moment(NOW + 1))
    with recorded():
        record(Verb.ROWS_OF_BEFORE, actor="desk:worker", details={"rows": 2, "digest": "0" * 64}, clock=clock)
    assert len(list(problems_of_rows())) == 1


def test_a_desk_with_nothing_of_before_writes_none(cast: Cast) -> None:
    case = report("A", cast.alice, 10).case
    looked()
    enter_the_cast(clock)
    tag_report(cast.alice, case, ["duplicate"], clock=clock)
    assert not seal_rows_of_before(clock)
    assert not CustodyEntry.objects.filter(verb="rows.of_before").exists()


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(("role", "writes"), [(Role.DESK, True), (Role.HANDOVER, False)])
def test_a_start_of_the_desk_writes_it_and_a_public_node_holds_no_log(
    desk_state: State, settings: Settings, role: Role, *, writes: bool
) -> None:
    settings.ROLE = role
    make_database(desk_state)
    assert CustodyEntry.objects.filter(verb="rows.of_before").exists() is writes
