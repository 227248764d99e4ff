"""A session: made anew at the door, half an hour without a press, a shift in all, over when it is over."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from desk_cast import PASSWORD, SECRET, Cast, Ready
from desk_door import code, password
from safehand.desk.officers.actions import add_officer
from safehand.desk.officers.staying import IDLE

SHIFT = 8 * 3600


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """What the clock shows is moved on."""
    begun = time.time()

    def move(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: begun + seconds)

    return move


def came_in(browser: Client) -> Client:
    password(browser)
    browser.post("/sign-in/code/", {"code": code()})
    assert browser.get("/inbox/").status_code == 200
    return browser


def asked_for_a_code(browser: Client, path: str = "/inbox/") -> bool:
    answer = browser.get(path)
    return answer.status_code == 302 and answer["Location"].startswith("/account/confirm/?next=")


@pytest.mark.usefixtures("cast")
def test_after_half_an_hour_without_a_press_a_code_is_asked_for_and_the_page_comes_next(
    client: Client, later: Callable[[float], None]
) -> None:
    came_in(client)
    later(IDLE - 5)
    assert client.get("/hand-in/").status_code == 200
    later(2 * IDLE)
    assert asked_for_a_code(client, "/hand-in/?part=2")
    assert client.post("/hand-in/")["Location"] == "/account/confirm/?next=%2Finbox%2F", "a form is not sent again"
    led = client.get("/hand-in/?part=2")["Location"]
    assert client.get(led).status_code == 200
    assert client.post(led, {"code": "000000"}).status_code == 200
    assert asked_for_a_code(client), "a wrong code opens nothing"
    assert client.post(led, {"code": code()})["Location"] == "/hand-in/?part=2"
    assert client.get("/hand-in/").status_code == 200


@pytest.mark.usefixtures("cast")
def test_who_goes_on_working_is_not_asked_and_goes_when_the_shift_is_over(
    client: Client, later: Callable[[float], None]
) -> None:
    came_in(client)
    for minute in range(10, SHIFT // 60, 25):
        later(minute * 60)
        assert client.get("/inbox/").status_code == 200, minute
    session = client.cookies["safehand_session"].value
    later(SHIFT + 60)
    assert client.get("/inbox/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(session_key=session).exists()


def test_an_inbox_that_stands_open_keeps_nobody_in_and_goes_on_telling_of_notices(
    client: Client, ready: Ready, later: Callable[[float], None]
) -> None:
    came_in(client)
    for second in range(60, 2 * IDLE, 300):
        later(second)
        assert client.get("/inbox/waiting").json() == {"waiting": [], "alarms": []}
        assert client.get(f"/cases/{ready.case.reference}/report/progress").status_code == 200
    assert asked_for_a_code(client)
    assert asked_for_a_code(client, f"/cases/{ready.case.reference}/conversations/1/")
    later(SHIFT + 60)
    assert client.get("/inbox/waiting").status_code == 302


@pytest.mark.usefixtures("cast")
def test_whoever_has_no_second_factor_yet_begins_again_after_half_an_hour(
    client: Client, later: Callable[[float], None]
) -> None:
    add_officer("dana", "D. Moreau", PASSWORD)
    password(client, "dana")
    assert client.get("/account/second-factor/").status_code == 200
    later(IDLE + 60)
    assert client.get("/account/second-factor/")["Location"] == "/sign-in/"


@pytest.mark.usefixtures("cast")
def test_an_idle_officer_can_leave_and_a_holder_on_the_same_computer_is_asked_nothing(
    client: Client, later: Callable[[float], None]
) -> None:
    came_in(client)
    later(IDLE + 60)
    assert client.get("/report/").status_code == 200
    assert client.get("/sign-out/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


@pytest.mark.usefixtures("cast")
def test_a_session_is_another_once_somebody_has_signed_in(client: Client) -> None:
    """Session fixation: a number that was there before the password is worth nothing after it."""
    password(client)
    before = client.cookies["safehand_session"].value
    client.post("/sign-in/code/", {"code": code()})
    after = client.cookies["safehand_session"].value
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()
    other = Client()
    other.cookies["safehand_session"] = before
    assert other.get("/inbox/").status_code == 302


@pytest.mark.usefixtures("cast")
def test_a_session_that_was_left_is_worth_nothing_to_who_kept_its_number(client: Client) -> None:
    came_in(client)
    kept = client.cookies["safehand_session"].value
    client.post("/sign-out/")
    other = Client()
    other.cookies["safehand_session"] = kept
    assert other.get("/inbox/").status_code == 302
    assert not Session.objects.filter(session_key=kept).exists()


@pytest.mark.usefixtures("cast")
def test_another_password_ends_every_other_session(client: Client) -> None:
    came_in(client)
    elsewhere = Client()
    password(elsewhere)
    codes = elsewhere.post("/sign-in/code/", {"code": code(steps=1)})
    assert codes["Location"] == "/inbox/"
    assert elsewhere.get("/inbox/").status_code == 200
    new = "early purple sprouting"
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", given).status_code == 302
    assert client.get("/inbox/").status_code == 200
    assert elsewhere.get("/inbox/").status_code == 302


@pytest.mark.usefixtures("cast")
def test_numbers_of_sessions_are_drawn_and_no_two_are_alike() -> None:
    drawn = set()
    for _ in range(20):
        browser = Client()
        password(browser)
        drawn.add(browser.cookies["safehand_session"].value)
    assert len(drawn) == 20
    assert all(len(each) == 32 and each.isalnum() for each in drawn), "36 to the power of 32 is more than 160 bits"


def test_an_officer_who_left_is_out_at_once(client: Client, cast: Cast) -> None:
    came_in(client)
    cast.alice.is_active = False
    cast.alice.save()
    assert client.get("/inbox/").status_code == 302
    assert SECRET not in client.get("/sign-in/").content.decode()
