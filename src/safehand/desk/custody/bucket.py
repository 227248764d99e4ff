"""A bucket of an S3-compatible object store as the second location.

    safehand-mirror      whose packages these are
    evidence/5f/5f3a…    put under uploads/ in parts and renamed, which the store refuses where the name is taken
    damaged/             what was found changed

Two parts of PART bytes are in memory at most, whatever the size of the package, and it is read in ranges of the same
size: each request is short, and one that fails is asked again by obstore. A package counts as there when the store has
its name; whether its bytes are right is for ``check``, which fetches and hashes them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from safehand.desk.custody.evidence_store import Gone, changed
from safehand.desk.custody.folder import MARK, LocationAway
from safehand.desk.settings.mirror import Bucket
from safehand.durable import Step, passed
from safehand.errors import UsageError
from safehand.model.digest import is_sha256

PART: Final = 8 << 20
"""Bytes: S3 takes 10,000 parts at most, so 80 GB, and at least 5 MiB each."""

_AT_ONCE: Final = 2
_PATIENCE: Final = timedelta(seconds=30)
"""After which a store that does not answer counts as away; a copy within the store may take longer by itself."""


class BucketLocation:
    """Every package once more, in a bucket."""

    def __init__(self, bucket: Bucket, random_name: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        address = bucket.address
        self._random_name = random_name
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            endpoint=address.origin if address is not None else None,
            copy_if_not_exists="multipart",  # the copy that is refused where the name is taken
            client_options={
                "allow_http": address is not None and address.on_this_machine,
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(minutes=5),
            },
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        )

    def mark(self) -> str:
        """Whose it is."""
        with _reaching():
            try:
                return (
                    bytes(obstore.get_range(self._store, MARK, start=0, length=200)).decode("ascii", "replace").strip()
                )
            except FileNotFoundError:
                return ""

    def set_mark(self, mark: str) -> None:
        """Only where there is none."""
        with _reaching():
            obstore.put(self._store, MARK, f"{mark}\n".encode("ascii"), mode="create")

    def check(self, sha256: str) -> int:
        """Fetch it and hash it."""
        digest, size = hashlib.sha256(), 0
        for piece in self.pieces(sha256):
            digest.update(piece)
            size += len(piece)
        if digest.hexdigest() != sha256:
            raise changed(sha256, digest.hexdigest())
        return size

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """It as it is now."""
        place = _place(sha256)
        try:
            with _reaching():
                size = obstore.head(self._store, place)["size"]
                for start in range(0, size, PART):
                    yield bytes(obstore.get_range(self._store, place, start=start, length=min(PART, size - start)))
        except FileNotFoundError as err:
            raise Gone("A package is not at the second location.", where=sha256) from err

    def put(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """In parts, and under its own name at the end. Bytes that are others leave no object: no part is completed."""
        digest, unfinished = hashlib.sha256(), f"uploads/{self._random_name()}"
        with _reaching():
            writer = obstore.open_writer(self._store, unfinished, buffer_size=PART, max_concurrency=_AT_ONCE)
        for piece in pieces:
            digest.update(piece)
            with _reaching():
                writer.write(piece)
        if digest.hexdigest() != sha256:
            raise changed(sha256, digest.hexdigest())
        with _reaching():
            writer.close()
            self._name(unfinished, _place(sha256))

    def put_aside(self, sha256: str, at: int) -> None:
        """Under ``damaged/``."""
        try:
            with _reaching():
                obstore.rename(self._store, _place(sha256), f"damaged/{sha256}.{at}", overwrite=False)
            passed(Step.BUCKET_PUT_ASIDE)
        except FileNotFoundError:
            return

    def destroy(self, sha256: str) -> int:
        """Its objects go. Whether a store keeps older versions of what was deleted is set there, and not here."""
        _place(sha256)
        with _reaching():
            found = [
                each["path"]
                for prefix in (f"evidence/{sha256[:2]}/", "damaged/")
                for batch in obstore.list(self._store, prefix=prefix)
                for each in batch
                if each["path"].rpartition("/")[2].partition(".")[0] == sha256
            ]
            for path in found:
                obstore.delete(self._store, path)
        return len(found)

    def _name(self, unfinished: str, place: str) -> None:
        try:
            obstore.rename(self._store, unfinished, place, overwrite=False)
            passed(Step.BUCKET_PUT)
        except AlreadyExistsError:  # by a worker that was killed after it, or whose answer was lost
            obstore.delete(self._store, unfinished)


@contextmanager
def _reaching() -> Iterator[None]:
    """What the object store cannot do now is no word on any package. A name that is not there is FileNotFoundError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as err:  # the writer's troubles are OSErrors
        # Its own words may hold addresses and keys' names: the kind of trouble is enough.
        raise LocationAway(
            f"The bucket of the second location cannot be used ({type(err).__name__}).",
            todo="See that it answers, and that its keys are right.",
        ) from err


def _place(sha256: str) -> str:
    if not is_sha256(sha256):
        raise UsageError("A package is named by its SHA-256.")
    return f"evidence/{sha256[:2]}/{sha256}"
