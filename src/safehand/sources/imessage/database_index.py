"""What is kept of each row of ``message`` while a database is read: where it stands, when it was sent, in which chat.

Forty bytes a message, in arrays. Rows are read again, one at a time, when their conversation is told. A row is known
again by eight bytes of a hash of its GUID: the hash proposes, the GUID in the row decides.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from hashlib import blake2b
from heapq import merge
from itertools import accumulate, pairwise
from typing import Final

_LOG: Final = 1 << 63
_BLOCK: Final = 1 << 12
TAPBACK, RECOVERABLE = 1, 2
"""Marks of a row: told as a reaction of another; deleted by the owner, and could still be restored."""


def hash_of(guid: str) -> int:
    """Eight bytes that stand for a GUID."""
    return int.from_bytes(blake2b(guid.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def ordered(count: int, key: Callable[[int], int]) -> array[int]:
    """The numbers below ``count`` in the order of their keys, a block at a time: a list of a million takes 80 MB."""
    blocks = [
        array("I", sorted(range(first, min(first + _BLOCK, count)), key=key)) for first in range(0, count, _BLOCK)
    ]
    return blocks[0] if len(blocks) == 1 else array("I", merge(*blocks, key=key))


class Pairs:
    """Numbers that belong to others, by the first: kept sorted, sixteen bytes each."""

    __slots__ = ("_keys", "_values")

    def __init__(self) -> None:
        self._keys = array("Q")
        self._values = array("q")

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: int, value: int) -> None:
        """``value`` belongs to ``key``."""
        self._keys.append(key)
        self._values.append(value)

    def settle(self) -> None:
        """All were added: from here on they can be asked for."""
        keys = self._keys
        if any(one > other for one, other in pairwise(keys)):
            order = ordered(len(keys), keys.__getitem__)
            self._keys = array("Q", map(keys.__getitem__, order))
            self._values = array("q", map(self._values.__getitem__, order))

    def of(self, key: int) -> Iterator[int]:
        """What belongs to ``key``, in the order it was added."""
        first = bisect_left(self._keys, key)
        return iter(self._values[first : bisect_right(self._keys, key, lo=first)])

    def items(self) -> Iterator[tuple[int, int]]:
        """All of them."""
        return zip(self._keys, self._values, strict=True)


class Index:
    """Every row of ``message``."""

    def __init__(self) -> None:
        self._places = array("Q")
        self._rowids = array("q")
        self._dates = array("q")
        self._guids = array("Q")
        self._chats = array("I")
        self._also: dict[int, list[int]] = {}
        self.marks = bytearray()
        self.tapbacks = Pairs()
        """By the hash of what they are set on: rows."""
        self.files = Pairs()
        """By row: ids of attachments."""
        self._known = array("Q")
        self._order = array("I")
        self._begins: list[int] = []

    def __len__(self) -> int:
        return len(self._places)

    def add(self, file: int, start: int, rowid: int, date: int, guid: str, target: str | None) -> None:
        """A row. ``target``: the GUID of the message it is set on, if it is a reaction."""
        number = len(self._places)
        self._places.append(start | (_LOG if file else 0))
        self._rowids.append(rowid)
        self._dates.append(date)
        self._guids.append(hash_of(guid))
        self._chats.append(0)
        self.marks.append(0)
        if target is None:
            self._known.append(self._guids[number])
        else:
            self.tapbacks.add(hash_of(target), number)

    def settle(self) -> None:
        """All rows were added. Reactions to what is there are no messages of their own."""
        rowids = self._rowids
        self._sorted = all(one < other for one, other in pairwise(rowids))
        if not self._sorted:  # a damaged tree
            self._by_rowid = {rowid: number for number, rowid in enumerate(rowids)}
        known = self._known
        self._known = array("Q", map(known.__getitem__, ordered(len(known), known.__getitem__)))
        for target, number in self.tapbacks.items():
            if self._is_known(target):
                self.marks[number] |= TAPBACK
        self.tapbacks.settle()

    def find(self, rowid: int) -> int | None:
        """The row of this id."""
        if not self._sorted:
            return self._by_rowid.get(rowid)
        at = bisect_left(self._rowids, rowid)
        return at if at < len(self._rowids) and self._rowids[at] == rowid else None

    def knows(self, guid: str) -> bool:
        """Whether a message of this GUID is there."""
        return self._is_known(hash_of(guid))

    def place(self, number: int) -> tuple[int, int]:
        """The file and the place where a row's cell begins."""
        place = self._places[number]
        return (1, place - _LOG) if place & _LOG else (0, place)

    def guid_hash(self, number: int) -> int:
        """The hash of a row's own GUID."""
        return self._guids[number]

    def put(self, number: int, chat: int) -> None:
        """A row belongs to a chat, numbered from 1."""
        if not self._chats[number]:
            self._chats[number] = chat
        elif self._chats[number] != chat:
            self._also.setdefault(chat, []).append(number)

    def put_in_order(self, chats: int) -> None:
        """All rows were put: from here on each chat can be told."""
        dates, size = self._dates, len(self._dates)
        rising = all(one <= other for one, other in pairwise(dates))
        order = range(size) if rising else ordered(size, dates.__getitem__)
        counts = [0] * (chats + 2)
        for chat in self._chats:
            counts[chat + 1] += 1
        self._begins = list(accumulate(counts))
        at = list(self._begins)
        self._order = array("I", bytes(4 * size))
        for number in order:
            chat = self._chats[number]
            self._order[at[chat]] = number
            at[chat] += 1

    def rows_of(self, chat: int) -> Iterator[tuple[int, bool]]:
        """The rows of a chat, oldest first, and whether each was put into another chat before. 0: those of none."""
        own = self._order[self._begins[chat] : self._begins[chat + 1]]
        also = self._also.get(chat)
        if not also:
            return ((number, False) for number in own)
        again = set(also)
        both = sorted([*own, *also], key=lambda number: (self._dates[number], number))
        return ((number, number in again) for number in both)

    def _is_known(self, key: int) -> bool:
        at = bisect_left(self._known, key)
        return at < len(self._known) and self._known[at] == key
