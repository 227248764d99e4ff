"""A count for each unit of a time line and each account: two accounts face each other across one axis, and more (or
one) stand above one another. Every account has the same room and the same scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from safehand.desk.core import say
from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Reach, Words, chip, filled, line, picture, reach, text
from safehand.desk.review.pictures.scale import Axis, round_up
from safehand.desk.review.pictures.svg import Drawn, drawn, said

TALL: Final = 84
"""Pixels of the tallest bar."""

LEAST: Final = 2.0
"""Pixels of a bar of one: it is seen, beside one of a million too."""

_SPACE: Final = 18
"""Above a bar, for its number."""

_DIGIT: Final = 6.3
_WIDTH: Final = {True: 880, False: 326}
_LEFT: Final = {True: 60, False: 34}
_RIGHT: Final = {True: 46, False: 4}


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn. ``counts`` has the messages of (unit, account), by their places; what is not in it is none."""

    axis: Axis
    lanes: tuple[Lane, ...]
    counts: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a bar stands."""

    x: float
    y: float
    width: float
    height: float


def is_mirrored(bars: Bars) -> bool:
    """Two accounts face each other."""
    return len(bars.lanes) == 2


def slot_of(bars: Bars, *, wide: bool) -> float:
    """Pixels that one unit has."""
    return (_WIDTH[wide] - _LEFT[wide] - _RIGHT[wide]) / len(bars.axis)


def boxes(bars: Bars, *, wide: bool) -> dict[tuple[int, int], Box]:
    """Every bar that is drawn, by unit and account: one for each count above 0, and no other."""
    slot, top = slot_of(bars, wide=wide), _top(bars, wide=wide)
    width = max(1.0, min(slot - 1.5, 30.0))
    found = {}
    for (unit, lane), count in sorted(bars.counts.items()):
        if count <= 0:
            continue
        height = max(LEAST, TALL * count / top)
        base = _base(bars, lane)
        y = base if is_mirrored(bars) and lane == 1 else base - height
        found[unit, lane] = Box(_LEFT[wide] + unit * slot + (slot - width) / 2, y, width, height)
    return found


def has_room_for_numbers(bars: Bars, *, wide: bool) -> bool:
    """Whether each bar has its number written at it; where they would run into each other there is a scale."""
    return len(str(_most(bars))) * _DIGIT <= slot_of(bars, wide=wide)


def height_of(bars: Bars) -> float:
    """Pixels of the whole picture."""
    lanes = 2 if is_mirrored(bars) else len(bars.lanes)
    return lanes * (TALL + _SPACE) + 30


def bar_chart(bars: Bars, words: Words, *, wide: bool) -> Drawn:
    """Draw it."""
    drawn_boxes = boxes(bars, wide=wide)
    slot, has_numbers = slot_of(bars, wide=wide), has_room_for_numbers(bars, wide=wide)
    parts: list[Drawn] = []
    for lane in range(len(bars.lanes)):
        parts += _lane(bars, lane, _top(bars, wide=wide), wide=wide, scale=not has_numbers)
    for (unit, lane), box in drawn_boxes.items():
        side = filled(bars.lanes[lane], words.id)
        parts.append(_bar(box, side, hatched=bars.lanes[lane].hatched))
        if has_numbers:
            below = is_mirrored(bars) and lane == 1
            y = box.y + box.height + 13 if below else box.y - 4
            parts.append(_count(bars.counts[unit, lane], box.x + box.width / 2, y))
    parts += _time_line(bars, slot, wide=wide)
    return picture(words, _WIDTH[wide], height_of(bars), *parts)


def bar_reach(
    bars: Bars, firsts: Mapping[int, int], words: Mapping[int, str], leads_to: LeadsTo, *, wide: bool
) -> Drawn:
    """The links over it: each unit to its first message. ``firsts`` and ``words`` are by unit."""
    slot, height = slot_of(bars, wide=wide), height_of(bars)
    places = [
        Reach(first, words[unit], _LEFT[wide] + unit * slot, 0, slot, height - 24) for unit, first in firsts.items()
    ]
    return reach(places, leads_to, _WIDTH[wide], height)


def _most(bars: Bars) -> int:
    return max(bars.counts.values(), default=0)


def _top(bars: Bars, *, wide: bool) -> int:
    """What the tallest bar can be: the highest count itself, or a round number where it stands on a scale."""
    return max(1, _most(bars)) if has_room_for_numbers(bars, wide=wide) else round_up(_most(bars))


def _base(bars: Bars, lane: int) -> float:
    return TALL + _SPACE + (0 if is_mirrored(bars) else lane * (TALL + _SPACE))


def _lane(bars: Bars, lane: int, top: int, *, wide: bool, scale: bool) -> list[Drawn]:
    left, right = _LEFT[wide], _WIDTH[wide] - _RIGHT[wide]
    base, down = _base(bars, lane), is_mirrored(bars) and lane == 1
    parts = [line(left, base, right, base, strong=True)]
    middle = base + TALL / 2 if down else base - TALL / 2
    parts.append(chip(bars.lanes[lane], 0, middle))
    if scale:
        end = base + TALL if down else base - TALL
        parts.append(line(left, end, right, end))
        words = say.count(top)
        if wide:
            parts.append(text(words, right + 4, end + 4, quiet=True))
        else:
            parts.append(text(words, left, end + 13 if down else end - 4, quiet=True))
    return parts


def _bar(box: Box, side: ink.Side, *, hatched: bool) -> Drawn:
    inset = 0.5 if hatched and box.width > 2 and box.height > 2 else 0
    return drawn(
        "rect",
        x=box.x + inset,
        y=box.y + inset,
        width=box.width - 2 * inset,
        height=box.height - 2 * inset,
        fill=side.fill if inset or not hatched else side.edge,
        stroke=side.edge if inset else "none",
        class_="sh-bar-hatched" if hatched else "sh-bar-solid",
    )


def _count(count: int, x: float, y: float) -> Drawn:
    return drawn(
        "text",
        said(str(count)),
        x=x,
        y=y,
        fill=ink.INK,
        font_size=11.5,
        text_anchor="middle",
        class_="sh-picture__words",
    )


def _time_line(bars: Bars, slot: float, *, wide: bool) -> Sequence[Drawn]:
    y = height_of(bars) - 6
    end = _WIDTH[wide] - 28
    return [
        text(words, _LEFT[wide] + at * slot, y, quiet=True)
        for at, words in bars.axis.labels(slot)
        if _LEFT[wide] + at * slot < end or at == 0
    ]
