"""The bytes of a parcel on its way in: one file with holes, and a mark for each part that is on the disk for good.

    handover/coming/<id>/bytes            each part at its own place
    handover/coming/<id>/3-5f3a…          part 3 is there, and its SHA-256 is this

    parts = Parts(folder, size=10_000_000, part=4 << 20)
    parts.put(3, sha256, data)            on the disk when this returns; a second time changes nothing
    parts.have()                          {1: "…", 3: "5f3a…"}

A mark is made when its part is on the disk, so that what was half written when the machine stopped is never seen: it is
sent again, to the same place. Putting a package together copies nothing: the file is renamed when every part is there.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.desk.handover.refusals import Refusal, Refused
from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.model.digest import sha256_of
from safehand.seal.age_header import FIRST

_MARK: Final = re.compile(r"([1-9][0-9]{0,5})-([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parts:
    """One parcel's, in ``folder``. ``part`` is how long each is, but the last."""

    folder: Path
    size: int
    part: int

    @property
    def file(self) -> Path:
        """All of it, with holes where parts are missing."""
        return self.folder / "bytes"

    @property
    def number(self) -> int:
        """How many there are."""
        return -(-self.size // self.part)

    def make(self) -> None:
        """The folder and the empty file, on the disk."""
        self.folder.mkdir(mode=0o700)
        os.close(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        passed(Step.SENT_FOLDER_MADE)
        for folder in (self.folder, self.folder.parent):
            sync_folder(folder, Step.SENT_FOLDER_SYNCED)

    def length(self, number: int) -> int:
        """How long part ``number`` is. Refused when there is none such."""
        if not 1 <= number <= self.number:
            raise Refused(Refusal.NOT_UNDERSTOOD)
        return min(self.part, self.size - (number - 1) * self.part)

    def put(self, number: int, sha256: str, data: bytes) -> bool:
        """Keep one part. False when it was there before."""
        if len(data) != self.length(number) or sha256_of(data) != sha256:
            raise Refused(Refusal.PART_DAMAGED)
        if number == 1 and not data.startswith(FIRST):
            raise Refused(Refusal.NOT_SEALED)
        there = self.have().get(number)
        if there is not None:
            if there != sha256:
                raise Refused(Refusal.OTHER_PART)
            return False
        self._write((number - 1) * self.part, data)
        os.close(os.open(self.folder / f"{number}-{sha256}", os.O_WRONLY | os.O_CREAT, 0o600))
        passed(Step.SENT_PART_MARKED)
        sync_folder(self.folder, Step.SENT_FOLDER_SYNCED)
        return True

    def have(self) -> dict[int, str]:
        """The parts that are there, by number."""
        marks = (_MARK.fullmatch(path.name) for path in self.folder.iterdir())
        return dict(sorted((int(mark[1]), mark[2]) for mark in marks if mark is not None))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process is putting it together. Nothing is waited for when that was done already."""
        try:
            handle = os.open(self.folder, os.O_RDONLY)
        except FileNotFoundError:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def touched(self) -> int:
        """When the last part came, in microseconds. The file may have been put in its place already."""
        return max(path.stat().st_mtime_ns for path in (self.folder, self.file) if path.exists()) // 1000

    def wipe(self) -> None:
        """Away with all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, place: int, data: bytes) -> None:
        handle = os.open(self.file, os.O_WRONLY)
        try:
            view = memoryview(data)
            while view:
                written = os.pwrite(handle, view, place)
                view, place = view[written:], place + written
            sync_file(handle, Step.SENT_PART_SYNCED)
        finally:
            os.close(handle)
