"""What a process counts while it serves, in a file of its own that another process may read.

    counts = Counts.begin(folder, series)       a number for every series there can be, all 0
    counts.add(("page", "triage:inbox", "2xx"))
    added_up(folder, series)                    those of every process since the desk was started, ended ones too

The file is a line that says which series it is of, made up to whole numbers of eight bytes, and then the numbers in
their order. Which series there can be is fixed before the first is counted, so nothing that somebody typed can become
one.
Counting is never what stops a desk: where the file cannot be made, nothing is counted.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import secrets
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

Series: TypeAlias = tuple[str, ...]

_ENDING: Final = ".counts"
_NUMBER: Final = 8
_HEAD: Final = 72
"""Bytes of the first line: 64 digits, the end of the line, and spaces to whole numbers of eight."""


class Counts:
    """The numbers of one process: any of its threads may add, and nothing is ever taken away."""

    def __init__(self, numbers: memoryview, series: Sequence[Series]) -> None:
        self._numbers = numbers
        self._places = {each: place for place, each in enumerate(series)}
        self._turn = threading.Lock()

    @classmethod
    def begin(cls, folder: Path, series: Sequence[Series]) -> Counts | None:
        """A file of zeros. None where it cannot be made: a full disk, a folder that is not there."""
        path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{_ENDING}"
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            return None
        size = _HEAD + _NUMBER * len(series)
        try:
            # Its room is taken now: to write to a map whose disk is full would kill the process (mmap(2), SIGBUS).
            os.posix_fallocate(handle, 0, size)
            mapped = mmap.mmap(handle, size)
        except OSError:
            path.unlink(missing_ok=True)
            return None
        finally:
            os.close(handle)
        mapped[:_HEAD] = _head(series)
        return cls(memoryview(mapped)[_HEAD:].cast("Q"), series)

    def add(self, series: Series, number: int = 1) -> None:
        """Add to one. KeyError for a series that is not among those it was begun with."""
        with self._turn:
            self._numbers[self._places[series]] += number


def added_up(folder: Path, series: Sequence[Series]) -> Mapping[Series, int]:
    """Of every process that counts, or did. A file of other series is of another version, and left out."""
    sums = [0] * len(series)
    for path in folder.glob(f"*{_ENDING}"):
        try:
            data = path.read_bytes()
        except OSError:
            continue
        if data[:_HEAD] == _head(series) and len(data) == _HEAD + _NUMBER * len(series):
            for place, number in enumerate(memoryview(data)[_HEAD:].cast("Q")):
                sums[place] += number
    return dict(zip(series, sums, strict=True))


def forget(folder: Path) -> None:
    """Take every file away: a desk that starts counts from 0."""
    for path in folder.glob(f"*{_ENDING}"):
        path.unlink(missing_ok=True)


def _head(series: Sequence[Series]) -> bytes:
    said = "\n".join("\t".join(each) for each in series)
    return f"{hashlib.sha256(said.encode()).hexdigest()}\n".encode().ljust(_HEAD)
