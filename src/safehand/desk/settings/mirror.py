"""Where each package is kept a second time: another folder, or a bucket of an S3-compatible object store.

    SAFEHAND_MIRROR=/mnt/second/safehand       Folder(Path("/mnt/second/safehand"))
    SAFEHAND_MIRROR=s3://packages/unit7        Bucket("packages", "unit7", None)
    SAFEHAND_MIRROR_AT=https://store.example   whose bucket it is, where it is not Amazon's

Keys and region of the bucket come in the variables that every S3 tool reads (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_REGION): obstore reads them itself, and nothing here holds them.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from safehand.desk.settings.places import Address
from safehand.errors import UsageError

_BUCKET: Final = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*))?/?")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, best on another disk or another machine's."""

    path: Path

    @property
    def key(self) -> str:
        """Short, the same for the same place: whoever moves to another begins there anew."""
        return _key(str(self.path))


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, and the beginning of every name in it."""

    name: str
    prefix: str
    address: Address | None

    @property
    def key(self) -> str:
        """As of a folder."""
        return _key(f"{self.address.origin if self.address is not None else ''} {self.name} {self.prefix}")


Mirror: TypeAlias = Folder | Bucket


def mirror(name: str, state: Path) -> Mirror | None:
    """Read ``name`` and ``name``_AT. None where it is not set; UsageError where nothing could be kept there."""
    said, at = os.environ.get(name, ""), os.environ.get(f"{name}_AT", "")
    if not said:
        return None
    if said.startswith("s3:"):
        return _bucket(name, said, Address.parse(at) if at else None)
    path = Path(said)
    if not path.is_absolute():
        raise UsageError(
            f"{name} is neither a whole path nor a bucket.", todo="Write it like /mnt/second or s3://name."
        )
    path = path.resolve()
    if path.is_relative_to(state.resolve()) or state.resolve().is_relative_to(path):
        raise UsageError(f"{name} lies in the state directory, or round it.", todo="Choose a folder of another disk.")
    return Folder(path)


def _bucket(name: str, said: str, address: Address | None) -> Bucket:
    found = _BUCKET.fullmatch(said)
    if found is None or ".." in said:
        raise UsageError(f"{name} names no bucket.", todo="Write it like s3://name or s3://name/unit.")
    if address is not None and not address.https and not address.on_this_machine:
        raise UsageError(f"{name}_AT would be reached without https.", todo="Write its https address.")
    return Bucket(found[1], found[2] or "", address)


def _key(place: str) -> str:
    return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:16]
