"""Has it happened? What an officer says of a meeting whose time has passed.

    past_meetings(case, clock)                                      each, with what was said of it last
    answer_meeting(officer, case, at, Happened.DID_NOT, "…")        and why

Until somebody says so of each, the report waits in triage at PRIORITY at least, graded or not, left or not: what nobody
answered raises and never lowers (domain.md 6.3). "Not known" is an answer, and none for good: after ASK_AGAIN_AFTER it
is asked whether it is known by now, with what was said beside it, and so after each such answer until somebody says
that it happened or did not. That holds the report nowhere, for of some nobody ever knows. That it happened is a reason
of its own, IMMEDIATE while a real child may have been there: where that child is now was asked of nobody. An answer is
followed by another and never edited. Whoever is on the case gives it, whosever turn it is: a colleague who is asleep
must not keep it from the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.triage.answered import answers_of, said_of, with_answers
from safehand.desk.triage.asking import check_may_grade
from safehand.desk.triage.facts import Meeting
from safehand.desk.triage.meeting_models import Happened, MeetingPast
from safehand.desk.triage.meeting_time import is_asked, is_past, later_reading
from safehand.desk.triage.models import LONGEST_REASON
from safehand.desk.triage.suggesting import declared_of_case, standing_of
from safehand.errors import UsageError


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting whose time has passed. ``said`` is the newest answer, or None while nobody gave one.

    ``asked``: nobody answers for it, or only for a reading before the one that has passed since.
    """

    at: datetime
    meeting: Meeting
    said: MeetingPast | None
    asked: bool
    again: bool
    """An officer said that it is not known, and that is ASK_AGAIN_AFTER ago."""
    later: datetime | None = None
    """Its last reading, while that is still to come: the earlier may be over, and the meeting is yet to be."""


def past_meetings(case: Case, clock: Clock = system_clock) -> tuple[PastMeeting, ...]:
    """The earliest first. Of one time there is one, whoever declared it."""
    facts, answers, now = declared_of_case(case, Package.objects.get(case=case)), answers_of(case), moment(clock())
    standing = with_answers(facts, said_of(case)).meetings
    asked = {meeting.at for meeting in standing if is_asked(meeting, now)}
    again = {meeting.at for meeting in standing if _again(meeting, now)} - asked
    past = {meeting.at: meeting for meeting in facts.meetings if meeting.at is not None and is_past(meeting, now)}
    return tuple(
        PastMeeting(
            at,
            past[at],
            said=answers.get(at),
            asked=at in asked,
            again=at in again,
            later=_later(facts.meetings, at, now),
        )
        for at in sorted(past)
    )


def _again(meeting: Meeting, now: datetime) -> bool:
    return meeting.not_known_at is not None and meeting.not_known_at <= now - settings.ASK_AGAIN_AFTER


def _later(declared: Iterable[Meeting], at: datetime, now: datetime) -> datetime | None:
    """Of all that were declared at one time: what one of them leaves open is open."""
    readings = (later_reading(meeting, now) for meeting in declared if meeting.at == at)
    return max((reading for reading in readings if reading is not None), default=None)


def newest_answer(answers: Iterable[MeetingPast]) -> int:
    """Which it is, for a form to carry. 0 where there is none."""
    return max((answer.pk for answer in answers), default=0)


def answer_meeting(
    officer: Officer,
    case: Case,
    about: datetime,
    answer: Happened,
    reason: str,
    *,
    after: int | None = None,
    clock: Clock = system_clock,
) -> MeetingPast:
    """From now on this counts. UsageError without a reason, and for a time that is no meeting's or has not passed.

    So it is where it is said of two readings that nothing happened, and the later is still to come; and where
    ``after``, the newest answer on the page (0 where there was none; None without a page), is not the newest now.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"Say why, in at most {LONGEST_REASON} characters.")
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        if after is not None and after != newest_answer(case.meetings_past.all()):
            raise UsageError("Somebody has answered since you opened the page: read what they said, and look again.")
        meant = next((past for past in past_meetings(case, clock) if past.at == about), None)
        if meant is None:
            raise UsageError("That is not the time of a meeting of this report that has passed.")
        if answer is Happened.DID_NOT and meant.later is not None:
            raise UsageError("The meeting may still happen: its later reading is still to come.")
        said = MeetingPast.objects.create(
            case=case, about=about, answer=answer.value, reason=words, at=moment(clock()), by=officer
        )
        details: Details = {"answer": answer.value, "row": row_digest(said)}
        record(
            Verb.MEETING_ANSWERED, actor=officer.actor, case=case.reference, record="case", details=details, clock=clock
        )
        standing_of(case, clock)
    return said
