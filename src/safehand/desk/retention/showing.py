"""What custodians and supervisors see of retention: references, days and states; of one case its reasons as well.

list_due(officer)                          due for review, on hold, to be confirmed, erased: no reason, no entry
show_case(officer, "SH-7K3M9QXAR")         one case, recorded before it is shown: reasons may speak of people
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.holding import check_may, may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.retention.dates import months_after
from safehand.desk.retention.erasing import waiting_for
from safehand.desk.retention.finding import case_called, today
from safehand.desk.retention.keeping import hold_of
from safehand.desk.retention.models import ErasureAnswered, ErasureAsked, Hold, Reviewed
from safehand.desk.retention.table import retention

AT_ONCE: Final = 100
"""Cases of a kind on the page: some weeks of reviews. How many there are is said."""


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose day has come. ``kept_by`` is empty where nobody classed it yet."""

    reference: str
    opened: date
    due: date
    kept_by: str
    held: bool


@dataclass(frozen=True, slots=True)
class RetentionList:
    """Everything of the page, the longest overdue first."""

    due: tuple[DueCase, ...]
    due_total: int
    waiting: tuple[ErasureAsked, ...]
    held: tuple[Hold, ...]
    erased: tuple[ErasureAnswered, ...]
    """The latest; one whose files are not gone yet has no ``swept``."""


@dataclass(frozen=True, slots=True)
class RetentionOfCase:
    """One case: what was decided of it, and what this officer may do."""

    case: Case
    reviews: tuple[Reviewed, ...]
    due: date
    holds: tuple[Hold, ...]
    standing: Hold | None
    asked: tuple[ErasureAsked, ...]
    waiting: ErasureAsked | None
    may_decide: bool
    may_confirm: bool
    may_refuse: bool


def list_due(officer: Officer, *, clock: Clock = system_clock) -> RetentionList:
    """NotAllowed for whom no role lets."""
    check_may(officer, Ability.SEE_RETENTION)
    due = _due(today(clock))
    held = Hold.objects.filter(followed_by=None, ended=False, case__erased_at=None)
    held_cases = set(held.values_list("case_id", flat=True))
    waiting = ErasureAsked.objects.filter(answer=None).select_related("case", "by")
    erased = ErasureAnswered.objects.filter(confirmed=True).select_related("asked__case", "asked__by", "by", "swept")
    return RetentionList(
        due=tuple(_due_case(row, held_cases) for row in due[:AT_ONCE]),
        due_total=due.count(),
        waiting=tuple(waiting[:AT_ONCE]),
        held=tuple(held.select_related("case", "by").order_by("look_on", "pk")[:AT_ONCE]),
        erased=tuple(erased.order_by("-at")[:AT_ONCE]),
    )


def show_case(officer: Officer, reference: str, *, clock: Clock = system_clock) -> RetentionOfCase:
    """One case. Http404 where there is none. Of one that was erased what stands of its erasure."""
    with recorded():
        case = case_called(officer, reference, Ability.SEE_RETENTION)
        reviews = tuple(case.retention_reviews.select_related("by").order_by("-pk"))
        holds = tuple(case.holds.select_related("by").order_by("-pk"))
        asked = tuple(case.erasures_asked.select_related("by", "answer__by", "answer__swept").order_by("-pk"))
        record(
            Verb.RETENTION_SHOWN,
            actor=officer.actor,
            case=case.reference,
            record="case",
            details={"reviews": len(reviews), "holds": len(holds)},
            clock=clock,
        )
    stands, waiting = case.erased_at is None, waiting_for(case)
    confirms = may(officer, Ability.CONFIRM_ERASURE)
    return RetentionOfCase(
        case=case,
        reviews=reviews,
        due=_due_day(case.opened_at, reviews[0].due if reviews else None),
        holds=holds,
        standing=hold_of(case),
        asked=asked,
        waiting=waiting,
        may_decide=stands and may(officer, Ability.RETAIN),
        may_confirm=waiting is not None and confirms and waiting.by != officer,
        may_refuse=waiting is not None and (confirms or waiting.by == officer),
    )


def _due_case(row: tuple[int, str, datetime, date | None, str | None], held: set[int]) -> DueCase:
    case, reference, opened, due, kept_by = row
    return DueCase(reference, opened.date(), _due_day(opened, due), kept_by or "", case in held)


def _due(day: date) -> QuerySet[Case, tuple[int, str, datetime, date | None, str | None]]:
    newest = Reviewed.objects.filter(case=OuterRef("pk")).order_by("-pk")
    cases = Case.objects.that_stand().annotate(
        due=Subquery(newest.values("due")[:1]), kept_by=Subquery(newest.values("kept_by")[:1])
    )
    before = months_after(day, -retention().unclassed_months)
    never = Q(due=None, opened_at__date__lte=before)
    found = cases.filter(Q(due__lte=day) | never).order_by("due", "opened_at", "pk")
    return found.values_list("pk", "reference", "opened_at", "due", "kept_by")


def _due_day(opened: datetime, due: date | None) -> date:
    return due or months_after(opened.date(), retention().unclassed_months)
