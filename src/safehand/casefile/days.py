"""Days and pages: a conversation cut into whole days, and the days into pages of about 200 messages.

    messages 1..180  Friday      ┐ page 1: 1..180   (with Saturday it would be 240)
    messages 181..240  Saturday  ┘ page 2: 181..
    messages 241..1100  Sunday     a day of 860 is cut at 200, 400 … and each page says "part 2 of 5"

A run is consecutive messages of one day. Days need not follow in order: where a source is out of order the same day
comes back as a second run, and the reader sees what the file holds. A message without a time stands in the run of the
message before it. Pages depend on the runs alone, so every message always stands on the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from safehand.casefile.clock import Clock, Wall, day_of

ABOUT: Final = 200
"""Messages on a page: a page of 200 is ready in a second on a slow machine, one of 5,000 in five (ux.md 4.3)."""

SPLIT: Final = 2
"""A single day longer than this many pages is cut; a shorter one stays whole."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Messages ``first`` to ``last``, all of one day by one clock. ``other`` is the second reading of the day."""

    first: int
    last: int
    day: int | None
    other: int | None
    clock: Clock
    undated: int = 0
    """How many of them have no time, and stand in it only because they came after one that has."""


class PageSpan(msgspec.Struct, frozen=True, gc=False):
    """Messages ``first`` to ``last`` stand on one page. ``parts`` is above 1 where a single day was cut."""

    first: int
    last: int
    part: int = 1
    parts: int = 1


class RunBuilder:
    """Takes the messages of a conversation one by one; gives each run when the next one begins."""

    __slots__ = ("_clock", "_day", "_first", "_last", "_other", "_undated")

    def __init__(self) -> None:
        self._first = 0
        self._last = 0
        self._day: int | None = None
        self._other: int | None = None
        self._clock = Clock.NONE
        self._undated = 0

    def add(self, number: int, wall: Wall) -> Run | None:
        """Message ``number`` was sent at ``wall``: the run that ended before it, if one did."""
        at = wall.at
        if at is None:
            done = None if self._first and self._follow(number) else self._begin(number, None, None, Clock.NONE)
            self._undated += 1
            return done
        day = day_of(at)
        other = None if wall.other is None else day_of(wall.other)
        if self._first and day == self._day and wall.clock is self._clock and other == self._other:
            self._last = number
            return None
        return self._begin(number, day, other, wall.clock)

    def end(self) -> Run | None:
        """The last run."""
        return self._run() if self._first else None

    def _follow(self, number: int) -> bool:
        self._last = number
        return True

    def _begin(self, number: int, day: int | None, other: int | None, clock: Clock) -> Run | None:
        done = self.end()
        self._first = self._last = number
        self._day, self._other, self._clock = day, other, clock
        self._undated = 0
        return done

    def _run(self) -> Run:
        return Run(self._first, self._last, self._day, self._other, self._clock, self._undated)


def pages_of(runs: Iterable[Run], about: int = ABOUT) -> Iterator[PageSpan]:
    """Cut a conversation into pages of whole days."""
    first = last = 0
    for run in runs:
        length = run.last - run.first + 1
        if first and run.last - first + 1 > about:
            yield PageSpan(first, last)
            first = 0
        if length > about * SPLIT:
            yield from _cut(run, about)
            continue
        first = first or run.first
        last = run.last
    if first:
        yield PageSpan(first, last)


def _cut(run: Run, about: int) -> Iterator[PageSpan]:
    starts = range(run.first, run.last + 1, about)
    for part, start in enumerate(starts, 1):
        yield PageSpan(start, min(start + about - 1, run.last), part, len(starts))
