"""A file that stands in another as base64, read at any place without decoding what stands beside it.

    place = Base64Place(start=4096, width=76, step=78, chars=1_204_000, pads=1)
    Base64File(path, place).read_at(903_000, 22)        decodes 24 bytes, whatever the length of the whole

Programs write base64 in lines of one length, so the place of each byte is a sum. Whoever makes a place has looked that
it is so (rsmf_mail.py).
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.errors import CannotRead
from safehand.sources.zip_directory import ExactFile

_BREAKS: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class Base64Place:
    """Where the base64 stands: lines of ``width`` characters, each beginning ``step`` bytes behind the one before."""

    start: int
    width: int
    step: int
    chars: int
    """Characters in all, pads included: a multiple of four."""
    pads: int

    @property
    def size(self) -> int:
        """Bytes, decoded."""
        return max(0, self.chars // 4 * 3 - self.pads)

    def of(self, char: int) -> int:
        """Where a character stands in the file."""
        return self.start + char // self.width * self.step + char % self.width


class Base64File(ExactFile):
    """The decoded file, of which only the bytes asked for are decoded, and two more at each side at most."""

    __slots__ = ("_path", "_place")

    def __init__(self, path: Path, place: Base64Place) -> None:
        super().__init__(path)
        self._path = path
        self._place = place
        self.size = place.size

    def read_at(self, start: int, length: int) -> bytes:
        """The bytes from ``start``: ``length`` of them, or fewer at the end of the file."""
        end = min(start + length, self.size)
        if end <= start:
            return b""
        first, last = start // 3, -(-end // 3)
        begin = self._place.of(first * 4)
        raw = super().read_at(begin, self._place.of(last * 4 - 1) + 1 - begin).translate(None, _BREAKS)
        try:
            data = base64.b64decode(raw, validate=True)
        except binascii.Error:
            data = b""
        found = data[start - first * 3 : end - first * 3]
        if len(found) != end - start:
            raise CannotRead("It changed while it was being read.", todo="Start again.")
        return found


def open_exact(path: Path, inside: Base64Place | None) -> ExactFile:
    """The archive at ``path``, or the one that stands in it."""
    return ExactFile(path) if inside is None else Base64File(path, inside)
