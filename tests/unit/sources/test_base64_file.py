"""A file in base64 inside of another: any stretch of it, and no more of it than was asked for."""

from __future__ import annotations

import base64
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rsmf_mail_made import lines
from safehand.errors import CannotRead
from safehand.sources.base64_file import Base64File, Base64Place

BEFORE = b"Subject: allotment\r\n\r\n"


def place_of(data: bytes, width: int, end: bytes) -> Base64Place:
    coded = base64.b64encode(data)
    return Base64Place(len(BEFORE), width, width + len(end), len(coded), coded.count(b"="))


@given(
    st.binary(min_size=1, max_size=400), st.integers(1, 80), st.sampled_from([b"\n", b"\r\n"]),
    st.integers(0, 420), st.integers(0, 420),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_every_stretch_is_that_of_the_decoded_file(
    data: bytes, width: int, end: bytes, start: int, length: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mail.eml"
        path.write_bytes(BEFORE + lines(data, width, end) + b"--after")
        with Base64File(path, place_of(data, width, end)) as file:
            assert file.size == len(data)
            assert file.read_at(start, length) == data[start : start + length]


def test_a_file_that_changed_meanwhile_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    data = bytes(range(200))
    path.write_bytes(BEFORE + lines(data)[:60])
    with Base64File(path, place_of(data, 76, b"\r\n")) as file:
        assert file.read_at(0, 3) == data[:3]
        for start in (100, 44):
            with pytest.raises(CannotRead, match="changed"):
                file.read_at(start, 9)
