"""sigtop's JSON by its two ways: patterns of shapes, and field by field. Whatever stands there, both tell the same."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import signal_rows as made
from safehand.sources.signal.sigtop_shapes import PlainRow, Shapes
from signal_reading import read

NAME = "Ada (+447700900123).json"
STYLES = [(",", ":"), (", ", ": "), (",\n  ", " : ")]

WORDS = ["hello", "6:30 {at} the [gate]", 'say "beans"', "a\nb", "\\u0041", "🥕 x", "", ": yes", 'x "id": 0', "\x01"]
STATES: list[Any] = [
    *({}, {"c2": {"status": "Read", "updatedAt": 5}}, {"c2": {"a": {}}}, {"c2": {}}, {"c2": {"readStatus": 0}}),
    {"a": {"status": "Sent"}, "b": {"status": "{"}},
]
REACTIONS: list[Any] = [
    *([], None, [{"emoji": "👍", "fromId": "c2", "timestamp": 1767553391000, "targetTimestamp": 1}]),
    *([{"emoji": "👍", "fromId": "c2"}, {"emoji": "🥕", "fromId": "c3"}], [{"emoji": 1}], [3], {}),
    [{"emoji": "👍", "fromId": "c2", "timestamp": 1.5}],
]
FILES: list[Any] = [
    *([], None, [{"fileName": "a.jpg"}], [{"fileName": "é", "size": 9, "thumbnail": {"path": "x"}}, {}], [3], [{}], {}),
    *([{"contentType": "audio/aac", "flags": 1}], [{"size": 2**70, "path": "a:b"}], [{"a": {"b": {}}}], [{"a": []}]),
]
ODD: list[Any] = [
    *(
        None,
        0,
        -0.0,
        1,
        -1,
        77,
        1.5,
        2**63,
        2**70,
        True,
        False,
        "",
        "x",
        "a: b",
        'q"',
        [],
        {},
        [1],
        [[]],
        [{}],
        {"a": 1},
    ),
    *({"a": []}, ["é"], {"a": {"b": 1}}, {"readStatus": 0}, "readStatus", 1767553331000, "incoming", "story", [0.5]),
]
FIELDS: dict[str, list[Any]] = {
    "id": ["row-1", "", None],
    "type": ["incoming", "incoming", "outgoing", "story", "call-history"],
    "body": WORDS,
    "sent_at": [1767553331000, 0, 1],
    "timestamp": [1767553331000, 1, None],
    "sourceServiceId": [made.ADA, made.ME, None, ""],
    "source": ["+447700900123", None],
    "conversationId": ["c1", "é"],
    "received_at": [77, 0, 1767553391000],
    "serverGuid": ["g", "", 'g"', "é"],
    "readStatus": [0, 1, 2],
    "sendStateByConversationId": STATES,
    "unidentifiedDeliveries": [[], ["a", "b"], [{"a": 1}]],
    "errors": [[], {}, None],
    "isErased": [False, True],
    "reactions": REACTIONS,
    "attachments": FILES,
    "bodyRanges": [[], [{"start": 0, "length": 1, "style": 1}]],
    "quote": [None, {"text": "dig?"}],
    "deletedForEveryone": [False, True, 0],
    "schemaVersion": [14],
    "smell": ["of beans"],
}

rows = st.lists(
    st.sets(st.sampled_from(sorted(FIELDS)), min_size=4).flatmap(
        lambda names: st.lists(
            st.fixed_dictionaries(
                {name: st.one_of(st.sampled_from(FIELDS[name]), st.sampled_from(FIELDS[name][:1] * 3 + ODD))
                 for name in sorted({*names, "type", "body", "sent_at"} - {"smell"}, key=list(FIELDS).index)}
            ),
            min_size=3,
            max_size=9,
        )
    ),
    min_size=1,
    max_size=2,
)  # fmt: skip

changes = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 3),
        st.sampled_from(
            [b"", b'"', b"\\", b"\x00", b"\xff", b"{", b"}", b"]", b",", b"-0", b" ", b"0.5", b'"readStatus":0,',
             b'"readStatus": -0, ', b"\\u003a", b"\\ud83d", b"},\n{", b'"id":"b","id":"a",', b"\t"]
        ),
    ),
    max_size=3,
)  # fmt: skip


def told(data: bytes) -> tuple[object, ...]:
    """All that is told of a file: events, and the account of its bytes."""
    events, reading = read(data, NAME)
    return events, reading.accounts()


@pytest.fixture(autouse=True, scope="module")
def _soon() -> Any:
    """Patterns are made of every second row of a shape."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shapes, "often", 2)
        yield


def both(data: bytes) -> None:
    short = told(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shapes, "decode", lambda _, raw: orjson.loads(raw))
        assert told(data) == short


def spelled(groups: list[list[made.Object]], style: tuple[str, str], *, escapes: bool) -> bytes:
    said = [json.dumps(row, ensure_ascii=escapes, separators=style) for group in groups for row in group]
    return ("[\n" + ",\n".join(said) + "\n]\n").encode()


@given(rows, st.sampled_from(STYLES), st.sampled_from(["letters", "escapes"]), changes)
@settings(max_examples=600, deadline=None)
def test_the_short_way_and_the_careful_way_tell_the_same(
    groups: list[list[made.Object]], style: tuple[str, str], spelling: str, steps: list[tuple[float, int, bytes]]
) -> None:
    data = spelled(groups, style, escapes=spelling == "escapes")
    for where, length, new in steps:
        at = int(where * len(data))
        data = data[:at] + new + data[at + length :]
    both(data)


@pytest.mark.parametrize("style", STYLES[:2])
def test_plain_rows_go_the_short_way(style: tuple[str, str]) -> None:
    said = [made.row(f"row {n}: {{dug}}\n“all”", made.at(n), (made.ADA, made.ME)[n % 2]) for n in range(6)]
    said[4]["reactions"] = [{"emoji": "👍", "fromId": "c2", "timestamp": 1767553391000}]
    said[5]["sendStateByConversationId"] = {"c2": {"status": "Read", "updatedAt": 5}}
    said.append({**made.row("", made.at(6)), "attachments": FILES[3], "body": None})
    said.append({**made.row("row", made.at(7)), "attachments": FILES[2]})
    raws = [
        json.dumps({"sendStateByConversationId": {}, **one}, separators=style, ensure_ascii=False).encode()
        for one in said
    ]
    shapes = Shapes()
    for raw in raws[:2]:
        shapes.saw(orjson.loads(raw), raw)
    assert all(isinstance(shapes.decode(raw), PlainRow) for raw in raws)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"type":"incoming","body":"a","sent_at":1,"type":"incoming"}',
        b'{"type":"incoming","body":"a","sent_at":1.5}',
        b'{"type":"incoming","body":"a\\u0041","sent_at":1}',
        b'{"type":"incoming","body":"","sent_at":1}',
        b'{"type":"incoming", "body":"a","sent_at":1}',
        b'{"type":"keychange","body":"a","sent_at":1}',
        b'{"type":"incoming","body":"a","sent_at":1,"smell":1}',
    ],
)
def test_a_row_of_another_shape_is_whatever_json_holds(raw: bytes) -> None:
    shapes = Shapes()
    usual = b'{"type":"incoming","body":"a","sent_at":1}'
    for _ in range(2):
        shapes.saw(orjson.loads(usual), usual)
    assert isinstance(shapes.decode(usual), PlainRow)
    assert shapes.decode(raw) == orjson.loads(raw)


@pytest.mark.parametrize(
    "tail", [b"{" * 5_000, b"[" * 5_000, b'"' * 5_000, b"{}" * 5_000, b"9" * 5_000, b"a{}" * 3_000]
)
def test_no_row_holds_a_pattern_up(tail: bytes) -> None:
    usual = (
        b'{"type":"incoming","body":"a","sent_at":1,"errors":{"a":{}},"sent_to":[1],"reactions":[],"attachments":[]}'
    )
    shapes = Shapes()
    for _ in range(2):
        shapes.saw(orjson.loads(usual), usual)
    for at in range(0, len(usual), 7):
        with pytest.raises(ValueError):  # noqa: PT011  orjson's own
            shapes.decode(usual[:at] + tail)
