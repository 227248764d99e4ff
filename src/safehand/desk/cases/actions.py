"""Who is on a case. An officer who hands a package in is on its case; whoever else is put on it is recorded."""

from __future__ import annotations

from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.errors import NotAllowed


def put_on_case(officer: Officer, reference: str, *, by: Officer | None, clock: Clock = system_clock) -> bool:
    """Let ``officer`` see a case from now on, by an officer or (None) from the shell. False when they could already.

    NotAllowed when there is no such case.
    """
    with recorded():
        in_turn()
        case = Case.objects.that_stand().filter(reference=reference).first()
        if case is None:
            raise NotAllowed("There is no case of this reference.", where=reference, todo="Compare it with its report.")
        if CaseOfficer.objects.filter(case=case, officer=officer).exists():
            return False
        row = CaseOfficer.objects.create(case=case, officer=officer, since=moment(clock()), added_by=by)
        actor = by.actor if by is not None else "desk:shell"
        said: Details = {"row": row_digest(row)}
        record(Verb.OFFICER_ADDED, actor=actor, case=case.reference, record=officer.actor, details=said, clock=clock)
    return True
