"""The short way and the careful way tell the same, and whatever happens to a file nothing is lost or made up."""

from __future__ import annotations

import json
import sys
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from google_chat_export import ALICE, BOB, Object, conversation, said
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.sources.google_chat import SOURCE
from safehand.sources.google_chat.read import CONVERSATION
from source_verdict import messages_of

letters = st.text(st.sampled_from('ab: "\\{}[],é🌱\n\t\x1f\u2028/'), max_size=12)
names = st.sampled_from(["Alice", "Zoë: Plot 9", "", "a"])
creators = st.builds(
    lambda name, email: {**ALICE, "name": name, "email": email}, names, st.sampled_from(["", "a@b", "a:b"])
)
odd: list[Any] = [None, 0, "", "x", [], {}, True, 1.5, 2**70, [None], {"a": 1}]
others = st.dictionaries(
    st.sampled_from([
        "text", "updated_date", "message_state", "attached_files", "annotations", "quoted_message_metadata",
        "reactions", "previous_message_versions", "topic_id", "message_id", "creator", "created_date", "new",
    ]),
    st.sampled_from(odd),
    max_size=2,
)  # fmt: skip
made = st.lists(st.tuples(creators, letters, others, st.booleans()), max_size=6)


def spelled(rows: list[Object], indent: int | None, *, ascii_only: bool) -> bytes:
    return json.dumps({"messages": rows}, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


def carefully(monkeypatch: pytest.MonkeyPatch, data: bytes) -> list[Message]:
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["safehand.sources.google_chat.read"], "decode", orjson.loads)
        return messages_of(SOURCE, {"messages.json": data}, CONVERSATION)


@given(made, st.sampled_from([None, 2]), st.sampled_from(["escaped", "as it is"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_short_way_tells_what_the_careful_way_tells(
    monkeypatch: pytest.MonkeyPatch, found: list[Any], indent: int | None, letters_: str
) -> None:
    rows = [
        {**said(1 if again else number, creator, text), **others_}
        for number, (creator, text, others_, again) in enumerate(found, 2)
    ]
    data = spelled(rows, indent, ascii_only=letters_ == "escaped")
    quick = messages_of(SOURCE, {"messages.json": data}, CONVERSATION)
    assert quick == carefully(monkeypatch, data)
    assert len(quick) == len(rows)


@given(st.integers(1, 6), st.integers(0, 9), st.binary(max_size=4), st.integers(0, 8))
@settings(max_examples=200, deadline=None)
def test_damage_in_the_words_of_one_message_costs_at_most_that_message(
    which: int, where: int, put: bytes, cut: int
) -> None:
    files = conversation("DM a", [ALICE, BOB], [said(n, ALICE if n % 2 else BOB, f"row {n}: dug") for n in range(7)])
    name = max(files)
    data = files[name]
    at = data.index(f"row {which}".encode()) + where
    # A line break is layout, and layout is what the way is found again by.
    files[name] = data[:at] + put.replace(b"\n", b"") + data[at + min(cut, 9 - where) :]
    texts = [one.text for one in messages_of(SOURCE, files, CONVERSATION)]
    others = [f"row {n}: dug" for n in range(7) if n != which]
    assert [text for text in texts if text in others] == others


FIELDS = ["creator", "text", "attached_files", "annotations", "quoted_message_metadata", "reactions", "message_id",
          "topic_id", "message_state", "updated_date", "previous_message_versions", "deletion_metadata"]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", odd, ids=repr)
def test_a_field_of_another_kind_is_kept_verbatim(field: str, value: Any) -> None:
    row = {**said(1, ALICE, "Row 1"), field: value}
    (message,) = messages_of(SOURCE, {"messages.json": spelled([row], None, ascii_only=False)}, CONVERSATION)
    shown = json.dumps(value)
    told = repr(message)
    read_ = value in (None, "", []) or (isinstance(value, str) and value in told) or str(value) in told
    assert read_ or (message.extra is not None and shown in message.extra)


INSIDE = [
    ("creator", {"name": "Alice", "email": [7]}),
    ("creator", {"name": {"zz": 1}, "email": "alice@example.org"}),
    ("attached_files", [{"original_name": "plan.pdf", "export_name": {"zz": 1}}]),
    ("attached_files", [{"original_name": 7, "export_name": "File-plan.pdf"}]),
]


@pytest.mark.parametrize(("field", "value"), INSIDE, ids=repr)
def test_a_field_that_holds_another_kind_inside_is_kept_verbatim_and_doubted(field: str, value: Any) -> None:
    row = {**said(1, ALICE, "Row 1"), field: value}
    (message,) = messages_of(SOURCE, {"messages.json": spelled([row], None, ascii_only=False)}, CONVERSATION)
    assert json.dumps(value) in (message.extra or "")
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_a_message_with_nothing_but_what_nobody_knew_is_not_called_empty() -> None:
    row = {**said(1, ALICE, ""), "hologram": "beans"}
    rows = [row, said(2, ALICE, "")]
    messages = messages_of(SOURCE, {"messages.json": spelled(rows, None, ascii_only=False)}, CONVERSATION)
    assert [message.kind for message in messages] == [Kind.UNKNOWN, Kind.EMPTY]
