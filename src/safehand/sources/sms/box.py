"""Where the messages of one conversation stand in a backup, and in what order they are told.

    <sms …/> <sms …/> <mms …>…</mms>            two stretches: each stays as it stands, and they are merged by time
    <sms …/> <mms …>…</mms> <sms …/>            one stretch: a program that wrote both as they came

A backup puts all text messages before all multimedia messages, so the two are told together by their times. Within a
stretch nothing is moved: a message whose time was set back stands where it stood, and its time is seen to run back.
Twenty-four bytes are kept for a message.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterator
from itertools import chain, islice
from operator import gt, itemgetter, lt
from typing import Final

from safehand.sources.contract import SourceFile
from safehand.sources.places import Piece, Spans, read_again

_TIMELESS: Final = -1
_BLOCKS: Final = 2
"""Stretches of a backup that puts one kind behind the other. With more of them the kinds stand mixed."""


class _Stretch:
    """Messages in the order of the file, with the milliseconds of each."""

    __slots__ = ("millis", "spans")

    def __init__(self) -> None:
        self.spans = Spans()
        self.millis = array("q")

    def add(self, start: int, end: int, millis: int) -> None:
        self.spans.add_one(start, end)
        self.millis.append(millis)

    def told(self, file: SourceFile, window: int, *, reverse: bool) -> Iterator[tuple[int, Piece]]:
        """Each message with its time, from either end."""
        pieces = chain.from_iterable(read_again(file, self.spans, window=window, reverse=reverse))
        return zip(reversed(self.millis) if reverse else self.millis, pieces, strict=True)


class Box:
    """One conversation."""

    __slots__ = ("_kind", "_stretches")

    def __init__(self) -> None:
        self._kind = b""
        self._stretches: list[_Stretch] = []

    def add(self, start: int, end: int, millis: int | None, kind: bytes) -> None:
        """The next message of the file. Without a time it stays behind what it stands behind."""
        if millis is None:
            millis = self._stretches[-1].millis[-1] if self._stretches else _TIMELESS
        if kind != self._kind:
            self._kind = kind
            self._another()
        self._stretches[-1].add(start, end, millis)

    def _another(self) -> None:
        """The kind of record is another: a new stretch, unless the two kinds stand mixed in this conversation."""
        self._stretches.append(_Stretch())
        if len(self._stretches) > _BLOCKS:
            first = self._stretches[0]
            for other in self._stretches[1:]:
                starts, ends = other.spans.between(0, len(other.spans))
                for start, end, millis in zip(starts, ends, other.millis, strict=True):
                    first.add(start, end, millis)
            self._stretches = [first]

    @property
    def merged(self) -> bool:
        """Whether two kinds are told together by their times."""
        return len(self._stretches) > 1

    def falls(self) -> int:
        """How many more times run back than run on, from one message to the next of the file."""
        return sum(_more(one.millis, gt) - _more(one.millis, lt) for one in self._stretches)

    def pieces(self, file: SourceFile, window: int, *, reverse: bool) -> Iterator[list[Piece]]:
        """The messages as they are told: as the file has them, or from its other end where that is the older."""
        if not self.merged:
            for one in self._stretches:
                yield from read_again(file, one.spans, window=window, reverse=reverse)
            return
        streams = [one.told(file, window, reverse=reverse) for one in self._stretches]
        # Of two stretches always the one whose next message is earlier: neither is put into another order by it.
        for _, piece in heapq.merge(*streams, key=itemgetter(0)):
            yield [piece]


def _more(millis: array[int], compare: Callable[[int, int], bool]) -> int:
    return sum(map(compare, millis, islice(millis, 1, None)))
