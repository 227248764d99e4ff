"""What is looked at in a case, in words: each offence with how far it is. Nothing is added up across offences."""

from __future__ import annotations

from dataclasses import dataclass

from safehand.desk.core import say
from safehand.desk.points.library import library, offence_of
from safehand.desk.points.presenters.dates import spread_words
from safehand.desk.points.presenters.grid import ChosenWords, chosen_words
from safehand.desk.points.presenters.lines import checked_words
from safehand.desk.points.showing import LookShown, PointsShown


@dataclass(frozen=True, slots=True)
class LookRow:
    """One offence that is looked at."""

    code: str
    title: str
    statute: str
    chosen: tuple[ChosenWords, ...]
    how_far: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A choice that was taken back."""

    title: str
    chosen: ChosenWords


@dataclass(frozen=True, slots=True)
class PointsPage:
    """The page."""

    spread: str
    checked: str
    rows: tuple[LookRow, ...]
    taken_back: tuple[TakenBack, ...]


def points_page(shown: PointsShown) -> PointsPage:
    """Present it."""
    return PointsPage(
        spread=spread_words(shown.spread),
        checked=checked_words(*library()),
        rows=tuple(map(_row, shown.looks)),
        taken_back=tuple(TakenBack(_title(each.chosen.offence), chosen_words(each)) for each in shown.taken_back),
    )


def _row(shown: LookShown) -> LookRow:
    offence, points = shown.look.offence, len(shown.look.points)
    left = points - shown.touched
    nobody = f"; nobody has looked at {say.count(left)} of them yet" if left else ""
    return LookRow(
        code=offence.code,
        title=offence.title,
        statute=offence.statute,
        chosen=tuple(map(chosen_words, shown.chosen)),
        how_far=f"{say.counted(points, 'point')}: entries for {say.count(shown.touched)}{nobody}",
    )


def _title(code: str) -> str:
    offence = offence_of(code)
    return f"{offence.statute}: {offence.title}" if offence is not None else code
