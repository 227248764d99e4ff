"""One piece of a file, searched for runs of base64; and a run that may go on through many pieces.

Every decision needs at most AHEAD bytes after it and KEPT_BEHIND before it, so what is decided here does not depend on
where the pieces were cut. The rules are data/embedded.json; the numbers in brackets are theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.seal.embedded_rules import patterns, rules

AHEAD: Final = 512
"""More than a break, forty units at their longest (6 bytes each), two pads and what ends a line take together."""

KEPT_BEHIND: Final = 640
"""The look-back for web addresses (512), an escape before a run, and a line of forty units at their longest (240)."""

_STRIDE: Final = 32
_ONES: Final = b"\1" * 32  # 1,024 bytes, one in 32 of them looked at
_FORTY: Final = b"\1" * rules().line_least
_LONGEST_UNIT: Final = 6  # \u002b
_HOPS: Final = 256  # that many of the mark's first byte in one window, and a pattern is faster than hopping


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Bytes in a row that a run may hold, with a mask of those that a unit may hold; made once, asked often."""

    begin: int
    end: int
    mask: bytes

    @classmethod
    def around(cls, data: bytes, place: int, hit: int) -> _Stretch:
        """The stretch that ``hit`` lies in, as far back as ``place``."""
        behind = max(place, hit - _STRIDE)
        begin = behind + 1 + data[behind:hit].translate(patterns().sampled).rfind(0)
        found = patterns().outside.search(data, hit)
        end = len(data) if found is None else found.start()
        # A backslash is of a unit only before a slash, or before u002b and its like.
        stretch = data[begin:end]
        if b"\\" in stretch:
            stretch = patterns().escaped.sub(_as_letters, stretch)
        return cls(begin, end, stretch.translate(patterns().of_units))

    def first_line(self, data: bytes, place: int) -> int:
        """Where the first line of a run begins, from ``place`` on, or -1."""
        # Words one to a line are long stretches too: forty bytes of units in a row are looked for before a pattern is.
        start = self.mask.find(_FORTY, max(0, place - self.begin))
        while start >= 0:
            stop = self.mask.find(0, start)
            stop = len(self.mask) if stop < 0 else stop
            line = patterns().first_line.search(data, self.begin + start, self.begin + stop)
            if line is not None:
                return line.start()
            start = self.mask.find(_FORTY, stop)
        return -1


def _as_letters(found: re.Match[bytes]) -> bytes:
    return b"u" * len(found[0])


class Window:
    """A piece of the file. ``position`` is how far it was decided; it starts at ``base`` in the file."""

    __slots__ = ("_next_mark", "_samples", "_start", "_stretch", "base", "data", "last", "position")

    def __init__(self, data: bytes, base: int, position: int, *, last: bool) -> None:
        self.data = data
        self.base = base
        self.position = position
        self.last = last
        self._start = position
        self._samples = data[position::_STRIDE].translate(patterns().sampled)
        self._next_mark = -2  # not looked for yet
        self._stretch = _Stretch(position, position, b"")

    def next_run(self) -> Run | None:
        """The next run that begins in this window. Without one ``position`` stands where the next window must begin."""
        marked = self._marked()
        unmarked = self._unmarked(len(self.data) if marked < 0 else marked)
        if unmarked >= 0:
            start = self.base + unmarked
            return Run(start, start, start, marked=False, in_address=self._in_address(unmarked))
        if marked >= 0:
            start = self.base + marked + len(rules().mark)
            return Run(start, start, start, marked=True, in_address=False)
        if not self.last:
            self.position = max(self.position, self._undecided())
        return None

    def _marked(self) -> int:
        """Where the next mark stands [1]."""
        if self._next_mark == -2 or 0 <= self._next_mark < self.position:
            self._next_mark = self._find_mark(self.position)
        return self._next_mark

    def _find_mark(self, place: int) -> int:
        # bytes.find for one byte runs at the speed of memory, for eight at a twentieth; a chat has few semicolons.
        mark = rules().mark.encode("ascii")
        first, size = mark[:1], len(mark)
        for _ in range(_HOPS):
            place = self.data.find(first, place)
            if place < 0 or self.data[place : place + size] == mark:
                return place
            place += 1
        return self.data.find(mark, place)

    def _unmarked(self, before: int) -> int:
        """Where the next run without a mark begins that may be long enough, or -1 [1]."""
        place = self.position
        while True:
            sample = self._samples.find(_ONES, max(0, -((self._start - place) // _STRIDE)))
            if sample < 0:
                return -1
            hit = self._start + sample * _STRIDE
            if hit >= before:
                return -1
            if hit >= self._stretch.end:
                self._stretch = _Stretch.around(self.data, place, hit)
            line = self._stretch.first_line(self.data, place)
            if line >= 0:
                return line
            if self._stretch.end == len(self.data):
                return -1
            place = self._stretch.end

    def _in_address(self, start: int) -> bool:
        """Whether a run that begins at ``start`` is part of a web address [5]."""
        r, p = rules(), patterns()
        begin = max(0, start - r.address_look_back)
        for stop in p.address_stop.finditer(self.data, begin, start):
            begin = stop.end()
        return p.address.search(self.data, begin, start + r.address_into_run) is not None

    def _undecided(self) -> int:
        """Where a run may begin that this window does not hold enough of."""
        size = len(self.data)
        begin = size - (rules().run_least + _STRIDE)
        tail = self.data[max(begin, self.position) :].translate(patterns().sampled)
        stretch = len(tail) - 1 - tail.rfind(0)
        if stretch == len(tail) and begin >= self.position:
            # Sampling has seen so long a stretch, and no line of forty units is in it but perhaps at its very end.
            stretch = (rules().line_least + 1) * _LONGEST_UNIT
        return size - max(stretch, len(rules().mark) - 1)


@dataclass(slots=True)
class Run:
    """A run whose end is being looked for. All places count from the start of the file."""

    start: int
    at: int
    """How far it was followed: the end of a unit, or the beginning of a line."""
    line_start: int
    marked: bool
    in_address: bool
    wrapped: bool = False
    """A full line and the break after it were passed."""
    _missing: list[int] = field(default_factory=lambda: list(range(1, len(rules().must_hold) + 1)))

    def walk(self, window: Window) -> int | None:
        """Follow the run to its end in the file, or to the end of what the window can decide, and then None."""
        data, base = window.data, window.base
        while True:
            begin = self.at - base
            place = self._units(data, self._leap(data, begin, base))
            if not window.last and len(data) - place < AHEAD:
                self._reach(data, begin, place, base)
                return None
            after = self._next_line(data, base, place)
            if after is None:
                end = self._end(data, base, place)
                self._reach(data, begin, end, base)
                return base + end
            self._reach(data, begin, after, base)
            self.wrapped = True
            self.line_start = base + after

    def is_left_out(self, end: int) -> bool:
        """Whether the run that ends at ``end`` is left out [4, 5]."""
        size = end - self.start
        if self.marked:
            return size >= rules().marked_run_least
        return size >= rules().run_least and not self._missing and not self.in_address

    def _leap(self, data: bytes, place: int, base: int) -> int:
        """Past many full lines at once, when a line begins here."""
        found = patterns().lines.match(data, place) if place == self.line_start - base else None
        if found is None or found.end() == place:
            return place
        self.wrapped = True
        self.line_start = base + found.end()
        return found.end()

    def _units(self, data: bytes, place: int) -> int:
        found = patterns().units.match(data, place)
        return place if found is None else found.end()

    def _next_line(self, data: bytes, base: int, place: int) -> int | None:
        """Where the next full line begins when the run goes on over a break [2]."""
        found = patterns().break_.match(data, place)
        if found is None or not self._is_full(data, base, place):
            return None
        return found.end() if patterns().line.match(data, found.end()) else None

    def _end(self, data: bytes, base: int, place: int) -> int:
        """Where the run ends, after its pads or its last, shorter line [2, 3]."""
        found = patterns().break_.match(data, place)
        if found is not None and self.wrapped and self._is_full(data, base, place):
            last = patterns().last_line.match(data, found.end())
            if last is not None:
                return last.end()
        pads = patterns().pads.match(data, place)
        return place if pads is None else pads.end()

    def _is_full(self, data: bytes, base: int, place: int) -> bool:
        # A line longer than forty of the longest units is full whatever it holds: its start may lie windows behind.
        least = rules().line_least
        begin = self.line_start - base
        return place - begin >= least * _LONGEST_UNIT or patterns().line.match(data, begin) is not None

    def _reach(self, data: bytes, begin: int, end: int, base: int) -> None:
        """The run was followed from ``begin`` to ``end``: tick off what it must hold."""
        if self._missing:
            held = data[begin:end].translate(patterns().must_hold)
            self._missing = [which for which in self._missing if held.find(which) < 0]
        self.at = base + end
