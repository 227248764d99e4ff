"""What one account did in one conversation, counted. The values; how they are counted is watch.py.

    SideConduct(messages=412, opened=(30, 18, 9), reopened=(4, 2, 1), longest=Run(204, 219, 14), …)

The same is counted for every account, in the same way: no figure knows who is who. Lists are cut at LISTED, counts are
whole. Silences are claimed between two known instants, or two readings of one unstated clock, and never across the two.
"""

from __future__ import annotations

from typing import Final

import msgspec

SILENCES: Final = (1, 6, 24)
"""Hours of silence after which an act opens anew. Six is the usual cut, as in the rule ``contact_initiated``; one and
twenty-four stand beside it, so that whoever reads the figure sees how much it depends on the cut."""

USUAL: Final = SILENCES.index(6)
"""The place of six hours among them: its openings are listed."""

LONG_RUN: Final = 5
"""Messages in a row, without any act of another account between, that are told as a long run."""

BREAK: Final = 3 * 86_400
"""Seconds without a message of this account that end a stretch of its writing: longer than a weekend."""

LISTED: Final = 20
"""Places of one sort that are listed for one account. All are counted."""


class Opening(msgspec.Struct, frozen=True, gc=False):
    """Message ``number`` came after ``seconds`` of silence. ``own``: the last act before it was by the same account."""

    number: int
    seconds: int
    own: bool


class Run(msgspec.Struct, frozen=True, gc=False):
    """``length`` messages of one account from ``first`` to ``last``, with no act of another account between."""

    first: int
    last: int
    length: int


class Stretch(msgspec.Struct, frozen=True):
    """Writing of one account without a break of BREAK seconds; ``start`` and ``end`` are readings in microseconds."""

    first: int
    last: int
    messages: int
    start: int
    end: int
    hours: tuple[int, ...]
    """Messages by hour of the day, 0 to 23."""


class Times(msgspec.Struct, frozen=True, gc=False):
    """Of how many messages the instant is known; only an unstated clock's reading; one of two days; nothing."""

    known: int = 0
    device: int = 0
    either: int = 0
    none: int = 0


class SideConduct(msgspec.Struct, frozen=True):
    """One account in one conversation. Tuples of counts are by SILENCES."""

    messages: int
    """Messages it wrote, deleted ones too. Calls and reactions are acts and are not counted here."""
    words: int
    questions: int
    """Messages that hold a question mark."""
    calls: int
    first: int
    """The number of its first act, and of its last."""
    last: int
    times: Times
    compared: int
    """Acts whose time could be compared with that of the act before, so that a silence could be told."""
    not_compared: int
    opened: tuple[int, ...]
    reopened: tuple[int, ...]
    """Of those, where the last act before the silence was its own: nobody had answered."""
    openings: tuple[Opening, ...]
    """Those after six hours."""
    long_runs: int
    longest: Run | None
    runs: tuple[Run, ...]
    answers: int
    """Times it wrote after another account, within six hours."""
    answer_median: int | None
    """The middle one of those times, in seconds; of an even number the lower of the two. None where there is none."""
    hours: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    stretch_count: int
