"""References: what a case is called everywhere, and what says nothing about it.

    SH-7K3M9QXAR        SH-, eight characters by chance, one check character

40 bits by chance, so that references neither count cases nor can be guessed. The public node gives one to what a holder
hands over, and the case that is opened for it at the desk is called the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from safehand.errors import UsageError
from safehand.model.crockford import as_read, check_character, is_spelled, spell

PATTERN: Final = "SH-[0-9A-HJKMNP-TV-Z]{9}"
"""What a reference in an address looks like."""


def new_reference(random_bits: Callable[[int], int]) -> str:
    """A reference by chance. ``random_bits`` is ``secrets.randbits``, or a test's own."""
    data = spell(random_bits(40), 8)
    return f"SH-{data}{check_character(data)}"


def parse_reference(text: str) -> str:
    """The one spelling of a reference as a person wrote it, or UsageError when its check character does not fit."""
    plain = text.strip().upper()
    rest = as_read(plain.removeprefix("SH"))
    if not plain.startswith("SH") or len(rest) != 9 or not is_spelled(rest):
        raise UsageError("This is not a case reference.", todo="It looks like SH-7K3M9QXA and one more character.")
    if check_character(rest[:8]) != rest[8]:
        raise UsageError("This case reference has a slip in it.", todo="Compare it with where you read it.")
    return f"SH-{rest}"
