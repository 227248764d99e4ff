"""The case that a custodian or a supervisor means, by its reference. They need not be on it, and read no message."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment
from safehand.desk.core.say import LONDON
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import UsageError

LONGEST_REASON = 1000
"""Characters of a reason: some ten lines, which somebody will read in court."""


def case_called(officer: Officer, reference: str, *abilities: Ability) -> Case:
    """The case. NotAllowed for whom no role lets do any of these; Http404 where there is no such case."""
    for ability in abilities:
        check_may(officer, ability)
    case = Case.objects.filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case


def words_of(reason: str) -> str:
    """Trimmed. UsageError for none, or too many."""
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"It needs a reason, in at most {LONGEST_REASON} characters.", todo="Say why.")
    return words


def today(clock: Clock) -> date:
    """The day on the UK's clock."""
    return moment(clock()).astimezone(LONDON).date()


def as_number(day: date) -> int:
    """A day as a custody entry holds it: 20261128."""
    return day.year * 10_000 + day.month * 100 + day.day


def refuse_erased(case: Case) -> None:
    """UsageError for a case that was erased: there is nothing left to decide of."""
    if case.erased_at is not None:
        raise UsageError("This case was erased.", where=case.reference)
