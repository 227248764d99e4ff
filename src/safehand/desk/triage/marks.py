"""Marks of the meeting clock: a meeting comes near, and no officer has graded the report. A supervisor must know.

    raise_mark_alarms()       a chore of the workers: each alarm once, with its custody entry

The marks are set times before the earliest reading of the meeting (settings.MEETING_MARKS). Who graded a report has
looked at its clock; until somebody did, each mark is an alarm on top of every page (intake/alarms.py). What was handed
in by an officer has no arrival and raises none: its officer is on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.actions import in_turn
from safehand.desk.intake.alarms import raise_alarm
from safehand.desk.intake.models import Alarm, AlarmWhy, Arrival
from safehand.desk.triage.models import Standing


def raise_mark_alarms(clock: Clock = system_clock) -> int:
    """Raise what is due and was not. How many."""
    if not list(_due(moment(clock()))):
        return 0  # and no write lock was taken for it
    with transaction.atomic():
        in_turn()  # two workers may look at one moment
        due = list(_due(moment(clock())))
        for arrival, why in due:
            raise_alarm(arrival, why, clock)
    return len(due)


def _due(now: datetime) -> Iterator[tuple[Arrival, AlarmWhy]]:
    first = max(settings.MEETING_MARKS.values())
    near = Standing.objects.filter(clock_at__lte=now + first, grading=None).values_list("case_id", "clock_at")
    clocks = dict(near)
    if not clocks:
        return
    arrivals = Arrival.objects.filter(case__in=clocks, kind="package").select_related("case")
    raised = set(Alarm.objects.filter(arrival__in=arrivals).values_list("arrival_id", "why"))
    for arrival in arrivals:
        for why, before in settings.MEETING_MARKS.items():
            is_due = arrival.case_id is not None and clocks[arrival.case_id] - before <= now
            if is_due and (arrival.pk, why) not in raised:
                yield arrival, AlarmWhy(why)
