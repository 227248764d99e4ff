"""What officers do in triage: look at a report's page, note what is known, grade it. Each is a custody entry.

    grade_report(officer, case, Grade.PRIORITY, "The mother rang: her daughter is at home.")
    tag_report(officer, case, ["child_missing"])
    show_triage(officer, case)

The officer's own words stand beside the grade, for those on the case; the log holds a keyed digest of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from safehand.desk.cases.glass import reason_digest
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.asking import check_may_grade
from safehand.desk.triage.facts import TAGS
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import PastMeeting, past_meetings
from safehand.desk.triage.linking import alike_of, decided_of
from safehand.desk.triage.meeting_models import MeetingPast
from safehand.desk.triage.models import (
    LONGEST_REASON,
    Grading,
    Standing,
    Suggested,
    Tagging,
    Together,
    Turn,
)
from safehand.desk.triage.suggesting import facts_of_case, notices_before, readings_known, standing_of, what_stands
from safehand.desk.triage.turns import in_turn_of
from safehand.errors import UsageError


@dataclass(frozen=True, slots=True)
class TriageShown:
    """All that triage knows of a report. ``standing`` is None until a worker has looked at it."""

    case: Case
    standing: Standing | None
    suggested: tuple[Suggested, ...]
    gradings: tuple[Grading, ...]
    taggings: tuple[Tagging, ...]
    turns: tuple[Turn, ...]
    past: tuple[PastMeeting, ...]
    answers: tuple[MeetingPast, ...]
    """Meetings whose time has passed, and all that officers said of them."""
    linked: int
    noticed: int
    notices: int
    """Other reports: linked, noticed and not decided; and urgent notices before it (linking.py)."""
    stands: str
    """What stands (suggesting.what_stands), for the form to carry."""
    may_decide: bool
    """Whether the officer is on the case: who only broke the glass may read, and decide nothing."""


def open_report(officer: Officer, reference: str) -> Case:
    """The case, when this officer may read it. Http404 otherwise: whether there is such a case is not said."""
    case = Case.objects.readable_by(officer).filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case


def show_triage(officer: Officer, case: Case, *, clock: Clock = system_clock) -> TriageShown:
    """What was suggested and decided, recorded before it is shown. No message and no word of a holder."""
    check_may(officer, Ability.GRADE)
    if not Case.objects.readable_by(officer, clock).filter(pk=case.pk).exists():
        raise Http404
    with recorded():
        decided = decided_of(case)
        shown = TriageShown(
            case=case,
            standing=Standing.objects.select_related("suggested", "grading__by", "grading__suggested")
            .filter(case=case)
            .first(),
            suggested=tuple(case.suggested.all()),
            gradings=tuple(case.gradings.select_related("by", "suggested")),
            taggings=tuple(case.taggings.select_related("by")),
            turns=tuple(case.turns.select_related("by", "works")),
            past=past_meetings(case, clock),
            answers=tuple(case.meetings_past.select_related("by")),
            linked=sum(link.together != Together.APART for link in decided),
            noticed=len({alike.other.pk for alike in alike_of(case)} - {link.beside(case).pk for link in decided}),
            notices=len(notices_before(case)),
            stands=what_stands(case, clock),
            may_decide=Case.objects.for_officer(officer).filter(pk=case.pk).exists(),
        )
        _record(Verb.TRIAGE_SHOWN, officer, case, {}, clock)
    return shown


def grade_report(
    officer: Officer, case: Case, grade: Grade, reason: str, *, seen: str | None = None, clock: Clock = system_clock
) -> Grading:
    """This officer's grade, from now on. UsageError without a reason; Http404 for who is not on the case.

    ``seen`` is what stood on the page it was given on (TriageShown.stands); None where there was no page. UsageError
    where something else stands by now: a grade would count as given by somebody who knew of it.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"A grade has a reason, in at most {LONGEST_REASON} characters.")
    check_may_grade(officer, case)
    given = None
    with recorded():
        in_turn()
        in_turn_of(officer, case, clock)
        # What is suggested now is kept in any case: who looks again must find it there, also where no worker runs.
        standing = standing_of(case, clock)
        if seen is None or seen == what_stands(case, clock):
            given = _graded(officer, standing, grade, words, clock)
    if given is None:
        raise UsageError("What is known of this report changed since you opened the page: look again.")
    return given


def _graded(officer: Officer, standing: Standing, grade: Grade, words: str, clock: Clock) -> Grading:
    case = standing.case
    given = Grading.objects.create(
        case=case,
        at=moment(clock()),
        by=officer,
        grade=grade.value,
        reason=words,
        suggested=standing.suggested,
        meetings=readings_known(facts_of_case(case, Package.objects.get(case=case)), moment(clock())),
    )
    standing_of(case, clock, graded=given)
    said: Details = {
        "grade": grade.value,
        "suggested": standing.suggested.grade,
        "reason": reason_digest(case, words),
        "row": row_digest(given),
    }
    _record(Verb.GRADE_GIVEN, officer, case, said, clock)
    return given


def tag_report(officer: Officer, case: Case, tags: Sequence[str], *, clock: Clock = system_clock) -> None:
    """What is known of the report, all of it; the suggestion is made anew. UsageError for a tag that is none."""
    if not set(tags) <= set(TAGS):
        raise UsageError("There is no such tag.")
    check_may_grade(officer, case)
    noted = [tag for tag in TAGS if tag in tags]
    with recorded():
        in_turn()
        newest = case.taggings.last()
        if (newest.tags if newest is not None else []) == noted:
            return
        in_turn_of(officer, case, clock)
        row = Tagging.objects.create(case=case, at=moment(clock()), by=officer, tags=noted)
        said: Details = {"tags": len(noted), **dict.fromkeys(noted, True), "row": row_digest(row)}
        _record(Verb.REPORT_TAGGED, officer, case, said, clock)
        standing_of(case, clock)


def _record(verb: Verb, officer: Officer, case: Case, details: Details, clock: Clock) -> None:
    record(verb, actor=officer.actor, case=case.reference, record="case", details=details, clock=clock)
