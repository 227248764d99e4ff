"""The workload in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from safehand.desk.core import say
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.triage.times import Took, Workload

_STEPS: Final = {
    "verified": "Received, then checked and read",
    "graded": "Received, then graded by an officer",
    "allocated": "Received, then with an officer",
}


@dataclass(frozen=True, slots=True)
class TookRow:
    """One step. ``is_late`` where there is anything a supervisor must look after."""

    step: str
    within: str
    median: str
    done: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class HasRow:
    """One officer."""

    officer: str
    open: int
    ungraded: int
    oldest: str


@dataclass(frozen=True, slots=True)
class WorkloadPage:
    """Everything of the page."""

    times: tuple[TookRow, ...]
    officers: tuple[HasRow, ...]
    untaken: int
    oldest_untaken: str


def present_workload(times: Sequence[Took], load: Workload, clock: Clock = system_clock) -> WorkloadPage:
    """The page."""
    now = moment(clock())
    rows = tuple(
        TookRow(_STEPS[each.step], _stretch(each.within), _stretch(each.median), each.done, each.waiting, each.late)
        for each in times
    )
    officers = tuple(
        HasRow(each.officer, each.open, each.ungraded, say.waited(now - each.oldest) if each.oldest else "")
        for each in load.officers
    )
    oldest = say.waited(now - load.oldest_untaken) if load.oldest_untaken is not None else ""
    return WorkloadPage(rows, officers, load.untaken, oldest)


def _stretch(took: timedelta | None) -> str:
    return say.stretch(int(took.total_seconds())) if took is not None else "none yet"
