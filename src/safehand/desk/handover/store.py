"""The node's own store: sealed parcels, each under its SHA-256, until the desk has them.

    store = ParcelStore(state.handover)
    kept = store.keep([sealed])              pieces of bytes; on the disk for good when this returns
    kept = store.adopt(path)                 a file that came in whole under store.coming
    store.path(kept.sha256)                  where it is, for reading
    store.forget(kept.sha256)                the desk has it

Only what begins as an age file is taken, so that nothing that was not sealed ever lies here: whoever copies this disk
has sealed bytes and their hashes.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotWrite, NotRecognised, UsageError
from safehand.model.digest import is_sha256, sha256_of_stream
from safehand.seal.age_header import FIRST

_READ_ONLY: Final = 0o400


@dataclass(frozen=True, slots=True)
class KeptParcel:
    """Bytes in the store. ``new`` is False when the same bytes were there before."""

    sha256: str
    size: int
    new: bool


class ParcelStore:
    """The parcels of one node, under ``root``."""

    def __init__(self, root: Path, random_name: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._root = root
        self._random_name = random_name

    @property
    def coming(self) -> Path:
        """Where what is still coming in lies: on the same disk, so that it is put in place by a rename."""
        folder = self._root / "coming"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def path(self, sha256: str) -> Path:
        """Where the parcel of this SHA-256 is, or would be."""
        if not is_sha256(sha256):
            raise UsageError("A parcel is named by its SHA-256.")
        return self._root / sha256[:2] / sha256

    def keep(self, pieces: Iterable[bytes]) -> KeptParcel:
        """Write a parcel. NotRecognised when it is not sealed, CannotWrite when the disk will not have it."""
        hidden = None
        try:
            hidden = self.coming / self._random_name()
            with os.fdopen(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for piece in pieces:
                    out.write(piece)
            return self.adopt(hidden)
        except OSError as err:
            raise _cannot_keep() from err
        finally:
            if hidden is not None:
                with suppress(OSError):  # of a disk that went read-only meanwhile: it is wiped after a day
                    hidden.unlink(missing_ok=True)

    def adopt(self, path: Path) -> KeptParcel:
        """Put a whole file in place under its SHA-256 and take its old name away. As ``keep`` otherwise."""
        try:
            with path.open("rb") as stream:
                if stream.read(len(FIRST)) != FIRST:
                    raise NotRecognised("This is not sealed, and what is not sealed is not kept.")
                stream.seek(0)
                sha256, size = sha256_of_stream(stream)
                os.utime(stream.fileno())  # it is put in place now, however old its parts: see unfinished.py
                os.fchmod(stream.fileno(), _READ_ONLY)
                sync_file(stream.fileno(), Step.SENT_SYNCED)
            return KeptParcel(sha256, size, self._put(path, sha256))
        except OSError as err:
            raise _cannot_keep() from err

    def forget(self, sha256: str) -> None:
        """Take a parcel away. Nothing happens when it is gone already."""
        self.path(sha256).unlink(missing_ok=True)
        passed(Step.SENT_FORGOTTEN)

    def places(self) -> list[Path]:
        """Where parcels are, all of them."""
        return [path for path in self._root.glob("[0-9a-f][0-9a-f]/*") if is_sha256(path.name)]

    def _put(self, path: Path, sha256: str) -> bool:
        place = self.path(sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        new = True
        try:
            os.link(path, place)  # a link refuses what is there in one step; a rename would replace it
        except FileExistsError:
            new = False
            os.utime(place)  # it came again: what is left without a row is taken away by its age (unfinished.py)
        passed(Step.SENT_PUT)
        path.unlink()
        passed(Step.SENT_UNHIDDEN)
        for folder in (place.parent, self._root):
            sync_folder(folder, Step.SENT_FOLDER_SYNCED)  # a file's name is on the disk when its folder is
        return new


def _cannot_keep() -> CannotWrite:
    return CannotWrite(
        "What you sent could not be kept: the disk may be full.", todo="Nothing was taken in. Try again, or ring 101."
    )
