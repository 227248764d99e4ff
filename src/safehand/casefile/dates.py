"""Which days the messages of a case are of, counted: for laws that changed on a day.

    days_of(casefile, {date(2017, 4, 3)})
    (DaysOfCase(None, None, Clock.NONE, 3), DaysOfCase(date(2016, 1, 9), date(2017, 4, 1), Clock.UK, 812), …)

Summed where the rows are, so that ten years cost little more than one: days are told together where no day that is
asked about lies between them, and apart where one does. Nothing is guessed: a day by a clock whose zone is not stated,
or one that can be read as two, is told as that, and a message without a time is of no day although it stands among
those of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from safehand.casefile.clock import Clock, date_of, day_number
from safehand.casefile.read import CaseFile

_OFF: Final = (-1, 0, 1)
"""Days beside the one that is asked about which are told apart too: a clock without a zone may be a day off."""

_DAYS: Final = (
    "SELECT clock, min(earlier), max(later), max(earlier), sum(dated), sum(undated) FROM ("
    "SELECT clock, min(day, coalesce(other, day)) AS earlier, max(day, coalesce(other, day)) AS later, "
    "last - first + 1 - undated AS dated, undated FROM runs) GROUP BY clock, {}, {} ORDER BY 2, 3, 1"
)


class DaysOfCase(msgspec.Struct, frozen=True):
    """Messages of all conversations, by one kind of clock, that are each of a day from ``first`` to ``last``. All of
    them lie on the same side of every day that was asked about, or may all be of either.
    """

    first: date | None
    """None where there is no time, or none that a calendar holds."""
    last: date | None
    clock: Clock
    messages: int
    latest: date | None = None
    """The latest of them; of those that may be of two days, by the earlier one."""


def days_of(casefile: CaseFile, asked: Iterable[date]) -> tuple[DaysOfCase, ...]:
    """Every day that any message is of, told apart by the days ``asked`` about; messages without one before all."""
    edges = sorted({day_number(day) + off for day in asked for off in _OFF}, reverse=True)
    rows = casefile.rows(_DAYS.format(_cell("earlier", edges), _cell("later", edges)))
    undated = sum(without for *_, without in rows)
    nowhere = (DaysOfCase(None, None, Clock.NONE, undated),) if undated else ()
    dated = (
        DaysOfCase(date_of(first), date_of(last), Clock(clock), messages, date_of(latest))
        for clock, first, last, latest, messages, _ in rows
        if messages
    )
    return (*nowhere, *dated)


def _cell(column: str, edges: Iterable[int]) -> str:
    """Between which two edges a day lies, as SQL of our own numbers: the newest first, for most days are after it."""
    cases = " ".join(f"WHEN {column} >= {edge} THEN {edge}" for edge in edges)
    return f"CASE {cases} END" if cases else "NULL"
