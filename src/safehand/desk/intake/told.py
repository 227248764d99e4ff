"""Telling a holder: one of the closed messages of seal/data/holder-messages.json, recorded as a disclosure.

    tell_holder(officer, case, "officer_will_ring")
    present_told(case)                                what was told, and what may be

There is no way to tell anything else: no field, no route and no column holds words of an officer (domain.md F2.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.intake.models import Arrival, ToldHolder
from safehand.desk.officers.models import Officer
from safehand.model.instant import MICRO
from safehand.seal.holder_messages import MESSAGES, RECEIVED, HolderMessage


@dataclass(frozen=True, slots=True)
class Told:
    """One that was told."""

    message: HolderMessage
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a case's report, as far as the desk can speak to them."""

    reference: str
    reachable: bool
    """Whether the report came by the public node. What was handed in by hand has no way back here."""
    told: tuple[Told, ...]
    messages: tuple[HolderMessage, ...]
    """What may be told."""


def tell_holder(officer: Officer, case: Case, template: str, *, clock: Clock = system_clock) -> None:
    """Tell the holder one message. Http404 for any other, and where the report did not come by the public node."""
    if template not in MESSAGES or not Arrival.objects.filter(case=case).exists():
        raise Http404
    with recorded():
        _tell(case, template, officer, officer.actor, clock)


def tell_received(case: Case, clock: Clock) -> None:
    """The first message, by the desk itself, in the transaction in which the case is opened."""
    _tell(case, RECEIVED, None, "desk:handover", clock)


def present_told(case: Case) -> Holder:
    """For the page. No custody entry: it is the desk's own words, and shows no evidence."""
    rows = ToldHolder.objects.filter(case=case).select_related("told_by")
    told = [Told(MESSAGES[row.template], row.told_at, _by(row)) for row in rows if row.template in MESSAGES]
    reachable = Arrival.objects.filter(case=case).exists()
    may = tuple(message for message in MESSAGES.values() if message.id != RECEIVED) if reachable else ()
    return Holder(case.reference, reachable, tuple(told), may)


def _by(row: ToldHolder) -> str:
    return row.told_by.reference if row.told_by is not None else "the desk itself"


def _tell(case: Case, template: str, officer: Officer | None, actor: str, clock: Clock) -> None:
    # Whole seconds: so it is said to the node, and one message is one row there.
    at = moment(clock() // MICRO * MICRO)
    ToldHolder.objects.create(case=case, template=template, told_at=at, told_by=officer)
    record(
        Verb.HOLDER_TOLD,
        actor=actor,
        case=case.reference,
        record="case",
        recipient="holder",
        details={"message": template},
        clock=clock,
    )
