"""What stands in one backup: every file by its SHA-256, every package, and how far the custody log went.

    {"database":"sqlite","entries":41,"files":{"checkpoint":{"sha256":"…","size":254},…},"made_at":"2026-11-28T12:13:14Z",
     "missing":[],"packages":{"5f3a…":48211},"parcels":{},"schema":"safehand.backup/1","version":"…"}

Canonical JSON, signed with the desk's own key. Anybody checks it with what a court's expert has:

    ssh-keygen -Y verify -f allowed_signers -I desk -n safehand-backup@v1 -s manifest.json.sig < manifest.json

The format is docs/spec/backup.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead, CheckFailed, SafehandError
from safehand.model.canonical import Json, format_canonical, parse_canonical
from safehand.model.digest import is_sha256
from safehand.signing import sshsig
from safehand.signing.keys import DeskPublic
from safehand.signing.sshsig import MalformedSignature, SignatureDoesNotMatch
from safehand.signing.trust import parse_public_key

SCHEMA: Final = "safehand.backup/1"
NAMESPACE: Final = "safehand-backup@v1"
"""What the signature is for."""

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
CHECKPOINT: Final = "checkpoint"
KEYS: Final = "keys.age"
PUBLIC: Final = "desk.pub"
SETTINGS: Final = "settings.json"
GRADES: Final = "grades.toml"

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]{1,64}", re.ASCII)


class Database(StrEnum):
    """What the copy of the database is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    @property
    def file(self) -> str:
        """How the copy is called: SQLite's own file, or what ``pg_dump`` calls its custom format."""
        return {Database.SQLITE: "database.sqlite3", Database.POSTGRESQL: "database.pgdump"}[self]


_NEEDED: Final = frozenset({CHECKPOINT, KEYS, PUBLIC, SETTINGS})
_OPTIONAL: Final = frozenset({GRADES})


class BackupDamaged(CheckFailed):
    """Something in a backup is not what it was when it was made. ``problems`` names all of it, a sentence each."""

    code = "backup_damaged"

    def __init__(self, problems: list[str], *, where: str) -> None:
        listed = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"This backup is not what it was when it was made:{listed}", where=where)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file."""

    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup."""

    made_at: str
    """By the desk's clock: RFC 3339, UTC, whole seconds."""
    version: str
    """Of Safehand."""
    database: Database
    entries: int
    """How many the custody log had; the checkpoint may speak of fewer."""
    files: Mapping[str, Piece]
    packages: Mapping[str, int]
    """Of the evidence store: SHA-256 and bytes."""
    parcels: Mapping[str, int] = field(default_factory=dict)
    """The same of what waited at the public node."""
    missing: tuple[str, ...] = ()
    """Packages that the desk knew of, and had no longer as they came."""


def format_manifest(manifest: Manifest) -> bytes:
    """What is signed. The inverse of parse_manifest."""
    files: dict[str, Json] = {
        name: {"sha256": piece.sha256, "size": piece.size} for name, piece in manifest.files.items()
    }
    return format_canonical(
        {
            "schema": SCHEMA,
            "made_at": manifest.made_at,
            "version": manifest.version,
            "database": manifest.database.value,
            "entries": manifest.entries,
            "files": files,
            "packages": dict(manifest.packages),
            "parcels": dict(manifest.parcels),
            "missing": list(manifest.missing),
        }
    )


def parse_manifest(data: bytes, *, where: str = "") -> Manifest:
    """Read one back, or CannotRead: only what format_manifest writes is accepted, and no file of another name."""
    try:
        value = parse_canonical(data)
        manifest = _manifest_of(value)
        same = format_manifest(manifest) == data
    except (KeyError, TypeError, ValueError, AttributeError, SafehandError) as err:
        raise CannotRead("This is no manifest of a backup.", where=where) from err
    if not same or not _holds_what_it_must(manifest):
        raise CannotRead("This is no manifest of a backup.", where=where)
    return manifest


def sign_manifest(data: bytes, key: Ed25519PrivateKey) -> str:
    """The desk's signature over it, as OpenSSH writes one."""
    return sshsig.format_signature(sshsig.sign(key, data, NAMESPACE))


def check_manifest(data: bytes, signature: str, desk: DeskPublic, *, where: str) -> None:
    """BackupDamaged unless this desk signed it."""
    try:
        sshsig.check(sshsig.parse_signature(signature), data, NAMESPACE, parse_public_key(desk.signing_key))
    except (MalformedSignature, SignatureDoesNotMatch) as err:
        raise BackupDamaged([f"{MANIFEST}: It is not signed by the desk of {PUBLIC}."], where=where) from err


def _manifest_of(value: Json) -> Manifest:
    match value:
        case {
            "schema": schema,
            "made_at": str(made_at),
            "version": str(version),
            "database": str(database),
            "entries": int(entries),
            "files": dict(files),
            "packages": dict(packages),
            "parcels": dict(parcels),
            "missing": list(missing),
            **rest,
        } if schema == SCHEMA and not rest:
            return Manifest(
                made_at,
                version,
                Database(database),
                entries,
                {name: _piece(piece) for name, piece in files.items()},
                {name: _size(size) for name, size in packages.items()},
                {name: _size(size) for name, size in parcels.items()},
                tuple(map(str, missing)),
            )
    raise ValueError(SCHEMA)


def _piece(value: Json) -> Piece:
    match value:
        case {"sha256": str(sha256), "size": size} if is_sha256(sha256):
            return Piece(sha256, _size(size))
    raise ValueError("piece")


def _size(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("bytes")
    return value


def _holds_what_it_must(manifest: Manifest) -> bool:
    names, needed = set(manifest.files), _NEEDED | {manifest.database.file}
    return (
        needed <= names <= needed | _OPTIONAL
        and all(map(is_sha256, [*manifest.packages, *manifest.parcels, *manifest.missing]))
        and manifest.entries > 0
        and _MOMENT.fullmatch(manifest.made_at) is not None
        and _VERSION.fullmatch(manifest.version) is not None
    )
