"""The two hashes of a Merkle tree (RFC 6962 section 2.1): a leaf's begins with 0, a node's with 1.

    leaf_hash(entry)            SHA-256(00 ‖ entry)
    node_hash(left, right)      SHA-256(01 ‖ left ‖ right)

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
