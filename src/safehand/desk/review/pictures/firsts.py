"""What was first mentioned when: a row a tag, in the order of the first, a box with the letter of who wrote it.

Filled: a person tagged it. Open, with a broken edge: a rule offers it and nobody tagged it. Accounts stand above and
below the line in turns. The last row has the places where the record may not be whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from safehand.casefile.talked import Unit
from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Reach, Words, line, picture, reach, text
from safehand.desk.review.pictures.scale import labels
from safehand.desk.review.pictures.svg import Drawn, drawn, said

_ROW: Final = {True: 44, False: 66}
_TOP: Final = {True: 0, False: 18}
_LEFT: Final = {True: 170, False: 6}
_WIDTH: Final = {True: 880, False: 326}
_RIGHT: Final = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A first mention. ``at`` is how far along the whole time it stands, 0 to 1."""

    lane: Lane
    at: float
    tagged: bool
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One tag."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Firsts:
    """What is drawn, in this order. ``gaps`` are places along the whole time, 0 to 1."""

    rows: tuple[FirstRow, ...]
    gaps: tuple[float, ...]
    begins: tuple[date, ...]
    unit: Unit


def height_of(firsts: Firsts, *, wide: bool) -> float:
    """Pixels of the whole picture."""
    return (len(firsts.rows) + bool(firsts.gaps)) * _ROW[wide] + 26


def first_chart(firsts: Firsts, words: Words, *, wide: bool) -> Drawn:
    """Draw it."""
    left, end = _LEFT[wide], _WIDTH[wide] - _RIGHT
    parts: list[Drawn] = []
    for at, row in enumerate(firsts.rows):
        y = _middle(at, wide=wide)
        parts += [_name(row.name, at, wide=wide), line(left, y, end, y, strong=True)]
        # What a person tagged is drawn last, so that nothing that is only offered hides it.
        parts += [_mark(mark, y, wide=wide) for mark in sorted(row.marks, key=lambda mark: mark.tagged)]
    if firsts.gaps:
        at = len(firsts.rows)
        y = _middle(at, wide=wide)
        parts += [_name("May not be whole", at, wide=wide), line(left, y, end, y, strong=True)]
        parts += [_gap(_x(place, wide=wide), y) for place in firsts.gaps]
    parts += _time_line(firsts, wide=wide)
    return picture(words, _WIDTH[wide], height_of(firsts, wide=wide), *parts)


def first_reach(firsts: Firsts, leads_to: LeadsTo, *, wide: bool) -> Drawn:
    """The links over it: each box to its message."""
    places = [
        Reach(mark.number, mark.words, *_corner(mark, _middle(at, wide=wide), wide=wide), _wide_of(mark), 18)
        for at, row in enumerate(firsts.rows)
        for mark in sorted(row.marks, key=lambda mark: mark.tagged)
    ]
    return reach(places, leads_to, _WIDTH[wide], height_of(firsts, wide=wide))


def _middle(at: int, *, wide: bool) -> float:
    return _TOP[wide] + at * _ROW[wide] + 22


def _x(place: float, *, wide: bool) -> float:
    return _LEFT[wide] + place * (_WIDTH[wide] - _RIGHT - _LEFT[wide])


def _name(name: str, at: int, *, wide: bool) -> Drawn:
    return text(name, 0, _middle(at, wide=wide) + 4.5 if wide else at * _ROW[wide] + 13)


def _wide_of(mark: Mark) -> float:
    return 9 + 9 * len(mark.lane.letter)


def _corner(mark: Mark, y: float, *, wide: bool) -> tuple[float, float]:
    x = _x(mark.at, wide=wide) - _wide_of(mark) / 2
    x = min(max(x, 0), _WIDTH[wide] - _wide_of(mark))
    return x, y + 2 if mark.lane.hatched else y - 20


def _mark(mark: Mark, y: float, *, wide: bool) -> Drawn:
    x, top = _corner(mark, y, wide=wide)
    colour = ink.HATCH if mark.lane.hatched else ink.SOLID
    shape = {"stroke_dasharray": "3 2"} if not mark.tagged else {}
    return drawn(
        "g",
        drawn(
            "rect",
            x=x + 0.5,
            y=top + 0.5,
            width=_wide_of(mark) - 1,
            height=17,
            rx=3,
            fill=colour if mark.tagged else ink.PAPER,
            stroke=colour,
            class_="sh-picture__chip",
            **shape,
        ),
        drawn(
            "text",
            said(mark.lane.letter),
            x=x + _wide_of(mark) / 2,
            y=top + 13.5,
            fill=ink.PAPER if mark.tagged else colour,
            font_weight=700,
            text_anchor="middle",
            class_="sh-picture__letter",
        ),
    )


def _gap(x: float, y: float) -> Drawn:
    return drawn(
        "path", d=f"M{x - 5:.1f} {y + 5:.1f}l5 -10l5 10z", fill=ink.PAPER, stroke=ink.INK, class_="sh-picture__chip"
    )


def _time_line(firsts: Firsts, *, wide: bool) -> Sequence[Drawn]:
    slot = (_WIDTH[wide] - _RIGHT - _LEFT[wide]) / len(firsts.begins)
    y = height_of(firsts, wide=wide) - 6
    return [
        text(words, _LEFT[wide] + at * slot, y, quiet=True)
        for at, words in labels(firsts.begins, firsts.unit, slot)
        if at == 0 or _LEFT[wide] + at * slot < _WIDTH[wide] - 40
    ]
