"""Putting a damaged copy back from the whole one: asked by a custodian with a reason, done by a worker.

    ask_repair(officer, sha256, "first", "The disk of the first location failed on 3 May.")
    put_back(copy, damaged, whole, clock)

Nothing is put back by itself: what was found is evidence too, of a disk or of a hand, and somebody must say why it is
to be replaced. It is put aside as it is, and nothing is ever taken from the location that is whole.
"""

from __future__ import annotations

from django.http import Http404

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import location_keys
from safehand.desk.custody.entry import Details
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import FIRST, Location
from safehand.desk.custody.models import DAMAGED, Copy, CopyState
from safehand.desk.keeping.looking import goes_on_waiting, state_of, which, write_down
from safehand.desk.keeping.models import LONGEST_REASON, RepairAsked
from safehand.desk.keeping.second import ACTOR
from safehand.desk.keeping.whose import whose
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import CannotWrite, UsageError

NO_WHOLE_COPY = "no_whole_copy"


def ask_repair(officer: Officer, sha256: str, location: str, reason: str, *, clock: Clock = system_clock) -> None:
    """Have it put back. Asked again before it is done, nothing changes.

    ``location`` is where it is damaged: ``first`` or ``second``. Http404 where it is not damaged, or was never there;
    UsageError for no reason, or where no second location is set to take it from.
    """
    check_may(officer, Ability.REPAIR_STORE)
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"It needs a reason, in at most {LONGEST_REASON} characters.")
    keys = location_keys()
    if len(keys) == 1:
        raise UsageError("This desk has no second location to take it from.", todo="Bring it back from the backup.")
    key = FIRST if location == FIRST else keys[1]
    with recorded():
        in_turn()
        copy = Copy.objects.filter(sha256=sha256, location=key, state__in=DAMAGED).first()
        if copy is None:
            raise Http404
        if copy.repair_asked_at is not None:
            return
        now, of = moment(clock()), whose(sha256)
        copy.repair_asked_at, copy.due_at, copy.why = now, now, ""
        copy.save(update_fields=["repair_asked_at", "due_at", "why"])
        row = RepairAsked.objects.create(
            case=of.case, sha256=sha256, location=key, found=copy.state, reason=words, at=now, by=officer
        )
        said: Details = {"location": which(key), "found": str(copy.state), "row": row_digest(row)}
        record(Verb.REPAIR_ASKED, actor=officer.actor, case=of.reference, record=of.record, details=said, clock=clock)


def put_back(copy: Copy, damaged: Location, whole: Location, clock: Clock) -> None:
    """Do it, or say why not. Killed at any point it is done again. LocationAway."""
    found = state_of(damaged, copy.sha256)
    if found is not CopyState.WHOLE:
        if state_of(whole, copy.sha256) is not CopyState.WHOLE:
            _cannot(copy, clock)
            return
        try:
            damaged.put_aside(copy.sha256, clock())
            damaged.put(copy.sha256, whole.pieces(copy.sha256))
        except LocationAway:
            raise
        except CannotWrite as problem:
            goes_on_waiting(copy, problem)
            return
        found = state_of(damaged, copy.sha256)
    with recorded():
        in_turn()
        copy.repair_asked_at = None
        copy.save(update_fields=["repair_asked_at"])
        write_down(copy, found, clock)
        if found is CopyState.WHOLE:
            _record(Verb.PACKAGE_REPAIRED, copy, clock)


def _cannot(copy: Copy, clock: Clock) -> None:
    with recorded():
        in_turn()
        copy.repair_asked_at, copy.why = None, NO_WHOLE_COPY
        copy.save(update_fields=["repair_asked_at", "why"])
        _record(Verb.REPAIR_FAILED, copy, clock)


def _record(verb: Verb, copy: Copy, clock: Clock) -> None:
    of = whose(copy.sha256)
    said: Details = {"location": which(copy.location)}
    record(verb, actor=ACTOR, case=of.reference, record=of.record, details=said, clock=clock)
