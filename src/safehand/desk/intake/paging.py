"""The unit's own pager: a command that is told of each alarm, with a reference and a kind and nothing else.

    page_supervisors()       a chore of the workers: SAFEHAND_PAGER SH-7K3M9QXAR overdue

Off unless a unit sets it. What the command does, a text to the duty phone or a bell in the room, is the unit's. It gets
no variable of the desk's and no input, and has PATIENCE to end with 0. Where it does not, that stands beside the alarm
on every page, and it is tried again each minute until it works or a supervisor says that they know.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

from django.conf import settings
from django.db.models import Q, QuerySet

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.actions import in_turn
from safehand.desk.custody.acts import Verb
from safehand.desk.intake.alarms import ACTOR, record_alarm
from safehand.desk.intake.models import Alarm
from safehand.durable import Step

log = logging.getLogger("safehand.desk.intake")

PATIENCE: Final = 5.0
"""Seconds: the heart of a worker waits meanwhile, and may be silent for twenty (core/worker.py)."""

AT_ONCE: Final = 2
"""Alarms of one heartbeat, for the same reason."""

AGAIN: Final = timedelta(minutes=1)

Run: TypeAlias = Callable[[Sequence[str]], bool]
"""Runs a command. Did it end well, and in time?"""


def run_command(command: Sequence[str]) -> bool:
    """With nothing of the desk's: no variable, no input, no place."""
    try:
        done = subprocess.run(
            command,
            env={"PATH": os.defpath},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def page_supervisors(clock: Clock = system_clock, run: Run = run_command) -> int:
    """Tell the pager of what it does not know yet. How many it was told of."""
    command: Sequence[str] = settings.PAGER
    if not command:
        return 0
    told = 0
    for alarm in list(_waiting(clock).select_related("arrival", "case")[:AT_ONCE]):
        if not _is_ours(alarm, clock):
            continue  # another worker is at it
        if run([*command, alarm.called, str(alarm.why)]):
            _paged(alarm, clock)
            told += 1
        else:
            log.warning("the pager could not be told of an alarm")
    return told


def _waiting(clock: Clock) -> QuerySet[Alarm]:
    again = Q(page_tried_at=None) | Q(page_tried_at__lte=moment(clock()) - AGAIN)
    return Alarm.objects.filter(again, known_at=None, paged_at=None)


def _is_ours(alarm: Alarm, clock: Clock) -> bool:
    tried = Alarm.objects.filter(pk=alarm.pk, paged_at=None, page_tried_at=alarm.page_tried_at)
    return tried.update(page_tried_at=moment(clock())) == 1


def _paged(alarm: Alarm, clock: Clock) -> None:
    with committed(Step.CHORE_WRITTEN):
        in_turn()
        Alarm.objects.filter(pk=alarm.pk).update(paged_at=moment(clock()))
        record_alarm(Verb.ALARM_PAGED, ACTOR, alarm, {}, clock)
