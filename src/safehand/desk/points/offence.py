"""An offence as its data file gives it: elements, with what may show and what may undermine each, and gaps.

    offence.element("b").wordings        two of them: one until 12 April 2015, one since
    offence.holds_on(date(2017, 4, 2))   False for what came into force a day later

Every line says where it is from, and whether it was compared with that (docs/spec/offences.md). It is a description of
law for officers and no legal advice; which point is made out is for a court.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """Whether somebody read the line in a copy of what it names as its source."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said, with where it is from."""

    words: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Wording:
    """How an element reads from a day on, until the day before the next wording begins."""

    line: Line
    start: date | None
    """None for the first: it reads so since the offence is in force."""
    start_mark: Mark | None
    """Whether the day itself was compared."""
    end: date | None
    """The last day of it; None for the newest."""


@dataclass(frozen=True, slots=True)
class Element:
    """One point to prove. ``code`` is a small letter; ``shown`` is how it is called: ``15.b``, ``AT.a``."""

    code: str
    shown: str
    name: str
    wordings: tuple[Wording, ...]
    shows: tuple[Line, ...]
    undermines: tuple[Line, ...]
    gaps: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of it."""
        return (*(each.line for each in self.wordings), *self.shows, *self.undermines, *self.gaps)


@dataclass(frozen=True, slots=True)
class InForce:
    """From when to when. ``start`` is None where it was so before anything that this library knows of."""

    start: date | None
    end: date | None
    line: Line


@dataclass(frozen=True, slots=True)
class AttemptWords:
    """Whether an attempt at it is offered, and why."""

    offered: bool
    line: Line


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Within how many years of the offence it must be begun."""

    years: int
    line: Line


@dataclass(frozen=True, slots=True)
class Offence:
    """One data file."""

    code: str
    """The name of its file: small letters and underscores, so that a custody entry can hold it."""
    version: int
    sha256: str
    """Of the file: what an officer had before them when they wrote an entry."""
    checked_on: date
    reviewer: str
    """The lawyer who compared it with the statute; empty where nobody did."""
    title: str
    act: str
    section: str
    jurisdiction: str
    in_force: InForce | None
    """None where the library does not know since when."""
    attempt: AttemptWords
    time_limit: TimeLimit | None
    notes: tuple[Line, ...]
    elements: tuple[Element, ...]

    @property
    def statute(self) -> str:
        """``Sexual Offences Act 2003, section 15A``."""
        return f"{self.act}, section {self.section}"

    @property
    def short(self) -> str:
        """``Section 15A``: for a list that names the Act beside it."""
        return f"Section {self.section}"

    def element(self, code: str) -> Element | None:
        """The element of that letter, or None."""
        return next((each for each in self.elements if each.code == code), None)

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on that day, as far as the library knows."""
        if self.in_force is None:
            return True
        start, end = self.in_force.start, self.in_force.end
        return (start is None or start <= day) and (end is None or day <= end)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the file."""
        held = [self.in_force.line] if self.in_force is not None else []
        limit = [self.time_limit.line] if self.time_limit is not None else []
        elements = [line for each in self.elements for line in each.lines]
        return (*held, self.attempt.line, *limit, *self.notes, *elements)
