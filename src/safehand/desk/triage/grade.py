"""Grades: how soon somebody must look at a report. Four words, in an order; no number is ever made of them.

most_urgent([Grade.SCHEDULED, Grade.PRIORITY])     Grade.PRIORITY
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Grade(StrEnum):
    """As forces grade calls (domain.md 6.1 and 6.3). The order here is the order of urgency."""

    IMMEDIATE = "immediate"
    PRIORITY = "priority"
    SCHEDULED = "scheduled"
    INFORMATION = "information"

    @property
    def place(self) -> int:
        """0 for the most urgent: where it stands in an order, and nothing that is added to anything."""
        return _PLACES[self]

    @property
    def words(self) -> str:
        """As a screen says it."""
        return self.value.capitalize()

    @property
    def means(self) -> str:
        """What it asks of the desk, in a sentence."""
        return _MEANS[self]


_PLACES: Final = {grade: place for place, grade in enumerate(Grade)}
_MEANS: Final = {
    Grade.IMMEDIATE: "Somebody acts on it now.",
    Grade.PRIORITY: "Somebody acts on it within the hour.",
    Grade.SCHEDULED: "It is safely stored: somebody looks at it by appointment.",
    Grade.INFORMATION: "It is kept, and nothing is done on it alone.",
}


def most_urgent(grades: Iterable[Grade]) -> Grade:
    """The most urgent of some. ValueError when there is none."""
    return min(grades, key=lambda grade: grade.place)
