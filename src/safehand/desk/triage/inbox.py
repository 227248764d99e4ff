"""What stands in an officer's inbox, most urgent first, a page at a time.

    page = own_reports(officer, page=1)       the cases this officer is on
    page = untaken_reports(officer, page=1)   what nobody is on: whoever may take it knows that it is there

The order is that of ``Standing``: grade, then the clock of a meeting, then who has waited longest. One index holds it
with all that is asked of it, so a page is found by walking the index, and only its own rows are fetched: ten thousand
open reports cost little more than twenty (benchmarks/inbox.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.models import Standing

PAGE: Final = 25
"""Reports on a page of either list: few enough to look through, and what presses stands on the first."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports in their order. ``number`` of ``pages``, from 1; ``total`` of all pages together."""

    standings: tuple[Standing, ...]
    unseen: tuple[Package, ...]
    """Packages that no worker has looked at yet: they came a moment ago, and stand before the others."""
    number: int
    pages: int
    total: int
    newest: datetime | None
    """When the newest of all came, on whatever page it stands."""


NOTHING: Final = Reports((), (), 1, 1, 0, None)


def own_reports(officer: Officer, page: int) -> Reports:
    """The cases this officer is on."""
    if not officer.is_active:
        return NOTHING
    mine = CaseOfficer.objects.filter(officer=officer).values("case_id")
    unseen = Case.objects.for_officer(officer).filter(standing=None)
    return _page(Standing.objects.filter(case_id__in=mine), unseen, page)


def untaken_reports(officer: Officer, page: int) -> Reports:
    """Reports that nobody is on and that passed their checks, or are still on their way."""
    if not may(officer, Ability.TAKE_REPORTS):
        return NOTHING
    unseen = _nobodys(Case.objects.filter(standing=None), "pk").exclude(package__state=PackageState.REFUSED)
    return _page(_nobodys(Standing.objects.exclude(of_state=PackageState.REFUSED), "case_id"), unseen, page)


def set_aside(officer: Officer) -> tuple[Package, ...]:
    """What failed its checks and nobody took: anybody can send what is no report. It is kept, and may be taken."""
    if not may(officer, Ability.TAKE_REPORTS):
        return ()
    refused = _nobodys(Standing.objects.filter(of_state=PackageState.REFUSED), "case_id").values_list(
        "case_id", flat=True
    )
    unseen = _nobodys(Case.objects.filter(standing=None, package__state=PackageState.REFUSED), "pk")
    cases = [*refused[:PAGE], *unseen.values_list("pk", flat=True)[:PAGE]]
    return tuple(_packages().filter(case_id__in=cases))


def _nobodys(of: QuerySet[Any], case: str) -> QuerySet[Any]:
    return of.filter(~Exists(CaseOfficer.objects.filter(case_id=OuterRef(case))))


def _page(standings: QuerySet[Standing], unseen: QuerySet[Case], page: int) -> Reports:
    total = standings.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    places = standings.order_by("place", "clock_at", "since", "case_id").values_list("case_id", flat=True)
    rows = _fetched(places[(number - 1) * PAGE : number * PAGE])
    new = unseen.values_list("pk", flat=True)[:PAGE]
    waiting = tuple(_packages().filter(case_id__in=list(new))) if number == 1 else ()
    newest = standings.order_by("-since").values_list("since", flat=True).first()
    last = max((package.received_at for package in waiting), default=newest)
    return Reports(rows, waiting, number, pages, total + len(waiting), max(filter(None, (newest, last)), default=None))


def _fetched(cases: Iterable[int]) -> tuple[Standing, ...]:
    """The rows of these places, in the same order."""
    wanted = list(cases)
    found = (
        Standing.objects.filter(case_id__in=wanted)
        .select_related("case__package__received_by", "suggested", "grading__by", "grading__suggested")
        .defer("case__package__report", "case__package__account", "case__wrapped_key")
    )
    by_case = {standing.case_id: standing for standing in found}
    return tuple(by_case[case] for case in wanted if case in by_case)


def _packages() -> QuerySet[Package]:
    return Package.objects.select_related("case", "received_by").defer("report", "account").order_by("received_at")
