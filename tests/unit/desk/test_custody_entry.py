"""The canonical form of a custody entry."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_cast import NOW
from safehand.desk.custody.acts import ACT_OF, Act, Purpose, Verb
from safehand.desk.custody.entry import Entry, format_entry, hash_of, parse_entry
from safehand.errors import CannotRead, UsageError

FIRST = Entry(
    sequence=1,
    instant=NOW + 31_250,
    actor="officer:K4021",
    verb=Verb.MESSAGES_SHOWN,
    case="SH-7K3M9QXAR",
    record="conversation:1",
    details={"first": 1, "last": 203},
)
SPELLED = (
    b'{"act":"consultation","actor":"officer:K4021","case":"SH-7K3M9QXAR","details":{"first":1,"last":203},'
    b'"instant":"2026-11-22T10:00:00.031250Z","previous":null,"reason":null,"recipient":null,'
    b'"record":"conversation:1","schema":"safehand.custody/2","sequence":1,"verb":"messages.shown"}'
)


def test_an_entry_has_one_spelling() -> None:
    assert format_entry(FIRST) == SPELLED
    assert hash_of(SPELLED) == "5c424283165f834db23054b4abe8486319221f69ea5ed14731694ec79141369f"


def test_every_verb_belongs_to_an_act_of_section_62() -> None:
    assert set(ACT_OF) == set(Verb)
    assert {act.value for act in Act} == {
        "collection",
        "alteration",
        "consultation",
        "disclosure",
        "combination",
        "erasure",
    }


entries = st.builds(
    Entry,
    sequence=st.just(1),
    instant=st.integers(0, 4_102_444_800_000_000),
    actor=st.sampled_from(["officer:K4021", "officer:a-1", "desk:worker", "desk:shell", "desk:handover"]),
    verb=st.sampled_from(Verb),
    case=st.sampled_from([None, "SH-7K3M9QXAR"]),
    record=st.sampled_from([None, "log", "conversation:12/message:3", f"package:{'a' * 64}"]),
    reason=st.sampled_from([None, *Purpose]),
    details=st.dictionaries(
        st.from_regex("[a-z][a-z_]{0,9}", fullmatch=True),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(2**53) + 1, 2**53 - 1),
            st.just("f" * 64),
            st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), max_size=3),
        ),
        max_size=4,
    ),
)


entries = entries.map(
    lambda entry: replace(entry, recipient="holder") if ACT_OF[entry.verb] is Act.DISCLOSURE else entry
)


@given(entries)
def test_what_is_written_is_read_back(entry: Entry) -> None:
    assert parse_entry(format_entry(entry)) == entry


@given(entries, st.data())
def test_a_changed_byte_is_refused_or_is_another_entry(entry: Entry, data: st.DataObject) -> None:
    spelled = bytearray(format_entry(entry))
    place = data.draw(st.integers(0, len(spelled) - 1))
    spelled[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(CannotRead):
        assert parse_entry(bytes(spelled)) != entry


NEAR_MISSES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "a field more": lambda value: value | {"note": "x"},
    "a field less": lambda value: {key: value[key] for key in value if key != "reason"},
    "another schema": lambda value: value | {"schema": "safehand.custody/3"},
    "an act that is not the verb's": lambda value: value | {"act": "erasure"},
    "a verb nobody knows": lambda value: value | {"verb": "messages.forwarded"},
    "an instant without its microseconds": lambda value: value | {"instant": "2026-11-22T10:00:00Z"},
    "an instant of another zone": lambda value: value | {"instant": "2026-11-22T10:00:00.031250+01:00"},
    "an instant that is none": lambda value: value | {"instant": "2026-02-30T10:00:00.031250Z"},
    "a sequence as text": lambda value: value | {"sequence": "1"},
    "a sequence that is true": lambda value: value | {"sequence": True},
    "a first entry that names one before": lambda value: value | {"previous": "a" * 64},
    "a second entry that names none": lambda value: value | {"sequence": 2},
    "details in a list": lambda value: value | {"details": []},
    "a detail in an object": lambda value: value | {"details": {"first": {"of": 1}}},
    "a detail of three numbers": lambda value: value | {"details": {"messages": [[1, 2, 3]]}},
    "a detail of pairs and a number": lambda value: value | {"details": {"messages": [[1, 2], 3]}},
    "a name among the details": lambda value: value | {"details": {"who": "Priya Wren"}},
    "message text as the record": lambda value: value | {"record": "the seed potatoes are in"},
    "a name as the actor": lambda value: value | {"actor": "officer:Priya Wren"},
    "a recipient of what is no disclosure": lambda value: value | {"recipient": "officer:K4021"},
    "a reason nobody may have": lambda value: value | {"reason": "curiosity"},
    "a case that is none": lambda value: value | {"case": "SH-1"},
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_near_miss_is_refused(name: str) -> None:
    changed = NEAR_MISSES[name](json.loads(SPELLED))
    spelled = json.dumps(changed, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    with pytest.raises(CannotRead):
        parse_entry(spelled)


def test_the_near_misses_are_spelled_as_the_hit_is() -> None:
    assert json.dumps(json.loads(SPELLED), separators=(",", ":"), sort_keys=True).encode() == SPELLED
    assert parse_entry(SPELLED) == FIRST


@pytest.mark.parametrize("text", ["Priya", "the seed potatoes are in", "@priya", "07700 900123", "x" * 41])
def test_there_is_no_room_for_a_name_a_handle_or_a_message(text: str) -> None:
    for entry in (
        replace(FIRST, details={"who": text}),
        replace(FIRST, details={text: 1}),
        replace(FIRST, record=text),
        replace(FIRST, case=text),
        replace(FIRST, actor=text),
    ):
        with pytest.raises(UsageError):
            format_entry(entry)


def test_an_entry_fits_a_tile() -> None:
    with pytest.raises(UsageError, match="65535"):
        format_entry(replace(FIRST, details={"messages": [[1, n] for n in range(10_000)]}))
