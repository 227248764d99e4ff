"""The report: how far a package is, in words, and nothing of the evidence. The inbox: triage/test_triage_inbox.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from desk_cast import NOW, Cast
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.intake.presenters import present_report
from safehand.desk.intake.reasons import reason_for
from safehand.desk.officers.models import Officer
from safehand.errors import CannotRead, CannotWrite, CheckFailed, PackageDamaged, PackageFromTheFuture, WrongKey

pytestmark = pytest.mark.django_db


def package(name: str, officer: Officer, minutes_ago: int, **more: Any) -> Package:
    """A package that came so long ago, in a case whose reference ends in ``name``."""
    at = moment(NOW) - timedelta(minutes=minutes_ago)
    case = Case.objects.create(reference=f"SH-{name:0>9}", opened_at=at, opened_by=officer, wrapped_key=b"")
    CaseOfficer.objects.create(case=case, officer=officer, since=at, added_by=officer)
    sha256 = f"{ord(name[0]):064x}"
    fields = {"state": PackageState.READY, **more}
    return Package.objects.create(case=case, sha256=sha256, size=1, received_at=at, received_by=officer, **fields)


STAGES = {
    PackageState.RECEIVED: ["done", "next", "next"],
    PackageState.VERIFYING: ["done", "now", "next"],
    PackageState.READING: ["done", "done", "now"],
    PackageState.READY: ["done", "done", "done"],
    PackageState.REFUSED: ["done", "failed", "next"],
    PackageState.STOPPED: ["done", "failed", "next"],
}


def test_every_state_has_a_report_but_that_of_an_erased_case_whose_pages_are_gone() -> None:
    assert set(PackageState) - set(STAGES) == {PackageState.ERASED}


@pytest.mark.parametrize("state", STAGES)
def test_each_state_is_shown_as_how_far_it_is(state: PackageState, cast: Cast) -> None:
    shown = present_report(cast.alice, package("A", cast.alice, 1, state=state))
    assert [stage.status for stage in shown.stages] == STAGES[state]
    assert shown.state_words == state.label
    assert shown.finished is (state in (PackageState.READY, PackageState.REFUSED, PackageState.STOPPED))
    assert (shown.reason is not None) is (state in (PackageState.REFUSED, PackageState.STOPPED))
    assert (shown.again is not None) is (state in (PackageState.READY, PackageState.STOPPED)), (
        "its case file is not there"
    )


def test_a_package_that_stopped_while_it_was_read_has_passed_its_checks(cast: Cast) -> None:
    report = {"passed": True, "steps": []}
    stopped = package("A", cast.alice, 1, state=PackageState.STOPPED, why=CannotWrite.code, report=report)
    shown = present_report(cast.alice, stopped)
    assert [stage.status for stage in shown.stages] == ["done", "done", "failed"]
    assert shown.reason is not None
    assert "disk" in shown.reason.found


@pytest.mark.parametrize("error", [WrongKey, PackageDamaged, PackageFromTheFuture, CheckFailed])
def test_each_way_to_be_refused_has_words_of_its_own(error: type[CheckFailed], cast: Cast) -> None:
    refused = package("A", cast.alice, 1, state=PackageState.REFUSED, why=error.code)
    reason = reason_for(refused)
    assert reason is not None
    assert reason.code == error.code
    refused.why = "check_failed" if error is not CheckFailed else "wrong_key"
    other = reason_for(refused)
    assert other is not None
    assert replace(other, code="") != replace(reason, code="")


@pytest.mark.parametrize("code", [CannotRead.code, CannotWrite.code, "worker_died", "unexpected", "a code of tomorrow"])
def test_each_way_to_stop_says_what_to_do_and_that_nothing_is_lost(code: str, cast: Cast) -> None:
    reason = reason_for(package("A", cast.alice, 1, state=PackageState.STOPPED, why=code))
    assert reason is not None
    assert "Nothing is lost" in reason.todo


def test_the_page_asks_again_by_itself_until_there_is_an_end(as_alice: Client, cast: Cast) -> None:
    one = package("A", cast.alice, 1, state=PackageState.READING, done=12_400)
    path = f"/cases/{one.case.reference}/report/"
    page = as_alice.get(path)
    assert page.context["refresh"] == 2
    assert 'http-equiv="refresh"' in page.content.decode()
    assert as_alice.get(f"{path}progress").json() == {
        "state": "reading",
        "state_words": "Being read",
        "messages_so_far": 12_400,
        "finished": False,
        "stages": [
            {"title": "Received", "status": "done"},
            {"title": "Checked", "status": "done"},
            {"title": "Read", "status": "now"},
        ],
    }
    Package.objects.update(state=PackageState.REFUSED, why="wrong_key")
    page = as_alice.get(path)
    assert page.context["refresh"] is None
    assert 'http-equiv="refresh"' not in page.content.decode()
