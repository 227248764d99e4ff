"""Marks of the meeting clock: a meeting comes near, or its time has passed. A supervisor must know.

    raise_mark_alarms()       a chore of the workers: each alarm once, with its custody entry

Set times before a meeting (settings.MEETING_MARKS), by the reading that drives its clock, are marks: each is an alarm
on top of every page (intake/alarms.py), unless an officer graded the report when that reading was known to drive it,
and nothing rose since. A meeting whose time has passed is one, graded or not, in triage or out of it: has it happened?
The later of two readings has its marks and its question as well, until an officer says that it happened. Where an
officer said that there is none any more, nothing is asked. Whoever is on the report changes nothing in either, for
whoever is on it may be asleep. A meeting at another time has its own alarms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db import transaction

from safehand.desk.cases.models import Case, PackageState
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.actions import in_turn
from safehand.desk.intake.alarms import raise_of_report
from safehand.desk.intake.models import Alarm, AlarmWhy
from safehand.desk.triage.facts import Meeting
from safehand.desk.triage.meeting_time import is_asked, on_the_clock
from safehand.desk.triage.meetings_of_reports import meetings_of_reports
from safehand.desk.triage.models import Standing
from safehand.desk.triage.readings import drives, newest_passed, readings
from safehand.desk.triage.suggesting import the_table

Due: TypeAlias = tuple[Case, AlarmWhy, datetime]


def raise_mark_alarms(clock: Clock = system_clock) -> int:
    """Raise what is due and was not. How many."""
    if not list(_due(moment(clock()))):
        return 0  # and no write lock was taken for it
    with transaction.atomic():
        in_turn()  # two workers may look at one moment
        due = list(_due(moment(clock())))
        for case, why, about in due:
            raise_of_report(case, why, about, clock)
    return len(due)


def _due(now: datetime) -> Iterator[Due]:
    found = dict.fromkeys([*_near(now), *_passed(now)])
    raised = set(Alarm.objects.filter(case__in=[case for case, _, _ in found]).values_list("case", "why", "about"))
    yield from ((case, why, about) for case, why, about in found if (case.pk, why, about) not in raised)


def _near(now: datetime) -> Iterator[Due]:
    """Each meeting has its own marks, also where another of the same report came before it."""
    first, hours = max(settings.MEETING_MARKS.values()), the_table().hours
    for standing, meetings in meetings_of_reports(Standing.objects.filter(clock_at__lte=now + first)):
        for meeting in meetings:
            if on_the_clock(meeting, now, hours):
                yield from _marks(standing, meeting, now)


def _marks(standing: Standing, meeting: Meeting, now: datetime) -> Iterator[Due]:
    at = drives(meeting, now)
    if standing.was_graded_knowing(at, is_later=at != meeting.at):
        return
    earlier = [each for each in readings(meeting) if each < at]
    last = min(settings.MEETING_MARKS.values())
    for why, before in settings.MEETING_MARKS.items():
        # A mark of a later reading that fell before the earlier one was the earlier's, and there was an alarm for that.
        # The last one is not left out: a grade may have kept the earlier's away, and is no answer to this one.
        if at - before <= now and (not earlier or at - before > earlier[-1] or before == last):
            yield standing.case, AlarmWhy(why), at


def _passed(now: datetime) -> Iterator[Due]:
    """Each meeting has its own. Where it is asked of one, ``passes_at`` of its report may be of the next already."""
    kept = Standing.objects.exclude(of_state=PackageState.REFUSED)
    for standing in kept.filter(passes_at__lte=now).select_related("case"):
        if standing.passes_at is not None:
            yield standing.case, AlarmWhy.OVERDUE, standing.passes_at
    for standing, meetings in meetings_of_reports(kept.filter(asked=True)):
        newest = (newest_passed(meeting, now) for meeting in meetings if is_asked(meeting, now))
        yield from ((standing.case, AlarmWhy.OVERDUE, about) for about in newest if about is not None)
