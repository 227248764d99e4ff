"""Telegram's files are claimed by their own marks, and nobody else's are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.sources.contract import HEAD, Certainty, Claim
from telegram_chat import PRIYA, START, TOM, Object, Value, account, chat, said, spelled
from telegram_reading import claims_of, read_file

ONE = chat("Allotment", "private_group", 7, [said(1, PRIYA, START, "The gate is open")])


def the_claim(data: bytes) -> Claim:
    claims = claims_of(data)
    assert len(claims) == 1
    return claims[0]


@pytest.mark.parametrize("kind", ["personal_chat", "saved_messages", "public_channel", "bot_chat", "replies"])
@pytest.mark.parametrize("messages", [[], [said(1, TOM, START, "x")]])
def test_a_chat_of_any_kind_is_certain(kind: str, messages: list[Value]) -> None:
    found = the_claim(spelled(chat("Tom", kind, 7, messages)))
    assert (found.form, found.certainty) == ("telegram/chat-json", Certainty.CERTAIN)


def test_an_account_is_certain_by_its_lists() -> None:
    for whole in (account([ONE], owner=3), account([], [ONE]), account([])):
        found = the_claim(spelled(whole))
        assert (found.form, found.certainty) == ("telegram/account-json", Certainty.CERTAIN)


def test_an_account_whose_chats_lie_far_behind_the_head_is_known_by_its_contacts() -> None:
    people: list[Value] = [{"user_id": n, "first_name": "Tom", "phone_number": "+44 7700 900002"} for n in range(2000)]
    whole: Object = {**account([ONE]), "contacts": {"about": "Contacts.", "list": people}}
    data = spelled(whole)
    assert data.index(b'"chats"') > HEAD
    assert the_claim(data).form == "telegram/account-json"


def test_an_account_whose_head_shows_only_its_owner_is_likely() -> None:
    data = spelled({**account([ONE], owner=3), "other_data": "x" * HEAD})
    cut = data[: data.index(b'"contacts"')]
    assert the_claim(cut).certainty is Certainty.LIKELY


def test_a_first_message_longer_than_the_head_does_not_matter() -> None:
    found = the_claim(spelled(chat("Tom", "personal_chat", 7, [said(1, TOM, START, "x" * HEAD)])))
    assert found.certainty is Certainty.CERTAIN


def test_a_damaged_first_message_makes_it_likely() -> None:
    data = spelled(chat("Tom", "personal_chat", 7, [{"colour": "red"}, said(1, TOM, START, "x")]))
    assert the_claim(data).certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"participants": [], "messages": [{"sender_name": "T", "timestamp_ms": 1}]}, id="Messenger"),
        pytest.param(
            {"participants": ["T"], "messages": [{"senderName": "T", "timestamp": 1, "type": "text"}]}, id="E2EE"
        ),
        pytest.param({"guild": {}, "channel": {}, "messages": [{"id": "3", "type": "Default"}]}, id="Discord"),
        pytest.param({"messages": [{"id": 1, "type": "message", "body": "x"}]}, id="anybody's messages"),
        pytest.param({"messages": []}, id="no messages"),
        pytest.param({"about": "this file", "list": []}, id="anybody's about"),
        pytest.param({"contacts": {"list": [{"user_id": 1}]}}, id="contacts alone"),
        pytest.param({"about": "x", "chats": [1]}, id="chats that are no list of chats"),
        pytest.param({"type": "personal_chat", "id": 7}, id="a head without messages"),
        pytest.param({"type": ["personal_chat"], "id": 7, "messages": [5]}, id="a type that is no word"),
        pytest.param([{"type": "message", "date_unixtime": "1"}], id="a bare list"),
        pytest.param(
            {"title": '"messages": [{"type": "message", "from_id": "user1"}]'}, id="a title that plays tricks"
        ),
    ],
)
def test_what_is_not_telegram_s_is_not_claimed(other: Value) -> None:
    assert claims_of(json.dumps(other).encode()) == ()
    assert claims_of(json.dumps(other, indent=2).encode()) == ()


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"PK\x03\x04", b"<html>", b"{", b'{"messages": [', b"\x00" * 99]
)
def test_what_is_no_json_is_not_claimed(data: bytes) -> None:
    assert claims_of(data) == ()


def test_a_claim_tells_no_name_and_no_text() -> None:
    for data in (spelled(ONE), spelled(account([ONE], owner=3))):
        assert not {"Allotment", "Priya", "gate"} & set(the_claim(data).why.split())


WORDS = [
    *("about", "personal_information", "user_id", "chats", "left_chats", "contacts", "list", "messages"),
    *("type", "id", "name", "date_unixtime", "from_id"),
]
keys = st.sampled_from(WORDS)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["message", "personal_chat", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(anything, st.sampled_from([None, 1]), st.floats(0, 1))
@settings(max_examples=400, deadline=None)
def test_nothing_made_of_telegram_s_own_words_makes_recognition_or_reading_fail(
    value: Value, indent: int | None, where: float
) -> None:
    data = json.dumps(value, indent=indent).encode()
    for spelling in (data, data[: int(where * len(data))]):
        claims = claims_of(spelling)
        assert len(claims) <= 1
        for form in ("telegram/chat-json", "telegram/account-json"):
            read_file(spelling, form)
