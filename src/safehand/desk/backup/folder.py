"""A folder of backups: each has a folder of its own, and the packages that they share lie beside them once.

TO/packages/5f/5f3a…                  a package as it came, read-only
TO/2026-11-28T121314Z/manifest.json   one backup: whole, or not there (seal/whole.py)

with BackupFolder.opened(TO) as folder:     one backup at a time
    folder.take(sha256, stream)             True when it is there, as it came
    folder.backups()                        oldest first, by how far their custody logs go
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from safehand.desk.backup.manifest import MANIFEST, BackupDamaged, Manifest, parse_manifest
from safehand.durable import Step, passed, sync_folder
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.model.digest import CHUNK, sha256_of_stream
from safehand.seal.whole import UNFINISHED, WholeFile, unfinished, writing

PACKAGES: Final = "packages"

_LARGEST_MANIFEST: Final = 1 << 30
"""Bytes: ten million packages."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One that is whole."""

    path: Path
    manifest: Manifest
    data: bytes
    """The manifest as it stands there."""

    @property
    def name(self) -> str:
        """When it was made: ``2026-11-28T121314Z``."""
        return self.path.name


class BackupFolder:
    """Where backups of one desk lie."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator[BackupFolder]:
        """Made when it is missing, and held until the end. CannotWrite while another backup is made there."""
        with writing(root):
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as err:
                raise CannotWrite("Another backup is made there now.", where=str(root), todo="Wait for it.") from err
            folder = cls(root)
            folder.sweep()
            yield folder
        finally:
            os.close(handle)

    def place(self, sha256: str) -> Path:
        """Where the package of this SHA-256 is, or would be."""
        return self.root / PACKAGES / sha256[:2] / sha256

    def has(self, sha256: str, size: int) -> bool:
        """Is it there, as long as it should be? It was hashed as it was written; ``desk restore`` hashes it again."""
        try:
            return self.place(sha256).stat().st_size == size
        except OSError:
            return False

    def holds(self, sha256: str) -> bool:
        """Is it there, as it came? Hashed again."""
        try:
            with self.place(sha256).open("rb") as stream:
                return sha256_of_stream(stream)[0] == sha256
        except OSError:
            return False

    def take(self, sha256: str, source: BinaryIO) -> bool:
        """Copy one, hashed on the way. False when its bytes are not those of its name: nothing is kept then.

        What lies there already is put out of the way only where it is not what it should be: a package that was damaged
        at the desk must not cost the good copy of it.
        """
        if self.holds(sha256):
            return True
        place = self.place(sha256)
        with writing(place):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
        return copied(source, place, sha256)

    def backups(self) -> list[Backup]:
        """All of them, the newest last. BackupDamaged when one cannot be read: it may have been the newest."""
        names = sorted(path for path in self.root.glob("[0-9]*") if path.is_dir()) if self.root.is_dir() else []
        found, problems = [], []
        for path in names:
            try:
                found.append(backup_at(path))
            except (CannotRead, BackupDamaged):
                problems.append(f"{path.name}: It cannot be read, and may be the newest.")
        if problems:
            raise BackupDamaged(
                [*problems, "Name the backup that you mean, or take the damaged one away."], where=str(self.root)
            )
        return sorted(found, key=lambda one: (one.manifest.entries, one.manifest.made_at, one.name))

    def forget(self, keep: int) -> Sequence[str]:
        """Take all but the newest ``keep`` away, with the packages of no other. The names of those that went."""
        kept = self.backups()
        gone = kept[: max(0, len(kept) - keep)]
        with writing(self.root):
            for backup in gone:
                hidden = unfinished(backup.path)
                backup.path.rename(hidden)  # one step: half of it never looks like a whole one
                passed(Step.BACKUP_FORGOTTEN)
                shutil.rmtree(hidden)
            sync_folder(self.root, Step.BACKUP_FOLDER_SYNCED)
            self._forget_packages(kept[len(gone) :])
        return [backup.name for backup in gone]

    def sweep(self) -> None:
        """Away with what a backup that was cut off left. Its packages are whole, and stay for the next."""
        with writing(self.root):
            for left in (*self.root.glob(f".*{UNFINISHED}"), *self.root.glob(f"{PACKAGES}/*/.*{UNFINISHED}")):
                if left.is_dir():
                    shutil.rmtree(left)
                else:
                    left.unlink()

    def _forget_packages(self, kept: Sequence[Backup]) -> None:
        needed = {name for one in kept for name in (*one.manifest.packages, *one.manifest.parcels)}
        for path in self.root.glob(f"{PACKAGES}/*/*"):
            if path.name not in needed:
                path.unlink()


def backup_at(path: Path) -> Backup:
    """The backup in this folder. CannotRead when there is none, BackupDamaged when its manifest is not one."""
    place = path / MANIFEST
    try:
        with place.open("rb") as file:
            data = file.read(_LARGEST_MANIFEST)
    except OSError as err:
        raise CannotRead("There is no whole backup here.", where=str(path)) from err
    try:
        return Backup(path, parse_manifest(data, where=str(place)), data)
    except CannotRead as err:
        raise BackupDamaged([f"{MANIFEST}: It is no manifest of a backup."], where=path.name) from err


def chosen(source: Path) -> tuple[BackupFolder, Backup]:
    """The newest backup of a folder of them, or the one in ``source`` itself. UsageError when there is none."""
    if (source / MANIFEST).is_file():
        return BackupFolder(source.parent), backup_at(source)
    folder = BackupFolder(source)
    backups = folder.backups()
    if not backups:
        raise UsageError(
            "No backup that is whole lies here.",
            where=str(source),
            todo="Give the folder that 'safehand desk backup' was given, or one backup in it.",
        )
    return folder, backups[-1]


def copied(source: BinaryIO, place: Path, sha256: str, mode: int = 0o400) -> bool:
    """Copy a whole file, hashed on the way and forced to the disk. False, and nothing is left, when it is another."""
    digest = hashlib.sha256()
    with WholeFile(place) as file, writing(place), os.fdopen(os.dup(file.handle), "wb") as out:
        while chunk := _read(source, sha256):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        if digest.hexdigest() != sha256:
            return False
        os.fchmod(file.handle, mode)
        file.keep()
    return True


def _read(source: BinaryIO, sha256: str) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as err:
        raise CannotRead("It cannot be read to its end.", where=sha256, todo=err.strerror or "") from err
