"""What the desk could not collect at its last look, so that the inbox can say so: counts, and nothing of what is in it.

    note_left(left)       by the worker that looked
    left_now()            for the inbox: the same, while workers go on looking

Nothing of it is lost: it waits at the public node, sealed as it came, until there is room, or a newer version.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from django.core.cache import cache

from safehand.desk.core.clock import Clock, system_clock
from safehand.model.instant import MICRO


class Why(StrEnum):
    """Why a parcel stays at the node."""

    NO_ROOM = "no_room"
    """The desk's disk would be without its reserve."""
    TOO_LARGE = "too_large"
    """More bytes than this desk takes of one package."""
    UNKNOWN = "unknown"
    """Of a kind that this version does not know."""
    ODD = "odd"
    """Nothing that this desk understands: no parcel as docs/spec/handover.md has one."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many of each. ``away_since``, in microseconds: since when the node has not answered at all, or 0."""

    no_room: int = 0
    too_large: int = 0
    unknown: int = 0
    odd: int = 0
    away_since: int = 0

    @property
    def many(self) -> int:
        """All that waits and cannot be collected."""
        return self.no_room + self.too_large + self.unknown + self.odd


AWAY_AFTER: Final = 60
"""Seconds without an answer that nobody need hear of: a restart takes some."""

_KEY: Final = "collect.left"
_KEPT: Final = 120
_AGAIN: Final = 30
"""Seconds that it is known, and after which the same is written again: workers look every other second."""


def count_left(whys: Counter[Why]) -> Left:
    """As counted at one look."""
    return Left(**{str(why): whys[why] for why in Why})


def note_left(left: Left, clock: Clock = system_clock) -> None:
    """Write it down, when it is news or was written a while ago."""
    known = cache.get(_KEY)
    if left == Left():
        if known is not None:
            cache.delete(_KEY)
        return
    if known is None or known["left"] != asdict(left) or clock() - known["at"] > _AGAIN * MICRO:
        cache.set(_KEY, {"left": asdict(left), "at": clock()}, _KEPT)


def note_away(clock: Clock = system_clock) -> None:
    """The node does not answer. What was left at it is not known meanwhile; since when stays the same."""
    since = left_now().away_since
    note_left(Left(away_since=since or clock()), clock)


def left_now() -> Left:
    """What was left at the last look."""
    known: dict[str, Any] = (cache.get(_KEY) or {}).get("left", {})
    return Left(**{field.name: known.get(field.name, 0) for field in fields(Left)})
