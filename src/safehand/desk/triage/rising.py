"""Whether danger grew or came back since an officer graded a report, and what that asks for.

    rose_since(suggested, grading, meetings)     so it stands by what is suggested, until it is graded again
    rise_recorded(case, suggested, grading, …)   and it is kept that it did: once for each grade
    out_of_triage(case)                          it left, and did not rise since

Whoever answered for a report before it rose did not answer for what came after: it leaves triage again with a grade and
both entries that were made since.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.meeting_models import Happened, MeetingPast, MeetingSaid
from safehand.desk.triage.models import Grading, LeftAgain, LeftTriage, Rose, Suggested

ACTOR: Final = "desk:worker"


def standing_place(suggested: Suggested, grading: Grading | None, *, rose: bool, asked: bool) -> int:
    """Where a report stands: an officer's grade counts, unless it rose since.

    What is asked raises to PRIORITY at least, and lowers nothing.
    """
    place = _place(suggested)
    if grading is not None:
        given = Grade(grading.grade).place
        place = min(given, place) if rose else given
    return min(place, Grade.PRIORITY.place) if asked else place


def rose_since(suggested: Suggested, grading: Grading | None, meetings: Sequence[str]) -> bool:
    """Did danger grow or come back since the grade was given? ``meetings`` are the times that are known now.

    It did where more is suggested than was then, or than at any moment since (it fell, and rose again); and where a
    meeting is known that was not, or is on again, or has happened, and more is suggested than what was given.
    """
    if grading is None:
        return False
    since = Suggested.objects.filter(case=grading.case_id, pk__gte=grading.suggested_id, pk__lt=suggested.pk)
    if any(_place(suggested) < Grade(grade).place for grade in since.values_list("grade", flat=True)):
        return True
    if _place(suggested) >= Grade(grading.grade).place:
        return False
    news = grading.meetings is not None and not set(meetings) <= set(grading.meetings)
    return news or _on_again(grading) or _happened_since(grading)


def _on_again(grading: Grading) -> bool:
    """Did officers say of a message, since the grade, that there is no meeting, and then that there is?"""
    since = MeetingSaid.objects.filter(case=grading.case_id, at__gte=grading.at)
    words = [((said.conversation, said.number), said.planned) for said in since]
    newest = dict(words)
    return any(newest[message] for message, planned in words if not planned)


def _happened_since(grading: Grading) -> bool:
    """Did an officer say, since the grade, that a meeting happened, and nobody otherwise after?"""
    newest = {past.about: past.answer for past in MeetingPast.objects.filter(case=grading.case_id, at__gte=grading.at)}
    return Happened.HAPPENED in newest.values()


def rise_recorded(case: Case, suggested: Suggested, grading: Grading, clock: Clock) -> None:
    """In a transaction: that it rose since this grade, once, with its entry."""
    if Rose.objects.filter(grading=grading).exists():
        return
    rose = Rose.objects.create(grading=grading, case=case, at=moment(clock()), suggested=suggested)
    details: Details = {"grade": suggested.grade, "row": row_digest(rose)}
    record(Verb.REPORT_ROSE, actor=ACTOR, case=case.reference, record="case", details=details, clock=clock)


def last_rise(case: Case) -> Rose | None:
    """What its entries must have been made since. None where it never rose."""
    return Rose.objects.filter(case=case).last()


def last_left(case: Case) -> LeftTriage | LeftAgain | None:
    """When it left triage last, whether or not it is out of it still."""
    again = LeftAgain.objects.select_related("by").filter(case=case).last()
    return again or LeftTriage.objects.select_related("by").filter(case=case).first()


def out_of_triage(case: Case) -> bool:
    """Did it leave, and not rise since?"""
    left, rise = last_left(case), last_rise(case)
    return left is not None and left.after_id == (rise.pk if rise is not None else None)


def standing_waits(case: Case, *, rose: bool, asked: bool) -> bool:
    """Does it wait in triage? What left comes back where it rose, until it was graded again and left again.

    So it does while it is asked whether a meeting has happened, and goes back when that is answered.
    """
    return rose or asked or not out_of_triage(case)


def _place(suggested: Suggested) -> int:
    return Grade(suggested.grade).place
