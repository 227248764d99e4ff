"""Two short forms about a report, each in versions, and leaving triage (domain.md 6.1, F6.5).

    assess(officer, case, Form.THRIVE, {"threat": "…", …}, decision_maker)
    missing(case)                    what must be there before the report may leave triage
    leave_triage(officer, case)

Every question of a form is answered, if only with "nothing known": an empty field would say nothing to whoever asks
later. The decision-maker is named: a supervisor or an investigator of this desk (roles.py), who need not be the one
that writes. Where what is suggested rose since, the report leaves again with entries that were made since (rising.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.asking import check_may_grade
from safehand.desk.triage.models import LONGEST_REASON, Assessment, LeftAgain, LeftTriage, Standing
from safehand.desk.triage.rising import last_rise, out_of_triage
from safehand.desk.triage.turns import in_turn_of
from safehand.errors import UsageError


class Form(StrEnum):
    """One of two."""

    THRIVE = "thrive"
    NDM = "ndm"

    @property
    def words(self) -> str:
        """What it is called."""
        return "THRIVE" if self is Form.THRIVE else "National Decision Model"


ASKS: Final[dict[Form, dict[str, tuple[str, str]]]] = {
    Form.THRIVE: {
        "threat": ("Threat", "What is threatened, by whom as far as is known, where and when?"),
        "harm": ("Harm", "What harm was done or would be, and to whom?"),
        "risk": ("Risk", "How likely is it, and what may happen before officers are there?"),
        "investigation": ("Investigation", "What is to be found out or kept, and what is lost by waiting?"),
        "vulnerability": ("Vulnerability", "Who is vulnerable, and how? Think of everybody, on both sides."),
        "engagement": ("Engagement", "Who is spoken to, and how do they want to be reached?"),
    },
    Form.NDM: {
        "ethics": ("Code of Ethics", "How does it bear on what is decided?"),
        "information": ("Information and intelligence", "What is known, what is not, and from whom?"),
        "assessment": ("Threat, risk and working strategy", "What may happen, and what do you mean to achieve?"),
        "powers": ("Powers and policy", "What may be done, and under what?"),
        "options": ("Options and contingencies", "What could be done, and what if it goes otherwise?"),
        "action": ("Action and review", "What is done, by whom, and when is it looked at again?"),
    },
}
"""The questions of each: a heading and what it asks."""


def assess(
    officer: Officer,
    case: Case,
    form: Form,
    answers: Mapping[str, str],
    decision_maker: Officer,
    *,
    clock: Clock = system_clock,
) -> Assessment:
    """Keep one version of a form. UsageError when a question is not answered; NotAllowed in a colleague's turn."""
    said = {name: answers.get(name, "").strip() for name in ASKS[form]}
    if not all(0 < len(words) <= LONGEST_REASON for words in said.values()) or not may_decide(decision_maker):
        raise UsageError("Every question of the form is answered, and an officer who may decide is named.")
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        in_turn_of(officer, case, clock)
        made = Assessment.objects.create(
            case=case,
            at=moment(clock()),
            by=officer,
            decision_maker=decision_maker,
            form=form.value,
            answers=said,
            after=last_rise(case),
        )
        record(
            Verb.ASSESSMENT_MADE,
            actor=officer.actor,
            case=case.reference,
            record=decision_maker.actor,
            details={"form": form.value, "row": row_digest(made)},
            clock=clock,
        )
    return made


def may_decide(officer: Officer) -> bool:
    """May they be named as who decides: an officer who is here, in a role that does?"""
    return may(officer, Ability.DECIDE)


def missing(case: Case) -> tuple[str, ...]:
    """What stands between a report and leaving triage, a sentence each."""
    grading, rise = case.gradings.last(), last_rise(case)
    wanted = []
    if grading is None:
        wanted.append("An officer has not graded it yet.")
    elif rise is not None and rise.grading_id == grading.pk:
        wanted.append("What is suggested rose since it was graded: grade it again.")
    if Standing.objects.filter(case=case, asked=True).exists():
        wanted.append("The time of a meeting has passed: say whether it has happened.")
    since = "yet" if rise is None else "since what is suggested rose"
    wanted += [
        f"There is no {form.words} entry with a named decision-maker {since}."
        for form in Form
        if entry_that_counts(case, form) is None
    ]
    return tuple(wanted)


def entry_that_counts(case: Case, form: Form) -> Assessment | None:
    """The newest entry of this form, of those that were made since the report rose last."""
    entries = case.assessments.filter(form=form.value, after=last_rise(case))
    return entries.select_related("by", "decision_maker").last()


def leave_triage(officer: Officer, case: Case, *, clock: Clock = system_clock) -> None:
    """The report leaves triage, once, and once again where it rose since. UsageError while anything is missing."""
    check_may_grade(officer, case)
    with recorded():
        in_turn()
        if out_of_triage(case):
            return
        thrive, ndm = (entry_that_counts(case, form) for form in Form)
        grading, wanted = case.gradings.last(), missing(case)
        if thrive is None or ndm is None or grading is None or wanted:
            raise UsageError(" ".join(wanted))
        in_turn_of(officer, case, clock)
        answered = {"thrive": thrive, "ndm": ndm, "grading": grading}
        left = _left(case, at=moment(clock()), by=officer, **answered)
        Standing.objects.filter(case=case).update(waits=False)
        record(
            Verb.TRIAGE_LEFT,
            actor=officer.actor,
            case=case.reference,
            record="case",
            details={"row": row_digest(left)},
            clock=clock,
        )


def _left(case: Case, **said: Any) -> LeftTriage | LeftAgain:
    rise = last_rise(case)
    if rise is not None and LeftTriage.objects.filter(case=case).exists():
        return LeftAgain.objects.create(case=case, after=rise, **said)
    return LeftTriage.objects.create(case=case, after=rise, **said)
