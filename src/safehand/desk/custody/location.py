"""The second location of the evidence store: every package once more, elsewhere.

    second = the_second(settings.MIRROR)     a folder (FolderLocation), a bucket (BucketLocation), or None
    second.mark()                            who keeps packages there; "" where nobody has begun
    second.put(sha256, store.pieces(sha256))
    second.check(sha256)                     hash it again, where it lies

The first location, ``EvidenceStore``, has the same four verbs. Each location says by a small file of its own whose it
is: an empty folder may be the second disk that is not mounted, and what is not there would be missed by the thousand
and written again, onto the first disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from safehand.desk.custody.bucket import BucketLocation
from safehand.desk.custody.folder import FolderLocation
from safehand.desk.settings.mirror import Folder, Mirror

FIRST: Final = "first"
"""The state directory's own. The second is called by the key of its setting."""


class Location(Protocol):
    """Where packages are kept, under their SHA-256."""

    def check(self, sha256: str) -> int:
        """Hash it again and give its size. Gone, CannotRead, CheckFailed, LocationAway."""

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """It as it is now. Gone, CannotRead, LocationAway."""

    def put(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep it, for good. CheckFailed when these are not its bytes; CannotWrite, LocationAway."""

    def put_aside(self, sha256: str, at: int) -> None:
        """What is damaged, out of the way, as it is."""

    def destroy(self, sha256: str) -> int:
        """When its case is erased: away with it, put aside or not. How many there were. CannotWrite, LocationAway."""


class Marked(Location, Protocol):
    """One that says whose it is."""

    def mark(self) -> str:
        """What was written there first; "" where nothing was. LocationAway."""

    def set_mark(self, mark: str) -> None:
        """Write it, where there is none. CannotWrite, LocationAway."""


def the_second(mirror: Mirror | None) -> Marked | None:
    """The second location, as it is set."""
    if mirror is None:
        return None
    return FolderLocation(mirror.path) if isinstance(mirror, Folder) else BucketLocation(mirror)
