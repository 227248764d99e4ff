"""A package to read from: the first location's, or the second's where that is gone or is not what it was.

    with whole_package(state, sha256, second) as found:
        unseal_package(found.path, …)

Its bytes are hashed before they are used, wherever they are from. Nothing is put right by reading: that is an act of
somebody, with a reason (keeping/repairing.py).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore, changed
from safehand.desk.custody.location import Location
from safehand.errors import CannotRead, CannotWrite, CheckFailed


@dataclass(frozen=True, slots=True)
class WholePackage:
    """Where it may be read, until the ``with`` ends."""

    path: Path
    from_second: bool


@contextmanager
def whole_package(state: State, sha256: str, second: Location | None) -> Iterator[WholePackage]:
    """One package. CannotRead, CheckFailed: what is wrong at the first location, where no second has it whole."""
    store = EvidenceStore(state)
    try:
        store.check(sha256)
    except (CannotRead, CheckFailed) as wrong:
        if second is None:
            raise
        with _fetched(state, sha256, second, wrong) as path:
            yield WholePackage(path, from_second=True)
        return
    yield WholePackage(store.path(sha256), from_second=False)


@contextmanager
def _fetched(state: State, sha256: str, second: Location, wrong: CannotRead | CheckFailed) -> Iterator[Path]:
    """Sealed as it is, in ``uploads/``, which is wiped of what a killed process left."""
    path = state.uploads / secrets.token_hex(16)
    try:
        try:
            _fetch(sha256, second, path)
        except (CannotRead, CheckFailed) as also:
            raise wrong from also
        yield path
    finally:
        path.unlink(missing_ok=True)


def _fetch(sha256: str, second: Location, path: Path) -> None:
    digest = hashlib.sha256()
    try:
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as out:
            for piece in second.pieces(sha256):
                digest.update(piece)
                out.write(piece)
    except OSError as err:
        raise CannotWrite("A package could not be fetched from the second location: the disk may be full.") from err
    if digest.hexdigest() != sha256:
        raise changed(sha256, digest.hexdigest())
