"""Roles are looked up once for a page that only shows, and anew by whatever changes something."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk_cast import Cast, Ready, hold
from safehand.desk.officers.actions import end_role
from safehand.desk.officers.holding import ask_once, may
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import Ability, Role

pytestmark = pytest.mark.django_db


def looked_up(queries: CaptureQueriesContext, officer: Officer) -> int:
    """How often the roles of this officer were asked for."""
    of = f'"{RoleHeld._meta.db_table}"."officer_id" = {officer.pk}'
    return sum(of in each["sql"] and "role" in each["sql"] and "ended_at" in each["sql"] for each in queries)


@pytest.mark.parametrize(
    "page", ["/inbox/", "/cases/{}/conversations/", "/cases/{}/points/", "/cases/{}/conversations/1/"]
)
def test_a_page_that_only_shows_looks_once(ready: Ready, as_alice: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = as_alice.get(page.format(ready.case.reference))
    assert answer.status_code == 200
    assert looked_up(queries, ready.cast.alice) == 1


def test_an_act_asks_anew(ready: Ready, as_alice: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        said = {"what": "meeting", "reason": "to see what is here"}
        assert as_alice.post(f"/cases/{ready.case.reference}/points/", said).status_code == 302
    assert looked_up(queries, ready.cast.alice) > 1, "for the page, and by the act itself"


def test_a_role_that_was_ended_opens_no_further_page(ready: Ready, as_alice: Client) -> None:
    page = f"/cases/{ready.case.reference}/points/"
    assert as_alice.get(page).status_code == 200
    hold(ready.cast.alice, Role.TRIAGE)
    assert as_alice.get(page).status_code == 403
    hold(ready.cast.alice, Role.REVIEWER)
    assert as_alice.get(page).status_code == 200


def test_only_that_object_keeps_what_was_found(cast: Cast) -> None:
    alice = hold(cast.alice, Role.REVIEWER)
    ask_once(alice)
    end_role(alice, Role.REVIEWER, by=None)
    again = Officer.objects.get(pk=alice.pk)
    assert may(alice, Ability.READ_MESSAGES)
    assert not may(again, Ability.READ_MESSAGES)
    again.is_active = False
    ask_once(again)
    assert not may(again, Ability.OWN_ACCOUNT)
