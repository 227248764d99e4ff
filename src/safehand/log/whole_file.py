"""A file that is there whole or not at all, whatever stops us: written beside, forced to the disk, renamed.

sync_all(write_whole(path, data))       it is there for good when this returns
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from safehand.durable import Step, passed, sync_file, sync_folder


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> set[Path]:
    """Write one file, and what folders it needs; the folders whose list of names changed. OSError."""
    folder, changed = path.parent, {path.parent}
    while not folder.exists():  # a new folder's name is on the disk when the one above it is
        folder = folder.parent
        changed.add(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        sync_file(handle, Step.TILE_SYNCED)
    beside.replace(path)
    passed(Step.TILE_RENAMED)
    return changed


def sync_all(folders: Iterable[Path]) -> None:
    """Force the names in these folders to the disk: fsync(2) of a file does not do that. OSError."""
    for folder in folders:
        sync_folder(folder, Step.TILE_FOLDER_SYNCED)
