"""Making a backup, while the desk runs.

    made = make_backup(TO, state)

In this order: an entry that a copy is made, and the log signed; the database at one moment; packages that are not there
yet, hashed on the way; the secrets, sealed; the manifest, signed. All of it stands under another name until it is on
the disk, and a second entry says that it was made. A backup that is cut off leaves packages, which the next one needs
not copy again, and nothing that could be taken for a backup.

What is derived is left out: case files, which the desk makes again of their packages; and so is what is not the desk's
yet: parcels of which parts are still to come, whose holders have them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from safehand import __version__
from safehand.desk.backup.database_copy import Copied, copy_database, database_in_use
from safehand.desk.backup.folder import BackupFolder
from safehand.desk.backup.manifest import (
    CHECKPOINT,
    GRADES,
    KEYS,
    MANIFEST,
    PUBLIC,
    SETTINGS,
    SIGNATURE,
    BackupDamaged,
    Manifest,
    Piece,
    format_manifest,
    sign_manifest,
)
from safehand.desk.backup.sealed_keys import seal_keys
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.location import the_second
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.custody.whole_package import whole_package
from safehand.desk.handover.actions import parcel_store
from safehand.durable import Step, sync_file
from safehand.errors import CannotRead, CannotWrite, CheckFailed, UsageError
from safehand.model.digest import sha256_of, sha256_of_stream
from safehand.seal.whole import WholeFolder, writing
from safehand.signing.keys import load_signing_key

ACTOR: Final = "desk:shell"

_NOT_KEPT: Final = frozenset({"SAFEHAND_STATE", "SAFEHAND_PAGER"})
"""The one is where the old desk stood; the other may hold a password, as DATABASE_URL does."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it."""

    path: Path
    manifest: Manifest
    sha256: str
    """Of the manifest."""
    new: int
    """How many packages were copied; the others lay there."""
    erased: int
    """How many packages of cases that were erased lie in earlier backups of the folder still."""
    forgotten: tuple[str, ...]
    """Older backups that were taken away, because it was asked for."""
    is_on_the_same_disk: bool
    """A disk that breaks takes both."""

    @property
    def bytes(self) -> int:
        """All that this backup holds, packages that it shares with others included."""
        manifest = self.manifest
        sizes = [piece.size for piece in manifest.files.values()]
        return sum([*sizes, *manifest.packages.values(), *manifest.parcels.values()])


def make_backup(to: Path, state: State, *, keep: int | None = None, clock: Clock = system_clock) -> Made:
    """Copy the desk to the folder ``to``; with ``keep``, take all but so many backups away afterwards.

    UsageError for a place inside the desk, or a public node; CannotWrite for a full disk: nothing that is half a backup
    is left. BackupDamaged where an older one cannot be read, and none is taken away then; the new one stands.
    """
    _refuse(to, state)
    with BackupFolder.opened(to) as folder:
        name = moment(clock()).strftime("%Y-%m-%dT%H%M%SZ")
        _refuse_without_room(folder, state)
        with recorded():
            record(Verb.BACKUP_BEGUN, actor=ACTOR, record="log", clock=clock)
        sign_log(state, clock=clock)
        with WholeFolder(to / name) as whole:
            manifest, new, erased = _fill(whole.hidden, folder, state, clock)
            data = format_manifest(manifest)
            _write(whole.hidden / MANIFEST, data)
            _write(whole.hidden / SIGNATURE, sign_manifest(data, load_signing_key(state.desk_signing)).encode())
            whole.keep()
        with writing(to):
            is_same = to.stat().st_dev == state.root.stat().st_dev
        forgotten, damaged = _forget(folder, keep)
        there = sum(folder.place(sha256).exists() for sha256 in erased)
        made = Made(to / name, manifest, sha256_of(data), new, there, forgotten, is_same)
        _enter(made, clock)
    if damaged is not None:
        raise damaged
    return made


def _forget(folder: BackupFolder, keep: int | None) -> tuple[tuple[str, ...], BackupDamaged | None]:
    """The new one stands by now, and has its entry whatever is wrong with an older one: that is told after it."""
    try:
        return tuple(folder.forget(keep) if keep is not None else ()), None
    except BackupDamaged as damaged:
        return (), damaged


def _fill(hidden: Path, folder: BackupFolder, state: State, clock: Clock) -> tuple[Manifest, int, frozenset[str]]:
    """Everything but the manifest; how many packages were new, and which must not be there any more."""
    copied = copy_database(hidden / database_in_use().file)
    _write(hidden / CHECKPOINT, copied.note.encode())
    _write(hidden / KEYS, seal_keys(state))
    _write(hidden / PUBLIC, state.desk_public.read_bytes())
    _write(hidden / SETTINGS, _settings())
    grades: Path | None = settings.GRADE_RULES
    if grades is not None:
        _write(hidden / GRADES, grades.read_bytes())
    store, parcels = EvidenceStore(state), parcel_store()
    wanted = {*store.names(), *copied.packages} - copied.erased
    packages, new = _take(folder, state, {name: store.path(name) for name in wanted})
    waiting, more = _take(folder, state, {name: parcels.path(name) for name in copied.parcels})
    manifest = Manifest(
        made_at=moment(clock()).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=__version__,
        database=copied.database,
        entries=copied.entries,
        files=_pieces(hidden),
        packages=packages,
        parcels=waiting,
        missing=tuple(sorted(_lost(copied, packages))),
    )
    return manifest, new + more, copied.erased


def _lost(copied: Copied, packages: Mapping[str, int]) -> set[str]:
    return set(copied.packages) - set(packages)


def _take(folder: BackupFolder, state: State, wanted: Mapping[str, Path]) -> tuple[dict[str, int], int]:
    """Have each in the backup. Those that are there as they came, with their sizes, and how many were copied."""
    there, new = {}, 0
    for sha256, path in sorted(wanted.items()):
        size = _size_of(path)
        if size is None or not folder.has(sha256, size):
            before = folder.holds(sha256)
            if not before and not _copied(folder, state, sha256, path):
                continue
            new += not before
        there[sha256] = folder.place(sha256).stat().st_size
    return there, new


def _copied(folder: BackupFolder, state: State, sha256: str, path: Path) -> bool:
    """False for what is gone, cannot be read, or is no longer what its name says: told as missing.

    A package is then looked for in the second location of the evidence store, where there is one.
    """
    try:
        with path.open("rb") as source:
            if folder.take(sha256, source):
                return True
    except (FileNotFoundError, CannotRead):
        pass
    second = the_second(settings.MIRROR)
    try:
        with whole_package(state, sha256, second) as found, found.path.open("rb") as source:
            return folder.take(sha256, source)
    except (CannotRead, CheckFailed, FileNotFoundError):
        return False


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _pieces(folder: Path) -> dict[str, Piece]:
    pieces = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            pieces[path.name] = Piece(*sha256_of_stream(stream))
    return pieces


def _settings() -> bytes:
    """What the desk was told of itself by its surroundings, without what may be secret."""
    told = {name: value for name, value in os.environ.items() if name.startswith("SAFEHAND_") and name not in _NOT_KEPT}
    return json.dumps(told, indent=2, sort_keys=True).encode() + b"\n"


def _write(path: Path, data: bytes) -> None:
    with writing(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            sync_file(handle, Step.BACKUP_SYNCED)


def _enter(made: Made, clock: Clock) -> None:
    details: Details = {
        "bytes": made.bytes,
        "packages": len(made.manifest.packages),
        "missing": len(made.manifest.missing),
        "entries": made.manifest.entries,
        "manifest": made.sha256,
        "forgotten": len(made.forgotten),
    }
    with recorded():
        record(Verb.BACKUP_MADE, actor=ACTOR, record="log", details=details, clock=clock)


def _refuse(to: Path, state: State) -> None:
    if not settings.ROLE.opens:
        raise UsageError(
            "A public node has nothing to back up: what waits there has its holder, and the desk has the rest.",
            todo="Back the desk up.",
        )
    if to.resolve().is_relative_to(state.root.resolve()):
        raise UsageError(
            "A backup inside the desk is lost with the desk.", where=str(to), todo="Choose a folder elsewhere."
        )


def _refuse_without_room(folder: BackupFolder, state: State) -> None:
    """Said before anything is written. What is written meanwhile may still fill the disk, which is said then."""
    store = EvidenceStore(state)
    sizes = {name: _size_of(store.path(name)) or 0 for name in store.names()}
    needed = sum(size for name, size in sizes.items() if not folder.has(name, size))
    needed += _size_of(state.database) or 0
    free = shutil.disk_usage(folder.root).free
    if needed > free:
        raise CannotWrite(
            f"There is no room for this backup: it needs {needed} bytes, and {free} are free.",
            where=str(folder.root),
            todo="Make room, or choose another disk. Nothing was written.",
        )
