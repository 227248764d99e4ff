"""Every address of the desk, asked what OWASP ASVS asks of each: methods, tokens, headers, and what it gives away."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as as_shipped
from django.test import Client
from pytest_django import Settings

from desk_cast import Ready
from desk_routes import Route

NO_COOKIE_RIDES = {
    "/report/danger/",
    "/report/urgent/",
    "/report/urgent/receipt",
    "/report/progress/",
    "/report/parcels/",
    "/report/parcels/work",
    "/report/collect/",
}
"""Forms without a token: nobody is signed in there, no cookie is set or read, so another site gains nothing by them."""

NO_COOKIE_RIDES_BELOW = ("/report/parcels/", "/report/collect/")

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")

CLASSES_OF_TEXT = ("text/", "application/json")


def ends_the_session(route: Route) -> bool:
    return route.path == "/report/exit/"


def with_tokens_asked(ready: Ready) -> Client:
    """Alice's browser, at a desk that asks for the token of a form, as one that is shipped does."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ready.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_a_form_without_its_token_is_refused_at_every_address(all_routes: list[Route], ready: Ready) -> None:
    refused = 0
    for route in all_routes:
        if route.path in NO_COOKIE_RIDES or route.path.startswith(NO_COOKIE_RIDES_BELOW):
            continue
        answer = with_tokens_asked(ready).post(route.path, {"q": "seed", "words": "seed"})
        assert answer.status_code == 403, route
        refused += 1
    assert refused > len(NO_COOKIE_RIDES)


def test_where_no_token_is_asked_for_no_cookie_is_looked_at_and_none_is_set(
    all_routes: list[Route], ready: Ready
) -> None:
    """What makes a token needless: who is signed in and who is not get the same answer, and neither gets a cookie."""
    seen = 0
    for route in all_routes:
        if route.path not in NO_COOKIE_RIDES and not route.path.startswith(NO_COOKIE_RIDES_BELOW):
            continue
        alice, nobody = with_tokens_asked(ready).post(route.path), Client(enforce_csrf_checks=True).post(route.path)
        assert alice.status_code == nobody.status_code, route
        assert not alice.cookies, route
        assert not nobody.cookies, route
        if "challenge" not in alice.content.decode():
            assert _without_chance(alice.content) == _without_chance(nobody.content), route
        seen += 1
    assert seen >= len(NO_COOKIE_RIDES)


def _without_chance(page: bytes) -> bytes:
    return re.sub(rb"[0-9a-f]{32}", b"", page)


def test_no_address_takes_a_method_that_nothing_uses(all_routes: list[Route], as_alice: Client) -> None:
    for route in all_routes:
        if ends_the_session(route):
            continue
        for method in METHODS:
            answer = as_alice.generic(method, route.path)
            # A part of an upload is put where it belongs: refused here without the key of its page.
            part = method == "PUT" and route.path.startswith("/report/parcels/0")
            led_to_the_door = route.path == "/sign-in/code/" and answer.status_code == 302
            assert answer.status_code in ((404, 405) if part else (405,)) or led_to_the_door, (method, route)


def test_every_answer_says_what_it_is_and_in_which_letters(all_routes: list[Route], as_alice: Client) -> None:
    for route in all_routes:
        for answer in (as_alice.get(route.path), as_alice.post(route.path)):
            kind = answer.headers.get("Content-Type", "")
            if answer.content or answer.status_code not in (302, 405):
                assert kind.startswith(CLASSES_OF_TEXT) or kind == "application/zip", route
            if kind.startswith("text/"):
                assert kind.endswith("charset=utf-8"), route


def test_what_is_meant_for_a_script_is_never_shown_as_a_page(all_routes: list[Route], as_alice: Client) -> None:
    found = 0
    for route in all_routes:
        answer = as_alice.get(route.path, headers={"accept": "application/json"})
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            assert answer.headers["Content-Disposition"].startswith("attachment"), route
            found += 1
    assert found >= 4


def test_no_answer_opens_itself_to_another_site_or_names_a_version(all_routes: list[Route], as_alice: Client) -> None:
    for route in all_routes:
        answer = as_alice.get(route.path, headers={"origin": "null"})
        given = {name.lower(): value for name, value in answer.headers.items()}
        assert not [name for name in given if name.startswith("access-control-")], route
        assert "x-powered-by" not in given, route
        assert not re.search(r"django|python|gunicorn|wsgi", str(given), re.IGNORECASE), route
        assert given["cross-origin-opener-policy"] == "same-origin", route
        assert given["cross-origin-resource-policy"] == "same-origin", route
        assert "camera=()" in given["permissions-policy"], route


def test_no_session_stands_in_an_address_or_a_page(all_routes: list[Route], as_alice: Client) -> None:
    session = as_alice.cookies[as_shipped.SESSION_COOKIE_NAME].value
    assert len(session) == 32
    for route in all_routes:
        if ends_the_session(route):
            continue
        answer = as_alice.get(route.path)
        assert session not in answer.content.decode(), route
        assert session not in answer.headers.get("Location", ""), route


def test_https_is_kept_to_at_every_address(all_routes: list[Route], as_alice: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    for route in all_routes:
        answer = as_alice.get(route.path, secure=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", route


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/built/",
        "/static/built/.built",
        "/static/../secret-key",
        "/static/%2e%2e/secret-key",
        "/report/../keys/desk.agekey",
        "/keys/desk.agekey",
        "/desk.sqlite3",
        "/.git/config",
        "/.env",
        "/admin/",
    ],
)
def test_no_folder_is_listed_and_no_file_beside_the_pages_is_given_out(path: str, as_alice: Client) -> None:
    answer = as_alice.get(path)
    assert answer.status_code == 404
    assert b"AGE-SECRET" not in answer.content


def test_more_than_one_value_of_a_field_is_one_answer(ready: Ready, as_alice: Client) -> None:
    """HTTP parameter pollution: fields are read from where they belong, and the last of several counts."""
    search = f"/cases/{ready.case.reference}/search/"
    both = as_alice.post(f"{search}?words=gate", {"words": ["wheelbarrow", "nothing-like-it"]})
    one = as_alice.post(search, {"words": "nothing-like-it"})
    assert both.status_code == one.status_code == 200
    assert b"wheelbarrow" not in both.content
