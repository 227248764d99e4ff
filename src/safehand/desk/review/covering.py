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
    """Of some messages, by conversation and number, those that are hard. One look at an index for each run of them."""
    wanted = sorted(set(places))
    found: dict[tuple[int, int], str] = {}
    for conversation, first, last in _runs(wanted):
        hard = hard_of(indicators_between(casefile, conversation, first, last))
        found |= {(conversation, number): words for number, words in hard.items()}
    return {place: found[place] for place in wanted if place in found}


def _runs(places: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Conversation, first and last number of messages that follow one another."""
    runs: list[tuple[int, int, int]] = []
    for conversation, number in places:
        if runs and runs[-1][0] == conversation and runs[-1][2] == number - 1:
            runs[-1] = (conversation, runs[-1][1], number)
        else:
            runs.append((conversation, number, number))
    return runs
