"""Citations in words: what an officer says that a message is about, which way it may be read, by whom and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safehand.desk.review.models import Points
from safehand.desk.review.shown import Cited
from safehand.desk.review.tags import tag_of


@dataclass(frozen=True, slots=True)
class CitedWords:
    """One citation."""

    id: int
    title: str
    points: str
    note: str
    by: str
    at: datetime
    still_there: bool


def cited(citations: Sequence[Cited]) -> dict[int, tuple[CitedWords, ...]]:
    """By message number, in the order they were made."""
    found: defaultdict[int, list[CitedWords]] = defaultdict(list)
    for one in citations:
        found[one.number].append(
            CitedWords(
                one.id, tag_of(one.tag).title, Points(one.points).label, one.note, one.by, one.at, one.still_there
            )
        )
    return {number: tuple(here) for number, here in found.items()}
