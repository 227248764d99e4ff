"""Durable steps: each point at which something has come to stand on the disk or in the database, and a stop may follow.

    with os.fdopen(handle, "wb") as out:
        ...
        sync_file(handle, Step.EXPORT_SYNCED)
    os.link(hidden, path)
    passed(Step.EXPORT_NAMED)
    sync_folder(path.parent, Step.EXPORT_FOLDER_SYNCED)

``Step`` is the list of them all. Whoever makes something last passes a step of its own there: a test reads our code and
finds what does not (tests/unit/durable/). tests/faults stops a desk at every one, and nothing may be lost or doubled.
While nobody watches, a step is one comparison.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias


class Step(StrEnum):
    """Each named after what is being done, and what is done of it when the step is passed."""

    DESK_MADE = "desk.made"

    RECEIVE_BEGUN = "receive.begun"
    RECEIVE_SYNCED = "receive.synced"
    RECEIVE_FOLDER_MADE = "receive.folder-made"
    RECEIVE_PUT = "receive.put"
    RECEIVE_FOLDER_SYNCED = "receive.folder-synced"
    """Twice: the folder of the package, and the store's."""

    DAMAGED_PUT_ASIDE = "damaged.put-aside"
    DAMAGED_FOLDER_SYNCED = "damaged.folder-synced"

    DESTROY_OVERWRITTEN = "destroy.overwritten"
    DESTROY_FOLDER_SYNCED = "destroy.folder-synced"

    BUCKET_PUT = "bucket.put"
    BUCKET_PUT_ASIDE = "bucket.put-aside"

    SENT_COUNTED = "sent.counted"
    SENT_BEGUN = "sent.begun"
    SENT_FOLDER_MADE = "sent.folder-made"
    SENT_FOLDER_SYNCED = "sent.folder-synced"
    SENT_PART_SYNCED = "sent.part-synced"
    SENT_PART_MARKED = "sent.part-marked"
    SENT_PART_COUNTED = "sent.part-counted"
    SENT_SYNCED = "sent.synced"
    SENT_PUT = "sent.put"
    """Under its SHA-256, and under its old name still."""
    SENT_UNHIDDEN = "sent.unhidden"
    SENT_KEPT = "sent.kept"
    """Its row is there: from now on it may be said that it arrived."""
    SENT_WHOLE = "sent.whole"
    SENT_COLLECTED = "sent.collected"
    SENT_FORGOTTEN = "sent.forgotten"
    SENT_TOLD = "sent.told"

    TASK_TAKEN = "task.taken"
    """The queue's own commit: this task is running, here."""
    TASK_BEAT = "task.beat"
    TASK_PUT_BACK = "task.put-back"

    VERIFY_BEGUN = "verify.begun"
    VERIFY_FOLDER_MADE = "verify.folder-made"
    VERIFY_UNPACKED = "verify.unpacked"
    """One file of the package."""
    VERIFY_WRITTEN = "verify.written"
    """What came of it, with its entry."""

    BUILD_TOLD = "build.told"
    BUILD_STORED = "build.stored"
    BUILD_SYNCED = "build.synced"
    BUILD_RENAMED = "build.renamed"
    BUILD_FOLDER_SYNCED = "build.folder-synced"
    BUILD_WRITTEN = "build.written"
    BUILD_WIPED = "build.wiped"
    """The unsealed text is gone."""

    APPEND_ENTERED = "append.entered"
    """An entry, and not committed yet."""
    APPEND_WRITTEN = "append.written"
    """What it speaks of and the entry, in one commit."""
    APPEND_GROWN = "append.grown"
    """The tiles of the log, and not committed yet."""
    APPEND_SIGNED = "append.signed"
    APPEND_COSIGNED = "append.cosigned"

    STAMP_ASKED = "stamp.asked"
    """Whose turn it is, and what came of it."""
    STAMP_KEPT = "stamp.kept"

    BACKUP_SYNCED = "backup.synced"
    """One file of it."""
    BACKUP_FORGOTTEN = "backup.forgotten"
    BACKUP_FOLDER_SYNCED = "backup.folder-synced"

    MOVE_WRITTEN = "move.written"
    """Every row is in the new database, with the entry that says so."""
    MOVE_NAMED = "move.named"
    """The old one is put away."""
    MOVE_FOLDER_SYNCED = "move.folder-synced"

    CHORE_WRITTEN = "chore.written"

    EXPORT_SYNCED = "export.synced"
    EXPORT_NAMED = "export.named"
    EXPORT_FOLDER_SYNCED = "export.folder-synced"

    TILE_SYNCED = "tile.synced"
    TILE_RENAMED = "tile.renamed"
    TILE_FOLDER_SYNCED = "tile.folder-synced"

    KEY_SYNCED = "key.synced"
    KEY_NAMED = "key.named"
    KEY_FOLDER_SYNCED = "key.folder-synced"


Watch: TypeAlias = Callable[[Step], None]

_watch: Watch | None = None
"""One for the process: a step is passed far below whoever wants to stop there, and by every thread."""


def passed(step: Step) -> None:
    """It is done. A watch may stop the process here, and this is all that it may do."""
    if _watch is not None:
        _watch(step)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Tell ``watch`` of every step meanwhile: for tests that stop there."""
    global _watch  # noqa: PLW0603  see there
    before, _watch = _watch, watch
    try:
        yield
    finally:
        _watch = before


def sync_file(handle: int, step: Step) -> None:
    """What was written to an open file is on the disk for good when this returns. OSError."""
    os.fsync(handle)
    passed(step)


def sync_folder(folder: Path, step: Step) -> None:
    """The same of the names in a folder, where a system can: fsync(2) of a file does not make its name last."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    passed(step)
