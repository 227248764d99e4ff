"""Signing in: a reference and a password, then a second factor, and nothing before both."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client

from desk_cast import PASSWORD, Cast, hold
from desk_door import code, password
from safehand.desk.core.state import State
from safehand.desk.officers.actions import add_officer, find_officer, recovery_codes_left, take_second_factor
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.errors import CheckFailed, NotAllowed, UsageError


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def is_in(browser: Client) -> bool:
    return browser.get("/inbox/").status_code == 200


@pytest.mark.usefixtures("cast")
def test_both_factors_lead_to_the_inbox(client: Client) -> None:
    answer = password(client)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/")
    assert not is_in(client), "a password alone opens nothing"
    assert client.get("/sign-in/code/").status_code == 200
    answer = client.post("/sign-in/code/", {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert is_in(client)


@pytest.mark.usefixtures("cast")
def test_after_both_the_page_that_was_asked_for_is_shown(client: Client) -> None:
    answer = client.get("/hand-in/")
    assert answer["Location"] == "/sign-in/?next=/hand-in/"
    client.post(answer["Location"], {"login": "alice", "password": PASSWORD, "next": "/hand-in/"})
    answer = client.post("/sign-in/code/", {"code": code()})
    assert answer["Location"] == "/hand-in/"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_page_elsewhere_is_never_where_it_leads(client: Client, elsewhere: str) -> None:
    password(client, next=elsewhere)
    answer = client.post("/sign-in/code/", {"code": code()})
    assert answer["Location"] == "/inbox/"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(("reference", "given"), [("alice", "wrong"), ("nobody", PASSWORD), ("charlie", "")])
def test_a_wrong_reference_and_a_wrong_password_look_the_same(client: Client, reference: str, given: str) -> None:
    answer = password(client, reference, given)
    assert answer.status_code == 200
    assert not is_in(client)
    if given:
        assert answer.context["form"].non_field_errors() == ["The reference or the password is not right."]


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("wrong", ["000000", "", "12345", code("A" * 32), "1" * 200])
def test_a_wrong_code_opens_nothing(client: Client, wrong: str) -> None:
    password(client)
    assert client.post("/sign-in/code/", {"code": wrong}).status_code == 200
    assert not is_in(client)


def test_a_code_works_once(client: Client, cast: Cast) -> None:
    now = code()
    password(client)
    client.post("/sign-in/code/", {"code": now})
    assert is_in(client)
    second = Client()
    password(second)
    second.post("/sign-in/code/", {"code": now})
    assert not is_in(second)
    # allauth forgets a code after 30 seconds, while it is still good (forms._OnceOnly).
    assert cache.delete(f"allauth.mfa.totp.used?user={cast.alice.pk}&code={now}")
    second.post("/sign-in/code/", {"code": now})
    assert not is_in(second)


@pytest.mark.usefixtures("cast")
def test_a_phone_whose_clock_is_a_little_off_may_come_in(client: Client) -> None:
    password(client)
    client.post("/sign-in/code/", {"code": code(steps=1)})
    assert is_in(client)


def test_a_recovery_code_works_once(client: Client, cast: Cast) -> None:
    codes = Authenticator.objects.get(user=cast.alice, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    password(client)
    client.post("/sign-in/code/", {"code": codes[0]})
    assert is_in(client)
    assert recovery_codes_left(cast.alice) == 9
    again = Client()
    password(again)
    again.post("/sign-in/code/", {"code": codes[0]})
    assert not is_in(again)


@pytest.mark.usefixtures("cast")
def test_five_wrong_passwords_close_the_door_for_a_while(client: Client) -> None:
    answers = [password(client, given="wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    for spelled in ("alice", "ALICE"):
        assert password(client, spelled).status_code == 429, "the right password does not help either"
    assert password(client, "bob").status_code == 302, "a colleague at the same address is not locked out"
    assert AccessAttempt.objects.count() == 1
    assert PASSWORD not in repr(AccessAttempt.objects.values().get())


@pytest.mark.usefixtures("cast")
def test_behind_a_proxy_nobody_is_locked_out_from_elsewhere(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def from_(address: str, given: str) -> int:
        data = {"login": "alice", "password": given}
        return int(client.post("/sign-in/", data, headers={"x-forwarded-for": address}).status_code)

    said = [from_(f"198.51.100.{number}, 203.0.113.9", "wrong") for number in range(5)]
    assert said[-1] == 429, "what the other side claims of itself is not counted"
    assert from_("203.0.113.9", PASSWORD) == 429
    assert from_("198.51.100.7", PASSWORD) == 302


@pytest.mark.usefixtures("cast")
def test_guessing_codes_is_slowed_down(client: Client) -> None:
    password(client)
    for guess in range(5):
        client.post("/sign-in/code/", {"code": f"00000{guess}"})
    client.post("/sign-in/code/", {"code": code()})
    assert not is_in(client)


@pytest.mark.django_db
def test_the_first_time_an_officer_sets_up_the_second_factor_before_anything_else(
    client: Client, desk_state: State
) -> None:
    assert desk_state.root.exists()
    dana = hold(add_officer("dana", "D. Moreau", PASSWORD), Role.REVIEWER)
    password(client, "dana")
    for path in ("/inbox/", "/hand-in/", "/account/", "/account/password/", "/account/recovery-codes/", "/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/"), path
    page = client.get("/account/second-factor/")
    assert page.context["totp_svg"].startswith("<?xml") or "<svg" in page.context["totp_svg"]
    assert "style=" not in page.context["totp_svg"], "the policy would not let it be shown"
    secret = page.context["totp_secret"]
    wrong = client.post("/account/second-factor/", {"code": "000000"})
    assert wrong.status_code == 200
    assert wrong.context["totp_secret"] == secret, "the app has been told this one"
    answer = client.post("/account/second-factor/", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/recovery-codes/")
    shown = client.get("/account/recovery-codes/")
    assert len(shown.context["codes"]) == 10
    assert client.get("/account/recovery-codes/").context["codes"] is None, "they are shown once"
    assert is_in(client)
    stored = Authenticator.objects.get(user=dana, type="totp").data["secret"]
    assert secret not in stored
    assert client.get("/account/second-factor/").status_code == 302, "it is not changed from a page"


def test_new_recovery_codes_replace_the_old(client: Client, cast: Cast) -> None:
    old = Authenticator.objects.get(user=cast.alice, type="recovery_codes").wrap().get_unused_codes()
    password(client)
    client.post("/sign-in/code/", {"code": code()})
    client.post("/account/recovery-codes/")
    new = client.get("/account/recovery-codes/").context["codes"]
    assert len(new) == 10
    assert not set(old) & set(new)


@pytest.mark.usefixtures("cast")
def test_recovery_codes_are_shown_to_who_proved_it_a_moment_ago(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    password(client)
    client.post("/sign-in/code/", {"code": code()})
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    answer = client.get("/account/recovery-codes/")
    assert answer["Location"].startswith("/account/confirm/")
    assert client.get(answer["Location"]).status_code == 200
    answer = client.post(answer["Location"], {"code": code()})
    assert answer["Location"] == "/account/recovery-codes/"
    assert client.get("/account/recovery-codes/").context["codes"]


@pytest.mark.usefixtures("cast")
def test_signing_out_asks_first_and_ends_the_session(client: Client) -> None:
    password(client)
    client.post("/sign-in/code/", {"code": code()})
    assert client.get("/sign-out/").status_code == 200
    assert is_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_in(client)


@pytest.mark.usefixtures("cast")
def test_a_password_is_changed_by_who_knows_the_old_one(client: Client) -> None:
    password(client)
    client.post("/sign-in/code/", {"code": code()})
    new = "early purple sprouting"
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", wrong).status_code == 200
    short = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert client.post("/account/password/", short).status_code == 200
    assert client.post("/account/password/", {**wrong, "old_password": PASSWORD}).status_code == 302
    assert is_in(client), "whoever changed it stays"
    assert password(Client(), given=new)["Location"] == "/sign-in/code/"


def test_cookies_are_for_the_desk_alone(client: Client, cast: Cast) -> None:
    assert cast.alice.is_active
    password(client)
    client.post("/sign-in/code/", {"code": code()})
    session = client.cookies["safehand_session"]
    assert session["httponly"]
    assert session["samesite"] == "Strict"
    client.get("/hand-in/")
    assert client.cookies["safehand_csrf"]["httponly"]


@pytest.mark.parametrize(
    ("reference", "name", "given"),
    [
        ("", "A", PASSWORD),
        ("a b", "A", PASSWORD),
        ("x" * 33, "A", PASSWORD),
        ("ALICE", "A", PASSWORD),
        ("erin", "E", "short"),
        ("erin", "E", "password1234"),
    ],
)
def test_an_officer_who_cannot_be_made_is_said(cast: Cast, reference: str, name: str, given: str) -> None:
    with pytest.raises(UsageError):
        add_officer(reference, name, given)
    assert Officer.objects.count() == len(list(cast))


def test_officers_are_found_by_reference(cast: Cast) -> None:
    assert find_officer("Alice") == cast.alice
    Officer.objects.filter(reference="bob").update(is_active=False)
    for reference in ("bob", "nobody"):
        with pytest.raises(NotAllowed):
            find_officer(reference)


def test_a_lost_phone_means_setting_up_again(client: Client, cast: Cast) -> None:
    take_second_factor(cast.alice)
    password(client)
    assert client.get("/inbox/")["Location"] == "/account/second-factor/"


def test_a_copy_of_the_database_with_another_secret_key_makes_no_codes(cast: Cast, settings: Any) -> None:
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(CheckFailed):
        Authenticator.objects.get(user=cast.alice, type="totp").wrap().validate_code(code())
