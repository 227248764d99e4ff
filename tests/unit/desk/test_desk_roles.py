"""Roles: what each lets an officer do, and who gives and ends them. Nothing of it without its custody entry."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.test import Client

from desk_cast import NOW, Cast, clock, hold, signed_in
from safehand.cli.desk import HELD, ROLES
from safehand.desk.core.clock import moment
from safehand.desk.custody import triggers
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.actions import end_role, everybody, give_role, retire, take_second_factor
from safehand.desk.officers.holding import abilities_of, held_by_nobody, may, officers_who_may, roles_of
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import ABILITIES_OF, FIRST, FOR_EVERYBODY, Ability, Appointment, Role
from safehand.desk.officers.roles import HELD as HELD_ROLES
from safehand.desk.shell import _about_roles
from safehand.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast) -> Officer:
    """Alice, who is admin and nothing else; the others hold nothing."""
    for officer in (cast.bob, cast.charlie):
        hold(officer)
    return hold(cast.alice, Role.ADMIN)


def last_entry() -> CustodyEntry:
    return CustodyEntry.objects.latest("sequence")


def test_there_are_eight_and_the_shell_knows_the_same() -> None:
    assert len(Role) == 8
    assert tuple(role.value for role in Role) == ROLES
    assert tuple(held.value for held in HELD_ROLES) == HELD
    assert set(ABILITIES_OF) == set(HELD_ROLES) == {*Role, *Appointment}


def test_every_ability_has_words_and_somebody_who_has_it() -> None:
    held = FOR_EVERYBODY.union(*ABILITIES_OF.values())
    for ability in Ability:
        assert ability.words, ability
        assert ability in held, ability


@pytest.mark.parametrize("role", [Role.TRIAGE, Role.CUSTODIAN, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
def test_these_never_read_a_message(role: Role) -> None:
    assert not ABILITIES_OF[role] & {Ability.READ_MESSAGES, Ability.BREAK_GLASS}


def test_only_an_admin_gives_roles_and_an_admin_does_nothing_else() -> None:
    assert [role for role in Role if Ability.GIVE_ROLES in ABILITIES_OF[role]] == [Role.ADMIN]
    assert ABILITIES_OF[Role.ADMIN] == {Ability.GIVE_ROLES}


def test_the_first_officer_of_a_desk_can_take_in_read_be_told_and_give_roles() -> None:
    may_do = frozenset().union(*(ABILITIES_OF[role] for role in FIRST))
    assert may_do >= {Ability.TAKE_REPORTS, Ability.READ_MESSAGES, Ability.SUPERVISE, Ability.GIVE_ROLES}


def test_an_officer_without_a_role_may_look_after_their_account_alone(cast: Cast) -> None:
    assert abilities_of(hold(cast.bob)) == {Ability.OWN_ACCOUNT}


def test_several_roles_add_up(cast: Cast) -> None:
    both = abilities_of(hold(cast.bob, Role.AUDITOR, Role.ADMIN))
    watches = {Ability.SEE_EVERY_LOG, Ability.LODGE_CHECKPOINTS, Ability.SEE_STORE}
    assert both == {Ability.OWN_ACCOUNT, Ability.GIVE_ROLES, *watches}


def test_who_has_left_may_do_nothing_whatever_they_hold(cast: Cast) -> None:
    cast.bob.is_active = False
    cast.bob.save()
    assert (roles_of(cast.bob), abilities_of(cast.bob)) == ((), frozenset())
    assert cast.bob not in officers_who_may(Ability.SUPERVISE)


def test_giving_a_role_is_an_entry_and_giving_it_again_is_nothing(admin: Officer, cast: Cast) -> None:
    assert give_role(cast.bob, Role.TRIAGE, by=admin, clock=clock)
    assert not give_role(cast.bob, Role.TRIAGE, by=admin, clock=clock)
    entry = CustodyEntry.objects.get()
    assert (entry.verb, entry.actor, entry.record, entry.case) == ("role.given", "officer:alice", "officer:bob", "")
    assert b'"role":"triage"' in bytes(entry.canonical)
    held = RoleHeld.objects.get(officer=cast.bob)
    assert (held.role, held.given_by, held.since, held.ended_at) == ("triage", admin, moment(NOW), None)
    assert may(cast.bob, Ability.GRADE)


def test_ending_a_role_is_an_entry_and_the_row_stays(admin: Officer, cast: Cast) -> None:
    give_role(cast.bob, Role.TRIAGE, by=None, clock=clock)
    assert end_role(cast.bob, Role.TRIAGE, by=admin, clock=clock)
    assert not end_role(cast.bob, Role.TRIAGE, by=admin, clock=clock)
    assert (last_entry().verb, last_entry().actor) == ("role.ended", "officer:alice")
    held = RoleHeld.objects.get(officer=cast.bob)
    assert (held.given_by, held.ended_by, held.ended_at) == (None, admin, moment(NOW))
    assert not may(cast.bob, Ability.GRADE)
    assert give_role(cast.bob, Role.TRIAGE, by=admin, clock=clock)
    assert RoleHeld.objects.filter(officer=cast.bob).count() == 2


def test_who_may_not_give_roles_gives_none(admin: Officer, cast: Cast) -> None:
    hold(cast.charlie, *(role for role in Role if role is not Role.ADMIN))
    for act in (give_role, end_role):
        with pytest.raises(NotAllowed):
            act(admin, Role.ADMIN, by=cast.charlie)
    with pytest.raises(NotAllowed):
        everybody(cast.charlie)
    assert not CustodyEntry.objects.exists()


def test_nobody_changes_their_own_roles(admin: Officer) -> None:
    for act in (give_role, end_role):
        for role in (Role.REVIEWER, Role.ADMIN):
            with pytest.raises(NotAllowed):
                act(admin, role, by=admin)
    assert roles_of(admin) == (Role.ADMIN,)
    assert not CustodyEntry.objects.exists()


def test_a_role_is_not_held_without_its_entry(admin: Officer, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise IntegrityError

    monkeypatch.setattr("safehand.desk.officers.actions.record", refuse)
    with pytest.raises(Exception, match="could not be written"):
        give_role(cast.bob, Role.REVIEWER, by=admin)
    assert roles_of(cast.bob) == ()


def test_the_page_gives_and_ends(admin: Officer, cast: Cast) -> None:
    browser = signed_in(admin)
    assert b"No role: they may do nothing yet." in browser.get("/officers/").content
    given = browser.post("/officers/give-role", {"officer": "bob", "role": "disclosure"}, follow=True)
    assert "bob holds this role now: Disclosure." in given.content.decode()
    assert roles_of(cast.bob) == (Role.DISCLOSURE,)
    browser.post("/officers/end-role", {"officer": "bob", "role": "disclosure"})
    assert roles_of(cast.bob) == ()
    assert [entry.verb for entry in CustodyEntry.objects.all()] == ["role.given", "role.ended"]


def test_the_page_offers_no_button_for_ones_own_roles_and_takes_none(admin: Officer) -> None:
    browser = signed_in(admin)
    page = browser.get("/officers/").content.decode()
    assert 'value="alice"' not in page
    assert 'value="bob"' in page
    assert browser.post("/officers/give-role", {"officer": "alice", "role": "reviewer"}).status_code == 403
    assert roles_of(admin) == (Role.ADMIN,)


BAD: dict[str, dict[str, str]] = {
    "no such officer": {"officer": "nobody", "role": "triage"},
    "no such role": {"officer": "bob", "role": "owner"},
    "a role in other letters": {"officer": "bob", "role": "Triage"},
    "no officer": {"role": "triage"},
    "nothing": {},
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_on_the_page_is_not_there(admin: Officer, name: str) -> None:
    for verb in ("give-role", "end-role"):
        assert signed_in(admin).post(f"/officers/{verb}", BAD[name]).status_code == 404


def test_who_is_no_admin_gets_neither_the_page_nor_an_answer_of_who_there_is(admin: Officer, cast: Cast) -> None:  # noqa: ARG001
    browser = signed_in(hold(cast.charlie, Role.SUPERVISOR))
    assert browser.get("/officers/").status_code == 403
    for officer in ("bob", "nobody"):
        assert browser.post("/officers/give-role", {"officer": officer, "role": "triage"}).status_code == 403


def test_officers_of_before_go_on_as_reviewers_each_with_an_entry(cast: Cast) -> None:
    """The migration, run again over officers who hold nothing, and the later one that makes leaves of its entries."""
    for officer in cast:
        hold(officer)
    cast.charlie.is_active = False
    cast.charlie.save()
    step: Any = import_module("safehand.desk.officers.migrations.0003_as_before")
    leaves: Any = import_module("safehand.desk.custody.migrations.0003_leaves")
    triggers.take_down(connection)
    triggers.put_up(connection, "sha256")
    step.as_before(apps, None)
    triggers.take_down(connection)
    leaves.salt_those_of_before(apps, SimpleNamespace(connection=connection))
    triggers.put_up(connection)
    assert [roles_of(officer) for officer in cast] == [(Role.REVIEWER,), (Role.REVIEWER,), ()]
    assert [(entry.verb, entry.record) for entry in CustodyEntry.objects.all()] == [
        ("role.given", "officer:alice"),
        ("role.given", "officer:bob"),
    ]
    assert list(problems_of_log()) == []


def test_who_leaves_holds_no_role_any_more_and_the_log_says_so(admin: Officer, cast: Cast) -> None:
    hold(cast.bob, Role.TRIAGE, Role.AUDITOR)
    retire(cast.bob, clock=clock)
    assert not RoleHeld.objects.filter(officer=cast.bob, ended_at=None).exists()
    assert [(entry.verb, entry.actor) for entry in CustodyEntry.objects.all()] == [("role.ended", "desk:shell")] * 2
    assert roles_of(admin) == (Role.ADMIN,)


def test_what_nobody_holds_is_said_when_a_desk_starts(cast: Cast) -> None:
    assert held_by_nobody() == ()
    assert _about_roles() == []
    for officer in cast:
        hold(officer, Role.REVIEWER)
    hold(cast.bob, Role.SUPERVISOR)
    assert held_by_nobody() == (Role.ADMIN,)
    assert "desk role REFERENCE --give admin" in _about_roles()[-1]
    cast.bob.is_active = False
    cast.bob.save()
    assert held_by_nobody() == (Role.SUPERVISOR, Role.ADMIN)
    assert len(_about_roles()) == 3


def test_nobody_unknown_sees_who_there_is(client: Client, cast: Cast) -> None:  # noqa: ARG001
    assert client.get("/officers/")["Location"].startswith("/sign-in/")


def test_an_admin_without_a_second_factor_gives_no_role(admin: Officer, cast: Cast) -> None:
    take_second_factor(admin)
    browser = signed_in(admin)
    for answer in (
        browser.get("/officers/"),
        browser.post("/officers/give-role", {"officer": "bob", "role": "triage"}),
    ):
        assert answer["Location"] == "/account/second-factor/"
    assert roles_of(cast.bob) == ()
