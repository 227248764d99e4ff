"""Rows of bars that lie: a name, a bar, its number. Several accounts have a block each, of the same size and scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Reach, Words, chip, filled, line, picture, reach, text
from safehand.desk.review.pictures.svg import Drawn, drawn

HIGH: Final = 12
"""Pixels of a bar."""

LEAST: Final = 2.0
"""Pixels of a bar of one."""

_ROW: Final = 22
_HEAD: Final = 28
_GAP: Final = 16
_WIDTH: Final = {True: 880, False: 326}
_NAME: Final = {True: 168, False: 142}
_AFTER: Final = 52
"""Pixels for the number behind the longest bar."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one account: a count for each name."""

    lane: Lane
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar of its own with words before and behind it; ``number`` is the message that it leads to."""

    name: str
    words: str
    length: int
    number: int
    before: Lane | None
    after: Lane | None


def lengths(blocks: Sequence[Block], *, wide: bool) -> list[list[float]]:
    """Pixels of every bar, account by account; 0 for none."""
    most = max((count for block in blocks for count in block.counts), default=0)
    room = _block_width(wide=wide) - _NAME[wide] - _AFTER
    return [[max(LEAST, room * count / most) if count else 0.0 for count in block.counts] for block in blocks]


def block_chart(names: Sequence[str], blocks: Sequence[Block], words: Words, *, wide: bool) -> Drawn:
    """Draw the blocks: two beside each other on a wide screen, one under the other on a narrow one."""
    columns = 2 if wide else 1
    tall = _HEAD + len(names) * _ROW + _GAP
    parts: list[Drawn] = []
    for at, (block, pixels) in enumerate(zip(blocks, lengths(blocks, wide=wide), strict=True)):
        x, y = at % columns * (_block_width(wide=wide) + 20), at // columns * tall
        parts += _block(names, block, pixels, words.id, x, y, wide=wide)
    return picture(words, _WIDTH[wide], -(-len(blocks) // columns) * tall - _GAP, *parts)


def stretch_chart(stretches: Sequence[Stretch], words: Words, *, wide: bool) -> Drawn:
    """Draw stretches, one under the other, each with its words over (narrow) or before (wide) its bar."""
    most = max((one.length for one in stretches), default=1)
    left = 300 if wide else 0
    room = _WIDTH[wide] - left - 130
    parts: list[Drawn] = []
    for at, one in enumerate(stretches):
        y = at * _stretch_row(wide=wide)
        parts.append(text(one.name, 0, y + 15))
        bar = y + 3 if wide else y + 22
        x = left + _lane_mark(parts, one.before, left, bar + HIGH / 2)
        length = max(LEAST, (room - 60) * one.length / most)
        parts.append(
            drawn(
                "rect",
                x=x,
                y=bar,
                width=length,
                height=HIGH,
                fill=ink.HAIRLINE,
                stroke=ink.LINE,
                class_="sh-bar-hatched",
            )
        )
        end = x + length + 6
        end += _lane_mark(parts, one.after, end, bar + HIGH / 2)
        parts.append(text(one.words, end, bar + 11))
    return picture(words, _WIDTH[wide], len(stretches) * _stretch_row(wide=wide), *parts)


def stretch_reach(stretches: Sequence[Stretch], leads_to: LeadsTo, *, wide: bool) -> Drawn:
    """The links over it: each to the message before the stretch."""
    row = _stretch_row(wide=wide)
    places = [
        Reach(one.number, f"{one.name}: {one.words}", 0, at * row, _WIDTH[wide], row)
        for at, one in enumerate(stretches)
    ]
    return reach(places, leads_to, _WIDTH[wide], len(stretches) * row)


def _stretch_row(*, wide: bool) -> int:
    return 24 if wide else 46


def _lane_mark(parts: list[Drawn], lane: Lane | None, x: float, y: float) -> float:
    """The letter of who wrote at one end; how many pixels it took."""
    if lane is None:
        return 0
    parts.append(chip(lane, x, y))
    return 16 + 9 * len(lane.letter)


def _block_width(*, wide: bool) -> int:
    return 430 if wide else _WIDTH[wide]


def _block(
    names: Sequence[str], block: Block, pixels: Sequence[float], id_: str, x: float, y: float, *, wide: bool
) -> list[Drawn]:
    left = x + _NAME[wide]
    parts = [chip(block.lane, x, y + 11), line(left, y + _HEAD, left, y + _HEAD + len(names) * _ROW, strong=True)]
    side = filled(block.lane, id_)
    for at, (name, count, length) in enumerate(zip(names, block.counts, pixels, strict=True)):
        top = y + _HEAD + at * _ROW
        parts.append(text(name, x, top + 15))
        if length:
            parts.append(
                drawn(
                    "rect",
                    x=left,
                    y=top + (_ROW - HIGH) / 2,
                    width=length,
                    height=HIGH,
                    fill=side.fill,
                    stroke=side.edge,
                    class_="sh-bar-hatched" if block.lane.hatched else "sh-bar-solid",
                )
            )
        parts.append(text(f"{count:,}", left + length + 5, top + 15))
    return parts
