"""The nodes of a tree out of its tiles: what proofs and roots are made of, wherever tiles are kept.

    prove_inclusion(7_654_321, 10_000_000, TiledNodes(tiles, 10_000_000))

Whoever keeps tiles answers one question (``Tiles``): a folder, a table of a database, another's address. A proof out of
ten million entries takes at most four full tiles and three at the right edge, and one question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from safehand.errors import CheckFailed, UsageError
from safehand.log.hashes import LENGTH, fold_complete
from safehand.log.tiles import HEIGHT, WIDTH, Tile, format_tile_path
from safehand.log.tree import Node


class TileMissing(CheckFailed):
    """A tile that a log of this size has is not there, or is not as long as it must be."""

    code = "tile_missing"


class Tiles(Protocol):
    """Where tiles are kept."""

    def read(self, tiles: Sequence[Tile]) -> Sequence[bytes]:
        """The bytes of each of these, in the same order: 32 for each hash. TileMissing where one is not there.

        One that was kept wider is answered with its beginning (c2sp.org/tlog-tiles, "Partial Tiles").
        """
        ...


class TiledNodes:
    """The nodes of a tree of ``size`` leaves, out of tiles: tree.Nodes."""

    def __init__(self, tiles: Tiles, size: int) -> None:
        """``tiles`` holds at least those of a tree of this size."""
        self._tiles = tiles
        self._size = size

    def read(self, nodes: Sequence[Node]) -> list[bytes]:
        """The hash of each. UsageError for a node that a tree of this size does not have yet."""
        places = [_place(node, self._size) for node in nodes]
        needed = list(dict.fromkeys(tile for tile, _, _ in places))
        found = dict(zip(needed, read_whole(self._tiles, needed), strict=True))
        return [fold_complete(found[tile][begin:end]) for tile, begin, end in places]


class WithNew:
    """Tiles that were made and are not kept yet, before those that are: Tiles."""

    def __init__(self, new: Mapping[Tile, bytes], kept: Tiles) -> None:
        """``new`` goes first."""
        self._new = new
        self._kept = kept

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        """Of each, the bytes. Those that are kept are asked for at once."""
        rest = [tile for tile in tiles if tile not in self._new]
        kept = dict(zip(rest, self._kept.read(rest), strict=True)) if rest else {}
        return [self._new[tile] if tile in self._new else kept[tile] for tile in tiles]


def tile_at(level: int, index: int, size: int) -> Tile:
    """The tile there in a tree of ``size`` leaves, as wide as it is then. UsageError where it has none."""
    width = min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH)
    if width <= 0:
        raise UsageError("A log of this size has no such tile.")
    return Tile(level, index, width)


def read_whole(tiles: Tiles, wanted: Sequence[Tile]) -> list[bytes]:
    """Tiles of hashes, each of the length it must have; or TileMissing."""
    found = list(tiles.read(wanted)) if wanted else []
    for tile, data in zip(wanted, found, strict=True):
        if len(data) != LENGTH * tile.width:
            raise no_tile(tile)
    return found


def no_tile(tile: Tile) -> TileMissing:
    """What is raised for a tile that is not there, or cut."""
    return TileMissing("A tile of the log is not there, or is cut.", where=format_tile_path(tile))


def _place(node: Node, size: int) -> tuple[Tile, int, int]:
    """The tile that holds the hashes under a node, and from which byte to which they stand there."""
    level, height = divmod(node.level, HEIGHT)
    index, first = divmod(node.number << height, WIDTH)
    tile, end = tile_at(level, index, size), first + (1 << height)
    if end > tile.width:
        raise UsageError("A log of this size has no such node.")
    return tile, LENGTH * first, LENGTH * end
