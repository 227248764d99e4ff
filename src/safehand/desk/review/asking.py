"""What every verb of review does first and last: ask whether the officer may and is on the case, and make the entry."""

from __future__ import annotations

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability


def check_on_it(officer: Officer, case: Case, ability: Ability = Ability.READ_MESSAGES) -> None:
    """NotAllowed for an officer whom no role lets, Http404 for one who is not on the case
    and has not broken glass: before anything is opened.

    A view has asked already, by open_case; a caller that did not is stopped here (style: the action checks who).
    """
    check_may(officer, ability)
    if not Case.objects.readable_by(officer).filter(pk=case.pk).exists():
        raise Http404


def enter(
    verb: Verb,
    officer: Officer,
    case: Case,
    place: str,
    details: Details,
    clock: Clock,
    reason: Purpose | None = None,
) -> None:
    """The custody entry of what is about to be shown. Nothing is shown if it cannot be written."""
    record(
        verb,
        actor=officer.actor,
        case=case.reference,
        record=place,
        reason=reason,
        details=details,
        clock=clock,
    )
