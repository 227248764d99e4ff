"""What the processes of desk_fault.py do."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django_tasks_db.models import DBTaskResult

from desk_fault import STEPS
from safehand.casefile.rows import digest_of_rows
from safehand.desk.cases.models import Package
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core import worker
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.inspection import inspect
from safehand.desk.intake import processing, reading
from safehand.desk.intake.actions import receive
from safehand.desk.officers.actions import add_officer, give_role
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import Role
from safehand.desk.prepare import make_database, make_keys

_OF_CHORES = ("grade.suggested", "alarm.raised")


def hand_in(state: State, package: Path) -> None:
    """A desk with one officer, and what is handed in."""
    make_keys(state)
    make_database(state)
    officer = Officer.objects.first() or add_officer("alice", "A. Okafor", "seed potatoes in March")
    if not RoleHeld.objects.filter(officer=officer).exists():
        give_role(officer, Role.REVIEWER, by=None)
    with EvidenceStore(state).begin(1 << 30) as incoming:
        incoming.write(package.read_bytes())
        receive(officer, incoming)


def work(step: str | None) -> None:
    """A worker, which may not live long."""
    if step is not None:
        TRAPS[step]()
    worker.work(batch=True)


def tell(state: State) -> dict[str, Any]:
    """Everything that could have been lost or doubled."""
    return {
        "packages": [_package(package) for package in Package.objects.select_related("case")],
        # What a chore makes of a report comes when a heartbeat comes, and is no step of reading it: a grade that is
        # suggested, and an alarm, for the meeting that its statement names has passed by the clock of this machine.
        "verbs": list(CustodyEntry.objects.exclude(verb__in=_OF_CHORES).values_list("verb", flat=True)),
        "tasks": [[task.status, len(task.worker_ids)] for task in DBTaskResult.objects.all()],
        "problems": list(inspect()),
        "unsealed": [str(path.relative_to(state.root)) for path in state.work.rglob("*")],
        "casefiles": sorted(path.name.partition(".")[2] for path in state.casefiles.iterdir()),
    }


def _package(package: Package) -> dict[str, Any]:
    told = {"state": package.state, "why": package.why, "messages": package.summary.get("messages")}
    if package.state == "ready":
        with open_case_file(package.case) as casefile:
            told |= {"rows": digest_of_rows(casefile), "read": sum(each.messages for each in casefile.conversations())}
    return told


def _trap(owner: Any, name: str, *, after: bool = False, when: Callable[..., bool] = lambda *_: True) -> None:
    """Put a trap where ``name`` is called: before it, or after it."""
    plain = getattr(owner, name)

    def trapped(*given: Any, **named: Any) -> Any:
        sprung = when(*given)
        if sprung and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = plain(*given, **named)
        if sprung:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, trapped)


def _written(state: str) -> Callable[..., bool]:
    return lambda _attempt, reached, *_: bool(reached == state)


TRAPS: dict[str, Callable[[], None]] = dict(
    zip(
        STEPS,
        (
            lambda: _trap(processing, "process"),
            lambda: _trap(processing, "unseal_package"),
            lambda: _trap(processing, "unseal_package", after=True),
            lambda: _trap(processing.Attempt, "_finish", after=True, when=_written("reading")),
            lambda: _trap(processing.Attempt, "_tell"),
            lambda: _trap(reading, "build", after=True),
            lambda: _trap(processing, "record", when=lambda verb: bool(verb == "package.read")),
            lambda: _trap(processing.Attempt, "_finish", after=True, when=_written("ready")),
        ),
        strict=True,
    )
)
