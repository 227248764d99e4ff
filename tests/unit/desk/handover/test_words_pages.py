"""The pages of words: dated, honest when they fail, and the way out of them."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from desk_cast import A_PACKAGE, Cast, signed_in
from safehand.desk.core import say
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.desk_seen import see_desk
from safehand.desk.handover.models import ParcelKind
from safehand.desk.handover.views.danger import ELSEWHERE
from safehand.seal.holder_words import STALE_AFTER, WORDS, checked_on

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("desk_state")
def test_each_page_says_who_runs_it_or_how_to_reach_them(client: Client) -> None:
    assert b"Allotment Road Unit" in client.get("/report/").content
    assert b"Allotment Road Unit" in client.get("/report/privacy/").content
    assert b"{unit}" not in client.get("/report/help/").content


@pytest.mark.usefixtures("desk_state")
def test_before_a_chat_is_locked_it_is_said_when_it_cannot_be_sent_or_the_desk_is_away(
    client: Client, settings: Settings
) -> None:
    """And never that there is a fault: what was locked can be brought another way, and a notice can still be sent."""

    def said() -> str:
        page = client.get("/report/next/")
        assert page.status_code == 200
        assert b"Lock and send a chat" in page.content
        text = html.unescape(page.content.decode())
        return text.partition('role="note">')[2].partition("</div>")[0]

    cache.clear()
    assert "has not looked in for a while" in said()
    see_desk()
    assert said() == ""
    settings.MOST_WAITING = 1
    keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([A_PACKAGE]))
    assert "We cannot take a chat here just now" in said()
    assert 'href="tel:101"' in said()
    cache.clear()


@pytest.mark.usefixtures("desk_state")
def test_a_database_that_cannot_be_asked_is_no_reason_to_show_no_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("safehand.desk.handover.room.waits_here", broken)
    assert "We cannot take a chat here just now" in client.get("/report/next/").content.decode()


LISTS = {
    "/report/help/": (("Numbers checked on", WORDS.support), ("All of this was checked on", WORDS.routes)),
    "/report/other-ways/": (("All of this was checked on", WORDS.routes),),
}
"""What is dated on a page: a line for each list."""

TODAY = "safehand.desk.handover.templatetags.words.localdate"


@pytest.mark.usefixtures("desk_state")
@pytest.mark.parametrize("path", LISTS)
def test_a_list_says_once_when_it_was_looked_up_and_that_is_the_oldest_day_in_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    lists = LISTS[path]
    monkeypatch.setattr(TODAY, lambda: max(checked_on(dated) for _, dated in lists))
    page = html.unescape(client.get(path).content.decode())
    for line, dated in lists:
        assert page.count(f"{line} {say.day(checked_on(dated))}.") == 1
        assert all(one.checked >= checked_on(dated) for one in dated)
        assert any(one.checked == checked_on(dated) for one in dated)
    assert page.count(" checked on ") == len(lists)
    assert "check for changes" not in page


@pytest.mark.usefixtures("desk_state")
@pytest.mark.parametrize("path", LISTS)
def test_a_list_that_was_looked_up_long_ago_says_to_check_for_changes(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    newest = max(checked_on(dated) for _, dated in LISTS[path])
    monkeypatch.setattr(TODAY, lambda: newest + timedelta(days=STALE_AFTER + 1))
    assert client.get(path).content.count(b"check for changes") == len(LISTS[path])


@pytest.mark.usefixtures("desk_state")
def test_a_number_to_ring_and_each_route_stand_on_the_page_of_help(client: Client) -> None:
    page = client.get("/report/help/").content.decode()
    for one in WORDS.support:
        assert one.phone in page
    for route in WORDS.routes:
        assert f'id="route-{route.id}"' in page, "what the law may ask of some stands there, too"
        assert route.source in page


@pytest.mark.usefixtures("desk_state")
@pytest.mark.parametrize("path", ["/report/nowhere/", "/report/urgent/state/", "/report/urgent/%00"])
def test_an_address_that_is_not_there_speaks_of_999_and_of_no_case(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"tel:999" in answer.content
    assert b"case" not in answer.content
    assert b"inbox" not in answer.content


@pytest.mark.usefixtures("desk_state")
def test_a_fault_speaks_of_999_and_says_that_nothing_may_have_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault() -> date:
        raise RuntimeError("the allotment")

    monkeypatch.setattr(TODAY, fault)
    answer = Client(raise_request_exception=False).get("/report/help/")
    assert answer.status_code == 500
    assert b"tel:999" in answer.content
    assert b"allotment" not in answer.content


NOT_TAKEN = {
    "403": ("refused", PermissionDenied("the allotment"), 403),
    "413": ("too-big", RequestDataTooBig("the allotment"), 413),
    "cannot write": ("not-kept", OperationalError("the allotment"), 503),
}


@pytest.mark.usefixtures("desk_state")
@pytest.mark.parametrize("how", NOT_TAKEN)
def test_what_is_not_taken_has_a_page_that_says_that_nothing_is_lost_and_how_else_to_bring_it(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    name, error, status = NOT_TAKEN[how]

    def refuse() -> date:
        raise error

    monkeypatch.setattr(TODAY, refuse)
    answer = Client(raise_request_exception=False).get("/report/help/")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{WORDS.pages[name].title}</h1>' in page
    for said in ("tel:999", "tel:101", "Nothing is lost.", "If you have a locked file, keep it.", "another way"):
        assert said in page, said
    assert "allotment" not in page
    assert not answer.cookies


@pytest.mark.usefixtures("desk_state")
def test_a_form_that_is_too_big_is_told_apart_from_an_address_that_is_not_there(client: Client) -> None:
    cache.clear()
    answer = client.post("/report/urgent/", {"caller_name": "a" * 300_000})
    assert answer.status_code == 413
    assert WORDS.pages["too-big"].title in answer.content.decode()
    assert client.post("/report/urgent/", {"caller_name": "a" * 30_000}).status_code == 400
    assert client.post("/sign-in/", {"login": "a" * 300_000}).status_code == 400, "the desk's own page is as it was"


@pytest.mark.usefixtures("desk_state")
def test_a_form_that_makes_no_sense_speaks_of_999_too(client: Client) -> None:
    cache.clear()
    answer = client.post("/report/urgent/", {f"field{number}": "x" for number in range(200)})
    assert answer.status_code == 400
    assert b"tel:999" in answer.content


def test_the_way_out_ends_any_session_and_leads_elsewhere(cast: Cast) -> None:
    browser = signed_in(cast.alice)
    assert browser.get("/inbox/").status_code == 200
    answer = browser.get("/report/exit/")
    assert (answer.status_code, answer["Location"]) == (302, ELSEWHERE)
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer["Referrer-Policy"] == "same-origin"
    assert browser.get("/inbox/").status_code == 302


@pytest.mark.usefixtures("desk_state")
def test_an_answer_to_the_first_question_leads_on_and_stands_in_no_address(client: Client) -> None:
    for answer, place in (("yes", "danger/now/"), ("not_sure", "danger/not-sure/"), ("no", "leave/")):
        led = client.post("/report/danger/", {"danger": answer})
        assert (led.status_code, led["Location"]) == (302, f"/report/{place}")
        assert not led.cookies
    for wrong in ({}, {"danger": "perhaps"}):
        assert client.post("/report/danger/", wrong).status_code == 400
