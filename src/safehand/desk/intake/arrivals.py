"""What a collected package becomes: a case that nobody is on yet, for every officer to take; and taking it.

take_in_package(arrival, follows, clock, random_bits)
take_report(officer, "SH-7K3M9QXAR")  this officer is on it from now on
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404

from safehand.casefile.key import new_case_key, wrap_case_key
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.core.reference import new_reference
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.intake.follows import the_one_called
from safehand.desk.intake.models import Arrival, Notice
from safehand.desk.intake.tasks import process_package
from safehand.desk.intake.told import tell_received
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.signing.keys import load_desk_public

ACTOR: Final = "desk:handover"


def take_in_package(arrival: Arrival, follows: str | None, clock: Clock, random_bits: Callable[[int], int]) -> None:
    """A case for it and the work of reading it in the queue; or it is recognised."""
    if arrival.case is not None:
        record(Verb.PACKAGE_RECOGNISED, actor=ACTOR, record=f"package:{arrival.sha256}", clock=clock)
        return
    state: State = settings.STATE
    recipients = load_desk_public(state.desk_public).recipients
    case = Case.objects.create(
        reference=_unused(arrival.reference, random_bits),
        opened_at=arrival.received_at,
        opened_by=None,
        wrapped_key=wrap_case_key(new_case_key(), recipients),
    )
    package = Package.objects.create(
        case=case, sha256=arrival.sha256, size=arrival.size, received_at=arrival.received_at, received_by=None
    )
    arrival.case = case
    arrival.follows = the_one_called(follows) if follows is not None else None
    arrival.save(update_fields=["case", "follows"])
    record(Verb.CASE_OPENED, actor=ACTOR, case=case.reference, record="case", clock=clock)
    record(
        Verb.PACKAGE_RECEIVED,
        actor=ACTOR,
        case=case.reference,
        record=f"package:{package.sha256}",
        details={"bytes": package.size},
        clock=clock,
    )
    tell_received(case, clock)
    if arrival.follows is not None:
        _give_to_those_on(arrival.follows, case, clock)
    package.task = process_package.enqueue(package.pk).id
    package.save(update_fields=["task"])


def take_report(officer: Officer, reference: str, *, clock: Clock = system_clock) -> Case:
    """Put this officer on a case that nobody is on. Http404 when somebody is, or there is none."""
    check_may(officer, Ability.TAKE_REPORTS)
    with recorded():
        in_turn()  # two officers who press at one moment: the second finds it taken
        case = Case.objects.that_stand().filter(reference=reference, officers=None).first()
        if case is None or not officer.is_active:
            raise Http404
        row = CaseOfficer.objects.create(case=case, officer=officer, since=moment(clock()), added_by=officer)
        said: Details = {"row": row_digest(row)}
        taken = case.reference
        record(Verb.CASE_TAKEN, actor=officer.actor, case=taken, record=officer.actor, details=said, clock=clock)
    return case


def _give_to_those_on(follows: Arrival, case: Case, clock: Clock) -> None:
    """What a holder adds goes to the officers who have what it adds to: a case, or an urgent notice."""
    for officer in _those_on(follows.case or follows.notice):
        row = CaseOfficer.objects.create(case=case, officer=officer, since=moment(clock()), added_by=None)
        said: Details = {"row": row_digest(row)}
        record(Verb.OFFICER_ADDED, actor=ACTOR, case=case.reference, record=officer.actor, details=said, clock=clock)


def _those_on(first: Case | Notice) -> list[Officer]:
    if isinstance(first, Notice):
        officer = first.taken_by
        return [officer] if officer is not None and officer.is_active else []
    held = CaseOfficer.objects.filter(case=first, officer__is_active=True).select_related("officer")
    return [each.officer for each in held]


def _unused(reference: str, random_bits: Callable[[int], int]) -> str:
    """The holder's own, unless a case is called that already."""
    while Case.objects.filter(reference=reference).exists():
        reference = new_reference(random_bits)
    return reference
