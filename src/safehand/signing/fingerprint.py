"""A fingerprint to read over the phone.

    K7QM-2D9X-TR4B-08HN-3W2A

The first 100 bits of a SHA-256, in Crockford's base32: no I, L, O or U, so that nothing sounds or looks like another.
100 bits, because whoever wants to pass off another key under the same fingerprint has about 2**100 tries to make.
The rule for a desk's fingerprint is docs/spec/package.md, "desk.pub".
"""

from __future__ import annotations

import hashlib
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS: Final = 20
_GROUP: Final = 4


def fingerprint_of(data: bytes) -> str:
    """Five groups of four characters for ``data``."""
    number = int.from_bytes(hashlib.sha256(data).digest(), "big") >> (256 - 5 * _CHARACTERS)
    digits = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CHARACTERS))]
    return "-".join("".join(digits[start : start + _GROUP]) for start in range(0, _CHARACTERS, _GROUP))
