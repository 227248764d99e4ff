"""Workers that die, and what becomes of their tasks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import A_PACKAGE, Cast, clock
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core import worker
from safehand.desk.core.clock import system_clock
from safehand.desk.core.models import Heartbeat
from safehand.desk.core.state import State
from safehand.desk.core.worker import LEASE, MOST_ATTEMPTS, reap, worker_name
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.actions import receive
from safehand.desk.intake.lost import stop_lost, wipe_cut_off, wipe_left_over, work_directory_name
from safehand.desk.intake.processing import Attempt
from safehand.desk.intake.tasks import process_package

pytestmark = pytest.mark.django_db

ELSEWHERE = "0123456789abcdef.17.4711"
"""A worker on another machine."""


def running(by: str, *, before: timedelta = timedelta(), deaths: int = 0) -> DBTaskResult[Any, Any]:
    """A task that is being done."""
    task = DBTaskResult.objects.get(pk=process_package.enqueue(1).id)
    task.status = "RUNNING"
    task.worker_ids = [*(["gone"] * deaths), by]
    task.started_at = timezone.now() - before
    task.save()
    return task


def beat(name: str, before: timedelta = timedelta()) -> None:
    Heartbeat.objects.create(worker=name, beat_at=system_clock() - before // timedelta(microseconds=1))


def status(task: DBTaskResult[Any, Any]) -> str:
    task.refresh_from_db()
    return str(task.status)


def dead_process() -> int:
    """The number of a process that was there and is not."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_worker_that_is_alive_keeps_its_task_however_quiet_it_is() -> None:
    task = running(worker_name(os.getpid()), before=LEASE * 50)
    assert reap() == 0
    assert status(task) == "RUNNING"


def test_the_task_of_a_process_that_is_gone_is_taken_up_at_once() -> None:
    task = running(f"{worker_name(os.getpid()).partition('.')[0]}.{dead_process()}.4711")
    assert reap() == 1
    assert status(task) == "READY"
    assert DBTaskResult.objects.ready().get() == task


def test_a_process_number_used_again_is_not_the_worker() -> None:
    place, pid, began = worker_name(os.getpid()).split(".")
    task = running(f"{place}.{pid}.{int(began) - 1}")
    assert reap() == 1
    assert status(task) == "READY"


def test_a_worker_elsewhere_is_dead_after_its_lease_and_not_before() -> None:
    task = running(ELSEWHERE, before=LEASE * 2)
    beat(ELSEWHERE, LEASE - timedelta(seconds=5))
    assert reap() == 0
    Heartbeat.objects.update(beat_at=system_clock() - (LEASE + timedelta(seconds=1)) // timedelta(microseconds=1))
    assert reap() == 1
    assert status(task) == "READY"


def test_a_worker_elsewhere_that_never_said_anything_has_its_lease_to_begin() -> None:
    young, old = running(ELSEWHERE), running(ELSEWHERE, before=LEASE + timedelta(seconds=1))
    assert reap() == 1
    assert (status(young), status(old)) == ("RUNNING", "READY")


def test_a_task_that_kills_its_workers_is_given_up() -> None:
    task = running(f"{worker_name(os.getpid()).partition('.')[0]}.{dead_process()}.4711", deaths=MOST_ATTEMPTS - 1)
    assert reap() == 1
    assert status(task) == "FAILED"
    assert reap() == 0


def test_finished_and_waiting_tasks_are_left_alone() -> None:
    tasks = [running(ELSEWHERE, before=LEASE * 2) for _ in range(3)]
    for task, state in zip(tasks, ("READY", "SUCCESSFUL", "FAILED"), strict=True):
        task.status = state
        task.save()
    assert reap() == 0


def test_names_of_workers_fit_where_they_are_kept() -> None:
    assert len(worker_name(2**22)) <= 64
    assert worker_name(os.getpid()) == worker_name(os.getpid())


def test_without_the_kernel_s_word_silence_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    name = worker_name(os.getpid())
    monkeypatch.setattr(worker, "_began", lambda _pid: 0)
    task = running(name, before=LEASE * 2)
    beat(name)
    assert reap() == 0
    Heartbeat.objects.all().delete()
    assert reap() == 1
    assert status(task) == "READY"


def test_a_package_whose_task_is_no_more_is_stopped_and_can_be_tried_again(cast: Cast, desk_state: State) -> None:
    with EvidenceStore(desk_state).begin(100) as incoming:
        incoming.write(A_PACKAGE)
        package = receive(cast.alice, incoming, clock=clock).package
    assert stop_lost(clock) == 0, "its task waits"
    DBTaskResult.objects.update(status="FAILED")
    assert stop_lost(clock) == 1
    package.refresh_from_db()
    assert (package.state, package.why) == (PackageState.STOPPED, "worker_died")
    last = CustodyEntry.objects.last()
    assert last is not None
    assert (last.verb, last.actor, last.case) == ("package.stopped", "desk:worker", package.case.reference)
    assert stop_lost(clock) == 0
    assert Package.objects.count() == 1


def test_uploads_that_were_cut_off_are_taken_away_after_a_day_and_not_before(desk_state: State) -> None:
    old, young = desk_state.uploads / "old", desk_state.uploads / "young"
    for path in (old, young):
        path.write_bytes(b"half a package")
    os.utime(old, (0, system_clock() // 1_000_000 - 25 * 3600))
    assert wipe_cut_off() == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_only_work_directories_that_nobody_reads_in_are_taken_away(cast: Cast, desk_state: State) -> None:
    with EvidenceStore(desk_state).begin(100) as incoming:
        incoming.write(A_PACKAGE)
        package = receive(cast.alice, incoming, clock=clock).package
    attempt = Attempt.begin(package.pk, clock)
    assert attempt is not None
    live = desk_state.work / work_directory_name(package.case.reference, attempt.package.attempt)
    left = desk_state.work / work_directory_name(package.case.reference, "0123456789abcdef")
    other = desk_state.work / "sealing"
    for path in (live, left, other):
        path.mkdir()
        (path / "0001.txt").write_text("unsealed")
    assert wipe_left_over() == 1
    assert (live.exists(), left.exists(), other.exists()) == (True, False, True)


def test_a_chore_that_fails_keeps_no_other_from_being_done(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def chore_of(name: str) -> Callable[[], None]:
        def chore() -> None:
            done.append(name)
            if name == "a.fails":
                raise FileNotFoundError("a place on this machine")

        return chore

    settings.WORKER_CHORES = ["a.fails", "a.works"]
    monkeypatch.setattr(worker, "import_string", chore_of)
    worker._Heart("somebody", None).beat()
    assert done == ["a.fails", "a.works"]
    assert "fails was left undone" in caplog.text
    assert "a place" not in caplog.text


def test_a_worker_that_cannot_use_the_database_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(worker._Heart, "beat", full)
    with pytest.raises(CommandError, match="disk may be full") as told:
        call_command("work", batch=True)
    assert told.value.returncode == 4
