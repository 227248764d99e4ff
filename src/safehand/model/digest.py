"""SHA-256, the one hash of Safehand: bytes are hashed, never text.

    sha256:  b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c

SHA-256 because every court expert's machine already has ``sha256sum`` (docs/adr/0002-chosen-parts.md).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

CHUNK: Final = 1 << 20
"""Bytes read at a time: large enough that hashing, not calling, takes the time."""

_HEX: Final = re.compile("[0-9a-f]{64}")


def is_sha256(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in the one spelling we write: 64 lower-case hexadecimal digits."""
    return _HEX.fullmatch(text) is not None


def sha256_of(data: bytes) -> str:
    """The SHA-256 of ``data``, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_stream(stream: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and the length in bytes of what is left to read in ``stream``."""
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
