"""Promises of canonical JSON: one value, one spelling, and nothing else is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead, UsageError
from safehand.model.canonical import Json, format_canonical, parse_canonical

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back(value: Json) -> None:
    assert parse_canonical(format_canonical(value)) == value


@given(values)
def test_an_ordinary_json_reader_reads_the_same(value: Json) -> None:
    assert json.loads(format_canonical(value)) == value


@given(values, st.integers(0), st.integers(0, 255))
def test_a_near_miss_is_refused_or_is_another_value(value: Json, place: int, byte: int) -> None:
    good = format_canonical(value)
    place %= len(good)
    near = good[:place] + bytes([byte]) + good[place + 1 :]
    try:
        read = parse_canonical(near)
    except CannotRead:
        return
    assert format_canonical(read) == near


def test_keys_stand_in_the_order_of_rfc_8785_section_3_2_3() -> None:
    # The RFC's own example: sorted by UTF-16 code units, so the emoji (D83D DE00) comes before U+FB33.
    keys: list[str] = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = format_canonical(dict.fromkeys(keys))
    assert list(json.loads(written)) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'{"a": 1}', "a space"),
        (b'{"b":1,"a":2}', "keys out of order"),
        (b'{"a":1,"a":1}', "a key twice"),
        (b'{"a":1}\n', "a final newline"),
        (b'"\\u0041"', "an escape that is not needed"),
        (b'"\\/"', "an escaped slash"),
        (b"1.0", "a fraction"),
        (b"1e3", "an exponent"),
        (b"-0", "a negative nought"),
        (b"9007199254740992", "an integer a browser would round"),
        (b'"\xff"', "not UTF-8"),
        (b'"\\ud83d"', "half a surrogate pair"),
        (b"", "nothing"),
        (b"NaN", "not JSON"),
        (b"[" * 100_000, "deeper than any stack"),
        (b"1" * 5_000, "an integer past Python's digit limit"),
        (b"\xef\xbb\xbf{}", "a byte order mark"),
    ],
)
def test_only_the_canonical_spelling_is_read(text: bytes, why: str) -> None:
    with pytest.raises(CannotRead):
        parse_canonical(text)
    assert why


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}, [1.5], {"a": {1, 2}}])
def test_what_has_no_canonical_form_is_refused(value: Json) -> None:
    with pytest.raises(UsageError):
        format_canonical(value)


def test_a_value_deeper_than_the_limit_is_refused() -> None:
    value: Json = None
    for _ in range(70):
        value = [value]
    with pytest.raises(UsageError, match="levels deep"):
        format_canonical(value)
