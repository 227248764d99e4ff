"""What stands in a case: which offences are looked at, and as what; which points that gives.

    look = look_of(case, "meeting")
    look.points          15.a … 15.f, and AT.a … AT.d where it is looked at as an attempt as well
    look.point("at_b")   AT.b

The elements of an attempt are kept by the offence that was attempted: AT.b of section 15 is another than of 15A.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import RevocableRows
from safehand.desk.points.library import attempt, library, offence_of
from safehand.desk.points.models import Chosen
from safehand.desk.points.offence import Element, Offence

OF_ATTEMPT: Final = "at_"


@dataclass(frozen=True, slots=True)
class Point:
    """One point to prove in a case: its code there, and the element with the file that it is from."""

    code: str
    element: Element
    of: Offence


@dataclass(frozen=True, slots=True)
class Look:
    """One offence in a case. ``chosen`` are the choices that stand: none, itself, as an attempt, or both."""

    offence: Offence
    chosen: tuple[Chosen, ...]

    @property
    def as_attempt(self) -> bool:
        """Whether it is looked at as an attempt, besides or alone."""
        return any(each.attempt for each in self.chosen)

    @property
    def points(self) -> tuple[Point, ...]:
        """Its points, and those of an attempt where one was chosen."""
        own = tuple(Point(each.code, each, self.offence) for each in self.offence.elements)
        return own + points_of_attempt() if self.as_attempt else own

    def point(self, code: str) -> Point | None:
        """The point of that code, or None."""
        return next((each for each in self.points if each.code == code), None)


def points_of_attempt() -> tuple[Point, ...]:
    """What an attempt adds."""
    added = attempt()
    return tuple(Point(f"{OF_ATTEMPT}{each.code}", each, added) for each in added.elements)


def look_of(case: Case, code: str) -> Look | None:
    """An offence of the library as it stands in a case; None where the library has none of that code."""
    offence = offence_of(code)
    return Look(offence, tuple(_standing(case).filter(offence=code))) if offence is not None else None


def looks_of(case: Case) -> tuple[Look, ...]:
    """Every offence that is looked at, in the order of the library."""
    chosen = tuple(_standing(case))
    looks = (Look(each, tuple(one for one in chosen if one.offence == each.code)) for each in library())
    return tuple(look for look in looks if look.chosen)


def _standing(case: Case) -> RevocableRows[Chosen]:
    return Chosen.objects.standing().filter(case=case).select_related("by")
