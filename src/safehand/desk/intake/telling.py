"""Telling the public node how far each report is, so that it can tell the holder: a chore of the workers.

    received ──► reading ──► officer ──► finished        domain: Received, Being read, With an officer, Finished
                    └──► unopened ──► officer            what came cannot be opened: its holder is told so

Of a package: read by a worker, taken by an officer, told "finished". Of an urgent notice: opened, taken, closed.

What the node is told is the whole of it each time (``safehand.told/1``); it is told only when something changed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Q, QuerySet

from safehand.desk.cases.models import CaseOfficer
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.actions import in_turn
from safehand.desk.handover.models import Progress
from safehand.desk.handover.refusals import Refused
from safehand.desk.intake.collect import the_source
from safehand.desk.intake.models import Arrival, Notice, NoticeState, ToldHolder
from safehand.desk.intake.parcel_source import NodeAway, NodeRefused, ParcelSource
from safehand.durable import Step
from safehand.model.canonical import Json, format_canonical
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO
from safehand.seal.holder_messages import FINISHED, NOT_OPENED
from safehand.signing.clock import utc_text

log = logging.getLogger("safehand.desk.intake")

EVERY: Final = 10
"""Seconds between two looks, by whichever worker comes first."""

AT_ONCE: Final = 15
"""Seconds that one look may take: a node could be slow with each parcel. The next look goes on with the others."""

NOT_AGAIN: Final = 600
"""Seconds in which a parcel that the node would not be told of is left alone: others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Latest:
    """All there is to say of one arrival, as it is said (``safehand.told/1``)."""

    arrival: Arrival
    said: bytes
    finished: bool

    @property
    def is_new(self) -> bool:
        """Whether the node does not know it."""
        return sha256_of(self.said) != self.arrival.node_knows


def look_what_to_tell() -> int:
    """The chore: ``tell_node``, when it was not done a moment ago."""
    return tell_node() if cache.add("telling.turn", 1, EVERY) else 0


def tell_node(clock: Clock = system_clock) -> int:
    """Say what changed. How many parcels it was said of."""
    source = the_source()
    if source is None:
        return 0
    said, began = 0, clock()
    for latest in _latest(Arrival.objects.exclude(acknowledged_at=None).filter(settled=False)):
        if clock() - began > AT_ONCE * MICRO:
            break
        if latest.is_new and cache.get(_refused(latest.arrival)) is not None:
            continue
        try:
            said += _tell(latest, source)
        except NodeAway as away:
            if cache.add("telling.away", 1, 600):  # said once in ten minutes
                log.warning("the public node was not told (%s)", type(away).__name__)
            break
    return said


def told_of(arrival: Arrival, told: Sequence[ToldHolder], *, taken: bool) -> Latest:
    """All there is to say of one."""
    messages: list[Json] = [
        {"template": row.template, "told": utc_text(int(row.told_at.timestamp() * MICRO) // MICRO)} for row in told
    ]
    progress = _progress(arrival, {row.template for row in told}, taken=taken)
    said = format_canonical({"schema": "safehand.told/1", "progress": str(progress), "messages": messages})
    return Latest(arrival, said, finished=progress is Progress.FINISHED)


def _tell(latest: Latest, source: ParcelSource) -> bool:
    """Whether it had to be said. NodeAway when nothing more can be said just now."""
    arrival, is_new = latest.arrival, latest.is_new
    if is_new:
        try:
            source.tell(arrival.parcel, latest.said)
        except (NodeRefused, Refused) as refused:
            cache.set(_refused(arrival), 1, NOT_AGAIN)
            log.warning("the public node will not be told of a parcel (%s)", type(refused).__name__)
            return False
        Arrival.objects.filter(pk=arrival.pk).update(node_knows=sha256_of(latest.said))
    if latest.finished:
        _settle(arrival)
    return is_new


def _settle(arrival: Arrival) -> None:
    """Look at it no more, if the node knows the latest still: an officer may have told something more meanwhile."""
    with committed(Step.CHORE_WRITTEN):
        in_turn()
        for latest in _latest(Arrival.objects.filter(pk=arrival.pk)):
            if not latest.is_new:
                Arrival.objects.filter(pk=arrival.pk).update(settled=True)


def _latest(of: QuerySet[Arrival]) -> Iterator[Latest]:
    """Three questions to the database, however many there are."""
    arrivals = list(of.select_related("case", "case__package", "notice"))
    cases = {arrival.case_id for arrival in arrivals if arrival.case_id is not None}
    told: dict[str | int, list[ToldHolder]] = defaultdict(list)
    for row in ToldHolder.objects.filter(Q(case__in=cases) | Q(notice__in=[each.pk for each in arrivals])):
        told[row.case_id or row.notice_id or ""].append(row)
    taken = set(CaseOfficer.objects.filter(case__in=cases).values_list("case", flat=True))
    for arrival in arrivals:
        about = arrival.case_id or arrival.pk  # a number, or a parcel's name: neither can be the other
        yield told_of(arrival, told[about], taken=arrival.case_id in taken)


def _refused(arrival: Arrival) -> str:
    return f"telling.{arrival.pk}"


def _progress(arrival: Arrival, told: set[str], *, taken: bool) -> Progress:
    if FINISHED in told:
        return Progress.FINISHED
    if hasattr(arrival, "notice"):
        return _of_notice(arrival.notice)
    if taken:
        return Progress.OFFICER
    if NOT_OPENED in told:
        return Progress.UNOPENED
    begun = arrival.case is not None and arrival.case.package.started_at is not None
    return Progress.READING if begun else Progress.RECEIVED


def _of_notice(notice: Notice) -> Progress:
    match notice.state:
        case NoticeState.CLOSED:
            return Progress.FINISHED
        case NoticeState.TAKEN:
            return Progress.OFFICER
        case _ if not notice.opened:
            return Progress.UNOPENED
        case _:
            return Progress.READING if notice.shown_at is not None else Progress.RECEIVED
