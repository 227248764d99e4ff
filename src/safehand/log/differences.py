"""Where the entries that are there differ from those that a log was made of, each difference by name.

    kept    a b c d e f g
    found   a c b d X f         b and c changed places, e was changed, g was removed

Both are hashes of leaves. What is told is the least that was done: as many entries as can be are taken to stand where
they stood, so that one that was removed at the beginning is one finding and not a million.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safehand.log.hashes import LENGTH

_STRIDE: Final = 1 << 10
"""Hashes that are compared at once while both are still the same."""


class Change(StrEnum):
    """What was done to an entry."""

    CHANGED = "changed"
    """It is not the entry that stood there."""
    REMOVED = "removed"
    ADDED = "added"
    REORDERED = "reordered"
    """It stood elsewhere."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that is not as it was."""

    change: Change
    kept: int | None
    """Where it stood in the log, from 0; None for one that was added."""
    found: int | None
    """Where it stands now, from 0; None for one that was removed."""


def differences(kept: bytes, found: bytes) -> tuple[Difference, ...]:
    """Hashes of leaves, 32 bytes each, one after another. In the order of ``kept``; what was added where it stands."""
    begin = _same_at_the_beginning(kept, found)
    most = min(len(kept), len(found)) // LENGTH - begin
    end = _same_at_the_end(kept, found, most)
    old, new = _hashes(kept, begin, end), _hashes(found, begin, end)
    stood = _where_each_stood(old, new)
    anchors = _longest_rising(stood)
    told = [
        Difference(Change.REORDERED, begin + was, begin + at)
        for at, was in enumerate(stood)
        if was is not None and at not in anchors
    ]
    told += _between(stood, anchors, begin, len(old))
    return tuple(sorted(told, key=lambda one: (one.found if one.kept is None else one.kept, one.kept is None)))


def _between(stood: Sequence[int | None], anchors: dict[int, int], begin: int, many: int) -> Iterator[Difference]:
    """Between two entries that stand where they stood: those gone and those new, in pairs as far as there are both."""
    known = {was for was in stood if was is not None}
    last_at = last_was = -1
    for at, was in [*anchors.items(), (len(stood), many)]:
        gone = [begin + old for old in range(last_was + 1, was) if old not in known]
        new = [begin + now for now in range(last_at + 1, at) if stood[now] is None]
        both = min(len(gone), len(new))
        yield from (Difference(Change.CHANGED, *pair) for pair in zip(gone[:both], new[:both], strict=True))
        yield from (Difference(Change.REMOVED, old, None) for old in gone[both:])
        yield from (Difference(Change.ADDED, None, now) for now in new[both:])
        last_at, last_was = at, was


def _where_each_stood(old: Sequence[bytes], new: Sequence[bytes]) -> list[int | None]:
    """For each that is there, where it stood. Of several that are the same, each one once, in order."""
    places: dict[bytes, list[int]] = {}
    for at in range(len(old) - 1, -1, -1):
        places.setdefault(old[at], []).append(at)
    return [places[value].pop() if places.get(value) else None for value in new]


def _longest_rising(stood: Sequence[int | None]) -> dict[int, int]:
    """The most of them that are still in order: where they are now, and where they stood (patience sorting)."""
    tops: list[int] = []  # the smallest place at which a rising row of this length ends
    ends: list[int] = []  # where that one is now
    before: dict[int, int] = {}
    for at, was in enumerate(stood):
        if was is None:
            continue
        length = bisect_left(tops, was)
        tops[length : length + 1] = [was]
        ends[length : length + 1] = [at]
        if length:
            before[at] = ends[length - 1]
    row: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append((at, stood[at] or 0))
        at = before.get(at, -1)
    return dict(reversed(row))


def _same_at_the_beginning(kept: bytes, found: bytes) -> int:
    """How many hashes are the same, from the first on."""
    most = min(len(kept), len(found))
    at = 0
    while at < most and kept[at : at + _STRIDE * LENGTH] == found[at : at + _STRIDE * LENGTH]:
        at += _STRIDE * LENGTH
    at = min(at, most)
    while at < most and kept[at : at + LENGTH] == found[at : at + LENGTH]:
        at += LENGTH
    return at // LENGTH


def _same_at_the_end(kept: bytes, found: bytes, most: int) -> int:
    """How many hashes are the same, from the last on; at most ``most``."""
    for many in range(most):
        old, new = len(kept) - many * LENGTH, len(found) - many * LENGTH
        if kept[old - LENGTH : old] != found[new - LENGTH : new]:
            return many
    return most


def _hashes(data: bytes, begin: int, end: int) -> list[bytes]:
    return [data[at : at + LENGTH] for at in range(begin * LENGTH, len(data) - end * LENGTH, LENGTH)]
