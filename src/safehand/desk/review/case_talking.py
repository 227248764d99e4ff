"""Showing when they talked in all conversations of a case: sums, for its pictures. The entry is on the disk first.

    shown = show_case_talked(officer, case)
    shown = show_case_talked(officer, case, begin=date(2026, 1, 4))      its cadence from that day on

What is told apart is conversations; accounts only as far as their letters go. No message is opened for it.
"""

from __future__ import annotations

from datetime import date

from safehand.casefile import talked_case
from safehand.casefile.read import CaseFile
from safehand.casefile.talked import Reading, Unit
from safehand.casefile.whole import overlaps
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.pictures.cadence import window_from
from safehand.desk.review.pictures.scale import unit_for
from safehand.desk.review.shown_case import CaseTalked


def show_case_talked(
    officer: Officer,
    case: Case,
    reading: Reading = Reading.FIRST,
    begin: date | None = None,
    *,
    clock: Clock = system_clock,
) -> CaseTalked:
    """The sums of all conversations. ``reading`` and ``begin`` are those of talking.py."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        shown = _sums(casefile, case, reading, begin)
        people = sum(one.people for one in shown.spoken.values())
        enter(Verb.PICTURES_SHOWN, officer, case, "case", {"people": people}, clock)
    return shown


def _sums(casefile: CaseFile, case: Case, reading: Reading, begin: date | None) -> CaseTalked:
    spoken = talked_case.spoken(casefile)
    lanes = talked_case.lanes_of(spoken)
    span = talked_case.span_of(casefile, tuple(spoken), reading)
    unit = unit_for(*span) if span is not None else Unit.DAY
    window = window_from(*span, begin) if span is not None else None
    return CaseTalked(
        case=case,
        reading=reading,
        spoken=spoken,
        lanes=lanes,
        overlaps=overlaps(casefile),
        span=span,
        unit=unit,
        hours=talked_case.by_hour(casefile, lanes, reading),
        days=talked_case.by_day(casefile, lanes, unit, reading),
        turns=talked_case.turns(casefile),
        window=window,
        tens=talked_case.tens(casefile, lanes, window, reading) if window is not None else (),
    )
