"""Readings of a planned meeting's time, and what officers confirmed, in words. Times are UK time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from safehand.analysis.meeting_time import TimeDoubt
from safehand.desk.cases.models import Case
from safehand.desk.core import say
from safehand.desk.triage.meeting_models import MeetingSaid
from safehand.desk.triage.meetings import SaidShown, TimeReading
from safehand.desk.triage.meetings_said import meetings_that_stand
from safehand.seal.meeting import Basis

_DOUBTS: Final[dict[TimeDoubt, str]] = {
    TimeDoubt.HALF_OF_DAY: "morning or afternoon is not said",
    TimeDoubt.WHICH_DAY: "the words fit more than one day",
    TimeDoubt.WHICH_WEEK: "this week or the next is not said",
    TimeDoubt.NEXT_COMING: "taken as the next to come",
    TimeDoubt.ABOUT: "the words are not exact",
    TimeDoubt.LOOKS_PAST: "a word before it tells of the past",
    TimeDoubt.MONTH_FIRST: "read with the month first",
    TimeDoubt.DATES_DIFFER: "the day of the week and the date do not agree",
    TimeDoubt.WHERE: "it is on other days in other places",
    TimeDoubt.ZONE_UNKNOWN: "the zone of that clock is not known",
    TimeDoubt.CLOCK_CHANGE: "the clocks change that night: the earlier counts",
}


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What an officer said of a message."""

    words: str
    by: str
    at: datetime
    reason: str
    """Empty where it is not shown: on the page of triage."""
    place: str
    link: str


def reading_words(reading: TimeReading) -> str:
    """``Saturday 28 November 2026, 17:30``, or a stretch; by the message's own clock where its zone is not known."""
    if TimeDoubt.ZONE_UNKNOWN in reading.doubts:
        there, earliest = reading.own_clock, say.uk_time(reading.at)
        own = f"{say.weekday(there.date())}, {there:%H:%M}"
        return f"{own} by the message’s own clock, at the earliest {earliest} UK time"
    return when_words(reading.at, reading.until, reading.basis)


def doubts_words(doubts: Iterable[TimeDoubt]) -> str:
    """What was assumed."""
    return "; ".join(_DOUBTS[doubt] for doubt in doubts)


def said_rows(case: Case, said: Iterable[SaidShown]) -> tuple[SaidRow, ...]:
    """All that was said of one message, with the reasons."""
    return tuple(_row(case, each.said, each.reason) for each in said)


def standing_meetings(case: Case) -> tuple[SaidRow, ...]:
    """What stands, without the reasons: for who may not open the chat."""
    return tuple(_row(case, said, "") for said in meetings_that_stand(case))


def _row(case: Case, said: MeetingSaid, reason: str) -> SaidRow:
    where = (case.reference, said.conversation, said.number)
    return SaidRow(
        words=_said_words(said),
        by=said.by.reference,
        at=said.at,
        reason=reason,
        place=f"message {say.count(said.number)} of conversation {said.conversation}",
        link=reverse("triage:meeting", args=where),
    )


def _said_words(said: MeetingSaid) -> str:
    if not said.planned:
        return "No meeting is planned there, or none any more"
    if said.at_earliest is None:
        return "A meeting is planned; its time is not known"
    doubt = ", of its readings the earliest" if said.basis == Basis.EARLIER else ""
    return f"A meeting is planned: {when_words(said.at_earliest, None, Basis(said.basis))}{doubt}"


def when_words(at: datetime, until: datetime | None, basis: Basis) -> str:
    """``Saturday 28 November 2026, 17:30``, a day alone, or a stretch."""
    there = at.astimezone(say.LONDON)
    if basis is Basis.DAY_ONLY:
        last = until.astimezone(say.LONDON).date() if until is not None else there.date()
        first = say.weekday(there.date())
        return first if last <= there.date() else f"{first} to {say.weekday(last)}"
    begins = f"{say.weekday(there.date())}, {there:%H:%M}"
    if until is None or until - at < timedelta(minutes=2):
        return begins
    ends = until.astimezone(say.LONDON)
    return f"{begins} to {ends:%H:%M}" if ends.date() == there.date() else f"{begins} to {say.uk_time(until)}"
