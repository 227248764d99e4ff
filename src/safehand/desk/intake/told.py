"""Telling a holder: one of the closed messages of seal/data/holder-messages.json, recorded as a disclosure.

    tell_holder(officer, case, "officer_will_ring")      or an urgent notice, in place of the case
    present_told(case)                                what was told, and what may be

There is no way to tell anything else: no field, no route and no column holds words of an officer (domain.md F2.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from django.db.models import QuerySet
from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.intake.models import Arrival, Notice, ToldHolder
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.model.instant import MICRO
from safehand.seal.holder_messages import MESSAGES, NOT_OPENED, RECEIVED, HolderMessage

About: TypeAlias = Case | Notice
"""What a holder sent, as the desk has it: a report became a case, an urgent notice is one."""

ACTOR: Final = "desk:handover"


@dataclass(frozen=True, slots=True)
class Told:
    """One that was told."""

    message: HolderMessage
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a case's report, or of an urgent notice, as far as the desk can speak to them."""

    reference: str
    reachable: bool
    """Whether the report came by the public node. What was handed in by hand has no way back here."""
    told: tuple[Told, ...]
    messages: tuple[HolderMessage, ...]
    """What may be told."""


def tell_holder(officer: Officer, about: About, template: str, *, clock: Clock = system_clock) -> None:
    """Tell the holder one message. Http404 for any other, and where what they sent did not come by the public node."""
    check_may(officer, Ability.OPEN_NOTICES if isinstance(about, Notice) else Ability.TELL_HOLDER)
    if template not in MESSAGES or not _came_by_node(about):
        raise Http404
    with recorded():
        _tell(about, template, officer, officer.actor, clock)


def tell_received(about: About, clock: Clock) -> None:
    """The first message, by the desk itself, in the transaction in which it is taken in."""
    _tell(about, RECEIVED, None, ACTOR, clock)


def tell_not_opened(about: About, clock: Clock) -> None:
    """By the desk itself, once, in the transaction in which it is found out. Nobody is told who handed it in by hand:
    an officer is before them.
    """
    if _came_by_node(about) and not _rows(about).filter(template=NOT_OPENED).exists():
        _tell(about, NOT_OPENED, None, ACTOR, clock)


def present_told(about: About) -> Holder:
    """For the page. No custody entry: it is the desk's own words, and shows no evidence."""
    rows = _rows(about).select_related("told_by")
    told = [Told(MESSAGES[row.template], row.told_at, _by(row)) for row in rows if row.template in MESSAGES]
    reachable = _came_by_node(about)
    may = tuple(message for message in MESSAGES.values() if message.id != RECEIVED) if reachable else ()
    return Holder(_reference(about), reachable, tuple(told), may)


def _rows(about: About) -> QuerySet[ToldHolder]:
    return ToldHolder.objects.filter(notice=about) if isinstance(about, Notice) else about.told.all()


def _came_by_node(about: About) -> bool:
    return isinstance(about, Notice) or Arrival.objects.filter(case=about).exists()


def _reference(about: About) -> str:
    return about.arrival.desk_reference if isinstance(about, Notice) else about.reference


def _by(row: ToldHolder) -> str:
    return row.told_by.reference if row.told_by is not None else "the desk itself"


def _tell(about: About, template: str, officer: Officer | None, actor: str, clock: Clock) -> None:
    # Whole seconds: so it is said to the node, and one message is one row there.
    at = moment(clock() // MICRO * MICRO)
    case, notice = (None, about) if isinstance(about, Notice) else (about, None)
    ToldHolder.objects.create(case=case, notice=notice, template=template, told_at=at, told_by=officer)
    unsettle(about)
    record(
        Verb.HOLDER_TOLD,
        actor=actor,
        case=case.reference if case is not None else None,
        record=f"notice:{notice.arrival.sha256}" if notice is not None else "case",
        recipient="holder",
        details={"message": template},
        clock=clock,
    )


def unsettle(about: About) -> None:
    """There is more to say of it: the node is told at the next look (telling.py)."""
    if isinstance(about, Notice):
        Arrival.objects.filter(pk=about.arrival_id).update(settled=False)
    else:
        Arrival.objects.filter(case=about).update(settled=False)
