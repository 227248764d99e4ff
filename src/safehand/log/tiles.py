"""The tree as files that never change (c2sp.org/tlog-tiles): 256 hashes each, and the entries in bundles of 256.

    tile/0/x001/x234/067            hashes of the leaves 1234067 · 256 and the 255 after it
    tile/1/000.p/17                 17 hashes, each over a full tile of the level below
    tile/entries/000                the entries themselves, each with its length before it

Anyone who has the tiles can make every proof, and asks the log for nothing.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.log.tree import Node

WIDTH: Final = 256
"""Hashes of a full tile."""
HEIGHT: Final = 8
LONGEST_ENTRY: Final = (1 << 16) - 1
"""Bytes of an entry: its length stands in two."""

_HIGHEST: Final = 63
_PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Some hashes of one level, or the entries under those of level 0."""

    level: int
    index: int
    width: int = WIDTH
    """Fewer than 256 at the right edge alone."""
    of_entries: bool = False

    @property
    def nodes(self) -> list[Node]:
        """Whose hashes it holds, in order."""
        level, first = self.level * HEIGHT, self.index * WIDTH
        return [Node(level, first + at) for at in range(self.width)]


def tiles_of(size: int, *, after: int = 0) -> Iterator[Tile]:
    """The tiles of hashes of a tree of ``size`` leaves that one of ``after`` had not, lowest level first."""
    level = 0
    while size >> (HEIGHT * level):
        now, before = size >> (HEIGHT * level), after >> (HEIGHT * level)
        if now > before:
            for index in range(before // WIDTH, -(-now // WIDTH)):
                yield Tile(level, index, min(WIDTH, now - index * WIDTH))
        level += 1


def format_tile_path(tile: Tile) -> str:
    """Where it lies below the log's address. The inverse of parse_tile_path."""
    if not (0 <= tile.level <= _HIGHEST and tile.index >= 0 and 0 < tile.width <= WIDTH):
        raise UsageError("There is no such tile.")
    if tile.of_entries and tile.level:
        raise UsageError("Entries stand at the lowest level.")
    digits = f"{tile.index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    part = "" if tile.width == WIDTH else f".p/{tile.width}"
    return f"tile/{'entries' if tile.of_entries else tile.level}/{place}{part}"


def parse_tile_path(path: str) -> Tile:
    """Read a path back, or CannotRead: every tile has one path."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise CannotRead("This is no path of a tile.", todo="See c2sp.org/tlog-tiles.")
    of_entries = found["level"] == "entries"
    index = int(found["index"].replace("x", "").replace("/", ""))
    tile = Tile(0 if of_entries else int(found["level"]), index, int(found["width"] or WIDTH), of_entries)
    try:
        same = format_tile_path(tile) == path
    except UsageError as err:
        raise CannotRead("This is no path of a tile.", todo="See c2sp.org/tlog-tiles.") from err
    if not same:
        raise CannotRead("This is no path of a tile.", todo="See c2sp.org/tlog-tiles.")
    return tile


def format_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length in two bytes, the larger first. The inverse of parse_entries."""
    if not 0 < len(entries) <= WIDTH or any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise UsageError(f"A bundle has 1 to {WIDTH} entries of at most {LONGEST_ENTRY} bytes.")
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def parse_entries(data: bytes) -> list[bytes]:
    """Read a bundle back, or CannotRead when it is cut or holds too many."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) < WIDTH:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            break
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data) or not entries:
        raise CannotRead("This is no bundle of entries.", todo="See c2sp.org/tlog-tiles.")
    return entries
