"""What every verb of triage does first: ask whether this officer may grade, and is on the case."""

from __future__ import annotations

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability


def check_may_grade(officer: Officer, case: Case) -> None:
    """NotAllowed for a role that does not grade; Http404 for an officer who is not on the case."""
    check_may(officer, Ability.GRADE)
    if not Case.objects.for_officer(officer).filter(pk=case.pk).exists():
        raise Http404
