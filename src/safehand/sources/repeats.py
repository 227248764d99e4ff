"""Messages that stand in the capture twice, byte for byte: both are kept, and the second says so.

    message_1.json, and "message_1 (1).json" that a browser saved beside it; two parts of a thread that overlap

The same sender, time and words are the same bytes, so the bytes are what is compared. A hash proposes, the bytes read
again decide: two messages are never called the same because their hashes are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

REACH: Final = 20_000
"""How many messages back a twin is looked for, at least: two full parts of a thread. Further would cost memory."""


class Repeats:
    """Remembers the last messages by the numbers they have, at least ``REACH`` of them."""

    __slots__ = ("_before", "_bytes_of", "_now")

    def __init__(self, bytes_of: Callable[[int], bytes]) -> None:
        """``bytes_of`` reads the bytes of message ``number`` once more."""
        self._bytes_of = bytes_of
        self._now: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def seen(self, raw: bytes, number: int) -> bool:
        """Whether a message of these bytes came before. This one is remembered either way."""
        key = hash(raw)
        twin = self._now.get(key) or self._before.get(key)
        self._now[key] = number
        if len(self._now) >= REACH:
            self._before, self._now = self._now, {}
        return twin is not None and self._bytes_of(twin) == raw
