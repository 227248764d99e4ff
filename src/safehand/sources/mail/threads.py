"""Which mails belong together, and in what order: by the ids and dates in their headers, in 49 bytes a mail.

    References: <first@x> <second@x>      the thread of <first@x> (RFC 5322 §3.6.4: the first is the oldest)
    In-Reply-To: <second@x>               the thread that <second@x> was lately found to be in, else its own
    neither                               a thread of its own

Ids are kept as the first eight bytes of their SHA-256. Mails of a thread are linked one to the next, in the order of
the files, so that pass 2 can read one thread after the other. A mailbox may hold them in any order, newest first as
often as not, so those of a thread are told by their dates; one without a date stays behind the one before it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from safehand.sources.mail.dates import Dates

_ID: Final = re.compile(rb"<[^<>\s]{1,998}>")
_FIELD: Final = re.compile(
    rb"^(message-id|references|in-reply-to|date)[ \t]*:((?:[^\n]+|\n[ \t])*)", re.IGNORECASE | re.MULTILINE
)
_BUCKET: Final = 1 << 13
"""Mails whose threads are told apart at once, about."""
_FEW: Final = 64
"""Mails of a thread that are looked through one by one."""
_REACH: Final = 4096
"""Answers that are remembered with their threads, at least, for answers to them that name nothing else."""


class Thread:
    """The mails of one thread by their dates, and where each stands in it by its id."""

    __slots__ = ("_own", "_places", "_sorted", "mails", "moved")

    def __init__(self, mails: array[int], own: array[int], *, moved: bool) -> None:
        """``own`` are the ids of ``mails``, in their order."""
        self.mails = mails
        self.moved = moved
        """The files have them in another order."""
        self._own = own
        self._sorted: array[int] | None = None
        self._places: array[int] | None = None

    def place_of(self, native: str) -> int | None:
        """Which of ``mails`` has this id; None where none has."""
        key = _key(native.encode("utf-8", "surrogateescape"))
        own = self._own
        if len(own) <= _FEW:
            return next((place for place, one in enumerate(own) if one == key), None)
        if self._sorted is None or self._places is None:
            self._places = array("I", sorted(range(len(own)), key=own.__getitem__))
            self._sorted = array("Q", map(own.__getitem__, self._places))
        at = bisect_left(self._sorted, key)
        return self._places[at] if at < len(own) and self._sorted[at] == key else None


class Threads:
    """The mails of a claim, in the order of its files."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates
        self.starts = array("Q")
        self.ends = array("Q")
        self.files = array("I")
        """Index of the file in the claim; its highest bit is set where the mail may be pasted text."""
        self._roots = array("Q")
        self._own = array("Q")
        self._sent = array("q")
        """When each says it was sent; of one that does not, when the one before it was."""
        self._next = array("I")
        self._lately: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, file: int, start: int, end: int, head: bytes, *, in_doubt: bool = False) -> None:
        """A mail whose header ``head`` holds."""
        fields: dict[bytes, bytes] = {}
        for name, value in _FIELD.findall(_header(head)):
            fields.setdefault(name.lower(), value)
        self._sent.append(self._moment(fields.get(b"date")))
        self._roots.append(self._root(fields))
        self.starts.append(start)
        self.ends.append(end)
        self.files.append(file | (IN_DOUBT if in_doubt else 0))

    def first_of_each(self) -> Iterator[int]:
        """The first mail of each thread, in the order of the files."""
        followers = self._link()
        return (index for index in range(len(self)) if not followers[index])

    def thread(self, first: int) -> Thread:
        """The mails of the thread that begins with ``first``. Only after ``first_of_each``."""
        index = self._next[first]
        if not index:
            return Thread(array("I", (first,)), array("Q", (self._own[first],)), moved=False)
        found = array("I", (first, index))
        while index := self._next[index]:
            found.append(index)
        ordered = array("I", sorted(found, key=self._sent.__getitem__))
        return Thread(ordered, array("Q", map(self._own.__getitem__, ordered)), moved=ordered != found)

    def _moment(self, date: bytes | None) -> int:
        sent = None if date is None else self._dates.read(" ".join(date.decode("latin-1").split())).instant.order_key()
        return sent if sent is not None else self._sent[-1] if self._sent else 0

    def _root(self, fields: dict[bytes, bytes]) -> int:
        own = _ID.search(fields.get(b"message-id", b""))
        key = 0 if own is None else _key(own[0])
        self._own.append(key)
        first = _ID.search(fields.get(b"references", b""))
        if first is not None:
            root = _key(first[0])
        else:
            answered = _ID.search(fields.get(b"in-reply-to", b""))
            if answered is not None:
                root = _key(answered[0])
                root = self._lately.get(root) or self._before.get(root) or root
            else:
                return key or _key(b"%d" % len(self))
        if key not in (0, root):
            self._lately[key] = root
            if len(self._lately) >= _REACH:
                self._before, self._lately = self._lately, {}
        return root

    def _link(self) -> bytearray:
        """Link the mails of each thread; which of them follow another."""
        count = len(self)
        self._lately = self._before = {}
        buckets = [array("I") for _ in range(count // _BUCKET + 1)]
        for index, root in enumerate(self._roots):
            buckets[root % len(buckets)].append(index)
        self._next = array("I", bytes(4 * count))
        followers = bytearray(count)
        for bucket in buckets:
            last: dict[int, int] = {}
            for index in bucket:
                root = self._roots[index]
                before = last.get(root)
                if before is not None:
                    self._next[before] = index
                    followers[index] = 1
                last[root] = index
        return followers


IN_DOUBT: Final = 1 << 31


def _header(head: bytes) -> bytes:
    """As far as the first empty line."""
    at = head.find(b"\n\n")
    other = head.find(b"\n\r\n", 0, at if at >= 0 else len(head))
    end = other if other >= 0 else at
    return head if end < 0 else head[: end + 1]


def _key(native: bytes) -> int:
    return int.from_bytes(sha256(native).digest()[:8], "big")
