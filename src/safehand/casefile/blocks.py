"""Where in a conversation an account wrote, by kind of message: so that the messages of one are found among a million.

    blocks (conversation 1, account 3, kind 1, block 78)  2     two pictures of account 3 among messages 4992 to 5055
    sorts  (conversation 1, account 3, kind 1)           41     and forty-one in all

A block is 32 numbers. An index of every message by its account would cost more to build than all else here together;
with blocks, whoever looks for an account reads 32 rows for each that holds one of its messages (sieve.py).
"""

from __future__ import annotations

from typing import Final

import apsw

from safehand.model.message import Kind

BLOCK_BITS: Final = 5
"""Numbers that are equal above these bits are one block."""

KINDS: Final = tuple(Kind)
"""By the number that stands in ``kind``."""

NUMBER_OF: Final = {kind: number for number, kind in enumerate(KINDS)}
"""The inverse."""

NOBODY: Final = 0
"""Stands for no account where a key needs one."""

_WAITING: Final = 4_096

_BLOCK: Final = "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)"
_SORT: Final = (
    "INSERT INTO sorts SELECT conversation, account, kind, sum(messages) FROM blocks WHERE conversation = ? "
    "GROUP BY conversation, account, kind"
)


class Blocks:
    """Counts the messages of a conversation as they come, and stores each block as the next begins."""

    __slots__ = ("_block", "_connection", "_conversation", "_here", "_rows")

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._conversation = 0
        self._block = -1
        self._here: dict[tuple[int, int], int] = {}
        self._rows: list[tuple[int, int, int, int, int]] = []

    def begin(self, conversation: int) -> None:
        """A conversation begins."""
        self._conversation = conversation
        self._block = -1

    def add(self, number: int, account: int, kind: int) -> None:
        """Message ``number``, of ``account`` (NOBODY where the platform speaks) and of the kind of that number."""
        block = number >> BLOCK_BITS
        if block != self._block:
            self._keep()
            self._block = block
        key = account, kind
        here = self._here
        here[key] = here.get(key, 0) + 1

    def end(self) -> None:
        """The conversation ends."""
        self._keep()
        self._store()
        self._connection.execute(_SORT, (self._conversation,))

    def _keep(self) -> None:
        for (account, kind), messages in self._here.items():
            self._rows.append((self._conversation, account, kind, self._block, messages))
        self._here.clear()
        if len(self._rows) >= _WAITING:
            self._store()

    def _store(self) -> None:
        self._connection.executemany(_BLOCK, self._rows)
        self._rows.clear()
