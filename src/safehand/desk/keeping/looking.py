"""What is found of a copy: hashed again where it lies, and written down with an alarm where it is not what it was.

state_of(location, sha256)             WHOLE, CHANGED, GONE or UNREADABLE; LocationAway is no word on any package
write_down(copy, CHANGED, clock)       the row, the entry and the alarm, in the transaction of who found it
"""

from __future__ import annotations

from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import due_after
from safehand.desk.custody.evidence_store import Gone
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import FIRST, Location
from safehand.desk.custody.models import DAMAGED, Copy, CopyState
from safehand.desk.intake.alarms import raise_of_damage
from safehand.desk.keeping.second import ACTOR
from safehand.desk.keeping.whose import whose
from safehand.errors import CannotRead, CheckFailed, SafehandError


def state_of(location: Location, sha256: str) -> CopyState:
    """Hash all of it. LocationAway when the location itself cannot be used."""
    try:
        location.check(sha256)
    except LocationAway:
        raise
    except Gone:
        return CopyState.GONE
    except CheckFailed:
        return CopyState.CHANGED
    except CannotRead:
        return CopyState.UNREADABLE
    return CopyState.WHOLE


def write_down(copy: Copy, found: CopyState, clock: Clock) -> None:
    """What was found now. Of what was whole and is not, an entry of its case, and an alarm."""
    now = moment(clock())
    before = copy.state
    copy.state, copy.why = found, ""
    copy.checked_at, copy.due_at = now, due_after(copy.sha256, now)
    row = Copy.objects.filter(pk=copy.pk)
    if not row.update(state=found, why="", checked_at=now, due_at=copy.due_at):
        return  # its case was erased meanwhile
    if found not in DAMAGED or before == found:
        return
    of = whose(copy.sha256)
    record(
        Verb.PACKAGE_DAMAGED,
        actor=ACTOR,
        case=of.reference,
        record=of.record,
        details={"location": which(copy.location), "found": found.value},
        clock=clock,
    )
    owner = of.case or of.arrival
    if owner is not None:
        raise_of_damage(owner, clock)


def goes_on_waiting(copy: Copy, problem: SafehandError) -> None:
    """It could not be copied, or put back: why stands with it, and it is tried again."""
    Copy.objects.filter(pk=copy.pk).update(why=problem.code)


def which(location: str) -> str:
    """``first`` or ``second``, as entries and pages say it."""
    return FIRST if location == FIRST else "second"
