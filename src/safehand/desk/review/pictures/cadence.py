"""Cadence: a row a day, a mark for each ten minutes in which somebody wrote. Of two accounts one stands above the line
and filled, the other below it and hatched; of any other number all stand above it together.

A mark has one of three heights, said beside the picture: marks that grew with every message would hide the single ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Reach, Words, filled, line, picture, reach, text
from safehand.desk.review.pictures.svg import Drawn, drawn

DAYS: Final = 28
"""Days in one picture: four weeks fit a screen, and a sheet of paper."""

TENS: Final = 144
"""Ten minutes in a day."""

HEIGHTS: Final = ((1, 3.0), (4, 6.0), (None, 9.0))
"""Up to how many messages a mark has which height; the last is for any more."""

_ROW: Final = 24
_TOP: Final = 22
_TEN: Final = {True: 5.0, False: 1.7}
_LEFT: Final = {True: 100, False: 46}
_WIDTH: Final = {True: 880, False: 326}


@dataclass(frozen=True)
class Cadence:
    """What is drawn. ``counts`` has the messages of (day, ten minutes, account), by their places."""

    first: date
    days: int
    lanes: tuple[Lane, ...]
    counts: Mapping[tuple[int, int, int], int]

    @cached_property
    def marks(self) -> Mapping[tuple[int, int, bool], int]:
        """Messages of every mark, by day, ten minutes, and whether it stands below the line: for both widths once."""
        found: dict[tuple[int, int, bool], int] = {}
        two_sided = is_two_sided(self)
        for (day, ten, lane), count in sorted(self.counts.items()):
            key = (day, ten, two_sided and lane == 1)
            found[key] = found.get(key, 0) + count
        return found


def window_from(first: date, last: date, begin: date | None) -> tuple[date, date]:
    """The days of one picture: from ``begin`` on, or from the nearest there is between the first and the last."""
    begins = min(max(begin or first, first), last)
    return begins, min(begins, date.max - timedelta(days=DAYS)) + timedelta(days=min(DAYS - 1, (last - begins).days))


def is_two_sided(cadence: Cadence) -> bool:
    """One account above the line, the other below."""
    return len(cadence.lanes) == 2


def height_for(count: int) -> float:
    """Pixels of a mark."""
    return next(height for most, height in HEIGHTS if most is None or count <= most)


def height_of(cadence: Cadence) -> float:
    """Pixels of the whole picture."""
    return _TOP + cadence.days * _ROW + 6


def cadence_chart(cadence: Cadence, words: Words, *, wide: bool) -> Drawn:
    """Draw it."""
    left, ten, height = _LEFT[wide], _TEN[wide], height_of(cadence)
    every = 3 if wide else 6
    parts = [line(left + hour * 6 * ten, _TOP - 4, left + hour * 6 * ten, height - 4) for hour in range(0, 25, every)]
    parts += [
        text(f"{hour:02}:00" if wide else f"{hour:02}", left + hour * 6 * ten, 13, anchor="middle", quiet=True)
        for hour in range(0, 25, every)
    ]
    for at in range(cadence.days):
        day = cadence.first + timedelta(days=at)
        y = _TOP + at * _ROW + _ROW / 2
        parts.append(text(f"{day:%a} {day.day} {day:%b}" if wide else f"{day.day} {day:%b}", 0, y + 4.5))
        parts.append(line(left, y, left + TENS * ten, y, strong=True))
    sides = _paths(cadence, left, ten)
    parts += _totals(cadence, left + TENS * ten + 5)
    above = cadence.lanes[0] if is_two_sided(cadence) else Lane("", hatched=False)
    parts += [_path(paths, cadence.lanes[1] if below else above, words.id) for below, paths in sides.items() if paths]
    return picture(words, _WIDTH[wide], height, *parts)


def cadence_reach(
    cadence: Cadence, firsts: Mapping[int, int], words: Mapping[int, str], leads_to: LeadsTo, *, wide: bool
) -> Drawn:
    """The links over it: each day to its first message. ``firsts`` and ``words`` are by day."""
    places = [
        Reach(first, words[day], 0, _TOP + day * _ROW, _LEFT[wide] + TENS * _TEN[wide], _ROW)
        for day, first in firsts.items()
    ]
    return reach(places, leads_to, _WIDTH[wide], height_of(cadence))


def _totals(cadence: Cadence, x: float) -> list[Drawn]:
    """How many messages with an hour each day has, at the end of its row."""
    totals: Counter[int] = Counter()
    for (day, _, _), count in cadence.counts.items():
        totals[day] += count
    return [
        text(f"{total:,}", x, _TOP + day * _ROW + _ROW / 2 + 4.5, quiet=True) for day, total in sorted(totals.items())
    ]


def _paths(cadence: Cadence, left: float, ten: float) -> dict[bool, list[str]]:
    """The marks above the line and below it. Numbers of ours alone: nothing that anybody wrote comes here."""
    begins = [f"M{left + at * ten + 0.3:.1f} " for at in range(TENS)]
    heights = {count: height_for(count) for count in set(cadence.marks.values())}
    across = f"{ten - 0.6:.1f}"
    sides: dict[bool, list[str]] = {False: [], True: []}
    for (day, at, below), count in cadence.marks.items():
        y = _TOP + day * _ROW + _ROW // 2
        begin, up = (y + 1, heights[count]) if below else (y - 1, -heights[count])
        sides[below].append(f"{begins[at]}{begin}h{across}v{up:.0f}h-{across}z")
    return sides


def _path(paths: Sequence[str], lane: Lane, id_: str) -> Drawn:
    side = filled(lane, id_)
    return drawn(
        "path",
        d="".join(paths),
        fill=ink.BEHIND_HATCH if lane.hatched else side.fill,
        stroke=side.edge,
        stroke_width=0.9 if lane.hatched else 0,
        class_="sh-bar-hatched" if lane.hatched else "sh-bar-solid",
    )
