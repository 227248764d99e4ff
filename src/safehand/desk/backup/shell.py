"""What the shell is told of a backup, and of a desk that was brought back. Loaded once Django is set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from safehand.desk.backup.making import Made, make_backup
from safehand.desk.backup.manifest import CHECKPOINT, Database
from safehand.desk.backup.placing import Trusted
from safehand.desk.backup.restored import make_good
from safehand.desk.core import say
from safehand.desk.core.state import State
from safehand.desk.prepare import said_as
from safehand.errors import UsageError

Told: TypeAlias = tuple[Mapping[str, str | int], Sequence[str], Sequence[str]]


def back_up(to: Path, state: State, keep: int | None) -> Told:
    """Make one. UsageError where the database is of an older version: nothing could be entered into its log."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UsageError(
            "The database of this desk is of an older version.",
            where=str(state.root),
            todo="Back it up with the version that it is of, or start the desk once: that brings it up.",
        )
    made = make_backup(to, state, keep=keep)
    return _facts(made), _to_do(made), _wrong(made)


def bring_back(trusted: Trusted, hidden: State, state: Path) -> Told:
    """What is in ``hidden`` is to be the desk at ``state``. Its database is closed when this returns."""
    try:
        restored = make_good(trusted, hidden)
    finally:
        connections.close_all()
    manifest = trusted.backup.manifest
    facts: dict[str, str | int] = {
        "backup": trusted.backup.name,
        "fingerprint": trusted.public.fingerprint,
        "entries": restored.entries,
        "checkpoints": restored.compared,
        "brought": restored.lodged,
        "packages": len(manifest.packages),
        "read_again": restored.again,
    }
    postgres = "DATABASE_URL=… " if manifest.database is Database.POSTGRESQL else ""
    to_do = [
        "Compare the fingerprint with the one on paper: whoever made another desk has another.",
        *_of_checkpoints(trusted, restored.lodged),
        f"What the old desk was told by its surroundings stands in {trusted.backup.path / 'settings.json'}.",
        f"Start it: {postgres}{said_as()} desk run --state {state}. Case files are made again; nobody is signed in.",
    ]
    wrong = [f"{sha256}: This package was lost before the backup was made." for sha256 in manifest.missing]
    if trusted.later is not None:
        lost = say.counted(trusted.later.size - manifest.entries, "entry", "entries")
        wrong.append(f"{lost} of the custody log that were made after this backup are lost, and what they speak of.")
    return facts, to_do, wrong


def _of_checkpoints(trusted: Trusted, lodged: int) -> list[str]:
    if trusted.later is not None:
        return ["Tell each witness, and whoever holds the later checkpoint: the log goes on from the backup."]
    if lodged:
        return []
    return [
        "Nobody brought a checkpoint from elsewhere: that this is the newest backup is not known. --checkpoint FILE"
    ]


def _facts(made: Made) -> dict[str, str | int]:
    manifest = made.manifest
    return {
        "backup": str(made.path),
        "entries": manifest.entries,
        "packages": len(manifest.packages),
        "copied": made.new,
        "bytes": made.bytes,
        "manifest": made.sha256,
        "erased_still_there": made.erased,
        "forgotten": len(made.forgotten),
    }


def _to_do(made: Made) -> list[str]:
    to_do = [
        f"Lodge {made.path / CHECKPOINT} where neither this machine nor the backup can reach it.",
        "The keys in it are sealed: they open with recovery.agekey, which is kept offline.",
    ]
    if made.is_on_the_same_disk:
        to_do.append("This backup is on the disk of the desk: what breaks one breaks both. Copy it elsewhere.")
    if made.erased:
        packages = say.counted(made.erased, "package")
        to_do.append(f"Earlier backups here still have {packages} of cases that were erased. --keep 1 takes them away.")
    return to_do


def _wrong(made: Made) -> list[str]:
    return [
        f"{sha256}: This package is gone, or not what it was, and no earlier backup has it. See: {said_as()} desk check"
        for sha256 in made.manifest.missing
    ]
