"""Each custody entry as a leaf of the log: committed to under a salt of its own, so that the log shows nobody's name.

    salt = random_salt()
    leaf_hash_of(salt, canonical)       64 hexadecimal digits: what the next entry calls this one by

The salt stands beside its entry in the desk's database and nowhere else. What a leaf is: docs/spec/log.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypeAlias

from safehand.log.commitment import SALT_LENGTH, Opening, commit
from safehand.log.hashes import leaf_hash

Random: TypeAlias = Callable[[], bytes]


def random_salt() -> bytes:
    """32 bytes that nobody can guess, drawn for one entry."""
    return secrets.token_bytes(SALT_LENGTH)


def leaf_hash_of(salt: bytes, canonical: bytes) -> str:
    """The hash of the leaf, as the tree has it (RFC 6962 section 2.1). UsageError for a salt of another length."""
    return leaf_hash(commit(Opening(salt, canonical))).hex()


def bytes_of(column: object) -> bytes:
    """What stands in a column of bytes. SQLite lets whoever writes past us put text there: other bytes, then."""
    return bytes(column) if isinstance(column, bytes | memoryview) else str(column).encode("utf-8", "surrogatepass")
