"""A folder as the second location: an evidence store of its own, with nothing else in it.

/mnt/second/safehand/
    safehand-mirror      whose packages these are
    evidence/5f/5f3a…    as in the state directory, by the same code: read-only, synced, never replaced
    uploads/             what is still being copied
    damaged/             what was found changed
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from safehand.desk.core.state import State, write_private
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.errors import CannotRead, CannotWrite

MARK: Final = "safehand-mirror"
_LONGEST: Final = 200


class LocationAway(CannotRead):
    """The second location is not there: a disk that is not mounted, a network that is down, or another's."""

    code = "location_away"


class FolderLocation:
    """Every package once more, in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store = EvidenceStore(State(path))

    def mark(self) -> str:
        """Whose it is."""
        try:
            if not self._path.is_dir():
                raise LocationAway("The folder of the second location is not there.", todo="See that it is mounted.")
            with (self._path / MARK).open(encoding="ascii", errors="replace") as file:
                return file.read(_LONGEST).strip()
        except FileNotFoundError:
            return ""
        except OSError as err:
            raise LocationAway("The folder of the second location cannot be read.") from err

    def set_mark(self, mark: str) -> None:
        """Make the folders, and say whose they are."""
        try:
            self._store.make()
        except OSError as err:
            raise CannotWrite("The folder of the second location cannot be written to.") from err
        write_private(self._path / MARK, f"{mark}\n".encode("ascii"))  # synced, and its folder too

    def check(self, sha256: str) -> int:
        """Hash it again."""
        return self._store.check(sha256)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """It as it is now."""
        return self._store.pieces(sha256)

    def put(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """As a package comes in."""
        self._store.put(sha256, pieces)

    def put_aside(self, sha256: str, at: int) -> None:
        """Into ``damaged/``."""
        self._store.put_aside(sha256, at)

    def destroy(self, sha256: str) -> int:
        """Overwritten, and away."""
        return self._store.destroy(sha256)
