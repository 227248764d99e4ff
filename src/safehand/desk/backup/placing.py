"""From a backup to a folder that could be a desk: every byte looked at before anything of it is used.

    trusted = look_at(FROM, recovery_agekey, [lodged])      signature, keys, checkpoints: BackupDamaged, OlderBackup
    place(trusted, state)                                   every file and package, hashed on the way

Nothing here needs Django: where the desk is, is not yet known. What only the desk's own tables can say (the log
computed again, the rows it speaks of) is said by restored.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.desk.backup.folder import Backup, BackupFolder, chosen, copied
from safehand.desk.backup.manifest import (
    CHECKPOINT,
    KEYS,
    PUBLIC,
    SIGNATURE,
    BackupDamaged,
    Database,
    Piece,
    check_manifest,
)
from safehand.desk.backup.sealed_keys import open_keys
from safehand.desk.core.state import State, write_private
from safehand.errors import CannotRead, CheckFailed, SafehandError
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.note import Note, parse_note, signed_by
from safehand.log.vkey import Kind, VerifierKey
from safehand.model.digest import sha256_of_stream
from safehand.signing.holder import parse_holder_key
from safehand.signing.keys import DeskPublic, parse_desk_public

_LOG_KEY: Final = "keys/log.signkey"
_MOST: Final = 4_000_000
"""Bytes of a checkpoint, of desk.pub, of a signature, of the sealed keys: each is a few thousand."""


class OlderBackup(CheckFailed):
    """A checkpoint in hand is later than the backup: the desk went on after it was made, and that is not in it."""

    code = "older_backup"


@dataclass(frozen=True, slots=True)
class Trusted:
    """A backup whose manifest this desk signed, with its secrets."""

    folder: BackupFolder
    backup: Backup
    public: DeskPublic
    secrets: Mapping[str, str]
    note: Note
    """The checkpoint that stands in it, signed by its log."""
    lodged: tuple[Note, ...]
    """Checkpoints that somebody brought, and that this log signed: of as many entries as the backup has, or fewer."""
    later: Checkpoint | None
    """The largest of those that are later, where it was said that this is known."""


def look_at(source: Path, key: Path, lodged: Sequence[Note] = (), *, is_older_known: bool = False) -> Trusted:
    """The backup that is meant by ``source``, believed as far as its signatures go. Nothing is written.

    WrongKey, BackupDamaged, OlderBackup, CannotRead, UsageError where there is no backup.
    """
    folder, backup = chosen(source)
    files = backup.manifest.files
    public = parse_desk_public(
        _small(backup, PUBLIC, files).decode("utf-8", "replace"), where=str(backup.path / PUBLIC)
    )
    check_manifest(backup.data, _read(backup.path / SIGNATURE).decode("ascii", "replace"), public, where=backup.name)
    secrets = open_keys(_small(backup, KEYS, files), key)
    note, who = _log_of(backup, secrets)
    later = _later(backup, lodged, who)
    if later is not None and not is_older_known:
        raise OlderBackup(
            f"This is not the newest state of the desk: its log has {backup.manifest.entries} entries, and the"
            f" checkpoint that you brought is of {later.size}. What was done after it is not in this backup.",
            where=backup.name,
            todo="Look for a newer backup. If there is none, say so: --older.",
        )
    good = [note for note in lodged if parse_checkpoint(note.text).size <= backup.manifest.entries]
    return Trusted(folder, backup, public, secrets, note, tuple(good), later)


def place(trusted: Trusted, state: State) -> None:
    """Everything where a desk has it. BackupDamaged with every file that is not what the manifest says."""
    for path, text in sorted(trusted.secrets.items()):
        (state.root / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(state.root / path, text.encode())
    state.make()
    problems = [*_placed_files(trusted, state), *_placed_packages(trusted, state)]
    if problems:
        raise BackupDamaged(problems, where=trusted.backup.name)


def _placed_files(trusted: Trusted, state: State) -> list[str]:
    problems = []
    manifest, root = trusted.backup.manifest, trusted.backup.path
    places = {Database.SQLITE.file: state.database, PUBLIC: state.desk_public}
    for name, piece in sorted(manifest.files.items()):
        place = places.get(name)
        try:
            with (root / name).open("rb") as stream:
                if place is not None:
                    is_same = copied(stream, place, piece.sha256, 0o600)
                else:
                    is_same = sha256_of_stream(stream) == (piece.sha256, piece.size)
        except OSError:
            problems.append(f"{name}: It is not there.")
        else:
            problems += [] if is_same else [f"{name}: Its bytes are not those that the manifest says."]
    return problems


def _placed_packages(trusted: Trusted, state: State) -> list[str]:
    problems = []
    manifest = trusted.backup.manifest
    for names, root in ((manifest.packages, state.evidence), (manifest.parcels, state.handover)):
        for sha256 in sorted(names):
            folder = root / sha256[:2]
            folder.mkdir(mode=0o700, exist_ok=True)
            try:
                with trusted.folder.place(sha256).open("rb") as stream:
                    is_same = copied(stream, folder / sha256, sha256)
            except OSError:
                problems.append(f"package {sha256}: It is not there.")
            else:
                problems += [] if is_same else [f"package {sha256}: Its bytes are not those that it is named by."]
    return problems


def _small(backup: Backup, name: str, files: Mapping[str, Piece]) -> bytes:
    """A file of the backup that is used before the others are looked at."""
    data = _read(backup.path / name)
    with (backup.path / name).open("rb") as stream:
        if sha256_of_stream(stream) != (files[name].sha256, files[name].size):
            raise BackupDamaged([f"{name}: Its bytes are not those that the manifest says."], where=backup.name)
    return data


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST)
    except OSError as err:
        raise BackupDamaged([f"{path.name}: It is not there."], where=path.parent.name) from err


def _log_of(backup: Backup, secrets: Mapping[str, str]) -> tuple[Note, VerifierKey]:
    """The checkpoint of the backup, and the key of the log, which must have signed it."""
    note = parse_note(_small(backup, CHECKPOINT, backup.manifest.files).decode("utf-8", "replace"))
    origin = parse_checkpoint(note.text).origin
    who = VerifierKey(origin, Kind.ED25519, _signing(secrets).public_key().public_bytes_raw())
    try:
        signed_by(note, [who])
    except SafehandError as err:
        raise BackupDamaged([f"{CHECKPOINT}: It is not signed by the log of this desk."], where=backup.name) from err
    return note, who


def _signing(secrets: Mapping[str, str]) -> Ed25519PrivateKey:
    if _LOG_KEY not in secrets:
        raise CannotRead("The key that signs the custody log is not among the keys of this backup.")
    return parse_holder_key(secrets[_LOG_KEY].encode(), where=_LOG_KEY).private


def _later(backup: Backup, lodged: Sequence[Note], who: VerifierKey) -> Checkpoint | None:
    """The largest checkpoint in hand that is of more entries. NotSigned, CannotRead for what this log did not sign."""
    found = []
    for note in lodged:
        signed_by(note, [who])
        checkpoint = parse_checkpoint(note.text)
        if checkpoint.origin != who.name:
            raise CheckFailed("A checkpoint that you brought is of another log.", where=checkpoint.origin)
        found.append(checkpoint)
    later = [checkpoint for checkpoint in found if checkpoint.size > backup.manifest.entries]
    return max(later, key=lambda one: one.size, default=None)
