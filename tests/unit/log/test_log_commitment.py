"""A leaf binds to its entry, opens for who is shown the salt, and can be made with stock tools."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead, UsageError
from safehand.log.commitment import (
    NotCommitted,
    Opening,
    check_committed,
    commit,
    format_opening,
    parse_opening,
)

ENTRY = b'{"act":"consultation"}'
SALT = bytes(range(32))
OPENINGS = st.builds(Opening, st.binary(min_size=32, max_size=32), st.binary(min_size=1, max_size=200))


def test_a_leaf_is_what_openssl_makes_of_salt_and_entry(tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_bytes(ENTRY)
    made = subprocess.run(
        ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{SALT.hex()}", "entry.json"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-1]
    assert commit(Opening(SALT, ENTRY)).decode() == f"safehand.leaf/1 {made}\n"
    assert len(commit(Opening(SALT, ENTRY))) == 81


@given(OPENINGS)
def test_what_was_committed_opens_and_is_read_back(opening: Opening) -> None:
    check_committed(commit(opening), opening)
    assert parse_opening(format_opening(opening)) == opening


@given(OPENINGS, st.integers(0, 1 << 20), st.sampled_from(["salt", "entry", "cut", "longer", "shift"]))
def test_no_near_miss_opens_a_leaf(opening: Opening, number: int, how: str) -> None:
    salt, entry = bytearray(opening.salt), bytearray(opening.entry)
    match how:
        case "salt":
            salt[number % 32] ^= 1 << number % 8
        case "entry":
            entry[number % len(entry)] ^= 1 << number % 8
        case "cut":
            entry.pop()
        case "longer":
            entry.append(0)
        case _:  # the same bytes, parted elsewhere
            whole = opening.salt + opening.entry
            salt, entry = bytearray(whole[:31] + whole[32:33]), bytearray(whole[31:])
    with pytest.raises(NotCommitted):
        check_committed(commit(opening), Opening(bytes(salt), bytes(entry)))


def test_one_entry_under_two_salts_has_two_leaves() -> None:
    assert commit(Opening(SALT, ENTRY)) != commit(Opening(SALT[::-1], ENTRY))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_salt_has_one_length(length: int) -> None:
    # HMAC pads a short key with NULs, so that two salts of two lengths could open one leaf.
    opening = Opening(bytes(length), ENTRY)
    for deed in (commit, format_opening):
        with pytest.raises(UsageError):
            deed(opening)


def test_what_is_no_leaf_and_no_opening_is_refused() -> None:
    leaf = commit(Opening(SALT, ENTRY))
    for wrong in (b"", leaf[:-1], leaf + b"\n", leaf.upper(), leaf.replace(b"/1", b"/2"), leaf.replace(b" ", b"  ")):
        with pytest.raises(CannotRead):
            check_committed(wrong, Opening(SALT, ENTRY))
    for data in (b"", SALT, SALT[:-1]):
        with pytest.raises(CannotRead):
            parse_opening(data)
    with pytest.raises(UsageError):
        format_opening(Opening(SALT, b""))
