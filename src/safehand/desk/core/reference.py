"""Case references: what a case is called everywhere, and what says nothing about it.

    SH-7K3M9QXAT        SH-, eight characters by chance, one check character

Crockford's base 32 (no I, L, O, U), so that it can be read over the phone; 40 bits by chance, so that references
neither count cases nor can be guessed. The check character is a sum over GF(32) in which each place has its own
weight: it catches every single wrong character and every swap of two, not only of neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from safehand.errors import UsageError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PATTERN: Final = "SH-[0-9A-HJKMNP-TV-Z]{9}"
"""What a reference in an address looks like."""

_READ_AS = str.maketrans("OIL", "011")  # Crockford: what people write for 0 and 1
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def new_reference(random_bits: Callable[[int], int]) -> str:
    """A reference by chance. ``random_bits`` is ``secrets.randbits``, or a test's own."""
    number = random_bits(40)
    data = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"SH-{data}{_check(data)}"


def parse_reference(text: str) -> str:
    """The one spelling of a reference as a person wrote it, or UsageError when its check character does not fit."""
    plain = text.strip().upper()
    rest = plain.removeprefix("SH").replace("-", "").replace(" ", "").translate(_READ_AS)
    if not plain.startswith("SH") or len(rest) != 9 or any(c not in ALPHABET for c in rest):
        raise UsageError("This is not a case reference.", todo="It looks like SH-7K3M9QXA and one more character.")
    if _check(rest[:8]) != rest[8]:
        raise UsageError("This case reference has a slip in it.", todo="Compare it with where you read it.")
    return f"SH-{rest}"


def _check(data: str) -> str:
    total = 0
    weight = 1
    for character in data:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= _FIELD
        b >>= 1
    return product
