"""The check code: what a holder keeps to ask how far their report is.

    K7QM-2D9X-TR4B-08H3        15 characters by chance (75 bits), one check character

It opens progress and messages, never evidence. Only its hash is kept, under a key of the public node: whoever copies
the node's database cannot ask with it. The reference stands apart: that may be said to anybody. Written in lower case,
with blanks, with O for 0 or I for 1, it is read all the same (docs/spec/handover.md, "The check code").
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from safehand.errors import UsageError
from safehand.model.crockford import as_read, check_character, group, is_spelled, spell

CHARACTERS: Final = 16
_CHANCE: Final = CHARACTERS - 1


def new_check_code(random_bits: Callable[[int], int]) -> str:
    """A code by chance. ``random_bits`` is ``secrets.randbits``, or a test's own."""
    data = spell(random_bits(5 * _CHANCE), _CHANCE)
    return data + check_character(data)


def format_check_code(code: str) -> str:
    """As it is shown: four groups of four. The inverse of parse_check_code."""
    return group(code)


def parse_check_code(text: str) -> str:
    """The 16 characters of a code as a person wrote it. UsageError when it is none, or has a slip in it.

    The words are the same for both: what is wrong with a code is nobody's business but its owner's.
    """
    code = as_read(text)
    if len(code) != CHARACTERS or not is_spelled(code) or check_character(code[:_CHANCE]) != code[_CHANCE]:
        raise UsageError(
            "This is not a check code.",
            todo="It has 16 letters and digits, and stands on your receipt. Look for a slip.",
        )
    return code


def hash_check_code(code: str, key: bytes) -> str:
    """What is kept of a code: HMAC-SHA256 under the node's key."""
    return hmac.new(key, b"safehand-check-code/1\n" + code.encode("ascii"), hashlib.sha256).hexdigest()
