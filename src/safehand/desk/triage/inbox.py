"""What stands in an officer's inbox, most urgent first, a page at a time: one list.

    waiting = waiting_reports(officer, page=1)               the cases this officer is on, and what nobody is on
    waiting = waiting_reports(officer, 1, only=Only.MINE)    of those the officer's own
    page = left_reports(officer, 1, now)                     the officer's own that left triage: with an officer

Whoever may take a report knows that it is there; what others are on is in nobody's list but theirs. The order is that
of ``Standing``: grade, then the clock of a meeting, then who has waited longest. One index holds it with all that is
asked of it, so a page is found by walking the index, and only its own rows are fetched: ten thousand open reports cost
little more than twenty (benchmarks/inbox.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db.models import Case as DbCase
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, When

from safehand.desk.cases.models import CaseOfficer, Package, PackageState
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.linking import linked_with
from safehand.desk.triage.models import Standing, Turn

PAGE: Final = 25
"""Reports on a page: few enough to look through, and what presses stands on the first."""


class Only(StrEnum):
    """Which of the reports that wait are asked for."""

    ALL = "all"
    MINE = "mine"
    NOBODYS = "nobody"


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports in their order. ``number`` of ``pages``, from 1; ``total`` of all pages together."""

    standings: tuple[Standing, ...]
    unseen: tuple[Package, ...]
    """Packages that no worker has looked at yet: they came a moment ago, and stand before the others."""
    number: int
    pages: int
    total: int
    taken: frozenset[int] = frozenset()
    """Those of them that somebody is on."""
    works: Mapping[int, str] = field(default_factory=dict)
    """Who works on which, by reference."""
    linked: Mapping[int, int] = field(default_factory=dict)
    """How many reports each is linked with."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, what is set aside, and when the newest of all came that this officer sees, on whatever page."""

    reports: Reports
    set_aside: tuple[Package, ...]
    """What failed its checks and nobody took: anybody can send what is no report. It is kept, and may be taken."""
    newest: datetime | None


NOTHING: Final = Reports((), (), 1, 1, 0)


def waiting_reports(officer: Officer, page: int, only: Only = Only.ALL) -> Waiting:
    """What waits in triage, on this officer or on anybody."""
    if not officer.is_active:
        return Waiting(NOTHING, (), None)
    takes = may(officer, Ability.TAKE_REPORTS)
    seen = Standing.objects.filter(_asked(officer, Only.ALL, takes=takes))
    asked = Standing.objects.filter(_asked(officer, only, takes=takes, own=Q(waits=True)))
    new = _unseen(officer, takes=takes)
    there = [each for each in new.values() if _is_asked(each, only)]
    newest = seen.order_by("-since").values_list("since", flat=True).first()
    return Waiting(
        reports=_page(asked, there, page),
        set_aside=_set_aside(new) if takes else (),
        newest=max(filter(None, (newest, *(each.received_at for each in new.values()))), default=None),
    )


def left_reports(officer: Officer, page: int, now: datetime) -> Reports:
    """The officer's own that left triage. One that nobody is on any more stands in the inbox, to be taken.

    First stands what is asked again (Standing.asks_again): it waits nowhere, and must not be on a page nobody turns to.
    """
    if not officer.is_active:
        return NOTHING
    return _page(_left(officer), [], page, first=(DbCase(When(_asks_again(now), then=0), default=1),))


def left_asking_again(officer: Officer, now: datetime) -> int:
    """Of how many of them it is."""
    return _left(officer).filter(_asks_again(now)).count() if officer.is_active else 0


def _left(officer: Officer) -> QuerySet[Standing]:
    return Standing.objects.filter(case_id__in=_own(officer), waits=False)


def _asks_again(now: datetime) -> Q:
    return Q(asked=False, not_known_at__lte=now - settings.ASK_AGAIN_AFTER)


@dataclass(frozen=True, slots=True)
class _New:
    """A package that no worker has looked at yet: this officer's, or nobody's."""

    case: int
    state: str
    received_at: datetime
    mine: bool


def _asked(officer: Officer, only: Only, *, takes: bool, own: Q | None = None) -> Q:
    """What nobody is on waits, also where it had left triage: whoever it was with is on it no more."""
    asked = Q(pk__in=[])
    if only is not Only.NOBODYS:
        asked |= Q(case_id__in=_own(officer)) & (own or Q())
    if takes and only is not Only.MINE:
        asked |= ~Q(case_id__in=_taken()) & ~Q(of_state=PackageState.REFUSED)
    return asked


def _is_asked(new: _New, only: Only) -> bool:
    if new.mine:
        return only is not Only.NOBODYS
    return only is not Only.MINE and new.state != PackageState.REFUSED


def _own(officer: Officer) -> QuerySet[CaseOfficer, int]:
    return CaseOfficer.objects.filter(officer=officer).values_list("case_id", flat=True)


def _taken() -> QuerySet[CaseOfficer, int]:
    return CaseOfficer.objects.values_list("case_id", flat=True)


def _unseen(officer: Officer, *, takes: bool) -> dict[int, _New]:
    """There are few, and looking for them once is what costs: every report is asked whether it stands anywhere."""
    nowhere = ~Exists(Standing.objects.filter(case_id=OuterRef("case_id")))
    cases = list(Package.objects.filter(nowhere, case__erased_at=None).order_by().values_list("case_id", flat=True))
    if not cases:
        return {}
    mine = set(_own(officer).filter(case_id__in=cases))
    seen = mine | ((set(cases) - set(_taken().filter(case_id__in=cases))) if takes else set())
    rows = Package.objects.filter(case_id__in=seen).values_list("case_id", "state", "received_at")
    return {case: _New(case, state, at, case in mine) for case, state, at in rows.order_by("received_at")}


def _set_aside(new: Mapping[int, _New]) -> tuple[Package, ...]:
    refused = Standing.objects.filter(~Q(case_id__in=_taken()), of_state=PackageState.REFUSED)
    cases = list(refused.values_list("case_id", flat=True)[:PAGE])
    cases += [each.case for each in new.values() if not each.mine and each.state == PackageState.REFUSED][:PAGE]
    return tuple(_packages().filter(case_id__in=cases)) if cases else ()


def _page(standings: QuerySet[Standing], new: Sequence[_New], page: int, first: tuple[DbCase, ...] = ()) -> Reports:
    total = standings.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    places = standings.order_by(*first, "place", "clock_at", "since", "case_id").values_list("case_id", flat=True)
    rows = _fetched(places[(number - 1) * PAGE : number * PAGE])
    unseen = [each.case for each in new][:PAGE] if number == 1 else []
    waiting = tuple(_packages().filter(case_id__in=unseen)) if unseen else ()
    cases = [*(row.case_id for row in rows), *(package.case_id for package in waiting)]
    return Reports(rows, waiting, number, pages, total + len(waiting), _of(cases), _works(cases), linked_with(cases))


def _of(cases: list[int]) -> frozenset[int]:
    return frozenset(CaseOfficer.objects.filter(case_id__in=cases).values_list("case_id", flat=True))


def _works(cases: list[int]) -> dict[int, str]:
    newest = Turn.objects.filter(case_id=OuterRef("case_id")).order_by("-pk").values("pk")[:1]
    turns = Turn.objects.filter(case_id__in=cases, pk=Subquery(newest), works__isnull=False)
    return dict(turns.values_list("case_id", "works__reference"))


def _fetched(cases: Iterable[int]) -> tuple[Standing, ...]:
    """The rows of these places, in the same order."""
    wanted = list(cases)
    found = (
        Standing.objects.filter(case_id__in=wanted)
        .select_related("case__package__received_by", "suggested", "grading__by", "grading__suggested")
        .defer("case__package__report", "case__package__account", "case__wrapped_key", "grading__reason")
    )
    by_case = {standing.case_id: standing for standing in found}
    return tuple(by_case[case] for case in wanted if case in by_case)


def _packages() -> QuerySet[Package]:
    return Package.objects.select_related("case", "received_by").defer("report", "account").order_by("received_at")
