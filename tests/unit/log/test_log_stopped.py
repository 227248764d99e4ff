"""A log that is stopped at any step of a batch is as it was or as it should be, and goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from log_made import ORIGIN, InMemory, entries_of, key_of, signed
from safehand.log.audit import audit
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.growing import bundle, grow
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.tile_folder import TileFolder

ENTRIES = entries_of(600)
BEFORE, AFTER = 250, 600
"""A batch that fills a tile, begins others, and takes partial ones away."""


class Stopped(BaseException):
    """As if the power went: nothing of ours catches it."""


def add(folder: Path, end: int) -> None:
    store = TileFolder(folder)
    note = store.signed()
    checkpoint = parse_checkpoint(note.text) if note is not None else Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    new = ENTRIES[checkpoint.size : end]
    after = grow(checkpoint, [leaf_hash(entry) for entry in new], store)
    store.keep([*after.tiles, *bundle(checkpoint.size, new, store)])
    store.publish(signed(InMemory(ENTRIES[:end]), key_of(0)))


def stopping(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """Stop before the step of this number. The steps taken so far, as a list that grows."""
    taken: list[str] = []

    def step(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            if len(taken) == at:
                raise Stopped
            taken.append(name)
            return real(*arguments, **named)

        return wrapped

    monkeypatch.setattr(os, "fsync", step("fsync", os.fsync))
    monkeypatch.setattr(Path, "replace", step("rename", Path.replace))
    monkeypatch.setattr(Path, "mkdir", step("folder", Path.mkdir))
    monkeypatch.setattr("shutil.rmtree", step("away", __import__("shutil").rmtree))
    return taken


def steps_of_a_batch(folder: Path) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        add(folder, BEFORE)
        taken = stopping(patch, -1)
        add(folder, AFTER)
    return taken


def test_stopped_before_any_step_it_goes_on_as_if_nothing_had_been(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    steps = steps_of_a_batch(whole)
    assert {*steps} == {"fsync", "rename", "folder", "away"}
    assert steps[-3:].count("rename") == 1, "the checkpoint is written last"
    for at in range(len(steps)):
        folder = tmp_path / str(at)
        folder.mkdir()
        add(folder, BEFORE)
        with pytest.MonkeyPatch.context() as patch:
            stopping(patch, at)
            with pytest.raises(Stopped):
                add(folder, AFTER)
        store = TileFolder(folder)
        note = store.signed()
        assert note is not None
        here = parse_checkpoint(note.text)
        assert here.size in (BEFORE, AFTER)
        assert audit(ENTRIES[: here.size], [here], size=here.size, tiles=store).is_sound, at
        add(folder, AFTER)
        assert contents(folder) == contents(whole), at


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that is part of the log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
