"""Copying a package to the second location. Killed at any point it is done again, and nothing is there twice.

    mirror(copy, first, second, clock)

What is there already, by a worker that was killed after putting it, is hashed and counts. What is put is read back and
hashed where it lies before it counts.
"""

from __future__ import annotations

from safehand.desk.core.clock import Clock
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import look_soon
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import FIRST, Location
from safehand.desk.custody.models import Copy, CopyState
from safehand.desk.keeping.looking import goes_on_waiting, state_of, write_down
from safehand.desk.keeping.second import ACTOR
from safehand.desk.keeping.whose import whose
from safehand.errors import CannotRead, CannotWrite, CheckFailed


def mirror(copy: Copy, first: Location, second: Location, clock: Clock) -> None:
    """Bring it there. LocationAway; where it cannot be copied, why stands with it, and it goes on waiting."""
    found = state_of(second, copy.sha256)
    if found is CopyState.GONE:
        try:
            second.put(copy.sha256, first.pieces(copy.sha256))
        except LocationAway:
            raise
        except (CannotRead, CheckFailed) as problem:  # the first is not what it was: that is looked at by itself
            goes_on_waiting(copy, problem)
            look_soon(copy.sha256, FIRST, clock)
            return
        except CannotWrite as problem:
            goes_on_waiting(copy, problem)
            return
        found = state_of(second, copy.sha256)
    with recorded():
        in_turn()
        if not Copy.objects.filter(pk=copy.pk).exists():  # its case was erased meanwhile
            second.destroy(copy.sha256)
            return
        write_down(copy, found, clock)
        if found is CopyState.WHOLE:
            of = whose(copy.sha256)
            said = {"bytes": copy.size}
            record(
                Verb.PACKAGE_MIRRORED, actor=ACTOR, case=of.reference, record=of.record, details={**said}, clock=clock
            )
