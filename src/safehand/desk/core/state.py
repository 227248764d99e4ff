"""The state directory: everything a desk keeps, in one place that nobody else may read.

var/desk/
    secret-key            what sessions are signed with                       0600
    keys/                 desk.agekey, desk.signkey, desk.pub, recovery.agekey, log.signkey
    desk.sqlite3          officers, cases, custody (unless DATABASE_URL names a PostgreSQL)
    evidence/             packages as they came, named by their SHA-256       read-only
    damaged/              packages that were found changed, put aside as they were (made when there is one)
    casefiles/            one encrypted case file a case                      derived
    handover/             parcels that the desk has not collected yet, sealed as they came
    work/                 unsealed text while it is being read                wiped
    uploads/              what is still coming in                             wiped
    static/               styles and scripts, collected
    counts/               what the running desk counts for whoever watches it   begun anew at each start
"""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from safehand.durable import Step, sync_folder
from safehand.errors import CannotWrite
from safehand.seal.whole import WholeFile, take_away_unfinished, writing


@dataclass(frozen=True, slots=True)
class State:
    """Where things are under ``root``. Nothing is made before ``make``."""

    root: Path

    @property
    def secret_key(self) -> Path:
        """What sessions are signed with."""
        return self.root / "secret-key"

    @property
    def keys(self) -> Path:
        """The desk's key files."""
        return self.root / "keys"

    @property
    def desk_identity(self) -> Path:
        """The key that opens packages."""
        return self.keys / "desk.agekey"

    @property
    def desk_signing(self) -> Path:
        """The key that signs for the desk."""
        return self.keys / "desk.signkey"

    @property
    def log_signing(self) -> Path:
        """The key that signs the custody log: made when it is signed for the first time."""
        return self.keys / "log.signkey"

    @property
    def desk_public(self) -> Path:
        """What holders seal to."""
        return self.keys / "desk.pub"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "desk.sqlite3"

    @property
    def database_moved(self) -> Path:
        """What the SQLite file is called once its rows are in a PostgreSQL (moving.py)."""
        return self.root / "desk.sqlite3.moved"

    @property
    def evidence(self) -> Path:
        """Packages as they came."""
        return self.root / "evidence"

    @property
    def damaged(self) -> Path:
        """Packages that are not what they were, put aside when their copy took their place."""
        return self.root / "damaged"

    @property
    def casefiles(self) -> Path:
        """Derived case files."""
        return self.root / "casefiles"

    @property
    def handover(self) -> Path:
        """What the public node keeps for the desk: sealed parcels, and nothing else."""
        return self.root / "handover"

    @property
    def work(self) -> Path:
        """Unsealed text while it is being read."""
        return self.root / "work"

    @property
    def uploads(self) -> Path:
        """What is still coming in."""
        return self.root / "uploads"

    @property
    def static(self) -> Path:
        """Styles and scripts, collected."""
        return self.root / "static"

    @property
    def counts(self) -> Path:
        """What each process counts while it serves. Nothing is lost without it, so no check asks for it."""
        return self.root / "counts"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder the desk needs."""
        below = (self.keys, self.evidence, self.casefiles, self.handover, self.work, self.uploads, self.static)
        return (self.root, *below)

    def make(self) -> None:
        """Make what is missing, for the desk's own eyes only (0700). What is there stays."""
        try:
            for folder in (*self.folders, self.counts):
                folder.mkdir(mode=0o700, parents=folder == self.root, exist_ok=True)
            sync_folder(self.root, Step.DESK_MADE)  # or a power cut could take the folder with everything in it
            for key in (self.secret_key, self.log_signing):
                take_away_unfinished(key)
            if not self.secret_key.exists():
                write_private(self.secret_key, secrets.token_urlsafe(64).encode())
        except OSError as err:
            raise CannotWrite(
                "The state directory cannot be made.", where=str(self.root), todo="Choose one the desk may write to."
            ) from err

    def read_secret_key(self) -> str:
        """The key, or nothing when there is none yet (a check then refuses the start)."""
        try:
            return self.secret_key.read_text("ascii").strip()
        except OSError:
            return ""


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, all of it or none. CannotWrite when it is there."""
    # On a full disk an empty secret key would stay behind, and no later start would make another.
    with WholeFile(path) as file, writing(path):
        with os.fdopen(os.dup(file.handle), "wb") as out:
            out.write(data)
        file.keep()


def readable_by_others(path: Path) -> bool:
    """May anyone but the owner read, write or open ``path``?"""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
