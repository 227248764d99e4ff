"""The first lines of a package: is it an age file at all, and of a kind that this version opens?

    age-encryption.org/v1
    -> X25519 Nbtf76BPqMQ4TYA4WNKT/sRAq3qR+jtw4SmXCSaNJyQ
    xpdoh+U+024b/O5G6NvwVgL+J9Z0xJZ+Q5LgaW1zW3I
    -> !d]"8-grease …
    --- a/UmQn0HOfHdpMHj3ZgJIIApWthmbY6pQ33z4gws4n4

Read before age itself is asked, to tell three things apart that age answers alike: no package, a package sealed to a
newer kind of key, and a package for another key. The header names no one (https://age-encryption.org/v1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 64 * 1024
"""Bytes a header may have: some three hundred recipients, where ours have two."""

CHUNK: Final = 64 * 1024
"""Bytes of plaintext that age encrypts at a time, and a tag of 16 after each."""

FIRST: Final = b"age-encryption.org/v1\n"
"""How every age file begins."""

_STANZA: Final = re.compile(rb"^-> ([!-~]+)", re.MULTILINE)
_LAST: Final = re.compile(rb"^--- [A-Za-z0-9+/]{43}\n", re.MULTILINE)
_OURS: Final = b"X25519"
_NONCE, _TAG = 16, 16


class Kind(StrEnum):
    """What the first lines say."""

    PACKAGE = "package"
    NEWER = "newer"
    """An age file to kinds of keys that this version does not know."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """What the first lines say, and how many bytes they take."""

    kind: Kind
    size: int = 0

    def package_size(self, plain: int) -> int:
        """How long the package of a tar of ``plain`` bytes is, with this header."""
        return self.size + _NONCE + plain + _TAG * max(1, -(-plain // CHUNK))


def read_header(head: bytes) -> AgeHeader:
    """Look at the first LONGEST bytes of a file."""
    last = _LAST.search(head, len(FIRST), LONGEST)
    if not head.startswith(FIRST) or last is None:
        return AgeHeader(Kind.OTHER)
    kinds = set(_STANZA.findall(head, len(FIRST), last.start()))
    # age programs add a stanza of a random kind ending in "-grease", so that nobody relies on knowing them all.
    known = _OURS in kinds
    return AgeHeader(Kind.PACKAGE if known else Kind.NEWER, last.end())
