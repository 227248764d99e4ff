"""How long reports take on their way, and who has how many: for a supervisor, as counts and medians.

    handover_times(officer)      received ──► verified, graded, allocated: medians, and how many took too long
    workload(officer)            open reports by officer, the oldest that waits for a grade, what nobody took

Of the reports of the last month. Nothing of what is in them, and no word of a holder: references stand in the inbox.
A report that was handed in by an officer is allocated when it is received.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, F, Min, Q

from safehand.desk.cases.models import Case, Package, PackageState
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability

LOOKED_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Took:
    """One step of the way. ``late`` counts those that took longer than ``within``, or wait for longer already."""

    step: str
    within: timedelta
    median: timedelta | None
    """Of those that are done; None when none is."""
    done: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Has:
    """What one officer has."""

    officer: str
    open: int
    ungraded: int
    oldest: datetime | None
    """Since when the oldest of those without a grade waits."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Everybody's, and what is nobody's."""

    officers: tuple[Has, ...]
    untaken: int
    oldest_untaken: datetime | None


def handover_times(officer: Officer, *, clock: Clock = system_clock) -> tuple[Took, ...]:
    """The three steps. NotAllowed for who is no supervisor."""
    check_may(officer, Ability.SUPERVISE)
    now = moment(clock())
    found = list(
        Package.objects.filter(received_at__gte=now - LOOKED_BACK)
        .exclude(state__in=(PackageState.REFUSED, PackageState.ERASED))
        .annotate(graded=Min("case__gradings__at"), now=Min("case__officers__since"), left=Min("case__left__since"))
        .values_list("received_at", "finished_at", "graded", "now", "left")
    )
    rows = [(*row[:3], min(filter(None, row[3:]), default=None)) for row in found]
    return tuple(
        _took(step, settings.HANDOVER_WITHIN[step], [(row[0], row[at]) for row in rows], now)
        for at, step in enumerate(("verified", "graded", "allocated"), start=1)
    )


def workload(officer: Officer) -> Workload:
    """Who has how many. NotAllowed for who is no supervisor."""
    check_may(officer, Ability.SUPERVISE)
    ungraded = Q(cases__case__gradings=None, cases__isnull=False)
    rows = (
        Officer.objects.filter(is_active=True)
        .annotate(
            open=Count("cases", distinct=True),
            ungraded=Count("cases", filter=ungraded, distinct=True),
            oldest=Min("cases__case__package__received_at", filter=ungraded),
        )
        .order_by(F("ungraded").desc(), "reference")
        .values_list("reference", "open", "ungraded", "oldest")
    )
    nobodys = Case.objects.that_stand().filter(officers=None).exclude(package__state=PackageState.REFUSED)
    untaken = nobodys.aggregate(many=Count("pk"), oldest=Min("package__received_at"))
    return Workload(tuple(Has(*row) for row in rows), untaken["many"], untaken["oldest"])


def _took(step: str, within: timedelta, pairs: Sequence[tuple[datetime, datetime | None]], now: datetime) -> Took:
    done = [max(end - begin, timedelta()) for begin, end in pairs if end is not None]
    waiting = [now - begin for begin, end in pairs if end is None]
    return Took(
        step=step,
        within=within,
        median=timedelta(seconds=statistics.median(took.total_seconds() for took in done)) if done else None,
        done=len(done),
        waiting=len(waiting),
        late=sum(took > within for took in (*done, *waiting)),
    )
