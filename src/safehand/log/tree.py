"""A Merkle tree that grows to the right (RFC 6962 section 2.1), made out of complete subtrees that never change.

    root(size, nodes)
    prove_inclusion(index, size, nodes)                         leaf's sibling first (2.1.1)
    prove_consistency(old, new, nodes)                          (2.1.2)

A complete subtree is a node: ``Node(level, number)`` stands over the 2^level leaves that begin at number · 2^level. Its
hash is final once those leaves are there, so a store only adds. Whoever keeps them answers one question (``Nodes``), so
that a database is asked once for a whole proof; log/tiled.py answers it out of tiles. log/check.py checks what is made
here, and shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from safehand.errors import UsageError
from safehand.log.hashes import EMPTY_ROOT, node_hash


class Node(NamedTuple):
    """One complete subtree."""

    level: int
    """0 for a leaf."""
    number: int
    """Counted from the left, within the level."""


class Nodes(Protocol):
    """Where hashes are kept."""

    def read(self, nodes: Sequence[Node]) -> Sequence[bytes]:
        """The hash of each of these, in the same order. All of them are complete and were kept."""
        ...


def frontier(size: int) -> list[Node]:
    """The complete subtrees that a tree of ``size`` leaves is made of, the largest first: one a bit that is 1."""
    return _cover(0, size)


def root(size: int, nodes: Nodes) -> bytes:
    """The hash of the whole tree at that size."""
    return _fold(nodes.read(frontier(size))) if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The path of a leaf, from its sibling up to the root's child. UsageError for a leaf that the tree has not."""
    if not 0 <= index < size:
        raise UsageError("An entry is proved in a log that holds it.")
    begin, end, beside = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((begin, middle))
            begin = middle
    return _hashes(beside[::-1], nodes)


def prove_consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """What shows that the tree of ``old`` leaves is the beginning of that of ``new``. UsageError when it cannot be."""
    if not 0 <= old <= new:
        raise UsageError("A log is consistent with a smaller one, or one of the same size.")
    if old in (0, new):
        return []
    begin, end, beside, is_whole = 0, new, [], True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((begin, middle))
            begin, is_whole = middle, False
    if not is_whole:
        beside.append((begin, end))
    return _hashes(beside[::-1], nodes)


def _split(many: int) -> int:
    """The largest power of two below ``many``, which is at least 2."""
    return 1 << ((many - 1).bit_length() - 1)


def _cover(begin: int, end: int) -> list[Node]:
    """The complete subtrees over the leaves from ``begin``, largest first. ``begin`` is where such a one may stand."""
    cover = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        cover.append(Node(level, begin >> level))
        begin += 1 << level
    return cover


def _fold(values: Sequence[bytes]) -> bytes:
    value = values[-1]
    for left in reversed(values[:-1]):
        value = node_hash(left, value)
    return value


def _hashes(ranges: Sequence[tuple[int, int]], nodes: Nodes) -> list[bytes]:
    """The hash over each range of leaves. Asked for all at once."""
    covers = [_cover(*stretch) for stretch in ranges]
    values = iter(nodes.read([node for cover in covers for node in cover]) if covers else ())
    return [_fold([next(values) for _ in cover]) for cover in covers]
