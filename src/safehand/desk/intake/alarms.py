"""Alarms: what must reach a supervisor, and not the inbox alone of whoever happens to look.

    raise_alarms()                        a chore of the workers: each alarm once, with its custody entry
    standing_alarms(officer)              those that no supervisor knows of: on top of every officer's page
    supervisor_knows(officer, 3)          this supervisor knows; of another officer: they told the supervisor

An urgent notice that nobody opened for UNREAD_AFTER is one; so is a meeting of it whose time has passed, and each later
reading of that time, until the notice is closed, whoever has it (domain.md F6.4). Alarms of reports are raised by what
knows their clock (triage/marks.py). Whoever takes in sees it, on every page, until a supervisor says by name that they
know: that somebody told them stands beside it, and ends neither it nor the paging. It shows a reference, and no word of
a holder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.say import LONDON
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.intake.models import Alarm, AlarmWhy, Arrival, Notice, NoticeState
from safehand.desk.officers.holding import check_may, may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.durable import Step
from safehand.seal.meeting import Basis

ACTOR: Final = "desk:worker"


def raise_alarms(clock: Clock = system_clock) -> int:
    """Raise what is to be raised of urgent notices and was not. How many."""
    if not list(_due(moment(clock()))):
        return 0  # and no write lock was taken for it
    with committed(Step.CHORE_WRITTEN):
        in_turn()  # two workers may look at one moment
        due = list(_due(moment(clock())))
        for arrival, why, about in due:
            alarm = Alarm.objects.create(arrival=arrival, why=why, about=about, raised_at=moment(clock()))
            record_alarm(Verb.ALARM_RAISED, ACTOR, alarm, {}, clock)
    return len(due)


def raise_of_report(case: Case, why: AlarmWhy, about: datetime, clock: Clock) -> None:
    """One alarm of a report with its entry, in the transaction of whoever found it due."""
    alarm = Alarm.objects.create(case=case, why=why, about=about, raised_at=moment(clock()))
    record_alarm(Verb.ALARM_RAISED, ACTOR, alarm, {}, clock)


def raise_of_damage(of: Case | Arrival, clock: Clock) -> None:
    """Its package is not what came in. One alarm for all that is found at one moment, in the transaction of that."""
    now = moment(clock())
    named: dict[str, Case | Arrival] = {"case" if isinstance(of, Case) else "arrival": of}
    alarm, new = Alarm.objects.get_or_create(why=AlarmWhy.DAMAGED, about=now, **named, defaults={"raised_at": now})
    if new:
        record_alarm(Verb.ALARM_RAISED, ACTOR, alarm, {}, clock)


def standing_alarms(officer: Officer) -> list[Alarm]:
    """Those of which nobody who must said that they know, the oldest first: of the log for whoever lodges it."""
    answers, lodges = may(officer, Ability.ANSWER_ALARMS), may(officer, Ability.LODGE_CHECKPOINTS)
    if not answers and not lodges:
        return []
    standing = Alarm.objects.filter(known_at=None).select_related("arrival", "case", "told_by")
    return [alarm for alarm in standing if (lodges if alarm.is_of_the_log else answers)]


def supervisor_knows(officer: Officer, alarm: int, *, clock: Clock = system_clock) -> None:
    """Who supervises says that they know; who does not, that they told the supervisor, and the alarm stands.

    By name; said again, nothing changes. Http404 when there is no such alarm.
    """
    check_may(officer, Ability.ANSWER_ALARMS)
    with recorded():
        in_turn()
        found = Alarm.objects.select_related("arrival", "case").filter(pk=alarm).first()
        if found is None or found.is_of_the_log:
            raise Http404
        if not may(officer, Ability.SUPERVISE):
            _told(officer, found, clock)
            return
        if found.known_at is not None:
            return
        found.known_at = moment(clock())
        found.known_by = officer
        found.save(update_fields=["known_at", "known_by"])
        record_alarm(Verb.ALARM_KNOWN, officer.actor, found, {}, clock)


def _told(officer: Officer, alarm: Alarm, clock: Clock) -> None:
    if alarm.known_at is not None or alarm.told_at is not None:
        return
    alarm.told_at = moment(clock())
    alarm.told_by = officer
    alarm.save(update_fields=["told_at", "told_by"])
    record_alarm(Verb.ALARM_TOLD, officer.actor, alarm, {}, clock)


def end_of_day(at: datetime) -> datetime:
    """Of a day without a time, the whole day may still be it."""
    day = at.astimezone(LONDON).date()
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def record_alarm(verb: Verb, actor: str, alarm: Alarm, more: Details, clock: Clock) -> None:
    """The entry of what was done with an alarm."""
    about = "log" if alarm.is_of_the_log else "case"
    about = f"notice:{alarm.arrival.sha256}" if alarm.arrival is not None else about
    case = alarm.case.reference if alarm.case is not None else None
    record(verb, actor=actor, case=case, record=about, details={"why": str(alarm.why), **more}, clock=clock)


def _due(now: datetime) -> Iterator[tuple[Arrival, AlarmWhy, datetime | None]]:
    raised = set(Alarm.objects.filter(case=None).values_list("arrival", "why", "about"))
    for notice in Notice.objects.exclude(state=NoticeState.CLOSED).select_related("arrival"):
        for why, about in _of_notice(notice, now):
            if (notice.pk, why, about) not in raised:
                yield notice.arrival, why, about


def _of_notice(notice: Notice, now: datetime) -> Iterator[tuple[AlarmWhy, datetime | None]]:
    if notice.shown_at is None and now - notice.arrival.received_at >= settings.UNREAD_AFTER:
        yield AlarmWhy.UNREAD, None
    if notice.meeting_at is not None and notice.meeting != "no":
        over = end_of_day(notice.meeting_at) if notice.meeting_basis == Basis.DAY_ONLY else notice.meeting_at
        if over <= now:
            yield AlarmWhy.OVERDUE, None
        # "3:30" of this morning is over as it comes, and is most often meant of the afternoon.
        yield from ((AlarmWhy.OVERDUE, each) for each in notice.later_readings if each <= now)
