"""Alarms in words: a line each, on top of every officer's page. A reference, and no word of a holder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from django.conf import settings
from django.urls import reverse

from safehand.desk.cases.glass import standing_glass
from safehand.desk.cases.models import Case, GlassBroken, GlassWhy
from safehand.desk.core import say
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.intake.alarms import standing_alarms
from safehand.desk.intake.models import Alarm, AlarmWhy
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One alarm. ``link`` is where it is looked after: the notice's page, or of a report the page that asks whether a
    meeting happened or the one on which it is graded; the inbox, for who may not open it; of the log its checkpoint.
    """

    id: int
    reference: str
    words: str
    link: str
    to: str
    """What the link says."""
    pager: str
    """What the unit's own pager did with it; empty at a unit that has none."""
    told: str
    """Who says that they told the supervisor; empty while nobody does."""
    knows: str = ""
    """Where one who lodges checkpoints says that they know, of an alarm of the log; empty of any other."""


@dataclass(frozen=True, slots=True)
class AlarmTold:
    """One alarm of a notice, for its own page: what was raised when, and who said that the supervisor knows."""

    words: str
    raised: str
    known: str


def alarm_rows(officer: Officer, clock: Clock = system_clock) -> tuple[AlarmRow, ...]:
    """Those that stand."""
    alarms = standing_alarms(officer)
    opens = _opens(officer, alarms, clock)
    store = may(officer, Ability.SEE_STORE)
    return tuple(_row(alarm, clock, opens=alarm.case_id in opens, store=store) for alarm in alarms)


def _opens(officer: Officer, alarms: Sequence[Alarm], clock: Clock) -> frozenset[int]:
    """Of whose cases this officer may open the pages of triage."""
    cases = {alarm.case_id for alarm in alarms if alarm.case_id is not None}
    if not cases or not may(officer, Ability.GRADE):
        return frozenset()
    return frozenset(Case.objects.readable_by(officer, clock).filter(pk__in=cases).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class GlassRow:
    """A case that was opened by break-glass: for a supervisor, until one says that they know."""

    id: int
    reference: str
    words: str
    reason: str


def glass_rows(officer: Officer) -> tuple[GlassRow, ...]:
    """Those that no supervisor knows of yet."""
    return tuple(_glass(each) for each in standing_glass(officer))


def _glass(broken: GlassBroken) -> GlassRow:
    when = say.from_to(broken.at, broken.until)
    words = f"{broken.officer.reference} opened case {broken.case.reference} without being on it, {when}."
    return GlassRow(broken.pk, broken.case.reference, words, f"{GlassWhy(broken.why).label}: {broken.reason}")


def alarms_told(parcel: str) -> tuple[AlarmTold, ...]:
    """All of one arrival, standing or not."""
    alarms = Alarm.objects.filter(arrival=parcel).select_related("known_by")
    return tuple(AlarmTold(AlarmWhy(each.why).label, say.uk_time(each.raised_at), _known(each)) for each in alarms)


def _row(alarm: Alarm, clock: Clock, *, opens: bool, store: bool) -> AlarmRow:
    if alarm.is_of_the_log:
        return _of_the_log(alarm)
    arrival, called = alarm.arrival, alarm.called
    what = "report" if arrival is None else "urgent notice"
    received_at = arrival.received_at if arrival is not None else alarm.raised_at
    match AlarmWhy(alarm.why):
        case AlarmWhy.UNREAD:
            waited = say.waited(moment(clock()) - received_at)
            ago = waited if waited == "just now" else f"{waited} ago"
            words = f"Nobody has opened {what} {called} in time. It came in {ago}."
        case AlarmWhy.OVERDUE:
            words = f"The time of the meeting in {what} {called} has passed: has it happened?"
        case AlarmWhy.FIRST_MARK | AlarmWhy.LAST_MARK as mark:
            hours = say.stretch(int(settings.MEETING_MARKS[str(mark)].total_seconds()))
            words = f"A meeting in {what} {called} begins within {hours}, "
            words += "and no officer has graded it as it stands now."
        case AlarmWhy.UNSTAMPED | AlarmWhy.SPLIT_VIEW:
            words = ""  # of the log alone
        case AlarmWhy.DAMAGED:
            words = f"The package of {what} {called} is not what came in, where it is kept. It must be looked at."
        case never:
            assert_never(never)
    damaged = alarm.why == AlarmWhy.DAMAGED
    link, to = (reverse("keeping:store"), "Look at it") if damaged and store else _where(alarm, opens=opens)
    return AlarmRow(alarm.pk, called, words, link, to, _pager(alarm), _told(alarm))


def _of_the_log(alarm: Alarm) -> AlarmRow:
    word = "since" if alarm.why == AlarmWhy.UNSTAMPED else "found on"
    since = f" {word} {say.uk_time(alarm.about)}" if alarm.about is not None else ""
    words = f"{AlarmWhy(alarm.why).label}{',' if word != 'since' else ''}{since}."
    knows = reverse("log:alarm_known", args=[alarm.pk])
    return AlarmRow(alarm.pk, alarm.called, words, reverse("log:checkpoint"), "Look at it", _pager(alarm), "", knows)


def _where(alarm: Alarm, *, opens: bool) -> tuple[str, str]:
    if alarm.arrival is not None:
        return reverse("intake:notice", args=[alarm.called]), "Look at it"
    if not opens:
        return reverse("triage:inbox"), "Look at the inbox"
    if alarm.why == AlarmWhy.OVERDUE:
        return reverse("triage:happened", args=[alarm.called]), "Look at the question"
    return reverse("triage:triage", args=[alarm.called]), "Look at it"


def _pager(alarm: Alarm) -> str:
    if not settings.PAGER:
        return ""
    if alarm.paged_at is not None:
        return f"The unit’s pager was told on {say.uk_time(alarm.paged_at)}."
    return "The unit’s pager could not be told: ring." if alarm.page_tried_at is not None else ""


def _told(alarm: Alarm) -> str:
    if alarm.told_at is None or alarm.told_by is None:
        return ""
    told = f"{alarm.told_by.reference} says that they told the supervisor on {say.uk_time(alarm.told_at)}; "
    return told + "no supervisor has said that they know."


def _known(alarm: Alarm) -> str:
    if alarm.known_at is None or alarm.known_by is None:
        return ""
    return f"{alarm.known_by.reference} said on {say.uk_time(alarm.known_at)} that they know, as a supervisor."
