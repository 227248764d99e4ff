"""A log in memory, for tests: leaves, the nodes over them, and what RFC 6962 says of them word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.log.checkpoint import Checkpoint, format_checkpoint
from safehand.log.growing import grow
from safehand.log.hashes import EMPTY_ROOT, leaf_hash, node_hash
from safehand.log.note import Note, sign
from safehand.log.tiled import no_tile
from safehand.log.tiles import Tile
from safehand.log.tree import Node, Nodes, frontier, root
from safehand.log.vkey import Kind, VerifierKey

ORIGIN = "plot14.example/log"


class InMemory:
    """Nodes in a dictionary. ``asked`` counts the questions."""

    def __init__(self, entries: Sequence[bytes] = ()) -> None:
        self.kept: dict[Node, bytes] = {}
        self.size = 0
        self.asked = 0
        self.add(entries)

    def read(self, nodes: Sequence[Node]) -> list[bytes]:
        self.asked += 1
        return [self.kept[node] for node in nodes]

    def add(self, entries: Sequence[bytes]) -> None:
        for node, value in list(append(self.size, map(leaf_hash, entries), self)):
            assert node not in self.kept, "a node never changes"
            self.kept[node] = value
        self.size += len(entries)

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(ORIGIN, self.size, root(self.size, self))


class TilesInMemory:
    """Tiles in a dictionary. ``asked`` counts the questions."""

    def __init__(self) -> None:
        self.kept: dict[Tile, bytes] = {}
        self.asked = 0

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        self.asked += 1
        return [self._wider(tile) for tile in tiles]

    def keep(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        self.kept.update(tiles)

    def _wider(self, tile: Tile) -> bytes:
        for width in range(tile.width, 257):
            data = self.kept.get(Tile(tile.level, tile.index, width)) if not tile.of_entries else self.kept.get(tile)
            if data is not None:
                return data[: 32 * tile.width]
        raise no_tile(tile)


def grown(size: int, tiles: TilesInMemory | None = None) -> TilesInMemory:
    """The tiles of a log of so many of ``entries_of``."""
    tiles = tiles or TilesInMemory()
    tiles.keep(grow(Checkpoint(ORIGIN, 0, EMPTY_ROOT), [leaf_hash(entry) for entry in entries_of(size)], tiles).tiles)
    return tiles


def append(size: int, leaves: Iterable[bytes], nodes: Nodes) -> Iterator[tuple[Node, bytes]]:
    """Each subtree that these leaf hashes complete, leaf by leaf: another way than the library's, which is by tiles."""
    edge = frontier(size)
    stack = list(nodes.read(edge)) if edge else []
    for at, leaf in enumerate(leaves, size):
        node, value = Node(0, at), leaf
        yield node, value
        while node.number & 1:  # a right child: its left sibling is the last that waits
            node, value = Node(node.level + 1, node.number >> 1), node_hash(stack.pop(), value)
            yield node, value
        stack.append(value)


def entries_of(many: int) -> list[bytes]:
    """So many entries, each other than the rest."""
    return [f"row {number} of peas is up".encode() for number in range(many)]


def key_of(seed: int) -> Ed25519PrivateKey:
    """A key for tests."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"key {seed}".encode()).digest())


def verifier_of(name: str, key: Ed25519PrivateKey, kind: Kind = Kind.ED25519) -> VerifierKey:
    """Its public half."""
    return VerifierKey(name, kind, key.public_key().public_bytes_raw())


def signed(log: InMemory, key: Ed25519PrivateKey, name: str = ORIGIN) -> Note:
    """Its checkpoint, signed."""
    text = format_checkpoint(log.checkpoint)
    return Note(text, (sign(text, name, key),))


def _half(many: int) -> int:
    half = 1
    while half * 2 < many:
        half *= 2
    return half


def mth(entries: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\0" + entries[0]).digest()
    half = _half(len(entries))
    return hashlib.sha256(b"\1" + mth(entries[:half]) + mth(entries[half:])).digest()


def path(number: int, entries: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(entries) == 1:
        return []
    half = _half(len(entries))
    if number < half:
        return [*path(number, entries[:half]), mth(entries[half:])]
    return [*path(number - half, entries[half:]), mth(entries[:half])]


def proof(old: int, entries: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.2, for 0 < old < the length."""
    return _subproof(old, entries, whole=True)


def _subproof(old: int, entries: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old == len(entries):
        return [] if whole else [mth(entries)]
    half = _half(len(entries))
    if old <= half:
        return [*_subproof(old, entries[:half], whole=whole), mth(entries[half:])]
    return [*_subproof(old - half, entries[half:], whole=False), mth(entries[:half])]
