"""Who is on a case, who holds a role and who broke glass cannot be put in, altered or taken away unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desk_cast import NOW, Ready, clock
from kept_rows import enter_the_cast
from safehand.desk.cases.glass import break_glass, supervisor_knows_glass
from safehand.desk.cases.models import CaseOfficer, GlassBroken, GlassWhy
from safehand.desk.cases.people import put_on, take_off
from safehand.desk.core.clock import moment
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.actions import end_role, give_role
from safehand.desk.officers.models import RoleHeld
from safehand.desk.officers.roles import Role
from safehand.desk.rows_ended_later import problems_of_standing
from safehand.desk.rows_of_log import problems_of_rows

pytestmark = pytest.mark.django_db

WORDS = "They know the allotment."
CHANGED = "What it speaks of was changed in the database since, or is gone."


def _nothing(sentence: str) -> str:
    return f"{sentence}: 1 row of which the custody log says nothing."


@pytest.fixture
def stood(ready: Ready) -> Ready:
    """Each kind begun and ended; Charlie was on the case and is not, and one glass of two is known."""
    enter_the_cast(clock)
    alice, bob, charlie = ready.cast
    put_on(alice, ready.case.reference, charlie, WORDS, clock=clock)
    take_off(alice, ready.case.reference, charlie, WORDS, clock=clock)
    end_role(bob, Role.REVIEWER, by=None, clock=clock)
    give_role(bob, Role.REVIEWER, by=None, clock=lambda: NOW + 1)
    end_role(charlie, Role.ADMIN, by=None, clock=clock)
    first = break_glass(charlie, ready.case.reference, GlassWhy.DANGER, WORDS, clock=clock)
    assert first is not None
    supervisor_knows_glass(alice, first.pk, clock=clock)
    break_glass(charlie, ready.case.reference, GlassWhy.OTHER, WORDS, clock=lambda: NOW + 86_400_000_000)
    assert GlassBroken.objects.count() == 2
    return ready


@pytest.mark.usefixtures("stood")
def test_what_was_begun_and_ended_by_the_desk_is_as_the_log_says() -> None:
    assert list(problems_of_rows()) == []


PUT_IN: dict[str, tuple[str, Callable[[Ready], object]]] = {
    "on a case": (
        "Who is on a case",
        lambda it: CaseOfficer.objects.create(case=it.case, officer=it.cast.charlie, since=moment(NOW), added_by=None),
    ),
    "a role": (
        "Who holds a role",
        lambda it: RoleHeld.objects.create(officer=it.cast.charlie, role=Role.ADMIN.value, since=moment(NOW)),
    ),
    "glass": (
        "Who broke glass",
        lambda it: GlassBroken.objects.create(
            case=it.case, officer=it.cast.bob, at=moment(NOW), until=moment(NOW), why="other", reason=WORDS
        ),
    ),
}


@pytest.mark.parametrize("name", PUT_IN)
def test_a_row_that_was_put_in_is_found(stood: Ready, name: str) -> None:
    sentence, put_in = PUT_IN[name]
    put_in(stood)
    assert list(problems_of_rows()) == [_nothing(sentence)]


def test_one_who_was_taken_off_and_put_back_as_they_were_is_found(ready: Ready) -> None:
    enter_the_cast(clock)
    row = CaseOfficer.objects.get(officer=ready.cast.bob)
    take_off(ready.cast.alice, ready.case.reference, ready.cast.bob, WORDS, clock=clock)
    row.save(force_insert=True)
    assert list(problems_of_rows()) == [_nothing("Who is on a case")]


ALTERED: dict[str, tuple[str, Callable[[Ready], object]]] = {
    "who is on a case": (
        "Who is on a case",
        lambda it: CaseOfficer.objects.filter(officer=it.cast.bob).update(officer=it.cast.charlie),
    ),
    "which role": (
        "Who holds a role",
        lambda it: RoleHeld.objects.filter(officer=it.cast.charlie, role="supervisor").update(role="admin"),
    ),
    "a role that was ended, as if it were not": (
        "Who holds a role",
        lambda it: RoleHeld.objects.filter(officer=it.cast.charlie, role="admin").update(ended_at=None),
    ),
    "how long glass is broken": (
        "Who broke glass",
        lambda _: GlassBroken.objects.filter(known_at=None).update(until=moment(NOW) + timedelta(days=9)),
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_row_that_was_altered_is_found_from_both_sides(stood: Ready, name: str) -> None:
    sentence, alter = ALTERED[name]
    assert alter(stood) == 1
    changed, unknown = problems_of_rows()
    assert CHANGED in changed
    assert unknown == _nothing(sentence)


def test_glass_of_which_a_supervisor_knows_cannot_be_made_unknown_again_nor_known(stood: Ready) -> None:
    known = GlassBroken.objects.exclude(known_at=None).get()
    GlassBroken.objects.filter(pk=known.pk).update(known_at=None, known_by=None)
    (changed,) = problems_of_rows()
    assert CHANGED in changed
    known.save()
    assert list(problems_of_rows()) == []
    GlassBroken.objects.filter(known_at=None).update(known_at=moment(NOW), known_by=stood.cast.alice)
    assert list(problems_of_rows()) == [_nothing("Who broke glass")]


@pytest.mark.usefixtures("stood")
@pytest.mark.parametrize("model", [CaseOfficer, RoleHeld, GlassBroken])
def test_a_row_that_was_taken_away_is_found(model: type[CaseOfficer | RoleHeld | GlassBroken]) -> None:
    model.objects.filter(pk=model.objects.order_by("-pk")[0].pk).delete()
    (changed,) = problems_of_rows()
    assert CHANGED in changed


def test_an_entry_of_before_explains_one_row_of_its_officer_and_case_and_no_other(ready: Ready) -> None:
    RoleHeld.objects.all().delete()
    alice, bob, charlie = ready.cast
    with recorded():
        record(Verb.CASE_OPENED, actor=alice.actor, case=ready.case.reference, record="case", clock=clock)
        record(Verb.OFFICER_ADDED, actor="desk:shell", case=ready.case.reference, record=bob.actor, clock=clock)
        record(Verb.ROLE_GIVEN, actor="desk:shell", record=bob.actor, details={"role": "admin"}, clock=clock)
    held = RoleHeld.objects.create(officer=bob, role="admin", since=moment(NOW))
    assert list(problems_of_standing()) == []
    RoleHeld.objects.filter(pk=held.pk).update(officer=charlie)
    gone = "Who holds a role: 1 row gone of which the custody log tells."
    assert list(problems_of_standing()) == [_nothing("Who holds a role"), gone]
    RoleHeld.objects.filter(pk=held.pk).update(officer=bob)
    CaseOfficer.objects.filter(officer=bob).delete()
    assert list(problems_of_standing()) == ["Who is on a case: 1 row gone of which the custody log tells."]
