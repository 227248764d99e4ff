"""A file or a folder is there whole or not at all; and ranges that are left out stay apart."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead, CannotWrite
from safehand.seal.embedded_rules import marker
from safehand.seal.marks import Marks
from safehand.seal.removed import Removed, Why, merged, sealed_pieces
from safehand.seal.statement import Item
from safehand.seal.whole import WholeFile, WholeFolder, unfinished


def test_a_file_appears_when_it_is_kept_and_not_before(tmp_path: Path) -> None:
    out = tmp_path / "a.safehand"
    with WholeFile(out) as file:
        os.write(file.handle, b"hello")
        assert not out.exists()
        file.keep()
        assert out.read_bytes() == b"hello"
    with WholeFile(tmp_path / "b") as file:
        os.write(file.handle, b"hello")  # and never kept
    assert [path.name for path in tmp_path.iterdir()] == ["a.safehand"]
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_disk_without_links_is_written_to_by_renaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    out = tmp_path / "a.safehand"
    with WholeFile(out) as file:
        os.write(file.handle, b"hello")
        file.keep()
    assert out.read_bytes() == b"hello"
    with WholeFile(tmp_path / "b") as file:
        (tmp_path / "b").write_text("came meanwhile")
        with pytest.raises(CannotWrite):
            file.keep()
    assert (tmp_path / "b").read_text() == "came meanwhile"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.safehand", "b"]


def test_what_came_there_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "a.safehand"
    with WholeFile(out) as file:
        out.write_text("came meanwhile")
        with pytest.raises(CannotWrite):
            file.keep()
    assert out.read_text() == "came meanwhile"
    folder = tmp_path / "opened"
    with WholeFolder(folder) as kept:
        folder.mkdir()
        (folder / "x").write_text("came meanwhile")
        with pytest.raises(CannotWrite):
            kept.keep()
    assert (folder / "x").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.safehand", "opened"]


def test_what_a_dead_run_left_is_taken_away_and_a_living_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safehand.seal.whole._PATIENCE", 0.1)
    out = tmp_path / "a.safehand"
    unfinished(out).write_text("left by a killed run")
    with WholeFile(out) as file, pytest.raises(CannotWrite, match="Another run"), WholeFile(out):
        os.write(file.handle, b"hello")
    folder = tmp_path / "opened"
    unfinished(folder).mkdir()
    (unfinished(folder) / "secret").write_text("left by a killed run")
    with WholeFolder(folder) as kept:
        assert list(kept.hidden.iterdir()) == []
        with pytest.raises(CannotWrite, match="Another run"), WholeFolder(folder):
            pass
    assert list(tmp_path.iterdir()) == []


LENGTH = 60
STRETCHES = st.lists(st.integers(0, LENGTH), min_size=0, max_size=8, unique=True).map(
    lambda ends: list(zip(sorted(ends)[0::2], sorted(ends)[1::2], strict=False))
)


@given(STRETCHES, STRETCHES, st.integers(1, 30))
def test_whatever_is_left_out_is_left_out_once_and_found_at_its_place(
    excluded: list[tuple[int, int]], embedded: list[tuple[int, int]], piece: int
) -> None:
    data = bytes(range(128, 128 + LENGTH))
    both = merged([Removed(*one, Why.EXCLUDED) for one in excluded], [Removed(*one, Why.EMBEDDED) for one in embedded])
    gone = [place for removed in both for place in range(removed.start, removed.end)]
    assert gone == sorted({place for start, end in [*excluded, *embedded] for place in range(start, end)})
    by_holder = {
        place for removed in both if removed.why is Why.EXCLUDED for place in range(removed.start, removed.end)
    }
    assert by_holder == {place for start, end in excluded for place in range(start, end)}
    copy = b"".join(sealed_pieces(io.BytesIO(data), both, marker))
    assert bytes(byte for byte in copy if byte >= 128) == bytes(data[at] for at in range(LENGTH) if at not in set(gone))
    item = Item(
        id="", name="", name_raw=None, container=None, modified=None, size=0, sha256="", source_size=0,
        kind="DERIVED", removed=both,
    )  # fmt: skip
    for text, there in ((copy, True), (copy.replace(b"[[", b"[("), not both), (copy[:-1], not copy.endswith(b"]]"))):
        marks = Marks(item)
        for place in range(0, len(text), piece):
            marks.feed(text[place : place + piece])
        assert marks.all_there() is there


def test_a_file_that_ends_before_what_is_left_out_is_told() -> None:
    with pytest.raises(CannotRead):
        list(sealed_pieces(io.BytesIO(b"abc"), [Removed(2, 9, Why.EMBEDDED)], marker))
