"""Doubts as bits, because a million messages share a handful of combinations.

doubts_in(ZONE_UNKNOWN | OUT_OF_ORDER)   →   (Doubt.OUT_OF_ORDER, Doubt.ZONE_UNKNOWN), the same tuple every time
"""

from __future__ import annotations

from functools import cache
from typing import Final

from safehand.model.doubt import Doubt

_CODES: Final = tuple(sorted(Doubt))

BIT: Final = {doubt: 1 << place for place, doubt in enumerate(_CODES)}
"""The bit of each doubt, in the order of their codes."""

ENCODING_GUESSED: Final = BIT[Doubt.ENCODING_GUESSED]
HEADER_SUSPECT: Final = BIT[Doubt.HEADER_SUSPECT]
OUT_OF_ORDER: Final = BIT[Doubt.OUT_OF_ORDER]
SENDER_AMBIGUOUS: Final = BIT[Doubt.SENDER_AMBIGUOUS]
TIME_UNREADABLE: Final = BIT[Doubt.TIME_UNREADABLE]
TOOL_GENERATED_TEXT: Final = BIT[Doubt.TOOL_GENERATED_TEXT]
TRUNCATED_FILE: Final = BIT[Doubt.TRUNCATED_FILE]
ZONE_UNKNOWN: Final = BIT[Doubt.ZONE_UNKNOWN]


@cache
def doubts_in(flags: int) -> tuple[Doubt, ...]:
    """The doubts of a set of bits, sorted by code. At most one tuple for each combination that occurs."""
    return tuple(doubt for doubt in _CODES if flags & BIT[doubt])


def flags_of(doubts: tuple[Doubt, ...]) -> int:
    """The inverse of ``doubts_in``."""
    return sum(BIT[doubt] for doubt in doubts)
