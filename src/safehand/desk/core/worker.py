"""Workers: processes that do the desk's background work, and what happens when one dies.

    work()                    beat, reap, and run tasks until told to stop
    reap(clock)               put back in the queue what dead workers were doing

django-tasks-db leaves the task of a killed worker RUNNING for ever (tech.md 6). So each worker says every few seconds
that it is alive, and each looks for running tasks whose worker is not. On the machine where that worker ran, the kernel
knows at once; from another machine, silence for LEASE says so. A worker that was only thought dead finds, when it
comes to write, that another attempt has begun (cases.models.Package.attempt), and lets go.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import threading
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.counted import left_undone
from safehand.desk.core.models import Heartbeat
from safehand.durable import Step, passed

BEAT: Final = 2.0
"""Seconds between two heartbeats."""

LEASE: Final = timedelta(seconds=20)
"""Silence after which a worker on another machine counts as dead: ten beats, so that a busy disk kills nobody."""

LOOK: Final = 0.2
"""Seconds between two looks into an empty queue: unnoticed by an officer, and some twenty rows read a second."""

MOST_ATTEMPTS: Final = 5
"""Workers that may die at one task before it is given up: it may be what kills them."""

log = logging.getLogger("safehand.desk.worker")


def work(*, stop_with: int | None = None, batch: bool = False) -> None:
    """Run tasks until told to stop (SIGTERM), or with ``batch`` until there are none."""
    name = worker_name(os.getpid())
    heart = _Heart(name, stop_with)
    heart.beat()
    heart.start()
    worker = Worker(
        queue_names=["*"],
        interval=LOOK,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        worker.run()
    finally:
        heart.stop()


def reap(clock: Clock = system_clock) -> int:
    """Put the tasks of dead workers back in the queue, or give them up. How many were found."""
    now = clock()
    found = 0
    with exclusive_transaction():
        beats = dict(Heartbeat.objects.values_list("worker", "beat_at"))
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            worker = task.worker_ids[-1] if task.worker_ids else ""
            last = beats.get(worker, 0)
            if task.started_at is not None and moment(now) - task.started_at < LEASE and not _is_gone(worker):
                continue
            if not _is_dead(worker, last, now):
                continue
            found += 1
            given_up = len(task.worker_ids) >= MOST_ATTEMPTS
            task.status = "FAILED" if given_up else "READY"
            task.save(update_fields=["status"])
            log.warning("a worker died at task %s: %s", task.pk, "given up" if given_up else "back in the queue")
        Heartbeat.objects.filter(beat_at__lt=now - LEASE * 100 // timedelta(microseconds=1)).delete()
    passed(Step.TASK_PUT_BACK)
    return found


def worker_name(pid: int) -> str:
    """A name no other worker has or will have: where it runs, its process, and when the process began."""
    return f"{_place()}.{pid}.{_began(pid)}"


def _is_dead(worker: str, last: int, now: int) -> bool:
    place, _, rest = worker.partition(".")
    if place == _place() and _began(os.getpid()):
        # The kernel's word counts more than silence: one regular expression over a long line can keep a live
        # worker from saying anything for a while.
        return _is_gone(worker) or not rest
    return moment(now) - moment(last) >= LEASE


def _is_gone(worker: str) -> bool:
    """Does this machine know for certain that the process is no more?"""
    place, _, rest = worker.partition(".")
    pid, _, began = rest.partition(".")
    return place == _place() and bool(began) and began != "0" and _began(int(pid)) != int(began)


def _began(pid: int) -> int:
    """When the process began, in the kernel's ticks; 0 where there is no such process, or no way to know."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0
    fields = stat.rpartition(")")[2].split()  # proc(5): the name in brackets may itself hold spaces and brackets
    return 0 if fields[0] == "Z" else int(fields[19])


def _place() -> str:
    """This machine, since it was started, as processes here can see each other."""
    parts = [platform.node()]
    for known in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            parts.append(str(Path(known).stat().st_ino) if "ns" in known else Path(known).read_text("ascii"))
        except OSError:
            parts.append("")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class _Heart(threading.Thread):
    """Beats beside the work, on a database connection of its own."""

    def __init__(self, name: str, parent: int | None) -> None:
        super().__init__(name="heart", daemon=True)
        self._worker = name
        self._parent = parent
        self._stopping = threading.Event()

    def beat(self) -> None:
        """Say once that the worker is alive, and look for those that are not."""
        with committed(Step.TASK_BEAT):
            Heartbeat.objects.update_or_create(worker=self._worker, defaults={"beat_at": system_clock()})
        reap()
        for chore in settings.WORKER_CHORES:
            self._do(chore)

    def run(self) -> None:
        """Until stopped. Neither a database that is busy for a moment nor a chore that fails stops a heart."""
        while not self._stopping.wait(BEAT):
            if self._parent is not None and os.getppid() != self._parent:
                os._exit(1)  # the desk that started us is gone; what we were doing will be taken up again
            close_old_connections()
            try:
                self.beat()
            except Exception as err:  # noqa: BLE001  a heart that stops for a small thing is a worker taken for dead
                log.warning("something was left undone at this heartbeat (%s)", type(err).__name__)
        connection.close()

    def _do(self, chore: str) -> None:
        try:
            import_string(chore)()
        except Exception as err:  # noqa: BLE001  what one chore cannot do must not keep the others from being done
            left_undone(chore)
            log.warning("%s was left undone at this heartbeat (%s)", chore.rpartition(".")[2], type(err).__name__)

    def stop(self) -> None:
        """The work is done: nobody need wait to see that this worker is gone."""
        self._stopping.set()
        self.join(BEAT)
        Heartbeat.objects.filter(worker=self._worker).delete()
