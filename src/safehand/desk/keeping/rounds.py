"""The rounds of a worker: what waits is copied, what was asked for is put back, what is due is hashed again.

    look_for_work()         a chore of the workers: one round in the queue, when anything is due
    make_round()            the round: SLICE at most, or one package

One round at a time for the whole desk, behind everything else in the queue: a package that came in is read first.
Before each package its next turn is set, so that one which kills the worker each time keeps no other waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import location_keys
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import FIRST, Location, Marked
from safehand.desk.custody.models import DAMAGED, Copy, CopyState, SecondLocation
from safehand.desk.keeping.looking import state_of, which, write_down
from safehand.desk.keeping.mirroring import mirror
from safehand.desk.keeping.repairing import put_back
from safehand.desk.keeping.second import ACTOR, AWAY, is_there, note_away, reach_second
from safehand.desk.keeping.tasks import look_after_copies
from safehand.durable import Step

SLICE: Final = 20_000_000
"""Microseconds of one round: a package that came in waits no longer than this for a desk's only worker."""

AT_ONCE: Final = 500
"""Packages of one round: whatever is due besides is for the next."""

AGAIN: Final = timedelta(minutes=5)
"""After which a package is tried again that could not be copied, or at which a worker died."""

_AFTER_FAILURE: Final = timedelta(minutes=1)
_KEPT: Final = timedelta(hours=1)


def look_for_work(clock: Clock = system_clock) -> int:
    """Put a round in the queue. How many: none where nothing is due, or one waits or is made already."""
    if not settings.ROLE.opens or not _anything(clock) or _alive(clock):
        return 0
    with committed(Step.CHORE_WRITTEN):
        in_turn()  # two workers may look at one moment
        if _alive(clock):
            return 0
        over = DBTaskResult.objects.filter(task_path=look_after_copies.module_path)
        over.filter(finished_at__lt=moment(clock()) - _KEPT).delete()
        look_after_copies.enqueue()
    return 1


def make_round(clock: Clock = system_clock) -> int:
    """Do what is due. How many packages were looked at."""
    second = reach_second(clock)
    made = _Round(EvidenceStore(settings.STATE), second, clock)
    began = clock()
    done = 0
    for copy in list(_due(clock, away=second is None)):
        if clock() - began > SLICE:
            break
        _put_off(copy, clock)
        try:
            made.do(copy)
        except LocationAway:
            note_away(AWAY, clock)
            break
        done += 1
    made.write_down()
    return done


class _Round:
    """What was hashed again is one entry at the end, whole or not."""

    def __init__(self, first: Location, second: Marked | None, clock: Clock) -> None:
        self._first = first
        self._second = second
        self._clock = clock
        self._found: list[tuple[Copy, CopyState]] = []

    def do(self, copy: Copy) -> None:
        """One package. LocationAway."""
        here, there = self._both(copy)
        if copy.repair_asked_at is not None:
            if there is not None:
                put_back(copy, here, there, self._clock)
        elif copy.state == CopyState.WAITING:
            mirror(copy, self._first, here, self._clock)
        else:
            self._found.append((copy, self._look(copy, here)))

    def write_down(self) -> None:
        """One entry: so many were looked at, so many of them are not what they were."""
        if not self._found:
            return
        with recorded():
            in_turn()
            for copy, found in self._found:
                write_down(copy, found, self._clock)
            details = {
                "packages": len(self._found),
                "at_second": sum(copy.location != FIRST for copy, _ in self._found),
                "damaged": sum(found in DAMAGED for _, found in self._found),
            }
            record(Verb.PACKAGES_REHASHED, actor=ACTOR, record="store", details={**details}, clock=self._clock)

    def _both(self, copy: Copy) -> tuple[Location, Location | None]:
        if copy.location == FIRST:
            return self._first, self._second
        if self._second is None:
            raise LocationAway("The second location is away.", where=which(copy.location))
        return self._second, self._first

    def _look(self, copy: Copy, here: Location) -> CopyState:
        found = state_of(here, copy.sha256)
        if found in DAMAGED and here is self._second and not is_there(self._second):
            raise LocationAway("The second location went away.")
        return found


def _due(clock: Clock, *, away: bool) -> Iterator[Copy]:
    """What somebody waits for first, then the longest due."""
    keys = [key for key in location_keys() if key == FIRST or not away]
    due = Copy.objects.filter(location__in=keys, due_at__lte=moment(clock())).order_by("due_at", "pk")
    awaited = Q(state=CopyState.WAITING) | Q(repair_asked_at__isnull=False)
    yield from due.filter(awaited)[:AT_ONCE]
    yield from due.exclude(awaited)[:AT_ONCE]


def _anything(clock: Clock) -> bool:
    now, keys = moment(clock()), [FIRST]
    if settings.MIRROR is not None:
        row = SecondLocation.objects.filter(pk=settings.MIRROR.key).first()
        if row is None or (row.away_since is not None and row.look_at <= now):
            return True
        if row.away_since is None:
            keys.append(row.key)
    return Copy.objects.filter(location__in=keys, due_at__lte=now).exists()


def _alive(clock: Clock) -> bool:
    """Is a round waiting or being made, or did one fail a moment ago?"""
    rounds = DBTaskResult.objects.filter(task_path=look_after_copies.module_path)
    lately = moment(clock()) - _AFTER_FAILURE
    return rounds.filter(Q(status__in=("READY", "RUNNING")) | Q(status="FAILED", finished_at__gt=lately)).exists()


def _put_off(copy: Copy, clock: Clock) -> None:
    Copy.objects.filter(pk=copy.pk).update(due_at=moment(clock()) + AGAIN)
