"""JSON of any size, element by element: exact spans, whatever the window, and every byte accounted for."""

from __future__ import annotations

import json
import tracemalloc
from io import BytesIO
from time import process_time
from typing import Any, BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from json_scanned import MESSAGES, scanned
from safehand.errors import CannotRead
from safehand.sources import json_elements, json_resync
from safehand.sources.accounting import Ledger, SegmentKind, Unparsed
from safehand.sources.contract import FileInMemory
from safehand.sources.json_fields import Odd, Oddity
from safehand.sources.json_windows import BATCH, EACH, FIELD_LIMIT, Closed, Elements, Opened, Trouble, scan

WINDOWS = (1, 16, 17, 61, 1000, 4 << 20)
CHATS = (("chats", "list", EACH, "messages", EACH), ("left", "list", EACH, "messages", EACH))

words = st.text(st.sampled_from('ab "\\{}[],:é🌱\n\x7f'), max_size=8)
leaves = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | words | st.sampled_from([0.5, -2.25, 1e30])
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)
layouts = st.sampled_from([None, 0, 1, 2, 4, "\t"])


@st.composite
def documents(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """An export-like document, with keys before and behind its messages, in some layout."""
    before = draw(st.dictionaries(words, values, max_size=2))
    behind = draw(st.dictionaries(words, values, max_size=2))
    document = {**before, "messages": draw(st.lists(values, max_size=6)), **behind}
    spelled = json.dumps(document, indent=draw(layouts), ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        spelled = spelled.replace("\n", "\r\n")
    return document, spelled.encode()


@given(documents(), st.sampled_from(WINDOWS))
@settings(max_examples=300, deadline=None)
def test_elements_and_their_spans_are_those_of_the_whole_file(made: tuple[dict[str, Any], bytes], window: int) -> None:
    document, data = made
    told = scanned(data, window=window)
    assert told.values == document["messages"]
    assert [json.loads(data[start:end]) for start, end, _ in told.elements] == document["messages"]
    assert told.unparsed == ()
    fields = {one.path[0]: json.loads(one.raw or b"") for one in told.fields}
    assert fields == {key: value for key, value in document.items() if key != "messages"}


@given(documents(), st.data(), st.sampled_from(WINDOWS))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_loses_no_byte_and_reads_alike_through_any_window(
    made: tuple[dict[str, Any], bytes], data: st.DataObject, window: int
) -> None:
    """scanned checks that the segments are the file; what they are must not hang on the window."""
    spelled = made[1]
    at = data.draw(st.integers(0, len(spelled)))
    change = data.draw(st.sampled_from([b"", b'"', b"\\", b"{", b"}", b"]", b",", b"\n", b"\x00", b"\xff", b"7"]))
    gone = data.draw(st.integers(0, 5))
    damaged = spelled[:at] + change + spelled[at + gone :]
    assert scanned(damaged, window=window) == scanned(damaged)


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_what_parts_two_elements_parts_all(monkeypatch: pytest.MonkeyPatch, indent: int | None) -> None:
    """Elements with objects inside, and texts that look like the parting: each is found, few by the scanner."""
    rows = [
        {"id": n, "text": '},{"id":1},\n  {', "z": [{"id": 1}, {"n": 2}] if n % 500 == 7 else []} for n in range(2000)
    ]
    calls: list[int] = []
    scan_once = json_resync.scan_once

    def counted(text: str, at: int) -> tuple[Any, int]:
        calls.append(at)
        return scan_once(text, at)

    monkeypatch.setattr(json_elements, "scan_once", counted)
    assert scanned(json.dumps({"messages": rows}, indent=indent).encode()).values == rows
    assert len(calls) < 40


@pytest.mark.parametrize("window", [1, 100, 5000, 4 << 20])
def test_no_batch_is_larger_than_it_may_be(window: int) -> None:
    data = json.dumps({"messages": [{"n": n} for n in range(1000)]}, indent=1).encode()
    sizes = [
        len(event.starts)
        for event in scan(FileInMemory("f", "f", data), Ledger("f"), MESSAGES, window=window)
        if isinstance(event, Elements)
    ]
    assert sum(sizes) == 1000
    assert max(sizes) <= BATCH


def test_a_title_that_reads_like_the_messages_fools_nobody() -> None:
    data = json.dumps({"title": '"messages": [{"n": 0}]', "deep": {"messages": [5]}, "messages": [{"n": 1}]}).encode()
    told = scanned(data)
    assert told.values == [{"n": 1}]
    assert [one.path for one in told.fields] == [("title",), ("deep",)]


def test_each_conversation_of_an_account_has_its_own_path() -> None:
    chats = [{"name": "A", "messages": [{"n": 1}, {"n": 2}]}, {"messages": []}, 7, {"messages": [{"n": 3}]}]
    document = {"about": "x", "chats": {"about": "y", "list": chats}, "left": {"list": [{"messages": [{"n": 4}]}]}}
    told = scanned(json.dumps(document, indent=1).encode(), CHATS)
    assert [value["n"] for value in told.values] == [1, 2, 3, 4]
    assert told.places == [
        (0, ("chats", "list", 0, "messages"), 0),
        (0, ("chats", "list", 0, "messages"), 1),
        (0, ("chats", "list", 3, "messages"), 0),
        (1, ("left", "list", 0, "messages"), 0),
    ]
    assert [one.path for one in told.fields] == [
        ("about",), ("chats", "about"), ("chats", "list", 0, "name"), ("chats", "list", 2),
    ]  # fmt: skip
    opened = [one.path for one in told.containers if isinstance(one, Opened)]
    assert sorted(opened) == sorted(one.path for one in told.containers if isinstance(one, Closed))


def test_another_value_where_the_messages_should_be_is_a_field() -> None:
    told = scanned(b'{"messages": {"n": [1]}, "chats": []}', (*MESSAGES, *CHATS))
    assert [(one.path, one.raw) for one in told.fields] == [(("messages",), b'{"n": [1]}'), (("chats",), b"[]")]


def test_a_key_that_comes_twice_is_told_and_both_are_read() -> None:
    told = scanned(b'{"name": "a", "messages": [1], "name": "b", "messages": [2]}')
    assert told.values == [1, 2]
    assert [one.repeated for one in told.fields] == [False, True]
    assert [one.repeated for one in told.containers if isinstance(one, Opened)] == [False, False, True]


def test_a_byte_order_mark_is_a_segment_of_its_own() -> None:
    told = scanned(b'\xef\xbb\xbf{"messages": [{"n": 1}]}\r\n', window=1)
    assert told.values == [{"n": 1}]
    assert told.segments[0] == (SegmentKind.BOM, 0, 3)
    assert told.segments[-1][0] is SegmentKind.BLANK


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("window", WINDOWS)
def test_a_file_cut_short_gives_its_good_part(indent: int | None, window: int) -> None:
    data = json.dumps({"messages": [{"n": n, "t": "bean } row ]"} for n in range(4)]}, indent=indent).encode()
    whole = scanned(data)
    for cut in range(1, len(data) - 1):
        told = scanned(data[:cut], window=window)
        good = [one for one in whole.elements if one[1] <= cut]
        assert told.elements == good
        last = told.broken[-1]
        assert (last.trouble, last.end) == (Trouble.TRUNCATED, cut)


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("wrong", ['"b""ad"', '"bad', "tru", "1 2", ": 1", '{"x": }', "[1", "\\"])
def test_damage_in_one_element_costs_that_element_alone(indent: int | None, wrong: str) -> None:
    rows = [{"n": n, "text": "WRONG" if n == 3 else f"bean row {n}", "z": ["p", n]} for n in range(8)]
    spelled = json.dumps({"messages": rows, "title": "x"}, indent=indent).replace('"WRONG"', wrong)
    told = scanned(spelled.encode())
    assert told.values == rows[:3] + rows[4:]
    assert {one.trouble for one in told.broken} == {Trouble.DAMAGED}
    assert spelled[told.unparsed[0].start :].startswith(f"{{{'' if indent is None else chr(10)}"[:1])
    assert told.fields[-1].raw == b'"x"'


def test_damage_in_a_title_costs_no_message() -> None:
    rows = [{"n": n} for n in range(5)]
    spelled = json.dumps({"name": "Bob", "type": "x", "messages": rows}, indent=1).replace('"Bob"', '"Bo"b"')
    told = scanned(spelled.encode())
    assert told.values == rows
    assert [one.path for one in told.fields] == [("type",)]


def test_the_messages_of_one_chat_never_become_another_s() -> None:
    """The first chat loses the end of its array; the second chat's messages stay the second chat's."""
    chats = [{"name": "A", "messages": [{"n": 1}, {"n": 2}]}, {"name": "B", "messages": [{"n": 3}, {"n": 4}]}]
    for indent in (None, 1):
        spelled = json.dumps({"chats": {"list": chats}}, indent=indent)
        at = spelled.index("]")
        told = scanned((spelled[:at] + spelled[at + 1 :]).encode(), CHATS)
        paths = {value["n"]: path for value, (_, path, _) in zip(told.values, told.places, strict=True)}
        assert paths[1] == paths[2] == ("chats", "list", 0, "messages")
        assert paths[3] == paths[4] == ("chats", "list", 1, "messages")
        assert told.broken


def test_bytes_after_the_end_are_told() -> None:
    told = scanned(b'{"messages": [1]} \n{"messages": [2]}')
    assert told.values == [1]
    assert told.unparsed == (Unparsed(19, 36, Trouble.AFTER_END),)


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it_is_told_as_empty(data: bytes) -> None:
    told = scanned(data)
    assert [one.trouble for one in told.broken] == [Trouble.EMPTY]


@pytest.mark.parametrize("data", [b"hello", b"<html>\n<body>", b"\xff\xfe{\x00}\x00", b"\x00" * 50, b"[" * 50, b"}"])
def test_what_is_not_json_is_unparsed_and_no_more(data: bytes) -> None:
    for window in WINDOWS:
        told = scanned(data, window=window)
        assert told.elements == []
        assert sum(one.end - one.start for one in told.unparsed) >= len(b"".join(data.split()))


@pytest.mark.parametrize(
    ("spelled", "oddity", "value"),
    [
        (rb'{"t": "half \ud83d here"}', Oddity.LONE_SURROGATE, "half \ufffd here"),
        (b'{"t": "caf\xe9"}', Oddity.NOT_UTF8, "café"),
        (rb'{"t": "a\x1Fb"}', Oddity.BAD_ESCAPE, "a\x1fb"),
        (b'{"t": NaN}', Oddity.NOT_STRICT, "NaN"),
        (b'{"t": "a\tb"}', Oddity.NOT_STRICT, "a\tb"),
    ],
)
@pytest.mark.parametrize("window", WINDOWS)
def test_what_a_strict_reader_refuses_is_read_and_said_to_be_odd(
    spelled: bytes, oddity: Oddity, value: str, window: int
) -> None:
    told = scanned(b'{"messages": [{"t": "a"}, ' + spelled + b', {"t": "b"}]}', window=window)
    odd = told.values[1]
    assert isinstance(odd, Odd)
    assert odd.oddities == {oddity}
    assert odd.value == {"t": value}
    assert [one if one is odd else one["t"] for one in told.values] == ["a", odd, "b"]


@pytest.mark.parametrize("depth", [2000, 200_000])
def test_an_element_nested_too_deeply_is_told_and_passed(depth: int) -> None:
    deep = b"[" * depth + b"]" * depth
    told = scanned(b'{"messages": [{"n": 1}, ' + deep + b', {"n": 2}], "x": ' + deep + b"}")
    assert told.values == [{"n": 1}, {"n": 2}]
    assert [one.trouble for one in told.broken] == [Trouble.TOO_DEEP, Trouble.TOO_DEEP]


def test_an_element_longer_than_any_message_is_passed_in_constant_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_elements, "LONGEST_MESSAGE", 1 << 20)
    long = b'{"t": "' + b"x" * (40 << 20) + b'"}'
    data = b'{"messages": [{"n": 1}, ' + long + b', {"n": 2}]}'
    events: list[object] = []
    tracemalloc.start()
    ledger = Ledger("f")
    values: list[Any] = []
    for event in scan(FileInMemory("f", "f", data), ledger, MESSAGES, window=1 << 16):
        events.append(event)
        if isinstance(event, Elements):
            values += event.values
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert values == [{"n": 1}, {"n": 2}]
    assert ledger.close(len(data)).unparsed == (Unparsed(24, 24 + len(long), Trouble.TOO_LONG),)
    assert peak < 12 << 20


@pytest.mark.parametrize("rubbish", [b"x ", b": ", b"{]", b"} ", b'"x" "', b"\x00 ", b'{"n": x},\n  ', b'"k": tru,\n '])
@pytest.mark.parametrize("opening", [b'{"messages": [', b'{\n "messages": [\n  {"n": 1},\n  ', b'{\n "a": 1,\n '])
def test_rubbish_without_end_is_given_up(rubbish: bytes, opening: bytes) -> None:
    """What would take hours at two gigabytes: after some damage with nothing good between, the rest is unparsed."""
    data = opening + rubbish * 50_000
    begin = process_time()
    told = scanned(data, window=1 << 16)
    assert process_time() - begin < 10
    assert len(told.broken) < 5000


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("window", [4096, 4 << 20])
def test_a_field_longer_than_its_limit_is_measured_and_not_held(indent: int | None, window: int) -> None:
    people = [{"name": "Tom", "n": n} for n in range(FIELD_LIMIT // 20)]
    data = json.dumps({"list": people, "messages": [{"n": 1}]}, indent=indent).encode()
    told = scanned(data, window=window)
    assert (told.fields[0].raw, told.fields[0].end) == (None, data.index(b"]") + 1)
    assert told.values == [{"n": 1}]
    assert told.unparsed == ()


def test_what_the_reader_of_a_batch_says_stands_in_the_account() -> None:
    data = b'{"messages": [1, 2, 3, 4]}'
    ledger = Ledger("f")
    for event in scan(FileInMemory("f", "f", data), ledger, MESSAGES):
        if isinstance(event, Elements):
            event.tell(1, SegmentKind.EVENT)
            event.refuse(2, "no message")
    account = ledger.close(len(data))
    assert account.unparsed == (Unparsed(20, 21, "no message"),)
    assert {kind: tally.count for kind, tally in account.segments.items()} == {
        "event": 1, "message": 2, "structure": 6, "unparsed": 1,
    }  # fmt: skip


class _Torn(FileInMemory):
    """A file whose disk gives up."""

    def open(self) -> BinaryIO:
        class Stream(BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell():
                    raise OSError("unplugged")
                return super().read(size)

        return Stream(self.data)


def test_a_disk_that_gives_up_is_an_error_with_the_file_s_name() -> None:
    data = b'{"messages": [' + b'{"n": 1},' * 50_000
    with pytest.raises(CannotRead, match="f: The file could not be read on"):
        list(scan(_Torn("f", "f", data), Ledger("f"), MESSAGES, window=100))
