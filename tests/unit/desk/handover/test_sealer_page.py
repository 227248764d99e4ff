"""The page on which a holder seals: the same for everybody, and able to speak with the upload alone."""

from __future__ import annotations

import html
import re

import pytest
from django.conf import settings
from django.test import Client

from desk_cast import Ready
from safehand.signing.keys import parse_desk_public


def _policy(client: Client) -> dict[str, str]:
    header = client.get("/report/seal/").headers["Content-Security-Policy"]
    pairs = (part.strip().partition(" ") for part in header.split(";"))
    return {name: sources for name, _, sources in pairs}


@pytest.mark.usefixtures("ready")
def test_it_may_connect_with_the_addresses_that_take_parts_and_with_nothing_else(client: Client) -> None:
    policy = _policy(client)
    assert policy["connect-src"] == f"{settings.ADDRESS.origin}/report/parcels/"
    assert policy["default-src"] == "'none'"
    assert policy["form-action"] == "'none'"
    assert policy["worker-src"] == "blob:"
    assert policy["script-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in str(policy)


@pytest.mark.usefixtures("ready")
def test_other_pages_keep_the_policy_they_had(client: Client) -> None:
    client.get("/report/seal/")
    assert "blob:" not in client.get("/report/help/").headers["Content-Security-Policy"]


@pytest.mark.usefixtures("ready")
def test_it_sets_no_cookie_and_is_kept_by_nobody(client: Client) -> None:
    answer = client.get("/report/seal/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_brings_the_units_key_whole(client: Client, ready: Ready) -> None:  # noqa: ARG001  the desk must be there
    page = client.get("/report/seal/").content.decode()
    found = re.search(r'name="safehand-desk" content="([^"]*)"', page)
    assert found is not None
    assert parse_desk_public(html.unescape(found[1])).fingerprint


@pytest.mark.usefixtures("ready")
def test_without_scripts_it_gives_the_phone_and_no_form(client: Client) -> None:
    page = client.get("/report/seal/").content.decode()
    assert "This browser cannot lock files safely" in page
    assert 'href="tel:101"' in page
    assert "<form" not in page
    assert 'type="file"' not in page


@pytest.mark.usefixtures("ready")
def test_it_is_only_read(client: Client) -> None:
    assert client.post("/report/seal/").status_code == 405
