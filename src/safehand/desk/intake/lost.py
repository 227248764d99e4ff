"""What dead workers leave behind.

Packages whose task is no more (given up after too many workers died at it, or failed before it could say why) are
stopped, with a reason, so that their officer sees it and may try again; none waits for ever. Unsealed text in the work
directory that no live attempt is reading is taken away, and so are uploads that were cut off.
"""

from __future__ import annotations

import shutil

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from safehand.desk.cases.models import FINAL, Package, PackageState
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record
from safehand.desk.custody.acts import Verb
from safehand.desk.intake.reasons import WORKER_DIED
from safehand.durable import Step
from safehand.model.instant import MICRO

_ALIVE = ("READY", "RUNNING")
_DAY = 24 * 3600 * MICRO


def stop_lost(clock: Clock = system_clock) -> int:
    """Stop every package that nobody will finish. How many there were."""
    if not _lost():
        return 0  # and no write lock was taken for it
    with committed(Step.CHORE_WRITTEN):
        in_turn()
        lost = _lost()
        for package in lost:
            package.state = PackageState.STOPPED
            package.why = WORKER_DIED
            package.attempt = ""
            package.finished_at = moment(clock())
            package.save(update_fields=["state", "why", "attempt", "finished_at"])
            record(
                Verb.PACKAGE_STOPPED,
                actor="desk:worker",
                case=package.case.reference,
                record=f"package:{package.sha256}",
                details={"why": WORKER_DIED},
                clock=clock,
            )
    return len(lost)


def wipe_left_over() -> int:
    """Take away work directories of attempts that are over. How many there were."""
    state: State = settings.STATE
    # Listed before it is asked who is alive: an attempt is in the database before its directory is there.
    there = list(state.work.glob("SH-*-*"))
    if not there:
        return 0
    alive = Package.objects.exclude(state__in=FINAL).exclude(attempt="").values_list("case__reference", "attempt")
    kept = {work_directory_name(reference, attempt) for reference, attempt in alive}
    left = [path for path in there if path.name not in kept]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def wipe_cut_off(clock: Clock = system_clock) -> int:
    """Take away what was coming in when a web server died: nothing has been added to it for a day. How many files."""
    state: State = settings.STATE
    left = [path for path in state.uploads.iterdir() if clock() - path.stat().st_mtime_ns // 1000 > _DAY]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def work_directory_name(reference: str, attempt: str) -> str:
    """What an attempt at a case's package calls its directory."""
    return f"{reference}-{attempt}"


def _lost() -> list[Package]:
    waiting = Package.objects.exclude(state__in=FINAL).select_related("case")
    alive = {str(key) for key in DBTaskResult.objects.filter(status__in=_ALIVE).values_list("pk", flat=True)}
    return [package for package in waiting if package.task not in alive]
