"""The evidence store: packages as they came, written once and never again.

    with store.begin(limit) as incoming:            a file that is still coming in
        for chunk in chunks: incoming.write(chunk)
        kept = incoming.keep()                      evidence/5f/5f3a…, read-only, synced, under its own SHA-256
    store.path(kept.sha256)                         where it is, for reading
    store.check(kept.sha256)                        its bytes still hash to its name, or CheckFailed
    store.pieces(kept.sha256)                       its bytes, as they are now
    store.put(kept.sha256, pieces)                  the same way in, of bytes that must be those
    store.put_aside(kept.sha256, instant)           one that is not what it was, out of the way: damaged/
    store.destroy(kept.sha256)                      when its case is erased (destroying.py)

Only what begins as a sealed package does comes in: what is not sealed may be anything, a picture too, and is refused
before it is on the disk. Whether the rest is whole is found out later (intake/processing.py): a damaged one is kept.

Nothing here opens a file under ``evidence/`` for writing; destroying.py alone does, to erase one. Bytes come in under
``uploads/``, are hashed on the way, made read-only, synced, and put in place by obstore's rename that refuses to
replace anything: one call for a disk and for an object store (bucket.py). Then the folders are synced, or the name
could be lost with the power. Putting them with ``obstore.put`` would hold a whole package in memory (measured: 600 MB
for 600 MB).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore

from safehand.desk.core.room import free_beyond_reserve
from safehand.desk.core.state import State
from safehand.desk.custody.destroying import overwrite_and_unlink
from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotRead, CannotWrite, CheckFailed, NotRecognised, UsageError
from safehand.model.digest import is_sha256, sha256_of_stream
from safehand.seal.age_header import FIRST

_READ_ONLY: Final = 0o400


_PIECE: Final = 1 << 20


class Gone(CannotRead):
    """A package is not where it must be."""

    code = "package_gone"


class TooLarge(CannotWrite):
    """The file is larger than this desk takes."""

    code = "too_large"


@dataclass(frozen=True, slots=True)
class Kept:
    """A package in the store. ``new`` is False when the same bytes were there before."""

    sha256: str
    size: int
    new: bool


class EvidenceStore:
    """The packages of one desk."""

    def __init__(self, state: State, random_name: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._state = state
        self._random_name = random_name

    def make(self) -> None:
        """Its folders, where it stands by itself and not in the state directory of a desk (folder.py). OSError."""
        for folder in (self._state.evidence, self._state.uploads):
            folder.mkdir(mode=0o700, exist_ok=True)

    def begin(self, largest: int) -> Incoming:
        """A new file under ``uploads/``, of at most ``largest`` bytes. Leave it without ``keep`` and it is gone."""
        return Incoming(self._state, self._random_name(), largest)

    def room(self) -> int:
        """Bytes that may still come in: its disk is never filled to the last (core/room.py)."""
        return free_beyond_reserve(self._state.evidence)

    def is_on_disk_of(self, folder: Path) -> bool:
        """Would one broken disk take both? False where ``folder`` cannot be asked."""
        try:
            return self._state.evidence.stat().st_dev == folder.stat().st_dev
        except OSError:
            return False

    def path(self, sha256: str) -> Path:
        """Where the package of this SHA-256 is, or would be."""
        if not is_sha256(sha256):
            raise UsageError("A package is named by its SHA-256.")
        return self._state.evidence / sha256[:2] / sha256

    def check(self, sha256: str) -> int:
        """Hash the package again and give its size. CannotRead when it is gone, CheckFailed when it has changed."""
        path = self.path(sha256)
        try:
            with path.open("rb") as stream:
                found, size = sha256_of_stream(stream)
        except OSError as err:
            raise _cannot_read(sha256, err) from err
        if found != sha256:
            raise changed(sha256, found)
        return size

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The package as it is now, whatever that is. CannotRead; Gone where it is not there."""
        try:
            with self.path(sha256).open("rb") as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except OSError as err:
            raise _cannot_read(sha256, err) from err

    def put(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep these bytes under this name. CheckFailed when they are others, and nothing is kept then.

        What stands there already stays as it is, damaged or not: ``put_aside`` comes before.
        """
        with self.begin(sys.maxsize) as incoming:
            try:
                for piece in pieces:
                    incoming.write(piece)
            except NotRecognised as err:
                raise changed(sha256, "no sealed package") from err
            if incoming.sha256 != sha256:
                raise changed(sha256, incoming.sha256)
            incoming.keep()

    def put_aside(self, sha256: str, at: int) -> None:
        """Move what stands under this name to ``damaged/``, as it is: somebody will ask what was there.

        ``at`` is when, in microseconds, and part of its name there.
        """
        path = self.path(sha256)
        if not os.path.lexists(path):
            return
        try:
            self._state.damaged.mkdir(mode=0o700, exist_ok=True)
            path.rename(self._state.damaged / f"{sha256}.{at}")
            passed(Step.DAMAGED_PUT_ASIDE)
            for directory in (self._state.damaged, path.parent):
                sync_folder(directory, Step.DAMAGED_FOLDER_SYNCED)
        except OSError as err:
            raise CannotWrite("A damaged package could not be put aside.", where=sha256) from err

    def destroy(self, sha256: str) -> int:
        """Erased by statute (destroying.py): it, and what was put aside of it. How many files. CannotWrite."""
        aside = self._state.damaged.glob(f"{sha256}.*")
        return sum(overwrite_and_unlink(path) for path in (self.path(sha256), *aside))

    def names(self) -> Iterator[str]:
        """The SHA-256 of every package in the store, sorted."""
        for folder in sorted(self._state.evidence.iterdir()):
            for file in sorted(folder.iterdir()):
                yield file.name


class Incoming:
    """A package on its way in. Use it in a ``with``."""

    def __init__(self, state: State, name: str, largest: int) -> None:
        self._state = state
        self._name = name
        self._largest = largest
        self._head = b""
        self._digest = hashlib.sha256()
        self._out: BinaryIO | None = None
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    @property
    def _path(self) -> Path:
        return self._state.uploads / self._name

    def write(self, chunk: bytes) -> None:
        """The next bytes. NotRecognised: not sealed. TooLarge: beyond the limit. CannotWrite: the disk is full."""
        if self.size + len(chunk) > self._largest:
            raise TooLarge(f"The file is larger than the {self._largest} bytes this desk takes.")
        self._look_at(chunk)
        try:
            if self._out is None:
                self._out = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
                passed(Step.RECEIVE_BEGUN)
            self._out.write(chunk)
        except OSError as err:
            raise _cannot_keep() from err
        self._digest.update(chunk)
        self.size += len(chunk)

    @property
    def sha256(self) -> str:
        """Of what came in so far."""
        return self._digest.hexdigest()

    def keep(self) -> Kept:
        """Put it in place under its SHA-256, on the disk for good. UsageError when nothing came in.

        NotRecognised when it ended before it was seen to be sealed.
        """
        if self._out is None:
            raise UsageError("The file is empty.", todo="Choose the .safehand file that was made by sealing.")
        if self._head != FIRST:
            raise _not_sealed()
        sha256 = self.sha256
        place = f"{sha256[:2]}/{sha256}"
        try:
            self._out.flush()
            os.fchmod(self._out.fileno(), _READ_ONLY)  # before the sync, which puts that on the disk too
            sync_file(self._out.fileno(), Step.RECEIVE_SYNCED)
            self._out.close()
            folder = self._state.evidence / sha256[:2]
            folder.mkdir(mode=0o700, exist_ok=True)
            passed(Step.RECEIVE_FOLDER_MADE)
            new = self._put(f"{self._state.evidence.name}/{place}")
            for directory in (folder, self._state.evidence):
                sync_folder(directory, Step.RECEIVE_FOLDER_SYNCED)
        except (OSError, BaseError) as err:
            raise _cannot_keep() from err
        return Kept(sha256, self.size, new)

    def discard(self) -> None:
        """Away with what came in, unless it was kept."""
        if self._out is not None:
            self._out.close()
            with suppress(OSError):  # of a disk that went read-only meanwhile: it is wiped after a day (intake/lost.py)
                self._path.unlink(missing_ok=True)

    def _look_at(self, chunk: bytes) -> None:
        self._head += chunk[: len(FIRST) - len(self._head)]
        if not FIRST.startswith(self._head):
            raise _not_sealed()

    def _put(self, place: str) -> bool:
        try:
            store = LocalStore(self._state.root)
            obstore.rename(store, f"{self._state.uploads.name}/{self._name}", place, overwrite=False)
        except AlreadyExistsError:
            return False
        passed(Step.RECEIVE_PUT)
        return True


def changed(sha256: str, found: str) -> CheckFailed:
    """What is said of a package whose bytes are others now."""
    return CheckFailed(
        f"A package of the evidence store is not what it was: it now hashes to {found}.",
        where=sha256,
        todo="Bring it back from the backup, and find out who could write there.",
    )


def _cannot_read(sha256: str, problem: OSError) -> CannotRead:
    kind = Gone if isinstance(problem, FileNotFoundError) else CannotRead
    return kind("A package of the evidence store cannot be read.", where=sha256, todo="Bring it back from the backup.")


def _cannot_keep() -> CannotWrite:
    return CannotWrite(
        "The package could not be kept: the disk may be full.", todo="Nothing was taken in. Try again when it has room."
    )


def _not_sealed() -> NotRecognised:
    return NotRecognised(
        "This is not a sealed package. A file that is not sealed is not kept.",
        todo="Seal it first: safehand seal EXPORT --to desk.pub -o chat.safehand",
    )
