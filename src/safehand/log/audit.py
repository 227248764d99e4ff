"""The whole log, computed again from its entries, and everything that does not agree by name.

    (1) Every entry is hashed, and the tree over them made.
    (2) Each tile that is kept is compared: those of leaves with the entries, those above with what lies below them.
    (3) Each checkpoint that is known, the log's own and any that was printed, lodged or seen by a witness, is compared
        with the root at its size.
    (4) Where entries and tiles differ, the checkpoints decide: those that a signed root vouches for are as they were,
        and the other is what was changed. Where none vouches for either, the log was forked, after the largest
        checkpoint that holds.

The report is all that was found and not the first alone. It needs 32 bytes of memory an entry, and twice that where
something differs. The caller still owes: that the checkpoints are signed, by whom it believes (policy.check_signed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from safehand.errors import CheckFailed
from safehand.log.checkpoint import Checkpoint
from safehand.log.differences import Change, Difference, differences
from safehand.log.hashes import LENGTH, fold_complete, leaf_hash
from safehand.log.tiled import TiledNodes, Tiles, read_whole
from safehand.log.tiles import WIDTH, Tile, format_tile_path, tiles_of
from safehand.log.tree import root


class Found(StrEnum):
    """What an audit finds."""

    CHANGED = "entry_changed"
    REMOVED = "entry_removed"
    ADDED = "entry_added"
    REORDERED = "entry_reordered"
    TILE_MISSING = "tile_missing"
    TILE_CHANGED = "tile_changed"
    FORKED = "forked"
    """A checkpoint that was signed is of another log."""


_OF_CHANGE = {
    Change.CHANGED: Found.CHANGED,
    Change.REMOVED: Found.REMOVED,
    Change.ADDED: Found.ADDED,
    Change.REORDERED: Found.REORDERED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree."""

    found: Found
    where: str
    """``entry 41``, from 0 as in the log's proofs; the path of a tile; or ``size 600`` of a checkpoint."""
    is_at: str = ""
    """Where an entry stands now, if it is there and stands elsewhere."""
    checkpoint: Checkpoint | None = None
    """The evidence of a fork: what was signed …"""
    computed: bytes | None = None
    """… and the root that the log has at that size now; None when it is smaller."""
    since: int | None = None
    """The size of the largest checkpoint before it that holds: what was done was done to entries from here on."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an audit."""

    entries: int
    root: bytes
    """Over all entries that are there, signed or not."""
    holds: tuple[Checkpoint, ...]
    """Those of the checkpoints that are of these entries, smallest first."""
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing was found, and something was compared."""
        return not self.findings and bool(self.holds)


def audit(
    entries: Iterable[bytes], checkpoints: Sequence[Checkpoint], *, size: int = 0, tiles: Tiles | None = None
) -> Report:
    """Compare. ``entries`` as they stand in the log, from the first; ``size`` of the log that ``tiles`` are of.

    Entries after those that the tiles hold are not in the log yet, and nothing is said of them.
    """
    of_entries = _Computed(b"".join(map(leaf_hash, entries)))
    of_tiles = of_entries
    findings: list[Finding] = []
    if tiles is not None:
        fails = max((one.size for one in checkpoints if of_entries.root_at(one.size) != one.root), default=0)
        leaves, unknown, findings = _kept_leaves(tiles, size, of_entries, fails)
        if leaves != of_entries.leaves[: len(leaves)]:
            of_tiles = _Computed(leaves)
        is_vouched = _is_vouched(of_entries, of_tiles, size, checkpoints)
        findings += _damaged(of_entries, of_tiles, size) if is_vouched else _named(of_tiles, of_entries, unknown)
        findings += _damaged_above(tiles, size, of_entries if is_vouched else of_tiles, unknown)
    ordered = sorted(checkpoints, key=lambda one: one.size)
    holds = tuple(one for one in ordered if of_entries.root_at(one.size) == one.root)
    findings += _forks(ordered, holds, of_entries, of_tiles)
    return Report(of_entries.size, of_entries.root, holds, tuple(findings))


@dataclass
class _Computed:
    """A tree in memory, by levels of tiles: tiled.Tiles."""

    leaves: bytes
    _levels: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        level, full = self.leaves, WIDTH * LENGTH
        while level:
            self._levels.append(level)
            level = b"".join([fold_complete(level[at : at + full]) for at in range(0, len(level) - full + 1, full)])

    @property
    def size(self) -> int:
        return len(self.leaves) // LENGTH

    @property
    def root(self) -> bytes:
        return root(self.size, TiledNodes(self, self.size))

    def root_at(self, size: int) -> bytes | None:
        """Of its beginning; None where it is smaller."""
        return root(size, TiledNodes(self, size)) if size <= self.size else None

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        return [self.tile(tile) for tile in tiles]

    def tile(self, tile: Tile) -> bytes:
        """What must stand there; shorter where there is nothing that could."""
        level = self._levels[tile.level] if tile.level < len(self._levels) else b""
        begin = tile.index * WIDTH * LENGTH
        return level[begin : begin + tile.width * LENGTH]


def _kept_leaves(
    tiles: Tiles, size: int, of_entries: _Computed, fails: int
) -> tuple[bytes, frozenset[int], list[Finding]]:
    """The hashes of leaves that are kept, the numbers of tiles of which nothing can be known, and what is missing.

    Where a tile is missing, what it would be by the entries stands in for it; not where a checkpoint of so many or more
    (``fails``) says that the entries are not as they were. Nothing is said of entries under such a one.
    """
    parts, unknown, findings = [], set(), []
    for tile in tiles_of(size):
        if tile.level:
            break
        data = _read(tiles, tile)
        if data is None:
            findings.append(Finding(Found.TILE_MISSING, format_tile_path(tile)))
            is_known = fails <= tile.index * WIDTH
            data = (of_entries.tile(tile) if is_known else b"").ljust(LENGTH * tile.width, b"\0")
            unknown |= set() if is_known else {tile.index}
        parts.append(data)
    return b"".join(parts), frozenset(unknown), findings


def _damaged_above(tiles: Tiles, size: int, below: _Computed, unknown: frozenset[int]) -> list[Finding]:
    """Tiles above the leaves that are not over what lies below them, as far as that is known."""
    findings = []
    for tile in tiles_of(size):
        if tile.level:
            data, over = _read(tiles, tile), WIDTH ** (tile.level - 1)
            covered = range(tile.index * WIDTH * over, (tile.index * WIDTH + tile.width) * over)
            if data is None:
                findings.append(Finding(Found.TILE_MISSING, format_tile_path(tile)))
            elif data != below.tile(tile) and not any(index in covered for index in unknown):
                findings.append(Finding(Found.TILE_CHANGED, format_tile_path(tile)))
    return findings


def _is_vouched(of_entries: _Computed, of_tiles: _Computed, size: int, checkpoints: Sequence[Checkpoint]) -> bool:
    """Of two trees that differ, a signed root is of the entries wherever there is one that tells: the tiles changed."""
    telling = [
        one for one in checkpoints if one.size <= size and of_entries.root_at(one.size) != of_tiles.root_at(one.size)
    ]
    return bool(telling) and all(of_entries.root_at(one.size) == one.root for one in telling)


def _damaged(of_entries: _Computed, of_tiles: _Computed, size: int) -> list[Finding]:
    """Tiles of leaves that are not of the entries."""
    return [
        Finding(Found.TILE_CHANGED, format_tile_path(tile))
        for tile in tiles_of(size)
        if not tile.level and of_tiles.tile(tile) != of_entries.tile(tile)
    ]


def _named(of_tiles: _Computed, of_entries: _Computed, unknown: frozenset[int]) -> list[Finding]:
    """Entries that are not as they were, but for those under a tile of which nothing is known."""
    kept, found = of_tiles.leaves, of_entries.leaves
    told = differences(kept, found) if kept != found[: len(kept)] else ()
    added = {one.found for one in told if one.change is Change.ADDED}
    end = len(found) // LENGTH
    while end - 1 in added:  # they follow all that the tiles hold: they wait for the next checkpoint
        end -= 1
    known = [one for one in told if one.kept is None or one.kept // WIDTH not in unknown]
    return [_finding_of(one) for one in known if one.kept is not None or (one.found or 0) < end]


def _finding_of(one: Difference) -> Finding:
    place = one.found if one.kept is None else one.kept
    moved = one.change is Change.REORDERED
    return Finding(_OF_CHANGE[one.change], f"entry {place}", f"entry {one.found}" if moved else "")


def _forks(
    ordered: Sequence[Checkpoint], holds: Sequence[Checkpoint], of_entries: _Computed, of_tiles: _Computed
) -> list[Finding]:
    """Checkpoints of which neither the entries nor the tiles are."""
    findings = []
    for one in ordered:
        if one not in holds and of_tiles.root_at(one.size) != one.root:
            since = max((other.size for other in holds if other.size <= one.size), default=0)
            computed = of_entries.root_at(one.size)
            findings.append(Finding(Found.FORKED, f"size {one.size}", "", one, computed, since))
    return findings


def _read(tiles: Tiles, tile: Tile) -> bytes | None:
    try:
        return read_whole(tiles, [tile])[0]
    except CheckFailed:
        return None
