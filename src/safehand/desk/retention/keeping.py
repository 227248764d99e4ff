"""How long a case is kept, and what holds it: decided by a custodian, with a reason, and never by the desk.

    review(custodian, "SH-7K3M9QXAR", "serious", None, "…")      due again when its class says, or on a day of their own
    put_hold(custodian, "SH-7K3M9QXAR", date(2027, 1, 4), "…")   nothing of it is erased while that stands
    end_hold(custodian, "SH-7K3M9QXAR", "…")

A hold is for what must be kept as evidence although it would be erased otherwise (DPA 2018 s.47(2), from memory).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.retention.dates import years_after
from safehand.desk.retention.finding import as_number, case_called, refuse_erased, today, words_of
from safehand.desk.retention.models import Hold, Reviewed
from safehand.desk.retention.table import retention
from safehand.errors import UsageError

LONGEST_YEARS: Final = 30
"""Nobody says today that a case is looked at after that."""


def review(
    officer: Officer, reference: str, kept_by: str, due: date | None, reason: str, *, clock: Clock = system_clock
) -> Reviewed:
    """It is kept, by this class, until it is looked at again. UsageError for a class, a day or words that are none."""
    words, table = words_of(reason), retention()
    kept = table.class_of(kept_by)
    if kept is None:
        raise UsageError("There is no such class.", where=kept_by)
    day = due or kept.due_after(today(clock))
    _check_later(day, clock)
    with recorded():
        in_turn()
        case = _case(officer, reference)
        row = Reviewed.objects.create(
            case=case, kept_by=kept.code, table=table.sha256, due=day, reason=words, at=moment(clock()), by=officer
        )
        said: Details = {"kept_by": kept.code, "due": as_number(day), "row": row_digest(row)}
        _record(Verb.CASE_REVIEWED, officer, case, said, clock)
    return row


def put_hold(officer: Officer, reference: str, look_on: date, reason: str, *, clock: Clock = system_clock) -> Hold:
    """From now on nothing of the case is erased. UsageError where a hold stands already."""
    words = words_of(reason)
    _check_later(look_on, clock)
    with recorded():
        in_turn()
        case = _case(officer, reference)
        if hold_of(case) is not None:
            raise UsageError("A hold stands on this case already.", where=reference)
        row = Hold.objects.create(
            case=case,
            look_on=look_on,
            reason=words,
            follows=case.holds.filter(followed_by=None).first(),
            at=moment(clock()),
            by=officer,
        )
        _record(Verb.HOLD_PUT, officer, case, {"look_on": as_number(look_on), "row": row_digest(row)}, clock)
    return row


def end_hold(officer: Officer, reference: str, reason: str, *, clock: Clock = system_clock) -> Hold:
    """The hold that stands is over. UsageError where none does."""
    words = words_of(reason)
    with recorded():
        in_turn()
        case = _case(officer, reference)
        standing = hold_of(case)
        if standing is None:
            raise UsageError("No hold stands on this case.", where=reference)
        row = Hold.objects.create(case=case, ended=True, reason=words, follows=standing, at=moment(clock()), by=officer)
        _record(Verb.HOLD_ENDED, officer, case, {"row": row_digest(row)}, clock)
    return row


def hold_of(case: Case) -> Hold | None:
    """The hold that stands, or None."""
    newest = case.holds.filter(followed_by=None).select_related("by").first()
    return newest if newest is not None and not newest.ended else None


def _case(officer: Officer, reference: str) -> Case:
    case = case_called(officer, reference, Ability.RETAIN)
    refuse_erased(case)
    return case


def _check_later(day: date, clock: Clock) -> None:
    now = today(clock)
    if not now < day <= years_after(now, LONGEST_YEARS):
        raise UsageError(f"The day is after today, and within {LONGEST_YEARS} years.", where=day.isoformat())


def _record(verb: Verb, officer: Officer, case: Case, details: Details, clock: Clock) -> None:
    record(verb, actor=officer.actor, case=case.reference, record="case", details=details, clock=clock)
