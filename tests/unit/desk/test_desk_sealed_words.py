"""What officers write in triage, and why they broke glass, is sealed: whoever has the database alone reads nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, signed_in
from reports import looked, report
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, CaseOfficer, GlassBroken, GlassWhy
from safehand.desk.core.clock import moment
from safehand.desk.core.sealed_field import LOST, open_for_desk, seal_for_desk
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.assessing import ASKS, Form, assess
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.linking import decide
from safehand.desk.triage.models import Assessment, Grading, Link, Together, Turn
from safehand.desk.triage.turns import take_over

pytestmark = pytest.mark.django_db

WORDS = "The club’s minibus is late."
PATH = "/cases/SH-00000000A/triage/"
COLUMNS: tuple[tuple[type[models.Model], str], ...] = (
    (Grading, "reason"),
    (Turn, "reason"),
    (Assessment, "answers"),
    (Link, "reason"),
    (GlassBroken, "reason"),
)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's and Bob's, with words of theirs in every column; Charlie broke the glass of it."""
    case, other = report("A", cast.alice, 10).case, report("B", cast.alice, 5).case
    CaseOfficer.objects.create(case=case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    grade_report(cast.alice, case, Grade.SCHEDULED, WORDS, clock=clock)
    take_over(cast.bob, case, WORDS, clock=clock)
    assess(cast.bob, case, Form.THRIVE, dict.fromkeys(ASKS[Form.THRIVE], WORDS), cast.bob, clock=clock)
    decide(cast.alice, case, other, Together.SAME, WORDS, clock=clock)
    break_glass(cast.charlie, case.reference, GlassWhy.DANGER, WORDS)
    return case


def stored(model: type[models.Model], column: str) -> list[bytes]:
    """As the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')  # noqa: S608  names of our own
        return [bytes(row[0]) for row in cursor.fetchall()]


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(("model", "column"), COLUMNS)
def test_the_database_holds_no_word_of_it_and_the_same_words_never_twice_the_same(
    model: type[models.Model], column: str
) -> None:
    kept = [each for each in stored(model, column) if each]
    assert kept
    assert not [each for each in kept if b"minibus" in each]
    rows: list[Any] = list(model._default_manager.all())
    assert any(WORDS in str(getattr(row, column)) for row in rows)
    assert seal_for_desk(WORDS, "a") != seal_for_desk(WORDS, "a")


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(("model", "column"), COLUMNS)
def test_nothing_is_searched_for_in_it(model: type[models.Model], column: str) -> None:
    for lookup in ("", "__contains", "__in", "__gt"):
        with pytest.raises(FieldError, match="Unsupported lookup"):
            model._default_manager.filter(**{f"{column}{lookup}": WORDS}).exists()


def test_what_was_altered_or_moved_to_another_column_does_not_open() -> None:
    sealed = seal_for_desk(WORDS, "triage.grading.reason")
    assert open_for_desk(sealed, "triage.grading.reason") == WORDS
    assert open_for_desk(sealed, "triage.link.reason") is None
    assert open_for_desk(sealed[:-1] + bytes([sealed[-1] ^ 1]), "triage.grading.reason") is None
    assert open_for_desk(sealed[:9], "triage.grading.reason") is None
    assert seal_for_desk("", "a") == b""
    assert open_for_desk(b"", "a") == ""


def test_whoever_may_see_it_does_and_under_another_key_of_the_desk_the_page_says_that_it_opens_no_more(
    case: Case, cast: Cast, settings: Settings
) -> None:
    shown = {
        PATH: signed_in(cast.alice),
        f"{PATH}thrive/": signed_in(cast.bob),
        f"{PATH}links/": signed_in(cast.alice),
        f"/cases/{case.reference}/people/": signed_in(cast.alice),
    }
    for path, browser in shown.items():
        assert "minibus is late" in browser.get(path).content.decode(), path
    settings.SECRET_KEY = "another" * 10
    assert Grading.objects.get().reason == LOST
    for path, officer in ((PATH, cast.alice), (f"{PATH}thrive/", cast.bob), (f"{PATH}links/", cast.alice)):
        page = signed_in(officer).get(path)
        assert page.status_code == 200
        assert LOST in page.content.decode(), path
        assert "minibus is late" not in page.content.decode()
