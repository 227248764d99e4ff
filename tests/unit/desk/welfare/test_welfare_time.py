"""Time in hard material is told to the officer and to the welfare lead, and stands nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from pytest_django import Settings

from desk_cast import NOW, Cast, Ready, clock, hold, signed_in
from desk_routes import Route, routes
from reports import hidden, looked
from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.actions import give_role
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import ABILITIES_OF, Ability, Appointment, Role
from safehand.desk.welfare.actions import (
    break_due,
    choose,
    covers,
    forget_old,
    note_hard_page,
    own_time,
    put_off,
    time_of_everybody,
)
from safehand.desk.welfare.models import HardStretch
from safehand.desk.welfare.stretches import KEPT, total
from safehand.errors import NotAllowed
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

MINUTE = 60 * MICRO


def at(minutes: float) -> Clock:
    return lambda: NOW + int(minutes * MINUTE)


def read(officer: Officer, *minutes: float) -> None:
    """Pages of hard material, so many minutes after ten."""
    for each in minutes:
        note_hard_page(officer, at(each))


def minutes_of(officer: Officer, when: Clock = clock) -> float:
    return total(own_time(officer, clock=when).stretches) / timedelta(minutes=1)


# --- reckoned ---


@pytest.mark.parametrize(
    ("pages", "expected", "stretches"),
    [
        ((0,), 1, 1),
        ((0, 0), 1, 1),
        ((0, 5), 6, 1),
        ((0, 5.1), 2, 2),
        ((0, 4, 8, 12), 13, 1),
        ((0, 4, 60, 61), 7, 2),
    ],
)
def test_pages_within_five_minutes_are_one_stretch(
    cast: Cast, pages: tuple[float, ...], expected: float, stretches: int
) -> None:
    read(cast.alice, *pages)
    assert minutes_of(cast.alice) == expected
    assert HardStretch.objects.count() == stretches


def test_a_clock_that_was_set_back_takes_no_time_away(cast: Cast) -> None:
    read(cast.alice, 0, 4, 2)
    assert minutes_of(cast.alice) == 5


def test_each_officer_has_their_own(cast: Cast) -> None:
    read(cast.alice, 0, 3)
    read(cast.bob, 1)
    assert (minutes_of(cast.alice), minutes_of(cast.bob), minutes_of(cast.charlie)) == (4, 1, 0)


def test_what_is_older_than_twelve_weeks_is_not_shown_and_is_deleted(cast: Cast) -> None:
    read(cast.alice, 0)
    days = KEPT / timedelta(minutes=1)
    assert minutes_of(cast.alice, at(days)) == 1
    assert forget_old(at(days)) == 0
    assert minutes_of(cast.alice, at(days + 1)) == 0
    assert forget_old(at(days + 1)) == 1
    assert not HardStretch.objects.exists()


# --- told to whom ---


@pytest.fixture
def lead(cast: Cast) -> Officer:
    """Charlie, who is welfare lead and nothing else; Alice and Bob review."""
    hold(cast.alice, Role.REVIEWER)
    hold(cast.bob, Role.REVIEWER)
    return hold(cast.charlie, Appointment.WELFARE_LEAD)


def test_the_welfare_lead_sees_everybody_who_reads_by_reference(cast: Cast, lead: Officer) -> None:
    read(cast.bob, 0, 4)
    told = time_of_everybody(lead, clock=at(10))
    assert [(each.officer.reference, total(each.stretches)) for each in told] == [
        ("alice", timedelta()),
        ("bob", timedelta(minutes=5)),
    ]
    note_hard_page(cast.bob, lambda: NOW)
    HardStretch.objects.update(began_at=moment(NOW))
    page = signed_in(lead).get("/welfare/").content.decode()
    assert "bob" in page
    assert "alice" in page


@pytest.mark.parametrize("role", Role)
def test_no_role_sees_it_admin_supervisor_and_auditor_included(cast: Cast, role: Role) -> None:
    read(cast.alice, 0, 4)
    assert Ability.SEE_WELFARE not in ABILITIES_OF[role]
    bob = hold(cast.bob, role)
    with pytest.raises(NotAllowed):
        time_of_everybody(bob)
    browser = signed_in(bob)
    assert browser.get("/welfare/").status_code == 403
    assert ">Welfare</a>" not in browser.get("/account/").content.decode()


def test_whoever_holds_every_role_does_not_see_it(cast: Cast) -> None:
    assert signed_in(hold(cast.alice, *Role)).get("/welfare/").status_code == 403
    assert signed_in(hold(cast.alice, *Role, Appointment.WELFARE_LEAD)).get("/welfare/").status_code == 200


def test_the_welfare_lead_opens_nothing_else(ready: Ready, lead: Officer) -> None:
    browser = signed_in(lead)
    for route in routes(ready.case.reference):
        if route.of_a_case or route.path in ("/log/", "/workload/", "/officers/"):
            got = browser.get(route.path)
            assert (browser.post(route.path) if got.status_code == 405 else got).status_code in (403, 404), route


def test_an_officers_own_page_tells_nothing_of_another(cast: Cast, lead: Officer) -> None:
    read(cast.alice, 0, 4)
    own, others = (signed_in(each).get("/account/wellbeing/").content.decode() for each in (cast.alice, cast.bob))
    assert "No supervisor, auditor or admin does" in own
    assert lead.reference in own
    assert "alice" not in others


def test_nobody_appoints_themself_and_an_admin_appoints_with_an_entry(cast: Cast) -> None:
    admin, _ = hold(cast.alice, Role.ADMIN), hold(cast.bob, Role.TRIAGE)
    with pytest.raises(NotAllowed):
        give_role(admin, Appointment.WELFARE_LEAD, by=admin)
    signed_in(admin).post("/officers/give-role", {"officer": "bob", "role": "welfare_lead"})
    assert CustodyEntry.objects.latest("sequence").record == "officer:bob"
    assert signed_in(cast.bob).get("/welfare/").status_code == 200


MINUTES = 437
"""As no other number on these pages is."""


def test_it_is_in_no_custody_entry_no_log_line_and_on_no_other_page(
    ready: Ready, lead: Officer, caplog: pytest.LogCaptureFixture
) -> None:
    began = moment(NOW)
    HardStretch.objects.create(officer=ready.cast.alice, began_at=began, last_at=began + timedelta(minutes=MINUTES - 1))
    supervisor = hold(ready.cast.bob, *Role)
    with caplog.at_level(logging.DEBUG):
        note_hard_page(ready.cast.alice, at(MINUTES - 1))
        browser = signed_in(supervisor)
        every = routes(ready.case.reference)
        pages = [browser.get(_asked(route)).content.decode() for route in every if "sign-out" not in route.path]
        before = CustodyEntry.objects.count()
        signed_in(lead).get("/welfare/")
        assert CustodyEntry.objects.count() == before, "to look is no entry"
    said = ("7 hours 17 minutes", str(MINUTES), "hard_page", "stretch")
    entries = b"".join(bytes(entry.canonical) for entry in CustodyEntry.objects.all()).decode()
    for words in said[:1] + said[2:]:
        assert words not in entries
    assert [line for line in caplog.messages if "7 hours" in line or ("welfare" in line and "403" not in line)] == []
    assert not [page for page in pages if "7 hours 17 minutes" in page]
    assert len(pages) > 40


def _asked(route: Route) -> str:
    return route.path + ("?purpose=lawfulness" if route.path.endswith(("/who-saw-what/", "/log/")) else "")


def test_no_case_and_no_message_is_kept_with_it() -> None:
    columns = {
        column.name for column in connection.introspection.get_table_description(_cursor(), "welfare_hardstretch")
    }
    assert columns == {"id", "officer_id", "began_at", "last_at"}


def _cursor() -> CursorWrapper:
    return connection.cursor()


# --- a break ---


def go_on(officer: Officer, until: int, begin: int = 0) -> None:
    read(officer, *range(begin, until + 1, 4))


def test_a_break_is_offered_after_forty_five_minutes_and_not_before(cast: Cast) -> None:
    go_on(cast.alice, 40)
    assert break_due(cast.alice, clock=at(41)) is None
    read(cast.alice, 44)
    assert break_due(cast.alice, clock=at(44)) == timedelta(minutes=45)
    assert break_due(cast.bob, clock=at(44)) is None


def test_a_quarter_of_an_hour_without_is_a_break(cast: Cast) -> None:
    go_on(cast.alice, 60)
    assert break_due(cast.alice, clock=at(60 + 14)) is not None
    assert break_due(cast.alice, clock=at(60 + 15)) is None
    read(cast.alice, 60 + 16)
    assert break_due(cast.alice, clock=at(60 + 16)) is None


def test_put_off_it_is_offered_again_after_as_long_once_more(cast: Cast) -> None:
    go_on(cast.alice, 44)
    put_off(cast.alice, clock=at(44))
    assert break_due(cast.alice, clock=at(44)) is None
    go_on(cast.alice, 84, begin=48)
    assert break_due(cast.alice, clock=at(84)) is None
    go_on(cast.alice, 88, begin=88)
    assert break_due(cast.alice, clock=at(88)) == timedelta(minutes=89), "all of it is told"


def test_a_unit_sets_other_minutes_and_an_officer_does_without(cast: Cast, settings: Settings) -> None:
    go_on(cast.alice, 44)
    settings.BREAK_AFTER = timedelta(minutes=46)
    assert break_due(cast.alice, clock=at(44)) is None
    settings.BREAK_AFTER = timedelta(minutes=45)
    assert break_due(cast.alice, clock=at(44)) is not None
    choose(cast.alice, covers=True, reminds=False)
    assert break_due(cast.alice, clock=at(44)) is None


@pytest.fixture
def long_read(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Alice's browser, after 45 minutes."""
    monkeypatch.setattr("safehand.desk.welfare.context.break_due", lambda _: timedelta(minutes=45))
    return signed_in(ready.cast.alice)


def test_the_line_stands_on_pages_of_a_case_and_blocks_nothing(ready: Ready, long_read: Client) -> None:
    case = f"/cases/{ready.case.reference}/"
    for path in ("conversations/", "conversations/1/", "triage/", "search/"):
        answer = long_read.get(case + path)
        assert answer.status_code == 200
        assert "hard material for 45 minutes without a break" in answer.content.decode(), path
    looked()
    seen = hidden(long_read.get(f"{case}triage/").content.decode(), "seen")
    assert long_read.post(f"{case}triage/", {"grade": "priority", "reason": "Rang", **seen}).status_code == 302
    for path in ("/inbox/", "/account/", "/hand-in/"):
        assert "without a break" not in long_read.get(path).content.decode(), path


def test_not_now_leads_back_to_where_they_were_and_to_no_other_site(ready: Ready) -> None:
    browser, here = signed_in(ready.cast.alice), f"/cases/{ready.case.reference}/conversations/1/"
    assert browser.post("/account/wellbeing/put-off", {"next": here})["Location"] == here
    away = browser.post("/account/wellbeing/put-off", {"next": "https://elsewhere.example/"})
    assert away["Location"] == "/account/wellbeing/"
    assert browser.get("/account/wellbeing/put-off").status_code == 405
    assert not CustodyEntry.objects.exists()


# --- what an officer chooses ---


def test_hard_material_is_covered_until_an_officer_chooses_otherwise(cast: Cast) -> None:
    browser = signed_in(cast.alice)
    assert covers(cast.alice)
    assert browser.get("/account/wellbeing/").content.decode().count(" checked") == 2
    assert browser.post("/account/wellbeing/", {"chosen": ["reminds"]})["Location"] == "/account/wellbeing/"
    assert not covers(cast.alice)
    assert covers(cast.bob)
    assert browser.get("/account/wellbeing/").content.decode().count(" checked") == 1
    browser.post("/account/wellbeing/", {"chosen": ["covers", "reminds"]})
    assert covers(cast.alice)


def test_what_is_no_choice_is_refused(cast: Cast) -> None:
    answer = signed_in(cast.alice).post("/account/wellbeing/", {"chosen": ["everything"]})
    assert answer.status_code == 400
    assert covers(cast.alice)


@pytest.mark.parametrize("ask", [lambda _: "/account/wellbeing/", lambda _: "/welfare/"])
def test_nobody_unknown_gets_the_pages(client: Client, ask: Callable[[object], str]) -> None:
    assert client.get(ask(None))["Location"].startswith("/sign-in/")
