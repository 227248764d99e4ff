"""Hangouts.json is known by what it begins with."""

from __future__ import annotations

import json

import pytest

from hangouts_export import ALICE, BOB, said, spelled, talk, whole
from safehand.sources.hangouts import SOURCE
from source_verdict import claims_of

DATA = spelled(whole([talk("Ugx", [ALICE, BOB], [said(1, ALICE, "The gate is open")])]))
OTHERS = {
    "skype": b'{"userId": "8:x", "conversations": [{"id": "8:y", "MessageList": []}]}',
    "rsmf": b'{"version": "2.0.0", "participants": [], "conversations": [{"id": "1", "platform": "x"}], "events": []}',
    "quoted": json.dumps({"conversations": [{"text": DATA.decode()}]}).encode(),
    "text": b"04/01/2026, 19:02 - Priya: " + DATA,
    "a program's": b'{"conversations": [{"conversation": {"id": 1}, "events": []}]}',
    "telegram": b'{"chats": {"list": [{"messages": []}]}}',
    "empty": b"",
}


@pytest.mark.parametrize("name", ["Hangouts.json", "Hangouts2.json", "x.json"])
def test_it_is_certain_whatever_it_is_called(name: str) -> None:
    (claim,) = claims_of(SOURCE, {name: DATA})
    assert str(claim.certainty) == "certain"


def test_a_file_of_its_name_that_begins_like_it_is_likely() -> None:
    (claim,) = claims_of(SOURCE, {"Takeout/Hangouts/Hangouts.json": OTHERS["a program's"]})
    assert str(claim.certainty) == "likely"


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_what_is_not_hangouts_is_not_claimed(name: str) -> None:
    assert claims_of(SOURCE, {"other.json": OTHERS[name]}) == ()
