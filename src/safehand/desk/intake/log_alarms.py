"""Alarms of the custody log itself: for whoever lodges its checkpoints, on top of every page, until one says they know.

    raise_log_alarms()                a chore of the workers: each alarm once, with its custody entry
    log_alarm_known(officer, 3)       a custodian, a supervisor or an auditor knows

They stand beside those of notices and reports (alarms.py), and the unit's pager is told of them as ``log``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import LogSplitView
from safehand.desk.custody.stamping import stamp_state
from safehand.desk.intake.alarms import ACTOR, record_alarm
from safehand.desk.intake.models import Alarm, AlarmWhy
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.durable import Step

_MICROSECOND: Final = timedelta(microseconds=1)


def raise_log_alarms(clock: Clock = system_clock) -> int:
    """Raise what is to be raised and was not. How many."""
    if not list(_due(clock)):
        return 0  # and no write lock was taken for it
    with committed(Step.CHORE_WRITTEN):
        in_turn()  # two workers may look at one moment
        due = list(_due(clock))
        for why, about in due:
            alarm = Alarm.objects.create(why=why, about=about, raised_at=moment(clock()))
            record_alarm(Verb.ALARM_RAISED, ACTOR, alarm, {}, clock)
    return len(due)


def log_alarm_known(officer: Officer, alarm: int, *, clock: Clock = system_clock) -> None:
    """By name; said again, nothing changes. Http404 when there is no such alarm of the log."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    with recorded():
        in_turn()
        found = Alarm.objects.filter(pk=alarm, arrival=None, case=None).first()
        if found is None:
            raise Http404
        if found.known_at is not None:
            return
        found.known_at, found.known_by = moment(clock()), officer
        found.save(update_fields=["known_at", "known_by"])
        record_alarm(Verb.ALARM_KNOWN, officer.actor, found, {}, clock)


def _due(clock: Clock) -> Iterator[tuple[AlarmWhy, datetime]]:
    raised = set(Alarm.objects.filter(arrival=None, case=None).values_list("why", "about"))
    yield from (each for each in _there_are(clock) if each not in raised)


def _there_are(clock: Clock) -> Iterator[tuple[AlarmWhy, datetime]]:
    for found_at in LogSplitView.objects.values_list("found_at", flat=True).distinct():
        yield AlarmWhy.SPLIT_VIEW, moment(found_at)
    since = stamp_state(clock).waits_since
    if since is not None and clock() - since >= settings.STAMPED_WITHIN // _MICROSECOND:
        yield AlarmWhy.UNSTAMPED, moment(since)
