"""Google Chat's files are known by what they begin with, and paired by the folder they lie in."""

from __future__ import annotations

import json

import pytest

from google_chat_export import ALICE, BOB, account, conversation, said, spelled
from safehand.sources.google_chat import SOURCE
from safehand.sources.google_chat.read import ACCOUNT, CONVERSATION, MEMBERS
from source_verdict import claims_of

MESSAGES = spelled({"messages": [said(1, ALICE, "The gate is open")]})
INFO = spelled({"members": [ALICE, BOB]})


def test_each_conversation_is_one_claim_with_the_members_beside_it() -> None:
    files = {
        **conversation("DM one", [ALICE, BOB], [said(1, ALICE, "Row 1")]),
        **account(ALICE, []),
        **conversation("Space two", [ALICE, BOB], [said(1, BOB, "Row 1")], "Trains"),
    }
    claims = claims_of(SOURCE, files)
    assert sorted((claim.form, len(claim.files)) for claim in claims) == [
        (ACCOUNT, 1), (CONVERSATION, 2), (CONVERSATION, 2)
    ]  # fmt: skip
    for claim in claims:
        assert len({file.name.rpartition("/")[0] for file in claim.files}) == 1


def test_of_two_files_of_messages_in_one_folder_neither_is_given_the_members() -> None:
    claims = claims_of(
        SOURCE, {"a/messages.json": MESSAGES, "a/messages (1).json": MESSAGES, "a/group_info.json": INFO}
    )
    assert [claim.form for claim in claims] == [CONVERSATION, CONVERSATION, MEMBERS]


def test_a_message_behind_a_long_beginning_is_still_found() -> None:
    data = spelled({"messages": [said(1, ALICE, "row " * 3_000)]})
    assert [claim.form for claim in claims_of(SOURCE, {"messages.json": data})] == [CONVERSATION]


OTHERS = {
    "telegram": '{"name": "x", "type": "personal_chat", "id": 7, "messages": [{"id": 1, "type": "message"}]}',
    "messenger": '{"participants": [{"name": "x"}], "messages": [{"sender_name": "x", "timestamp_ms": 1}]}',
    "discord": '{"guild": {}, "channel": {}, "messages": [{"id": "1", "author": {"name": "x"}}]}',
    "quoted": json.dumps({"title": "x", "messages": [{"text": MESSAGES.decode()}]}),
    "hangouts": '{"conversations": [{"conversation": {}, "events": []}]}',
    "text": '04/01/2026, 19:02 - Priya: {"messages": [{"creator": {}, "topic_id": "x"}]}',
    "list": '[{"creator": {"email": "x"}, "topic_id": "t"}]',
    "members of a club": '{"members": [{"name": "x", "plot": 9}]}',
    "a task": '{"messages": [{"creator": "x", "created_date": "2026-01-04"}]}',
}


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_what_is_not_google_chats_is_not_claimed(name: str) -> None:
    assert claims_of(SOURCE, {"messages.json": OTHERS[name].encode()}) == ()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"Dear Bob", b"[]", b'{"a": 1}'])
def test_a_file_in_its_place_that_does_not_begin_like_it_is_claimed_with_little_certainty(data: bytes) -> None:
    claims = claims_of(SOURCE, {"Takeout/Google Chat/Groups/DM a/messages.json": data})
    assert [str(claim.certainty) for claim in claims] in (["possible"], ["likely"])
