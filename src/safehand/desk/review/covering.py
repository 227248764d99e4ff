"""What is covered on a page until its reader asks for it: hard material (welfare/hard.py), unless they chose otherwise.

    covered = cover(officer, hard_of(found), clock)      in the transaction of the page's own custody entry

That a page holds such material is noted for the reader's own sake (welfare/actions.py), covered or not. Nothing of it
goes into the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from safehand.casefile.indicators import indicators_between
from safehand.casefile.read import CaseFile
from safehand.desk.core.clock import Clock
from safehand.desk.officers.models import Officer
from safehand.desk.welfare.actions import covers, note_hard_page
from safehand.desk.welfare.hard import hard_of

Key = TypeVar("Key")


def cover(officer: Officer, hard: Mapping[Key, str], clock: Clock) -> Mapping[Key, str]:
    """Which of these are covered for this officer, each with the word for why."""
    if not hard:
        return {}
    note_hard_page(officer, clock)
    return hard if covers(officer) else {}


def hard_among(casefile: CaseFile, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Of single messages, by conversation and number, those that are hard. A look at one index for each."""
    found: dict[tuple[int, int], str] = {}
    for conversation, number in places:
        hard = hard_of(indicators_between(casefile, conversation, number, number))
        if number in hard:
            found[conversation, number] = hard[number]
    return found
