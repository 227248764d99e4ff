"""The tar: every field, both ways of writing a size, and what other programs make of it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.seal.tar import BLOCK, END, Header, MalformedHeader, format_header, padding, parse_header, tar_size

NAMES = st.from_regex(r"[a-z0-9._/-]{1,100}", fullmatch=True)


@given(NAMES, st.integers(0, 2**80), st.integers(0, 2**40))
def test_a_header_reads_back_as_it_was_written(name: str, size: int, time: int) -> None:
    header = Header(name, size, time)
    assert parse_header(format_header(header)) == header


@pytest.mark.parametrize("size", [0, 1, 511, 512, 8**11 - 1, 8**11, 10**12])
def test_python_and_gnu_tar_read_every_size(size: int, tmp_path: Path) -> None:
    block = format_header(Header("bag/data/0001.txt", size, 1_795_000_000))
    member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    assert (member.name, member.size, member.mtime, member.mode) == ("bag/data/0001.txt", size, 1_795_000_000, 0o644)
    assert (member.uid, member.gid, member.uname, member.gname, member.isreg()) == (0, 0, "", "", True)
    path = tmp_path / "sparse.tar"
    with path.open("wb") as file:
        file.write(block)
        file.truncate(BLOCK + size + padding(size) + len(END))
    assert path.stat().st_size == tar_size([size])
    told = subprocess.run(["tar", "-tvf", path], capture_output=True, text=True, check=True).stdout
    assert f" {size} " in told


def test_gnu_tar_writes_the_same_header(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "0001.txt").write_bytes(b"x" * 1000)
    as_ours = ("--format=ustar", "--mode=0644", "--numeric-owner", "--owner=0", "--group=0", "--mtime=@1795000000")
    made = subprocess.run(
        ["tar", "-c", *as_ours, "data/0001.txt"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    ours = format_header(Header("data/0001.txt", 1000, 1_795_000_000))
    differ = [place for place in range(BLOCK) if ours[place] != made[place]]
    # The names of owner and group, which we leave empty, and the checksum over them.
    assert all(265 <= place < 329 or 148 <= place < 156 for place in differ)


def test_a_name_that_does_not_fit_is_refused() -> None:
    for name in ("", "x" * 101, "é"):
        with pytest.raises(ValueError, match=r"fit|ascii"):
            format_header(Header(name, 0, 0))


GOOD = format_header(Header("bag/bagit.txt", 55, 1_795_000_000))


@pytest.mark.parametrize(
    "block",
    [
        b"",
        GOOD[:-1],
        bytes(BLOCK),
        GOOD.replace(b"ustar", b"USTAR"),
        b"\0" * 100 + GOOD[100:],
        b"\xff" + GOOD[1:],
        GOOD[:124] + b"0000000009x\0" + GOOD[136:],
        GOOD[:124] + b"           \0" + GOOD[136:],
        GOOD[:136] + b"-0000000001\0" + GOOD[148:],
    ],
)
def test_what_is_no_header_is_not_read(block: bytes) -> None:
    with pytest.raises(MalformedHeader):
        parse_header(block)


@given(st.integers(0, BLOCK - 1), st.integers(1, 255))
def test_a_changed_header_is_never_the_one_that_would_be_written(place: int, bits: int) -> None:
    block = GOOD[:place] + bytes([GOOD[place] ^ bits]) + GOOD[place + 1 :]
    with contextlib.suppress(MalformedHeader):
        assert format_header(parse_header(block)) != block


def test_python_reads_a_whole_tar() -> None:
    data = b"x" * 700
    tar = format_header(Header("a.txt", 700, 1)) + data + bytes(padding(700)) + END
    with tarfile.open(fileobj=io.BytesIO(tar)) as members:
        (member,) = members.getmembers()
        taken = members.extractfile(member)
        assert taken is not None
        assert taken.read() == data
