"""The log of the whole desk: an auditor sees who saw what, of every case, and no message."""

from __future__ import annotations

import pytest
from django.test import Client

from desk_cast import NAMES, WORDS, Ready, clock, hold, signed_in, spelled_rightly
from safehand.desk.cases.opening import case_file_path
from safehand.desk.custody.acts import Purpose
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.actions import give_role
from safehand.desk.officers.roles import Role
from safehand.desk.review.actions import read_page, search
from safehand.desk.review.every_entry import ENTRIES, every_entry
from safehand.errors import NotAllowed

pytestmark = pytest.mark.django_db

ASKED = {"purpose": "lawfulness", "asked": "1"}


@pytest.fixture
def seen(ready: Ready) -> Ready:
    """Bob read and searched; the shell gave him a role; Charlie is auditor, on no case."""
    spelled_rightly(ready)
    give_role(hold(ready.cast.bob, Role.REVIEWER), Role.DISCLOSURE, by=None, clock=clock)
    read_page(ready.cast.bob, ready.case, 1, clock=clock)
    search(ready.cast.bob, ready.case, "seed", clock=clock)
    hold(ready.cast.charlie, Role.AUDITOR)
    return ready


def test_an_auditor_sees_who_saw_what_of_cases_they_are_not_on(seen: Ready) -> None:
    page = signed_in(seen.cast.charlie).get("/log/", ASKED).content.decode()
    for words in ("Read messages", "Searched the messages", "Gave an officer a role", "as disclosure", "bob"):
        assert words in page, words
    assert seen.case.reference in page


def test_no_word_of_a_message_and_no_name_stands_there_and_no_case_file_is_opened(seen: Ready) -> None:
    case_file_path(seen.case).unlink()
    page = signed_in(seen.cast.charlie).get("/log/", ASKED).content.decode()
    for secret in (*NAMES, *WORDS, "seed"):
        assert secret not in page


def test_to_look_is_an_entry_with_its_purpose(seen: Ready) -> None:
    signed_in(seen.cast.charlie).get("/log/", {**ASKED, "case": seen.case.reference})
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.case) == ("log.shown", "officer:charlie", seen.case.reference)
    assert entry.reason == "lawfulness"


def test_without_a_purpose_nothing_is_shown_and_nothing_is_entered(seen: Ready) -> None:
    before = CustodyEntry.objects.count()
    browser = signed_in(seen.cast.charlie)
    assert b"Read messages" not in browser.get("/log/").content
    for wrong in ({"asked": "1"}, {"purpose": "curiosity"}, {**ASKED, "case": "the shed"}):
        answer = browser.get("/log/", wrong)
        assert answer.status_code == 400, wrong
        assert b"Read messages" not in answer.content
    assert CustodyEntry.objects.count() == before


def test_of_one_case_there_is_nothing_of_the_others(seen: Ready) -> None:
    page = signed_in(seen.cast.charlie).get("/log/", {**ASKED, "case": seen.case.reference.lower()}).content.decode()
    assert "Read messages" in page
    assert "Gave an officer a role" not in page


def test_of_a_case_that_is_not_there_it_says_so(seen: Ready) -> None:
    page = signed_in(seen.cast.charlie).get("/log/", {**ASKED, "case": "SH-000000000"}).content.decode()
    assert "There is no entry of a case of this reference." in page


def test_a_long_log_comes_in_pages(seen: Ready) -> None:
    for _ in range(ENTRIES):
        every_entry(seen.cast.charlie, Purpose.INTEGRITY, clock=clock)
    page = every_entry(seen.cast.charlie, Purpose.INTEGRITY, clock=clock)
    assert (len(page.entries), page.more) == (ENTRIES, 4)
    rest = every_entry(seen.cast.charlie, Purpose.INTEGRITY, before=page.more, clock=clock)
    assert ([row.sequence for row in rest.entries], rest.more) == ([3, 2, 1], None)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.SUPERVISOR)])
def test_no_other_role_sees_it(seen: Ready, role: Role) -> None:
    charlie = hold(seen.cast.charlie, role)
    with pytest.raises(NotAllowed):
        every_entry(charlie, Purpose.LAWFULNESS)
    assert signed_in(charlie).get("/log/", ASKED).status_code == 403


def test_an_auditor_gets_no_page_of_a_case(seen: Ready) -> None:
    assert signed_in(seen.cast.charlie).get(f"/cases/{seen.case.reference}/conversations/").status_code == 403


def test_nobody_unknown_sees_it(client: Client) -> None:
    assert client.get("/log/", ASKED)["Location"].startswith("/sign-in/")
