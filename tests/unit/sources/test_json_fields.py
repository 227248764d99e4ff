"""Values that strict readers refuse or change are read all the same, and fields are kept as they stand."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.sources.json_fields import (
    Odd,
    Oddity,
    escaped,
    has_repeated_keys,
    keys_repeat,
    members,
    read_key,
    read_odd,
    repeated_members,
    shown,
    verbatim,
)

words = st.text(st.sampled_from('ab "\\:{},é🌱\n'), max_size=6)
leaves = st.none() | st.booleans() | st.integers(-99, 99) | words
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)
objects = st.dictionaries(words, values, max_size=5)
layouts = st.sampled_from([None, 0, 2])


def odd_of(raw: bytes) -> Odd:
    odd = read_odd(raw)
    assert odd is not None
    return odd


@given(objects, layouts, st.booleans())
def test_the_fields_of_an_object_stand_where_members_says(
    value: dict[str, Any],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    found = list(members(raw))
    assert {one.key: json.loads(raw[one.start : one.end]) for one in found} == value
    spelled = [json.JSONDecoder().raw_decode(raw[one.key_start :].decode())[0] for one in found]
    assert spelled == list(value)


@given(objects, layouts, st.booleans(), st.sets(words, max_size=4))
def test_a_field_kept_verbatim_is_spelled_as_it_stands(
    value: dict[str, Any],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
    wanted: set[str],
) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    wanted |= set(list(value)[:2])
    kept = verbatim(raw, wanted)
    assert json.loads(kept) == {key: one for key, one in value.items() if key in wanted}
    assert json.loads(verbatim(raw, wanted, value)) == json.loads(kept)
    for one in members(raw):
        if one.key in wanted:
            assert raw[one.start : one.end].decode() in kept


@pytest.mark.parametrize("spelled", ["-0", "1.50", "1E2", '"\\u0041"', "123456789012345678901234567890", "[1,  2]"])
def test_spellings_that_a_reader_would_change_are_kept(spelled: str) -> None:
    raw = f'{{"a": {spelled}, "b": 1}}'.encode()
    assert verbatim(raw, {"a"}, orjson.loads(raw)) == f'{{"a": {spelled}}}'


@given(objects, layouts, st.booleans(), st.data())
@settings(max_examples=200)
def test_a_key_given_twice_is_never_missed_and_never_made_up(
    value: dict[str, Any],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert not keys_repeat(raw, orjson.loads(raw))
    places = [one.key_start for one in members(raw)]
    if places:
        at = data.draw(st.sampled_from(places))
        key = next(one for one in members(raw) if one.key_start == at)
        gap = data.draw(st.sampled_from([b"", b" ", b"\n"]))
        twice = raw[:at] + raw[at : key.start].rstrip(b": \r\n\t") + gap + b": 7, " + raw[at:]
        assert keys_repeat(twice, orjson.loads(twice))
        assert repeated_members(twice) == {key.key}


@pytest.mark.parametrize(
    ("spelled", "repeats"),
    [
        (rb'{"a": "\u003a", "a": 1}', True),
        (rb'{"a": "\u003a\u003A", "b": {"c": 1, "c": 2}}', True),
        (rb'{"a": "\u003a"}', False),
        (b'{"a" : 1, "b":2, "b" :3}', True),
        (rb'{"a": "\x1f", "a": 2}', True),
        (b'{"a": 1', False),
    ],
)
def test_colons_that_are_escaped_or_spaced_hide_no_key(spelled: bytes, repeats: bool) -> None:  # noqa: FBT001
    odd = read_odd(spelled)
    assert keys_repeat(spelled, odd.value if odd else None) is repeats
    assert has_repeated_keys(spelled) is repeats


def test_a_number_beyond_64_bits_keeps_its_digits_as_text() -> None:
    raw = b'{"id": 99999999999999999999, "most": 18446744073709551615, "least": -9223372036854775808, "f": 1.50}'
    most, least = 2**64 - 1, -(2**63)
    assert odd_of(raw).value == {"id": "99999999999999999999", "most": most, "least": least, "f": "1.50"}
    assert odd_of(b"9" * 6000).value == "9" * 6000  # past the interpreter's own limit on digits


def test_half_a_character_is_shown_as_a_mark_and_told_as_it_stood() -> None:
    odd = odd_of(rb'{"t": "a\ud83d", "whole": "\ud83c\udf31"}')
    assert odd.value == {"t": "a\ufffd", "whole": "🌱"}
    assert escaped(odd.original["t"]) == r"a\ud83d"
    assert shown(odd.original["t"]) == "a\ufffd"
    assert odd.oddities == {Oddity.LONE_SURROGATE}


def test_a_byte_that_is_not_utf_8_is_read_and_told_as_it_stood() -> None:
    odd = odd_of(b'{"t": "caf\xe9 \x9d \xc3\xa9"}')
    assert odd.value == {"t": "café \ufffd é"}
    assert escaped(odd.original["t"]) == r"caf\xe9 \x9d é"
    assert odd.oddities == {Oddity.NOT_UTF8}


def test_a_control_character_in_telegram_s_spelling_is_repaired_and_a_backslash_is_not() -> None:
    odd = odd_of(rb'{"t": "\x1F", "path": "C:\\x41"}')
    assert odd.value == {"t": "\x1f", "path": r"C:\x41"}
    assert odd.oddities == {Oddity.BAD_ESCAPE}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"a": tru}', b'{"a": 1} x', b"[" * 90_000, b"[" * 700 + b"]" * 700 + b","]
)
def test_what_is_no_json_value_is_none(raw: bytes) -> None:
    assert read_odd(raw) is None
    assert list(members(raw)) in ([], [("a", 1, 6, 7)], [("a", 1, 6, 9)])


@given(st.binary(max_size=40))
def test_no_bytes_crash_a_lenient_reader(raw: bytes) -> None:
    for spelled in (raw, b'{"a": "' + raw + b'"}', b'{"' + raw + b'": 1}'):
        odd = read_odd(spelled)
        if odd is not None:
            json.dumps(odd.value, ensure_ascii=False).encode()  # fit to be stored
        list(members(spelled))
        has_repeated_keys(spelled)


def test_a_key_is_fit_to_show_whatever_it_holds() -> None:
    assert [read_key(key) for key in (b'"name"', rb'"\u00e9"', rb'"\ud83d"', b'"\xff"')] == ["name", "é", "\ufffd", "ÿ"]
