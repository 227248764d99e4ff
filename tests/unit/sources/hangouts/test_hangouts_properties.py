"""The short way and the careful way tell the same, and whatever happens to a file nothing is lost or made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hangouts_export import ALICE, BOB, Object, Value, Who, account, content, head, said, spelled, talk, whole
from hangouts_ways import FIRST, alike
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.sources.hangouts import SOURCE
from safehand.sources.hangouts.read import FORM
from source_verdict import messages_of, read_files

letters = st.text(st.sampled_from('ab: "\\{}[],é🌱\n\t\x1f\u2028/'), max_size=12)
people = st.sampled_from([ALICE, BOB, ("103", "Zoë: Plot 9"), ("", "x"), ("1:4", None)])
odd: list[Any] = [None, 0, "", "x", "self_event_state", [], {}, True, 1.5, 2**70, [None], {"a": 1}]
states: list[Any] = [
    {"user_id": account(ALICE), "notification_level": "RING"},
    {"user_id": account(ALICE), "client_generated_id": "a:b", "notification_level": "RING"},
    {"user_id": account(ALICE), "client_generated_id": "4101", "notification_level": "RING"},
    {"user_id": account(ALICE), "client_generated_id": "a}}", "notification_level": "RING"},
    {"user_id": account(ALICE), "client_generated_id": "é", "notification_level": "QUIET"},
    {"user_id": account(ALICE), "client_generated_id": None, "notification_level": "RING"},
    {"notification_level": "RING", "user_id": account(ALICE)},
    {"user_id": account(("1}", None)), "notification_level": "RING"},
    {"user_id": account(BOB), "notification_level": "RING"},
    {"user_id": account(ALICE)},
    *odd,
]
FIELDS = [
    "conversation_id", "sender_id", "timestamp", "chat_message", "event_id", "advances_sort_timestamp", "event_otr",
    "delivery_medium", "event_type", "event_version", "hangout_event", "membership_change", "new",
]  # fmt: skip
stretches: list[Any] = [
    {"type": "TEXT", "text": "a: b"},
    {"type": "TEXT"},
    {"type": "LINE_BREAK"},
    {"type": "LINE_BREAK", "text": "\n"},
    {"type": "LINE_BREAK", "text": ""},
    {"type": "LINE_BREAK", "link_data": {"link_target": "x"}},
    {"type": "LINK", "text": "plots", "link_data": {"link_target": "https://example.org"}},
    {"type": "LINK", "text": "plots"},
    {"type": "TEXT", "text": "plots", "link_data": {"link_target": "x"}},
    {"type": "TEXT", "text": "nine", "formatting": {"bold": True}},
    {"type": "TEXT", "text": None},
]
segments = st.lists(st.sampled_from(stretches), max_size=4)
others: st.SearchStrategy[Object] = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(odd), max_size=2)
made = st.lists(st.tuples(people, letters, others, st.sampled_from(states), st.booleans()), max_size=6)


def rows_of(found: list[tuple[Who, str, Object, Any, bool]]) -> list[Any]:
    return [
        {**said(1 if again else number, who, text), "self_event_state": state, **other}
        for number, (who, text, other, state, again) in enumerate(found, 2)
    ]


@given(made, st.sampled_from([None, 2]), st.sampled_from(["escaped", "as it is"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_short_way_tells_what_the_careful_way_tells(
    monkeypatch: pytest.MonkeyPatch, found: list[Any], indent: int | None, letters_: str
) -> None:
    file = whole([FIRST, talk("Ugx", [ALICE, BOB], rows_of(found))])
    data = json.dumps(file, indent=indent, ensure_ascii=letters_ == "escaped").encode()
    assert len(alike(data, monkeypatch)) == 2 + len(found)


@given(st.lists(segments, max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stretches_of_every_kind_are_told_alike_by_both_ways(monkeypatch: pytest.MonkeyPatch, found: list[Any]) -> None:
    rows: list[Value] = [{**said(n, BOB, ""), "chat_message": content(*parts)} for n, parts in enumerate(found)]
    data = spelled(whole([FIRST, talk("Ugx", [ALICE, BOB], rows)]))
    alike(data, monkeypatch)


@given(made)
@settings(max_examples=100, deadline=None)
def test_it_is_the_same_conversation_wherever_it_says_who_is_in_it(found: list[Any]) -> None:
    rows, about = rows_of(found), head("Ugx", [ALICE, BOB])
    before = spelled(whole([{"conversation": about, "events": rows}]))
    behind = spelled(whole([{"events": rows, "conversation": about}]))
    told = [read_files(SOURCE, {"Hangouts.json": data}, FORM)[0] for data in (before, behind)]
    for events in told:
        assert isinstance(events[0], ConversationOpened)
        assert isinstance(events[-1], ConversationClosed)
    spans = [repr(event).replace(repr(getattr(event, "span", None)), "") for event in told[0][1:-1]]
    assert spans == [repr(event).replace(repr(getattr(event, "span", None)), "") for event in told[1][1:-1]]


@given(st.integers(1, 6), st.integers(0, 9), st.binary(max_size=4), st.integers(0, 8))
@settings(max_examples=200, deadline=None)
def test_damage_in_the_words_of_one_event_costs_at_most_that_event(
    which: int, where: int, put: bytes, cut: int
) -> None:
    rows = [said(n, ALICE if n % 2 else BOB, f"row {n}: dug") for n in range(7)]
    data = spelled(whole([talk("Ugx", [ALICE, BOB], rows)]))
    at = data.index(f"row {which}".encode()) + where
    # A line break is layout, and layout is what the way is found again by.
    data = data[:at] + put.replace(b"\n", b"") + data[at + min(cut, 9 - where) :]
    texts = [one.text for one in messages_of(SOURCE, {"Hangouts.json": data}, FORM)]
    rest = [f"row {n}: dug" for n in range(7) if n != which]
    assert [text for text in texts if text in rest] == rest


@pytest.mark.parametrize("field", [*FIELDS, "self_event_state"])
@pytest.mark.parametrize("value", odd, ids=repr)
def test_a_field_of_another_kind_is_kept_verbatim(field: str, value: Any) -> None:
    data = json.dumps(whole([talk("Ugx", [ALICE, BOB], [{**said(1, ALICE, "Row 1"), field: value}])])).encode()
    (message,) = messages_of(SOURCE, {"Hangouts.json": data}, FORM)
    told = message.extra or ""
    shown = json.dumps(value)
    in_place = str(value) in {message.native_id, message.action, message.sent.raw} or value in (None, "")
    assert in_place or (field == "advances_sort_timestamp" and value is True) or f'"{field}": {shown}' in told


def test_a_hostile_head_is_read_as_far_as_it_goes() -> None:
    heads: list[Value] = [5, [], "x", {"conversation": []}, {"conversation": {"participant_data": [1, {"id": 2}]}}]
    for about in heads:
        data = spelled({"conversations": [{"conversation": about, "events": [said(1, ALICE, "Row 1")]}]})
        assert [one.text for one in messages_of(SOURCE, {"Hangouts.json": data}, FORM)] == ["Row 1"]


@given(st.binary(max_size=6), st.integers(0, 1_400), st.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_a_near_miss_anywhere_raises_nothing_and_loses_no_byte(put: bytes, where: int, cut: int) -> None:
    own: Object = {"user_id": account(ALICE), "client_generated_id": "7", "notification_level": "RING"}
    rows: list[Value] = [{**said(n, ALICE, f"row {n}"), "self_event_state": own} for n in range(3)]
    data = spelled(whole([talk("Ugx", [ALICE, BOB], rows)]))
    at = data.index(b'"events"') + where
    read_files(SOURCE, {"Hangouts.json": data[:at] + put + data[at + cut :]}, FORM)


def test_a_byte_that_is_not_utf_8_in_what_nobody_looks_at_is_read_with_care() -> None:
    own: Object = {"user_id": account(ALICE), "client_generated_id": "caf?", "notification_level": "RING"}
    data = spelled(whole([talk("Ugx", [ALICE, BOB], [{**said(1, ALICE, "row"), "self_event_state": own}])]))
    (message,) = messages_of(SOURCE, {"Hangouts.json": data.replace(b"caf?", b"caf\xe9")}, FORM)
    assert (message.text, message.doubts) == ("row", (Doubt.ENCODING_GUESSED,))
