"""One report is worked by one person at a time: whose turn it is.

    begin_work(officer, case)               nobody else may grade or assess it now
    take_over(officer, case, "Alice's shift ended.")
    put_down(officer, case)
    in_turn_of(officer, case, clock)        inside an action: begins, or NotAllowed while a colleague is at it

Looking is no work: whoever is on the case may look at any time. A colleague who went home is no dead end: taking over
takes a reason, and both entries stand.
"""

from __future__ import annotations

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.triage.asking import check_may_grade
from safehand.desk.triage.models import LONGEST_REASON, Turn
from safehand.errors import NotAllowed, UsageError


def who_works(case: Case) -> Turn | None:
    """The turn that stands, or None while nobody works on it."""
    newest = case.turns.select_related("works").last()
    return newest if newest is not None and newest.works is not None else None


def begin_work(officer: Officer, case: Case, *, clock: Clock = system_clock) -> None:
    """This officer works on it. Begun already, nothing changes; NotAllowed while a colleague does."""
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        in_turn_of(officer, case, clock)


def take_over(officer: Officer, case: Case, reason: str, *, clock: Clock = system_clock) -> None:
    """From a colleague, with a reason. UsageError without one; from nobody, it is begun."""
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"Taking over has a reason, in at most {LONGEST_REASON} characters.")
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        turn = who_works(case)
        if turn is None or turn.works == officer:
            in_turn_of(officer, case, clock)
            return
        _turn(officer, case, officer, Verb.WORK_TAKEN_OVER, clock, words)


def put_down(officer: Officer, case: Case, *, clock: Clock = system_clock) -> None:
    """This officer stops. Nothing changes when they did not work on it."""
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        turn = who_works(case)
        if turn is not None and turn.works == officer:
            _turn(officer, case, None, Verb.WORK_PUT_DOWN, clock)


def in_turn_of(officer: Officer, case: Case, clock: Clock) -> None:
    """In a transaction: it is this officer's turn from now on. NotAllowed while it is a colleague's."""
    turn = who_works(case)
    if turn is None:
        _turn(officer, case, officer, Verb.WORK_BEGUN, clock)
    elif turn.works != officer:
        raise NotAllowed(
            "A colleague works on this report.", todo="Take it over, with a reason, on its page of triage."
        )


def _turn(by: Officer, case: Case, works: Officer | None, verb: Verb, clock: Clock, reason: str = "") -> None:
    turn = Turn.objects.create(case=case, at=moment(clock()), by=by, works=works, reason=reason)
    details: Details = {"row": row_digest(turn)}
    record(verb, actor=by.actor, case=case.reference, record="case", details=details, clock=clock)
