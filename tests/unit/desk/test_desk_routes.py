"""Every address of the desk is asked the same questions, by everybody (style practice 21).

The list is written nowhere: it is walked from the resolver (desk_routes), so that a new address is asked too.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desk_cast import NAMES, WORDS, Ready, signed_in
from desk_routes import NOTICE, Route
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.custody.models import CustodyEntry

OPEN = {"/sign-in/", "/health", "/health/live", "/health/ready"}
"""What anybody may see without signing in."""

HOLDERS = "/report/"
"""What stands under it is for holders, who sign in nowhere; ``/`` leads there."""

OF_A_SIGN_IN = {"/sign-in/code/"}
"""Part of signing in: without a password before it, it leads back to the door."""

NEVER = ("signup", "sign-up", "reset", "forgot", "confirm-email", "passkey", "admin")


def test_the_walk_finds_the_addresses_of_every_app(all_routes: list[Route]) -> None:
    assert len(all_routes) >= 20
    for part in (
        "inbox",
        "hand-in",
        "report",
        "progress",
        "conversations",
        "original",
        "search",
        "evidence",
        "who-saw",
    ):
        assert any(part in route.path for route in all_routes), part
    assert sum(route.of_a_case for route in all_routes) >= 9


def test_there_is_no_way_to_sign_up_or_to_reset_by_mail(all_routes: list[Route]) -> None:
    assert [route.path for route in all_routes for never in NEVER if never in route.path] == []


def test_charlie_who_is_on_no_case_gets_404_everywhere_in_it(all_routes: list[Route], as_charlie: Client) -> None:
    for route in all_routes:
        if not route.of_a_case:
            continue
        for answer in (
            as_charlie.get(route.path),
            as_charlie.post(route.path, {"q": "seed", "words": "seed", "purpose": "lawfulness"}),
            as_charlie.head(route.path),
        ):
            assert answer.status_code in (404, 405), route
        got = as_charlie.get(route.path)
        if got.status_code == 405:
            got = as_charlie.post(route.path)
        assert got.status_code == 404, route


def test_404_is_the_same_for_a_case_that_is_not_there(
    all_routes: list[Route], ready: Ready, as_charlie: Client
) -> None:
    for route in all_routes:
        if route.of_a_case:
            path = route.path
            missing = path.replace(ready.case.reference, "SH-000000000")
            for one, other in (
                (as_charlie.get(path), as_charlie.get(missing)),
                (as_charlie.post(path), as_charlie.post(missing)),
            ):
                assert one.status_code == other.status_code, route
                assert _without_tokens(one.content) == _without_tokens(other.content), route


def test_charlie_sees_nothing_of_the_case_on_any_page(
    all_routes: list[Route], ready: Ready, as_charlie: Client
) -> None:
    for route in all_routes:
        for answer in (as_charlie.get(route.path), as_charlie.post(route.path, {"q": "seed"})):
            text = answer.content.decode("utf-8", "replace")  # a checkpoint is a file
            for secret in (*NAMES, *WORDS, ready.package.sha256):
                assert secret not in text, route
            if not route.of_a_case:
                assert ready.case.reference not in text, route


def test_nothing_charlie_tries_is_an_entry_of_the_case(
    all_routes: list[Route], ready: Ready, as_charlie: Client
) -> None:
    for route in all_routes:
        if route.of_a_case:
            as_charlie.get(route.path)
            as_charlie.post(route.path, {"q": "seed"})
    assert not CustodyEntry.objects.filter(case=ready.case.reference).exists()


def test_an_officer_who_left_gets_nothing(all_routes: list[Route], ready: Ready) -> None:
    officer = ready.cast.bob
    browser = signed_in(officer)
    officer.is_active = False
    officer.save()
    for route in all_routes:
        if route.of_a_case:
            assert browser.get(route.path).status_code in (302, 404, 405), route


def test_nobody_unknown_gets_further_than_the_door(all_routes: list[Route], client: Client) -> None:
    for route in all_routes:
        for answer in (client.get(route.path), client.post(route.path)):
            if route.path in OPEN:
                assert answer.status_code in (200, 405), route
            elif route.path == "/" or route.path.startswith(HOLDERS):
                assert not answer.get("Location", "").startswith("/sign-in/"), route
                assert answer.status_code in (200, 201, 302, 400, 403, 404, 405), route
            elif route.path in OF_A_SIGN_IN:
                assert (answer.status_code, answer["Location"]) == (302, "/sign-in/"), route
            else:
                assert answer.status_code == 302, route
                assert answer["Location"].startswith("/sign-in/"), route


@pytest.mark.parametrize("who", ["nobody", "as_alice", "as_charlie"])
def test_a_page_for_holders_is_the_same_for_everybody_and_sets_no_cookie(
    all_routes: list[Route], who: str, request: pytest.FixtureRequest
) -> None:
    browser: Client = Client() if who == "nobody" else request.getfixturevalue(who)
    asked = 0
    for route in all_routes:
        if route.path.startswith(HOLDERS):
            answer, plain = browser.get(route.path), Client().get(route.path)
            assert answer.status_code == plain.status_code, route
            assert _without_tokens(answer.content) == _without_tokens(plain.content), route
            assert not plain.cookies, route
            asked += 1
    assert asked >= 1


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_get_a_page_everywhere(
    all_routes: list[Route], who: str, request: pytest.FixtureRequest
) -> None:
    browser: Client = request.getfixturevalue(who)
    for route in all_routes:
        answer = browser.get(route.path)
        of_a_form = route.path.startswith(
            (
                "/notices/",
                "/alarms/",
                "/log/alarms/",
                "/officers/",
                "/break-glass/",
                "/account/wellbeing/",
                "/inbox/notes/",
                "/evidence-store/put-back/",
            )
        )
        allowed = {200, 405} if route.of_a_case or of_a_form else {200, 302}
        if route.path.startswith(HOLDERS):
            allowed |= {403, 404, 405}  # a parcel that is nobody's, what a script sends, what the desk alone may ask
        assert answer.status_code in allowed, (route, answer.status_code)


def test_every_answer_carries_the_headers_that_keep_it_in(all_routes: list[Route], as_alice: Client) -> None:
    for route in all_routes:
        answer = as_alice.get(route.path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, route
        assert "unsafe" not in policy, route
        for directive in ("frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"):
            assert directive in policy, route
        # The sealer's page sends no form at all.
        assert ("form-action 'none'" if route.path == "/report/seal/" else "form-action 'self'") in policy, route
        assert answer["Cache-Control"] == "no-store, private", route
        assert answer["X-Frame-Options"] == "DENY", route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        assert answer["Referrer-Policy"] == "same-origin", route


def test_no_page_holds_a_script_or_a_style_of_its_own(all_routes: list[Route], as_alice: Client) -> None:
    for route in all_routes:
        text = as_alice.get(route.path).content.decode().lower()
        assert "<style" not in text, route
        assert " style=" not in text, route
        assert " onclick=" not in text, route
        for start in text.split("<script")[1:]:
            # Data for a script of the desk's own is no script: no browser runs it.
            asks = start.partition(">")[0]
            assert "src=" in asks or 'type="application/json"' in asks, route


NO_EVIDENCE = (
    "report/progress",
    "report/again",
    "report/take",
    "triage/tags",
    "triage/begin",
    "triage/take-over",
    "triage/put-down",
    "triage/leave",
    "holder/",
    "checklist/1/",
    "search/",
    "who-saw-what/",
    "proof/",
)
"""Addresses of a case that show none when they are merely opened: counts, verbs, and forms."""


def test_every_page_that_shows_evidence_is_an_entry(all_routes: list[Route], as_alice: Client) -> None:
    """DPA 2018 s.62, F10.1: an address that is added later and shows evidence unrecorded fails here."""
    recorded = 0
    for route in all_routes:
        before = CustodyEntry.objects.count()
        as_alice.get(route.path)
        entries = CustodyEntry.objects.count() - before
        shows = route.path == f"/notices/{NOTICE}/" or (
            route.of_a_case and not route.path.endswith((*NO_EVIDENCE, "/cite/"))
        )
        assert entries == int(shows), route
        recorded += entries
    assert recorded >= 5


def test_a_case_page_changes_nothing_when_it_is_only_looked_at(all_routes: list[Route], as_alice: Client) -> None:
    before = (list(Case.objects.values()), list(Package.objects.values()), list(CaseOfficer.objects.values()))
    for route in all_routes:
        as_alice.get(route.path)
    assert (list(Case.objects.values()), list(Package.objects.values()), list(CaseOfficer.objects.values())) == before


def _without_tokens(page: bytes) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{32,64}"', b"", page)


def test_no_page_of_a_case_that_is_not_read_yet_breaks_or_says_that_it_was_checked(
    all_routes: list[Route], as_alice: Client
) -> None:
    Package.objects.update(state="received", finished_at=None, started_at=None, summary={}, report={})
    asked = 0
    for route in all_routes:
        if not route.of_a_case:
            continue
        for answer in (as_alice.get(route.path), as_alice.post(route.path, {"words": ""})):
            assert answer.status_code in (200, 302, 400, 404, 405), route
            assert "Seal and hashes checked" not in answer.content.decode(), route
            asked += 1
    assert asked >= 20
