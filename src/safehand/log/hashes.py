"""The two hashes of a Merkle tree (RFC 6962 section 2.1): a leaf's begins with 0, a node's with 1.

    leaf_hash(entry)            SHA-256(00 ‖ entry)
    node_hash(left, right)      SHA-256(01 ‖ left ‖ right)
    fold_complete(hashes)       the node over 1, 2, 4, 8 … hashes that stand one after another

Without those first bytes a node could be passed off as an entry.
"""

from __future__ import annotations

import hashlib
from typing import Final

LENGTH: Final = 32
"""Bytes of a hash."""

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry, as it stands in the tree."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes, left one first."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold_complete(hashes: bytes) -> bytes:
    """The node over ``hashes``, of which there are a power of two, one after another: a tile in one pass."""
    while len(hashes) > LENGTH:
        pairs = range(0, len(hashes), 2 * LENGTH)
        hashes = b"".join([hashlib.sha256(b"\x01" + hashes[at : at + 2 * LENGTH]).digest() for at in pairs])
    return hashes
