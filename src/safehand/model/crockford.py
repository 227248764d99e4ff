"""Characters that can be read over the phone, and one more that catches a slip.

    group("K7QM2D9XTR4B08H3")      K7QM-2D9X-TR4B-08H3
    as_read("k7qm 2dox …")          what a person wrote, in the one spelling: O is 0, I and L are 1
    check_character("7K3M9QXA")     the character to put behind it

Crockford's base 32 (no I, L, O, U). The check character is a sum over GF(32) in which each place has its own weight:
it catches every single wrong character and every swap of two, not only of neighbours, in up to 30 characters.
"""

from __future__ import annotations

from functools import cache
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_READ_AS = str.maketrans("OIL", "011")  # Crockford: what people write for 0 and 1
_LEFT_OUT = str.maketrans("", "", "-‐‑‒–—_.")  # what people, and their telephones, put between groups
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2): its powers are 31 different weights


def as_read(text: str) -> str:
    """What a person wrote, without blanks and dashes, in capitals, with O, I and L as the digits they stand for."""
    return "".join(text.split()).translate(_LEFT_OUT).upper().translate(_READ_AS)


def is_spelled(text: str) -> bool:
    """Is there nothing in it but characters of the alphabet?"""
    return all(character in ALPHABET for character in text)


def spell(number: int, characters: int) -> str:
    """The lowest ``5 * characters`` bits of ``number``."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (characters - 1), -1, -5))


def group(text: str) -> str:
    """In groups of four."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def check_character(data: str) -> str:
    """The character that fits ``data``."""
    total = 0
    weight = 1
    for character in data:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


@cache  # 32 by 32 of them: a note is asked at each of its characters
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
