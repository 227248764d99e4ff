"""Who works on a report, its short forms, and whether it may leave triage, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safehand.desk.cases.models import Case
from safehand.desk.core.sealed_field import LOST
from safehand.desk.officers.models import Officer
from safehand.desk.triage.assessing import ASKS, Form, entry_that_counts, missing
from safehand.desk.triage.models import Assessment
from safehand.desk.triage.rising import last_left, out_of_triage
from safehand.desk.triage.turns import who_works


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One version of a form."""

    at: datetime
    by: str
    decision_maker: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WorkShown:
    """For the page of triage. ``colleague`` is empty unless somebody else works on it.

    The two entries are those that count: made since what is suggested rose, where it did.
    """

    mine: bool
    colleague: str
    since: datetime | None
    thrive: AssessmentRow | None
    ndm: AssessmentRow | None
    missing: tuple[str, ...]
    left_at: datetime | None
    left_by: str
    is_out: bool
    """It left, and did not rise since."""


def work_shown(officer: Officer, case: Case) -> WorkShown:
    """How it stands with the work on a report. Read after the custody entry of the page was written."""
    turn, left = who_works(case), last_left(case)
    thrive, ndm = (entry_that_counts(case, form) for form in Form)
    return WorkShown(
        mine=turn is not None and turn.works == officer,
        colleague=turn.works.reference if turn is not None and turn.works not in {None, officer} else "",
        since=turn.at if turn is not None else None,
        thrive=_row(thrive, Form.THRIVE) if thrive is not None else None,
        ndm=_row(ndm, Form.NDM) if ndm is not None else None,
        missing=missing(case),
        left_at=left.at if left is not None else None,
        left_by=left.by.reference if left is not None else "",
        is_out=out_of_triage(case),
    )


def assessment_rows(case: Case, form: Form) -> tuple[AssessmentRow, ...]:
    """Every version, the newest first."""
    rows = case.assessments.filter(form=form.value).select_related("by", "decision_maker").order_by("-pk")
    return tuple(_row(row, form) for row in rows)


def _row(row: Assessment, form: Form) -> AssessmentRow:
    return AssessmentRow(
        row.at,
        row.by.reference,
        row.decision_maker.reference,
        tuple((heading, row.answers.get(name, LOST)) for name, (heading, _) in ASKS[form].items()),
    )
