"""Handover times and workload: medians, what took too long, who has how many; for supervisors, without a reference."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import looked, report
from safehand.desk.cases.models import CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.times import handover_times, workload
from safehand.errors import NotAllowed

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def read_after(package: Package, minutes: float) -> None:
    Package.objects.filter(pk=package.pk).update(finished_at=package.received_at + minutes * MINUTE)


def test_each_step_has_its_median_and_counts_what_took_too_long_or_waits_too_long(cast: Cast) -> None:
    first, second, third = (report(name, cast.alice, ago) for name, ago in (("A", 50), ("B", 120), ("C", 200)))
    for package, minutes in ((first, 1), (second, 3), (third, 30)):
        read_after(package, minutes)
    report("D", None, 500, state=PackageState.RECEIVED, finished_at=None)
    report("E", None, 5, state=PackageState.REFUSED)
    report("F", cast.alice, 60 * 24 * 31)
    looked()
    grade_report(cast.alice, first.case, Grade.SCHEDULED, "Safe.", clock=clock)
    verified, graded, allocated = handover_times(cast.alice, clock=clock)
    assert (verified.median, verified.done, verified.waiting, verified.late) == (3 * MINUTE, 3, 1, 2)
    assert (graded.median, graded.done, graded.waiting, graded.late) == (50 * MINUTE, 1, 3, 3)
    assert (allocated.median, allocated.done, allocated.waiting, allocated.late) == (0 * MINUTE, 3, 1, 1)


def test_a_desk_without_reports_has_no_median(cast: Cast) -> None:
    assert {took.median for took in handover_times(cast.alice, clock=clock)} == {None}


def test_who_has_how_many_and_what_is_nobodys(cast: Cast) -> None:
    first, _ = report("A", cast.alice, 50), report("B", cast.alice, 120)
    report("C", cast.bob, 20)
    CaseOfficer.objects.create(case=first.case, officer=cast.bob, since=moment(NOW), added_by=None)
    report("D", None, 70)
    report("E", None, 90, state=PackageState.REFUSED)
    looked()
    grade_report(cast.alice, first.case, Grade.SCHEDULED, "Safe.", clock=clock)
    load = workload(cast.alice)
    assert [(row.officer, row.open, row.ungraded) for row in load.officers] == [
        ("alice", 2, 1),
        ("bob", 2, 1),
        ("charlie", 0, 0),
    ]
    assert load.officers[0].oldest == moment(NOW) - 120 * MINUTE
    assert (load.untaken, load.oldest_untaken) == (1, moment(NOW) - 70 * MINUTE)


def test_the_page_is_for_supervisors_and_names_no_report(cast: Cast) -> None:
    report("A", cast.alice, 50)
    looked()
    page = signed_in(cast.charlie).get("/workload/").content.decode()
    assert "SH-0000" not in page
    assert "Received, then graded by an officer" in page
    for role in Role:
        hold(cast.bob, role)
        wanted = 200 if role is Role.SUPERVISOR else 403
        assert signed_in(cast.bob).get("/workload/").status_code == wanted, role
    hold(cast.bob, Role.REVIEWER)
    for ask in (handover_times, workload):
        with pytest.raises(NotAllowed):
            ask(cast.bob)
