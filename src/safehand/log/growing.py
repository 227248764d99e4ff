"""A log grows by a batch of entries: from one checkpoint to the next, and the tiles that come with it.

    grown = grow(checkpoint, leaves, tiles)
    store.keep(grown.tiles)                     on the disk for good, before …
    note = sign(format_checkpoint(grown.checkpoint), …)

Pure: nothing is written here. Tiles that no checkpoint speaks of yet mean nothing, so that a log which stopped between
the two lines is as it was, and the batch is simply taken again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from safehand.errors import CheckFailed, UsageError
from safehand.log.checkpoint import Checkpoint
from safehand.log.hashes import LENGTH, fold_complete, leaf_hash
from safehand.log.tiled import TiledNodes, Tiles, WithNew, read_whole, tile_at
from safehand.log.tiles import HEIGHT, WIDTH, Tile, format_entries, parse_entries
from safehand.log.tree import root


class EdgeChanged(CheckFailed):
    """What is kept of a log is not what it signed last: nothing may be added to it."""

    code = "edge_changed"


_AUDIT: Final = "Audit it: safehand log audit."


@dataclass(frozen=True, slots=True)
class Grown:
    """A log after a batch."""

    checkpoint: Checkpoint
    """Not signed yet."""
    tiles: tuple[tuple[Tile, bytes], ...]
    """What has to be kept besides: those of ``tiles_of(size, after=before)``, lowest level first."""


def grow(before: Checkpoint, leaves: Sequence[bytes], tiles: Tiles) -> Grown:
    """Add these leaf hashes. EdgeChanged when the right edge that is kept is not of ``before``.

    Only the edge is looked at: it is all that the next root is made of. Whether the rest is still as it was is
    log/audit.py's to say. Without that look a damaged tile would be signed for, and the log would be a fork of itself.
    """
    if any(len(leaf) != LENGTH for leaf in leaves):
        raise UsageError("A leaf's hash has 32 bytes.")
    if root(before.size, TiledNodes(tiles, before.size)) != before.root:
        raise EdgeChanged("The log is not as it was when it was signed last. Nothing was added.", todo=_AUDIT)
    made = tuple(_made(before.size, b"".join(leaves), tiles))
    size = before.size + len(leaves)
    after = root(size, TiledNodes(WithNew(dict(made), tiles), size))
    return Grown(replace(before, size=size, root=after, extensions=()), made)


def bundle(size: int, entries: Sequence[bytes], tiles: Tiles) -> Iterator[tuple[Tile, bytes]]:
    """The bundles of a log of ``size`` entries after these were added, for who publishes them beside the tiles.

    The bundle that is gone on with has to be of the tile's leaves: CannotRead or EdgeChanged where it is not.
    """
    index, width = divmod(size, WIDTH)
    if not entries:
        return
    every = [*(_begun(index, width, tiles) if width else ()), *entries]
    for at in range(0, len(every), WIDTH):
        part = every[at : at + WIDTH]
        yield Tile(0, index + at // WIDTH, len(part), of_entries=True), format_entries(part)


def _begun(index: int, width: int, tiles: Tiles) -> list[bytes]:
    leaves, data = tiles.read([Tile(0, index, width), Tile(0, index, width, of_entries=True)])
    entries = parse_entries(data)
    if b"".join(map(leaf_hash, entries)) != leaves:
        raise EdgeChanged("The last bundle of entries is not as it was. Nothing was added.", todo=_AUDIT)
    return entries


def _made(size: int, new: bytes, tiles: Tiles) -> Iterator[tuple[Tile, bytes]]:
    """Level by level: what stood in the tile at the edge, the new hashes after it, and those over each full tile."""
    level = 0
    while new:
        index, width = divmod(size >> (HEIGHT * level), WIDTH)
        data = (read_whole(tiles, [tile_at(level, index, size)])[0] if width else b"") + new
        above = []
        for at in range(0, len(data), WIDTH * LENGTH):
            part = data[at : at + WIDTH * LENGTH]
            yield Tile(level, index + at // (WIDTH * LENGTH), len(part) // LENGTH), part
            if len(part) == WIDTH * LENGTH:
                above.append(fold_complete(part))
        new = b"".join(above)
        level += 1
