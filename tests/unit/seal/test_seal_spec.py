"""The specification says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from safehand.model.digest import sha256_of
from safehand.seal.bag import readme
from safehand.seal.layout import FIRST
from safehand.seal.report import Code
from safehand.seal.tar import Header, format_header

SPEC = (Path(__file__).parents[3] / "docs" / "spec" / "package.md").read_text(encoding="utf-8")


def test_every_code_stands_in_the_specification_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]+ \|$", SPEC, re.MULTILINE)
    assert rows == [str(code) for code in Code]


def test_the_order_of_files_is_the_one_in_the_specification() -> None:
    assert re.findall(r"^\| [1-9] \| `([a-zA-Z0-9/_.-]+)` \|$", SPEC, re.MULTILINE) == list(FIRST)


def test_the_readme_is_the_one_in_the_specification() -> None:
    assert sha256_of(readme()) in SPEC


def test_the_fields_of_a_header_are_those_in_the_specification() -> None:
    block = format_header(Header("bag/bagit.txt", 8**11, 1_795_000_000))
    fields = {
        (100, 108): b"0000644\0",
        (108, 124): b"0000000\x00" * 2,
        (124, 136): b"\x80" + (8**11).to_bytes(11, "big"),
        (136, 148): b"%011o\0" % 1_795_000_000,
        (156, 157): b"0",
        (157, 257): bytes(100),
        (257, 265): b"ustar\x0000",
        (265, 329): bytes(64),
        (329, 345): b"0000000\x00" * 2,
        (345, 512): bytes(167),
    }
    assert {limits: block[slice(*limits)] for limits in fields} == fields
    assert all(
        re.search(rf"\b{start}–{end - 1}\b|\| {start} \|", SPEC) for start, end in fields if start not in {108, 329}
    )
    checksum = sum(block[:148]) + 8 * ord(" ") + sum(block[156:])
    assert block[148:156] == b"%06o\0 " % checksum
