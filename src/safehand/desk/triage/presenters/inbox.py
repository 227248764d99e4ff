"""The inbox in words: a row for each report, with its grade, its clock, and why it stands where it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from safehand.desk.cases.models import Package, PackageState
from safehand.desk.cases.not_read import not_read_of, nothing_to_read
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.intake.presenters import state_words
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.inbox import NOTHING, Only, Reports, left_asking_again, left_reports, waiting_reports
from safehand.desk.triage.models import Standing
from safehand.desk.triage.presenters.clock import clock_words
from safehand.desk.triage.presenters.grades import GradeTag, grade_tag, reason_lines


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One report in the inbox: a reference, states, counts and declared answers; nothing of what is in it."""

    reference: str
    grade: GradeTag | None
    """None until a worker has looked at it."""
    by: str
    """Who graded it, or that it is suggested; empty while there is no grade."""
    clock: str
    pressing: bool
    reasons: tuple[str, ...]
    more: int
    """Reasons that stand on its page of triage alone."""
    state: str
    state_words: str
    state_colour: str
    taken: bool
    """Is anybody on it? Of a row that is shown: this officer, or nobody."""
    linked: int
    """Reports it is linked with."""
    works: str
    """Who works on it; empty while nobody does."""
    received_at: datetime
    received_by: str
    waiting: timedelta
    size: int
    conversations: int | None
    messages: int | None
    not_read: str
    readable: bool
    link: str
    triage: str


@dataclass(frozen=True, slots=True)
class InboxList:
    """Rows of one page. ``earlier`` and ``later`` are the numbers of the pages beside it, or None."""

    rows: tuple[InboxRow, ...]
    number: int
    pages: int
    total: int
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything an officer finds there, but for urgent notices."""

    reports: InboxList
    only: Only
    set_aside: tuple[InboxRow, ...]
    last_arrived: datetime | None
    again: int
    """Of the officer's own that left triage: of how many it is asked whether it is known by now what was not."""


_COLOURS: Final = {
    PackageState.RECEIVED: "govuk-tag--grey",
    PackageState.VERIFYING: "govuk-tag--blue",
    PackageState.READING: "govuk-tag--blue",
    PackageState.READY: "govuk-tag--green",
    PackageState.REFUSED: "govuk-tag--red",
    PackageState.STOPPED: "govuk-tag--red",
    PackageState.ERASED: "govuk-tag--grey",
}

_ASKED: Final = "has it happened?"
_AGAIN: Final = "is it known by now?"

_SHOWN: Final = 3
"""Reasons on a row."""


def present_inbox(officer: Officer, page: int = 1, only: Only = Only.ALL, clock: Clock = system_clock) -> Inbox:
    """The page asked for. No custody entry: a reference, a grade and declared answers are no evidence."""
    seen = _Seen(officer, moment(clock()), may(officer, Ability.READ_MESSAGES))
    waiting = waiting_reports(officer, page, only)
    return Inbox(
        reports=_list(waiting.reports, seen),
        only=only,
        set_aside=tuple(_row(package, None, seen, NOTHING) for package in waiting.set_aside),
        last_arrived=waiting.newest,
        again=left_asking_again(officer, seen.now),
    )


def present_left(officer: Officer, page: int = 1, clock: Clock = system_clock) -> InboxList:
    """The page asked for of the officer's own that left triage. First stands what is asked again."""
    seen = _Seen(officer, moment(clock()), may(officer, Ability.READ_MESSAGES))
    return _list(left_reports(officer, page, seen.now), seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    by: Officer
    now: datetime
    reads: bool


def _list(reports: Reports, seen: _Seen) -> InboxList:
    rows = [_row(package, None, seen, reports) for package in reports.unseen]
    rows += [_row(each.case.package, each, seen, reports) for each in reports.standings]
    earlier = reports.number - 1 if reports.number > 1 else None
    later = reports.number + 1 if reports.number < reports.pages else None
    return InboxList(tuple(rows), reports.number, reports.pages, reports.total, earlier, later)


def _row(package: Package, standing: Standing | None, seen: _Seen, of: Reports) -> InboxRow:
    reference = package.case.reference
    readable = not nothing_to_read(package)
    ready = package.state == PackageState.READY and readable
    clock, pressing = clock_words(standing, seen.now)
    reasons = _reasons(standing, clock, seen.now)
    return InboxRow(
        reference=reference,
        grade=grade_tag(standing.grade) if standing is not None else None,
        by=_by(standing),
        clock=clock,
        pressing=pressing,
        reasons=reasons[:_SHOWN],
        more=max(0, len(reasons) - _SHOWN),
        state=package.state,
        state_words=state_words(package),
        state_colour=_COLOURS[PackageState(package.state)],
        taken=package.case_id in of.taken,
        linked=of.linked.get(package.case_id, 0),
        works=_works(of.works.get(package.case_id, ""), seen),
        received_at=package.received_at,
        received_by=f"by {package.received_by.reference}"
        if package.received_by is not None
        else "from the public page",
        waiting=seen.now - package.received_at,
        size=package.size,
        conversations=_count(package, "conversations"),
        messages=_count(package, "messages"),
        not_read=not_read_of(package).short,
        readable=readable,
        link=reverse("review:conversations" if ready and seen.reads else "intake:report", args=[reference]),
        triage=reverse("triage:triage", args=[reference]),
    )


def _reasons(standing: Standing | None, clock: str, now: datetime) -> tuple[str, ...]:
    if standing is None:
        return ()
    lines = reason_lines(standing.suggested.reasons)
    if standing.asks_again(now):
        return (f"Whether a meeting happened was not known: {_AGAIN}", *lines)
    said = any(_ASKED in line for line in (clock, *lines))
    return lines if said or not standing.asked else (f"The time of a meeting has passed: {_ASKED}", *lines)


def _works(reference: str, seen: _Seen) -> str:
    if not reference:
        return ""
    return "you work on it" if reference == seen.by.reference else f"{reference} works on it"


def _by(standing: Standing | None) -> str:
    if standing is None:
        return ""
    if standing.grading is None:
        return "suggested"
    if standing.rose:
        return "suggested, it rose since it was graded"
    if standing.grade is not Grade(standing.grading.grade):
        return f"raised, for it is asked whether a meeting happened; graded by {standing.grading.by.reference}"
    return f"graded by {standing.grading.by.reference}"


def _count(package: Package, what: str) -> int | None:
    count = package.summary.get(what)
    return int(count) if count is not None else None
