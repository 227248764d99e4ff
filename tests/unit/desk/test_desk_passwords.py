"""Passwords: long, anybody's own words, never a common one, and stored so that a thief of the database has none."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from desk_cast import PASSWORD, Cast, signed_in
from desk_door import password
from safehand.desk.officers.actions import add_officer
from safehand.desk.officers.password_rules import LONGEST, SHORTEST
from safehand.desk.settings import base
from safehand.errors import UsageError

COMMON = ("password1234", "qwertyuiop123", "International", "1q2w3e4r5t6y")
"""On Django's list of 20,000, and long enough."""


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def changed(browser: Client, old: str, new: str) -> bool:
    given = {"old_password": old, "new_password1": new, "new_password2": new}
    return int(browser.post("/account/password/", given).status_code) == 302


@pytest.mark.parametrize(
    "good",
    [
        "a" * (SHORTEST - 1) + "B",
        "plot seven, by the blue gate",
        " leading and trailing spaces ",
        "зелёный горошек в мае",
        "🥕🥔🧅🌽🥬🍅🫑🥒🍆🫛🥦🌶",
        "abcdefghijklmnopqrstuvwx" + "é" * (LONGEST - 24),
    ],
)
def test_any_long_enough_words_are_a_password_and_open_the_door_whole(cast: Cast, good: str) -> None:
    assert changed(signed_in(cast.alice), PASSWORD, good)
    assert password(Client(), given=good)["Location"] == "/sign-in/code/"
    for less in (good[:-1], good[1:], good + " ", good.upper() if good.upper() != good else good + "x"):
        cache.clear()
        assert password(Client(), given=less).status_code == 200, "nothing of it is cut off or passed over"


@pytest.mark.parametrize(
    "bad",
    [
        "a" * (SHORTEST - 2) + "B",
        "two        words",  # 16 characters, and 9 once its spaces are one
        " " * 40,
        "x" * LONGEST + "y",
        "827364519203",
        *COMMON,
    ],
)
def test_a_short_an_endless_and_a_common_one_are_refused_at_the_page_and_in_the_shell(cast: Cast, bad: str) -> None:
    assert not changed(signed_in(cast.alice), PASSWORD, bad)
    with pytest.raises(UsageError):
        add_officer("alice-alice2", "E", bad)


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("bad", ["officer-K4021", "Konstanze Wiesengrund", "wiesengrund-konstanze"])
def test_ones_own_reference_or_name_is_no_password(bad: str) -> None:
    with pytest.raises(UsageError):
        add_officer("officer-K4021", "Konstanze Wiesengrund", bad)


def test_the_rules_of_the_tests_are_those_of_a_desk_as_shipped() -> None:
    assert settings.AUTH_PASSWORD_VALIDATORS == base.AUTH_PASSWORD_VALIDATORS
    named = [str(rule["NAME"]).rpartition(".")[2] for rule in settings.AUTH_PASSWORD_VALIDATORS]
    assert named == [
        "UserAttributeSimilarityValidator",
        "LengthOfPassword",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]


def test_it_is_stored_as_argon2id_at_no_less_than_the_cost_that_is_asked_for() -> None:
    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hasher = Argon2PasswordHasher()
    one, other = (hasher.encode(PASSWORD, hasher.salt()) for _ in range(2))
    assert one != other, "each has a salt of its own"
    assert PASSWORD not in one
    said = re.fullmatch(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$([^$]+)\$[^$]+", one)
    assert said is not None
    assert int(said[1]) >= 15 * 1024, "KiB of memory"
    assert int(said[2]) >= 2, "passes"
    assert len(said[3]) >= 22, "16 bytes of salt in base64"


def test_a_password_may_be_pasted_shown_and_kept_by_a_password_manager(as_alice: Client) -> None:
    for path, kinds in (
        ("/sign-in/", ("current-password",)),
        ("/account/password/", ("current-password", "new-password")),
    ):
        page = (Client() if path == "/sign-in/" else as_alice).get(path).content.decode()
        for kind in kinds:
            assert f'autocomplete="{kind}"' in page
        assert "govuk-password-input" in page, "with a button that shows what was typed"
        assert "onpaste" not in page
        for field in re.findall(r'<input[^>]*type="password"[^>]*>', page):
            assert "maxlength" not in field
            assert "readonly" not in field


def test_no_page_asks_for_hints_or_gives_a_password_back(as_alice: Client) -> None:
    wrong = "a wrong one that is typed"
    page = Client().post("/sign-in/", {"login": "alice", "password": wrong}).content.decode()
    assert wrong not in page
    given = {"old_password": wrong, "new_password1": wrong, "new_password2": wrong + "x"}
    assert wrong not in as_alice.post("/account/password/", given).content.decode()
    for path in ("/sign-in/", "/account/"):
        for word in ("secret question", "hint for", "Remember me"):
            assert word not in as_alice.get(path).content.decode()
