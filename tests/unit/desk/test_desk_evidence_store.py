"""The evidence store: written once, read-only, named by what it holds."""

from __future__ import annotations

import ast
import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import obstore
import pytest

import safehand.desk
from desk_cast import LOOKS_SEALED
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore, Gone, Incoming, TooLarge
from safehand.errors import CannotWrite, CheckFailed, NotRecognised, UsageError

DATA = LOOKS_SEALED + b"a sealed package" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(desk_state: State) -> EvidenceStore:
    return EvidenceStore(desk_state)


def put(store: EvidenceStore, data: bytes = DATA) -> bool:
    with store.begin(1 << 20) as incoming:
        for start in range(0, len(data), 1000):
            incoming.write(data[start : start + 1000])
        kept = incoming.keep()
    assert (kept.sha256, kept.size) == (hashlib.sha256(data).hexdigest(), len(data))
    return kept.new


def write_and_keep(incoming: Incoming) -> None:
    incoming.write(DATA[:100])
    incoming.keep()


def test_a_package_lies_under_its_own_hash_read_only(store: EvidenceStore, desk_state: State) -> None:
    assert put(store)
    path = store.path(SHA256)
    assert path == desk_state.evidence / SHA256[:2] / SHA256
    assert path.read_bytes() == DATA
    assert path.stat().st_mode & 0o777 == 0o400
    assert list(store.names()) == [SHA256]
    assert store.check(SHA256) == len(DATA)
    assert list(desk_state.uploads.iterdir()) == []


def test_the_same_bytes_again_are_known_and_nothing_is_rewritten(store: EvidenceStore, desk_state: State) -> None:
    put(store)
    before = store.path(SHA256).stat()
    assert not put(store)
    after = store.path(SHA256).stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_mode) == (after.st_ino, after.st_mtime_ns, after.st_mode)
    assert list(desk_state.uploads.iterdir()) == []


def test_what_is_not_kept_leaves_nothing(store: EvidenceStore, desk_state: State) -> None:
    with store.begin(100) as incoming:
        incoming.write(DATA[:100])
    assert list(desk_state.uploads.iterdir()) == []
    assert list(store.names()) == []


def test_what_comes_in_is_for_the_desk_alone(store: EvidenceStore, desk_state: State) -> None:
    with store.begin(100) as incoming:
        incoming.write(DATA[:100])
        (path,) = desk_state.uploads.iterdir()
        assert path.stat().st_mode & 0o777 == 0o600
        assert list(store.names()) == []


def test_the_limit_is_kept_to_the_byte(store: EvidenceStore) -> None:
    with store.begin(30) as incoming:
        incoming.write(DATA[:30])
        with pytest.raises(TooLarge, match="30 bytes"):
            incoming.write(b"d")


def test_what_is_not_sealed_never_reaches_the_disk(store: EvidenceStore, desk_state: State) -> None:
    with store.begin(1 << 20) as incoming:
        for wrong in (b"x", LOOKS_SEALED[:9] + b"!", b"\xff\xd8\xff\xe0" + DATA):
            with store.begin(1 << 20) as other, pytest.raises(NotRecognised, match="not a sealed package"):
                other.write(wrong)
            assert list(desk_state.uploads.iterdir()) == []
        for place in range(len(LOOKS_SEALED) - 1):
            incoming.write(LOOKS_SEALED[place : place + 1])
        with pytest.raises(NotRecognised, match="not a sealed package"):
            incoming.keep()
    assert list(desk_state.uploads.iterdir()) == []
    assert list(store.names()) == []


def test_a_package_that_comes_in_byte_by_byte_is_seen_to_be_one(store: EvidenceStore) -> None:
    with store.begin(100) as incoming:
        for byte in DATA[:40]:
            incoming.write(bytes([byte]))
        assert incoming.keep().size == 40


def test_nothing_at_all_is_no_package(store: EvidenceStore) -> None:
    with store.begin(3) as incoming, pytest.raises(UsageError, match="empty"):
        incoming.keep()


@pytest.mark.parametrize("call", ["write", "fsync", "mkdir"])
def test_a_full_disk_keeps_nothing_and_says_so(
    call: str, store: EvidenceStore, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        monkeypatch.setattr(os, "open", full)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "mkdir", full)
    with store.begin(100) as incoming, pytest.raises(CannotWrite, match="Nothing was taken in"):
        write_and_keep(incoming)
    monkeypatch.undo()
    assert list(desk_state.uploads.iterdir()) == []
    assert list(store.names()) == []


def test_every_step_that_makes_it_last_is_taken_in_its_order(
    store: EvidenceStore, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read-only before the sync that puts that on the disk; the name after the bytes; the folders after the name."""
    taken: list[str] = []

    def called(handle: int) -> str:
        return str(Path(f"/proc/self/fd/{handle}").readlink().relative_to(desk_state.root))

    def watch(module: object, name: str, say: Callable[..., str]) -> None:
        real = getattr(module, name)

        def watched(*given: Any, **more: Any) -> Any:
            taken.append(f"{name} {say(*given)}")
            return real(*given, **more)

        monkeypatch.setattr(module, name, watched)

    watch(os, "fsync", called)
    watch(os, "fchmod", lambda handle, mode: f"{called(handle)} {mode:o}")
    watch(obstore, "rename", lambda _, old, new: f"{old} {new}")
    assert put(store)
    coming = f"uploads/{taken[0].split()[1].removeprefix('uploads/')}"
    assert taken == [
        f"fchmod {coming} 400",
        f"fsync {coming}",
        f"rename {coming} evidence/{SHA256[:2]}/{SHA256}",
        f"fsync evidence/{SHA256[:2]}",
        "fsync evidence",
    ]


def test_a_name_that_is_taken_is_refused_by_the_rename_itself(store: EvidenceStore) -> None:
    """Not by a look before it, between which and the rename another could come."""
    place = store.path(SHA256)
    place.parent.mkdir()
    place.write_bytes(b"what stands there already")
    assert not put(store)
    assert place.read_bytes() == b"what stands there already"


def test_a_changed_package_is_named(store: EvidenceStore) -> None:
    put(store)
    path = store.path(SHA256)
    path.chmod(0o600)
    path.write_bytes(DATA[:-1] + b"!")
    with pytest.raises(CheckFailed, match="not what it was") as caught:
        store.check(SHA256)
    assert caught.value.where == SHA256


def test_a_missing_package_is_named(store: EvidenceStore) -> None:
    with pytest.raises(Gone) as caught:
        store.check(SHA256)
    assert caught.value.where == SHA256


@pytest.mark.parametrize("name", ["", "../../secret-key", SHA256.upper(), SHA256[:-1], SHA256 + "0"])
def test_only_a_hash_leads_into_the_store(name: str, store: EvidenceStore) -> None:
    with pytest.raises(UsageError):
        store.path(name)


def test_no_code_of_the_desk_opens_the_store_for_writing() -> None:
    """F4.4: only custody/evidence_store.py knows how a file gets there, and it opens files under uploads/ alone."""
    desk = Path(safehand.desk.__file__).parent
    users = set()
    for path in desk.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr == "evidence":
                users.add(path.relative_to(desk).as_posix())
    asks_for_room = {"core/figures.py", "core/health.py"}
    makes_a_desk_of_a_backup = {"backup/placing.py"}
    itself = {"core/state.py", "custody/evidence_store.py", "review/urls.py"}
    of_a_log_that_forked = {"review/presenters/checkpoint.py"}
    assert users == itself | asks_for_room | makes_a_desk_of_a_backup | of_a_log_that_forked
