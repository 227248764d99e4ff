"""One process, or two machines: each role answers its own addresses and refuses to hold the other's keys."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from safehand.desk.core.state import State
from safehand.desk.settings.roles import Role
from safehand.desk.urls import addresses
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db


def take(settings: Settings, role: Role) -> Client:
    """A browser at a process of this role."""
    module = ModuleType("addresses")
    module.__dict__["urlpatterns"] = addresses(role)
    settings.ROLE = role
    settings.ROOT_URLCONF = module
    return Client()


def problems() -> set[str]:
    return {str(problem.id).removeprefix("safehand.") for problem in run_checks() if problem.level >= 40}


@pytest.mark.usefixtures("desk_state")
def test_a_public_node_has_pages_for_holders_and_none_for_officers(settings: Settings) -> None:
    browser = take(settings, Role.HANDOVER)
    page = browser.get("/", follow=True)
    assert page.redirect_chain == [("/report/", 302)]
    assert page.status_code == 200
    assert b"officers" not in page.content
    for path in ("/sign-in/", "/inbox/", "/hand-in/", "/account/", "/cases/SH-7K3M9QXA1/report/"):
        assert browser.get(path).status_code == 404, path


@pytest.mark.usefixtures("desk_state")
def test_a_desk_apart_has_none_for_holders(settings: Settings) -> None:
    browser = take(settings, Role.DESK)
    assert browser.get("/report/").status_code == 404
    assert browser.get("/")["Location"] == "/inbox/"
    assert browser.get("/sign-in/").status_code == 200


def test_a_public_node_starts_without_the_desks_secret_keys_and_not_with_one(
    desk_state: State, settings: Settings
) -> None:
    settings.IS_SHIPPED = True
    settings.ROLE = Role.HANDOVER
    assert "E010" in problems()
    for path in desk_state.keys.iterdir():
        if path.name != "desk.pub":
            path.unlink()
    assert not {"E003", "E010"} & problems()
    settings.ROLE = Role.BOTH
    assert "E003" in problems()


def test_a_role_nobody_knows_is_refused() -> None:
    assert Role.parse("") is Role.BOTH
    with pytest.raises(UsageError):
        Role.parse("door")
