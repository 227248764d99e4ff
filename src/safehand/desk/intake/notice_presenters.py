"""Urgent notices as the inbox and their own page show them: a clock in words, and why each stands where it does.

row.clock        "Meeting in 3 hours 10 minutes"     row.waiting     "waiting 4 minutes"
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.intake.alarm_presenters import AlarmTold, alarms_told
from safehand.desk.intake.clock_words import meeting_words
from safehand.desk.intake.models import Notice, NoticeState
from safehand.desk.intake.notices import Shown, open_notices
from safehand.desk.officers.models import Officer
from safehand.seal.holder_words import WORDS
from safehand.seal.meeting import Basis
from safehand.seal.notice import NEEDED
from safehand.seal.notice_aloud import Part, read_aloud

_FAR = datetime.max.replace(tzinfo=moment(0).tzinfo)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, without a word of it."""

    reference: str
    of_the_holder: str
    """What the holder calls it on the phone: the same, but for one in very many."""
    state: str
    state_words: str
    taken_by: str
    received_at: datetime
    waiting: timedelta
    clock: str
    """When the meeting is, from now; empty when nothing is known of one."""
    pressing: bool
    """Is it now, or was it already?"""
    notes: tuple[str, ...]
    """What else was answered that counts, and what is to be minded about the clock."""
    link: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice with its words, for who may read them."""

    row: NoticeRow
    number: str
    """To ring; empty where the words are not shown."""
    parts: tuple[Part, ...]
    opened: bool
    is_anothers: bool
    is_mine: bool
    closed: bool
    alarms: tuple[AlarmTold, ...]


def notice_rows(officer: Officer, clock: Clock = system_clock) -> tuple[NoticeRow, ...]:
    """Those that nobody has first; then by what presses most."""
    now = moment(clock())
    return tuple(_row(notice, now) for notice in sorted(open_notices(officer), key=_rank))


def present_notice(officer: Officer, shown: Shown, clock: Clock = system_clock) -> NoticePage:
    """The page of one."""
    now = moment(clock())
    notice = shown.notice
    return NoticePage(
        row=_row(notice, now),
        number=(shown.written.answers[NEEDED].value or "") if shown.written is not None else "",
        parts=read_aloud(shown.written, now) if shown.written is not None else (),
        opened=notice.opened,
        is_anothers=shown.is_anothers,
        is_mine=notice.taken_by == officer,
        closed=notice.state == NoticeState.CLOSED,
        alarms=alarms_told(notice.pk),
    )


def _rank(notice: Notice) -> tuple[bool, bool, datetime, datetime]:
    # One that could not be opened may say anything: it stands with those in danger now.
    now = notice.danger == "yes" or notice.meeting == "under_way" or not notice.opened
    return (
        notice.state != NoticeState.WAITING,
        not now,
        notice.meeting_at or _FAR,
        notice.arrival.received_at,
    )


def _row(notice: Notice, now: datetime) -> NoticeRow:
    clock, pressing = _clock(notice, now)
    return NoticeRow(
        reference=notice.arrival.desk_reference,
        of_the_holder=notice.arrival.reference,
        state=notice.state,
        state_words=NoticeState(notice.state).label,
        taken_by=notice.taken_by.reference if notice.taken_by is not None else "",
        received_at=notice.arrival.received_at,
        waiting=now - notice.arrival.received_at,
        clock=clock,
        pressing=pressing or notice.danger == "yes",
        notes=tuple(_notes(notice, now)),
        link=reverse("intake:notice", args=[notice.arrival.desk_reference]),
    )


def _clock(notice: Notice, now: datetime) -> tuple[str, bool]:
    if notice.meeting == "under_way":
        return "The holder says a meeting is under way", True
    if notice.meeting == "no":
        return "", False
    if notice.meeting_at is None:
        return ("A meeting is planned; the day is not known", False) if notice.meeting == "planned" else ("", False)
    later = _later(notice, now)
    if later is not None:
        # Nobody may have been there at the earlier: it is asked below, and may be yet to be.
        return f"{meeting_words(later, notice.meeting_basis, now)[0]} (of its readings a later one)", True
    return meeting_words(notice.meeting_at, notice.meeting_basis, now)


def _later(notice: Notice, now: datetime) -> datetime | None:
    """Which reading is next, where the earliest of several has passed."""
    if notice.meeting_at is None or notice.meeting_at > now:
        return None
    return next((each for each in notice.later_readings if each > now), None)


def _notes(notice: Notice, now: datetime) -> list[str]:
    if not notice.opened:
        return ["This notice could not be opened. Its holder believes that it was sent."]
    notes = ["A child is in danger now, the holder says."] if notice.danger == "yes" else []
    if notice.danger in ("dont_know", "left"):
        notes.append("The holder does not say whether a child is in danger now.")
    if notice.meeting == "no":
        pass  # whatever else was answered of it
    elif _later(notice, now) is not None:
        notes.append("The earlier reading of its time has passed: has it happened?")
    elif notice.meeting_basis == Basis.EARLIER and notice.meeting_at is not None:
        notes.append(WORDS.notice.clock.earlier.replace("We go", "The clock goes"))
    if notice.images != "no":
        notes.append("There may be sexual pictures on the device: nobody opens them to look.")
    return notes
