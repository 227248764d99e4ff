"""Roles by routes: every page of the desk, in every role, on the case and not on it. Generated from the URL table.

What each gets is worked out by ``routes_by_roles.answer`` and asked of the desk itself; the guide prints the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

import safehand.desk.urls
from desk_cast import Cast, Ready, hold, signed_in
from desk_routes import Route, path_of
from safehand.desk.cases import opening
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.asking import needed_by, needs
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import ABILITIES_OF, HELD, Ability, Appointment, Held, Role
from safehand.desk.review import actions as review
from safehand.desk.routes_by_roles import Answer, DeskPage, answer, desk_pages, put_into
from safehand.errors import NotAllowed


def forgotten(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A view on which nothing stands."""
    return HttpResponse("here")


handler403 = safehand.desk.urls.handler403
urlpatterns = [*safehand.desk.urls.urlpatterns, path("forgotten/", forgotten, name="forgotten")]
"""The desk's addresses and one more, for the test of that."""

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "roles.md"

ROLES: list[tuple[Held, ...]] = [(), *((held,) for held in HELD)]


def test_every_page_of_the_desk_says_what_it_needs() -> None:
    assert [page.path for page in desk_pages() if page.needs is None] == []
    assert len(desk_pages()) >= 25
    assert sum(page.of_a_case for page in desk_pages()) >= 12


def test_every_page_in_every_role_on_the_case_and_not_answers_as_the_table_says(
    all_routes: list[Route], ready: Ready
) -> None:
    """The whole matrix, in one test: some eight hundred answers."""
    assert all_routes
    both = ((ready.cast.bob, True), (ready.cast.charlie, False))
    browsers = {officer.pk: signed_in(officer) for officer, _ in both}
    asked = 0
    for roles in ROLES:
        for officer, on_the_case in both:
            hold(officer, *roles)
            for page in desk_pages():
                if page.name in _LEAVES:
                    continue
                expected = answer(page, roles, on_the_case=on_the_case)
                _ask(browsers[officer.pk], page, path_of(page.path, ready.case.reference), expected, roles)
                asked += 1
    assert asked >= 2 * len(ROLES) * 25


_LEAVES = {"officers:sign_out", "account_logout"}
"""Ends the session; asked about in test_desk_sign_in.py."""


def _ask(browser: Client, page: DeskPage, where: str, expected: Answer, roles: tuple[Held, ...]) -> None:
    got = browser.get(where)
    about = (page.path, roles, expected, got.status_code)
    match expected:
        case Answer.LETS_IN:
            assert got.status_code in (200, 302, 405), about
        case Answer.REFUSES:
            assert got.status_code == 403, about
            assert b"You may not do this" in got.content, about
        case Answer.LEADS_ON:
            assert got.status_code == 302, about
        case Answer.KNOWS_NO_CASE:
            # What only takes a form says so to anybody, and knows no case when it is sent one.
            got = browser.post(where) if got.status_code == 405 else got
            assert got.status_code == 404, about


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: roles[0].value if roles else "none")
def test_a_form_is_refused_where_the_page_is(all_routes: list[Route], ready: Ready, roles: tuple[Held, ...]) -> None:
    assert all_routes
    browser = signed_in(hold(ready.cast.bob, *roles))
    before = CustodyEntry.objects.count()
    for page in desk_pages():
        if page.name not in _LEAVES and answer(page, roles, on_the_case=True) is Answer.REFUSES:
            assert browser.post(path_of(page.path, ready.case.reference)).status_code == 403, page
    assert CustodyEntry.objects.count() == before


def test_a_refusal_is_the_same_for_a_case_that_is_not_there(ready: Ready) -> None:
    browser = signed_in(hold(ready.cast.bob, Role.TRIAGE))
    there = browser.get(f"/cases/{ready.case.reference}/conversations/")
    missing = browser.get("/cases/SH-000000000/conversations/")
    assert (there.status_code, missing.status_code) == (403, 403)
    assert there.content == missing.content


def test_a_page_that_was_forgotten_is_shown_to_nobody(cast: Cast, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert signed_in(cast.alice).get("/forgotten/").status_code == 403
    assert [page.path for page in desk_pages() if page.needs is None] == ["/forgotten/"]


def test_what_a_view_needs_is_read_off_it_and_nothing_else_is() -> None:
    assert needed_by(needs(Ability.GRADE)(lambda: None)) is Ability.GRADE
    assert needed_by(lambda: None) is None


# --- triage never opens the text of a chat (domain.md F6.7) ---


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The references of cases whose key was asked for."""
    asked: list[str] = []

    def case_key(case: object) -> bytes:
        asked.append(str(case))
        raise AssertionError("the key of a case file was asked for")

    monkeypatch.setattr(opening, "case_key", case_key)
    return asked


NEVER_READ = [role for role in HELD if Ability.READ_MESSAGES not in ABILITIES_OF[role]]


@pytest.mark.parametrize("role", NEVER_READ)
def test_on_the_case_and_whatever_they_ask_for_no_case_file_is_opened(
    all_routes: list[Route], ready: Ready, no_key: list[str], role: Held
) -> None:
    browser = signed_in(hold(ready.cast.bob, role))
    for route in all_routes:
        if route.of_a_case or route.path.startswith("/inbox"):
            browser.get(route.path)
            browser.post(route.path, {"words": "seed", "message": "1", "purpose": "lawfulness"})
    assert no_key == []


def test_the_actions_refuse_triage_by_themselves(ready: Ready, no_key: list[str]) -> None:
    """Whoever calls them, and from wherever: no view has to remember it."""
    bob, case = hold(ready.cast.bob, Role.TRIAGE), ready.case
    for ask in (
        lambda: review.list_conversations(bob, case),
        lambda: review.read_page(bob, case, 1),
        lambda: review.search(bob, case, "seed"),
        lambda: review.view_original(bob, case, 1, 1),
        lambda: review.list_files(bob, case),
        lambda: review.view_evidence(bob, case),
    ):
        with pytest.raises(NotAllowed, match="read the messages"):
            ask()
    assert no_key == []
    assert not CustodyEntry.objects.exists()


def test_the_key_is_seen_to_be_asked_for_by_who_reads(ready: Ready, no_key: list[str]) -> None:
    """The near miss: without it the tests above could not fail."""
    with pytest.raises(AssertionError, match="was asked for"):
        review.list_conversations(hold(ready.cast.bob, Role.REVIEWER), ready.case)
    assert no_key == [ready.case.reference]


def test_triage_sees_the_report_and_no_word_of_the_chat(ready: Ready) -> None:
    page = signed_in(hold(ready.cast.bob, Role.TRIAGE)).get(f"/cases/{ready.case.reference}/report/")
    assert page.status_code == 200
    assert "Read the conversations" not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (Role.ADMIN, "/officers/"),
        (Role.CUSTODIAN, "/retention/"),
        (Role.AUDITOR, "/log/"),
        (Appointment.WELFARE_LEAD, "/welfare/"),
    ],
)
def test_who_has_no_inbox_is_led_to_a_page_of_their_own(cast: Cast, role: Held, leads_to: str) -> None:
    browser = signed_in(hold(cast.bob, role))
    assert browser.get("/inbox/")["Location"] == leads_to
    page = browser.get(leads_to).content.decode()
    assert ">Inbox</a>" not in page
    assert "Hand in a package" not in page


def test_a_role_that_ends_ends_with_the_next_page(ready: Ready) -> None:
    bob: Officer = hold(ready.cast.bob, Role.REVIEWER)
    browser, where = signed_in(bob), f"/cases/{ready.case.reference}/conversations/1/"
    assert browser.get(where).status_code == 200
    hold(bob, Role.TRIAGE)
    assert browser.get(where).status_code == 403


# --- the guide ---


def test_the_guide_is_what_the_code_prints() -> None:
    """scripts/roles prints it anew."""
    assert put_into(GUIDE.read_text()) == GUIDE.read_text()
