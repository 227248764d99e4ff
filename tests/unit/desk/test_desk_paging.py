"""The unit's own pager: told once of each alarm, of a reference and a kind alone; a failure stands on every page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import report
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake import paging
from safehand.desk.intake.alarm_presenters import alarm_rows
from safehand.desk.intake.models import Alarm, AlarmWhy
from safehand.desk.intake.paging import page_supervisors, run_command
from safehand.desk.officers.roles import Role
from safehand.desk.settings.pager import command
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db

MINUTE = 60_000_000


class Pager:
    """Stands for the unit's command."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.told: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> bool:
        self.told.append([*command])
        return self.works


@pytest.fixture
def alarm(cast: Cast, settings: Settings) -> Alarm:
    settings.PAGER = ("/opt/unit/page", "--duty")
    case = report("A", cast.alice, 10).case
    return Alarm.objects.create(case=case, why=AlarmWhy.OVERDUE, about=moment(NOW), raised_at=moment(NOW))


def test_it_is_told_once_of_a_reference_and_a_kind_and_of_nothing_else(alarm: Alarm, cast: Cast) -> None:
    pager = Pager()
    assert [page_supervisors(clock, pager), page_supervisors(clock, pager)] == [1, 0]
    assert pager.told == [["/opt/unit/page", "--duty", "SH-00000000A", "overdue"]]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.case) == ("alarm.paged", "desk:worker", alarm.called)
    (row,) = alarm_rows(cast.bob, clock)
    assert row.pager == "The unit’s pager was told on 22 November 2026, 10:00."
    assert "pager was told" in signed_in(cast.bob).get("/hand-in/").content.decode()


def test_a_failure_is_seen_on_every_page_and_tried_again_each_minute(alarm: Alarm, cast: Cast) -> None:
    pager = Pager(works=False)
    for seconds in (0, 1, 59, 60, 61):
        now = NOW + seconds * 1_000_000
        page_supervisors(partial(int, now), pager)
    assert len(pager.told) == 2
    assert "The unit’s pager could not be told: ring." in signed_in(cast.charlie).get("/inbox/").content.decode()
    assert not CustodyEntry.objects.filter(verb="alarm.paged").exists()
    pager.works = True
    assert page_supervisors(lambda: NOW + 2 * MINUTE, pager) == 1
    alarm.refresh_from_db()
    assert alarm.paged_at == moment(NOW + 2 * MINUTE)


@pytest.mark.usefixtures("alarm")
def test_it_is_told_nothing_once_the_supervisor_knows_or_where_there_is_none(settings: Settings, cast: Cast) -> None:
    pager = Pager()
    settings.PAGER = ()
    assert page_supervisors(clock, pager) == 0
    assert alarm_rows(cast.bob, clock)[0].pager == ""
    settings.PAGER = ("/opt/unit/page",)
    Alarm.objects.update(known_at=moment(NOW), known_by=cast.bob)
    assert page_supervisors(clock, pager) == 0
    assert pager.told == []


def test_no_more_than_two_are_told_at_one_heartbeat_and_two_workers_tell_one_once(
    alarm: Alarm, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "BCD":
        case = report(name, cast.alice, 10).case
        Alarm.objects.create(case=case, why=AlarmWhy.OVERDUE, about=moment(NOW), raised_at=moment(NOW))
    assert page_supervisors(clock, Pager()) == 2

    def theirs(*_: object) -> bool:
        return False

    monkeypatch.setattr(paging, "_is_ours", theirs)
    late = Pager()
    assert page_supervisors(clock, late) == 0
    assert late.told == []
    assert alarm.pk


def test_the_command_gets_nothing_of_the_desks_and_has_no_longer_than_a_few_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEHAND_STATE", "/somewhere")
    script, seen = tmp_path / "page", tmp_path / "seen"
    script.write_text(f'#!/bin/sh\n{{ env; pwd; echo "$@"; }} > {seen}\nexit "$2"\n')
    script.chmod(0o700)
    assert run_command([str(script), "SH-7K3M9QXAR", "0"])
    told = seen.read_text()
    assert "SAFEHAND" not in told
    assert told.endswith("/\nSH-7K3M9QXAR 0\n")
    assert not run_command([str(script), "SH-7K3M9QXAR", "1"])
    assert not run_command([str(tmp_path / "nothing")])
    monkeypatch.setattr(paging, "PATIENCE", 0.1)
    script.write_text("#!/bin/sh\nexec sleep 5\n")
    assert not run_command([str(script)])


NO_PROGRAM = {"no path": "page", "not there": "/opt/unit/no-such-program", "a folder": "/", "half a quotation": "'"}


@pytest.mark.parametrize("name", NO_PROGRAM)
def test_a_desk_that_could_never_page_does_not_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_PAGER", NO_PROGRAM[name])
    with pytest.raises(UsageError):
        command("SAFEHAND_PAGER")


def test_a_command_is_read_in_words_and_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_PAGER", "/bin/sh -c 'page the duty'")
    assert command("SAFEHAND_PAGER") == ("/bin/sh", "-c", "page the duty")
    monkeypatch.delenv("SAFEHAND_PAGER")
    assert command("SAFEHAND_PAGER") == ()
    assert os.access("/bin/sh", os.X_OK)


def test_a_supervisors_pages_count_alarms_in_their_title_and_nobody_elses_do(alarm: Alarm, cast: Cast) -> None:
    page = signed_in(cast.alice).get("/hand-in/").content.decode()
    assert "page-me" in page
    assert f'data-alarms="alarm-{alarm.pk} "' in page
    hold(cast.bob, Role.REVIEWER)
    assert "page-me" not in signed_in(cast.bob).get("/hand-in/").content.decode()


def test_a_worker_pages_at_every_heartbeat(settings: Settings) -> None:
    assert "safehand.desk.intake.paging.page_supervisors" in settings.WORKER_CHORES
    assert settings.PAGER == ()
