"""Whatever byte of a package is changed, it is detected, and the file it concerns is named."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from safehand.seal.layout import FIRST, cited
from safehand.seal.open import verify_package
from safehand.seal.report import PACKAGE, Code
from safehand.seal.statement import parse_statement
from safehand.seal.write import write_package
from sealed_packages import checked, desk_in, fixed, prepared_from, tar_of, write_chat

BLOCK = 512


@pytest.fixture(scope="module")
def tar(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("flips")
    paths = [
        write_chat(folder),
        write_chat(folder, '{"photo":"data:image/png;base64,' + "iVBORw0KGgo" * 6 + '="}', "message_1.json"),
    ]
    (folder / "IMG-0001.jpg").write_bytes(b"")
    return tar_of(prepared_from([*paths, folder / "IMG-0001.jpg"]))


def owners(tar: bytes) -> Iterator[tuple[int, int, str]]:
    """Each file's stretch of the tar, header and padding included; and the end."""
    end = 0
    with tarfile.open(fileobj=io.BytesIO(tar)) as members:
        for member in members:
            end = member.offset_data + -(-member.size // BLOCK) * BLOCK
            yield member.offset, end, cited(member.name)
    yield end, len(tar), PACKAGE


@pytest.mark.parametrize("file", [*map(cited, FIRST), "data/0001.txt", "data/0002.json", PACKAGE])
def test_every_single_byte_of_the_tar_counts(file: str, tar: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    # Most changes leave the statement as it is: reading it once is enough here.
    read_once = lru_cache(8)(parse_statement)
    for module in ("verify", "marks"):
        monkeypatch.setattr(f"safehand.seal.{module}.parse_statement", read_once)
    assert checked(tar).passed
    missed, unnamed, accused = [], [], set()
    ((start, end),) = [(start, end) for start, end, owner in owners(tar) if owner == file]
    for place in range(start, end):
        changed = bytearray(tar)
        changed[place] ^= 1 << place % 8
        report = checked(bytes(changed))
        named = {problem.file for problem in report.problems}
        if report.passed or not named:
            missed.append(place)
        elif file not in named:
            unnamed.append(place)
        elif place >= start + BLOCK:
            accused |= named - {file}
    assert missed == []
    assert unnamed == []
    # A change in a file's own bytes accuses that file alone.
    assert accused == set()


def test_a_changed_or_shortened_package_is_detected_wherever_it_was_changed(tmp_path: Path) -> None:
    chat = write_chat(tmp_path / "export", "20/11/2026, 18:04 - Sam: The train is late\n" * 4000)
    desk_in(tmp_path / "keys")
    package, other = tmp_path / "a.safehand", tmp_path / "b.safehand"
    write_package(prepared_from([chat]), desk_in(tmp_path / "same"), package, signer=fixed(7))
    identity = tmp_path / "same" / "desk.agekey"
    assert verify_package(package, identity).passed
    whole = package.read_bytes()
    # The header byte by byte in steps, the nonce, both sides of each border between age's pieces, and the end.
    places = [0, 5, 20, 21, 22, 30, 70, 110, 180, 250, 330, 345, *range(380, len(whole), 19_997), len(whole) - 1]
    for place in places:
        other.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        report = verify_package(other, identity)
        assert not report.passed, place
        named = {problem.file for problem in report.problems}
        assert named == ({"data/0001.txt"} if place > 70_000 else {PACKAGE}), place
    for size in (0, 10, 200, 400, 70_000, len(whole) - 20, len(whole) - 1):
        other.write_bytes(whole[:size])
        report = verify_package(other, identity)
        assert not report.passed, size
        if size >= 70_000:
            assert {(p.file, p.code) for p in report.problems} == {("data/0001.txt", Code.CUT_SHORT)}
    other.write_bytes(whole + b"\0")
    assert not verify_package(other, identity).passed
