"""Telling the public node how far each report is, so that it can tell the holder: a chore of the workers.

    received ──► reading ──► officer ──► finished        domain: Received, Being read, With an officer, Finished

What the node is told is the whole of it each time (``safehand.told/1``); it is told only when something changed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.core.cache import cache

from safehand.desk.cases.models import CaseOfficer
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.handover.models import Progress
from safehand.desk.handover.refusals import Refused
from safehand.desk.intake.collect import the_source
from safehand.desk.intake.models import Arrival, ToldHolder
from safehand.desk.intake.parcel_source import NodeAway, NodeRefused
from safehand.model.canonical import Json, format_canonical
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO
from safehand.seal.holder_messages import FINISHED
from safehand.signing.clock import utc_text

log = logging.getLogger("safehand.desk.intake")


EVERY: Final = 10
"""Seconds between two looks, by whichever worker comes first."""

AT_ONCE: Final = 15
"""Seconds that one look may take: a node could be slow with each parcel. The next look goes on with the others."""

NOT_AGAIN: Final = 600
"""Seconds in which a parcel that the node would not be told of is left alone: others wait for their turn."""

SETTLED: Final = timedelta(hours=1)
"""After which a report that is finished is no longer looked at."""


def look_what_to_tell() -> int:
    """The chore: ``tell_node``, when it was not done a moment ago."""
    return tell_node() if cache.add("telling.turn", 1, EVERY) else 0


def tell_node(clock: Clock = system_clock) -> int:
    """Say what changed. How many parcels it was said of."""
    source = the_source()
    if source is None:
        return 0
    said, began = 0, clock()
    for arrival, told in _to_say(clock):
        if clock() - began > AT_ONCE * MICRO:
            break
        if cache.get(_refused(arrival)) is not None:
            continue
        try:
            source.tell(arrival.parcel, told)
        except (NodeRefused, Refused) as refused:
            cache.set(_refused(arrival), 1, NOT_AGAIN)
            log.warning("the public node will not be told of a parcel (%s)", type(refused).__name__)
            continue
        except NodeAway as away:
            if cache.add("telling.away", 1, 600):  # said once in ten minutes
                log.warning("the public node was not told (%s)", type(away).__name__)
            break
        Arrival.objects.filter(pk=arrival.pk).update(node_knows=sha256_of(told))
        said += 1
    return said


def told_of(arrival: Arrival, told: Sequence[ToldHolder], *, taken: bool) -> bytes:
    """All there is to say of one."""
    messages: list[Json] = [
        {"template": row.template, "told": utc_text(int(row.told_at.timestamp() * MICRO) // MICRO)} for row in told
    ]
    progress = _progress(arrival, {row.template for row in told}, taken=taken)
    return format_canonical({"schema": "safehand.told/1", "progress": str(progress), "messages": messages})


def _to_say(clock: Clock) -> Iterator[tuple[Arrival, bytes]]:
    """Those of which the node does not know the latest: three questions to the database, however many there are."""
    over = ToldHolder.objects.filter(template=FINISHED, told_at__lt=moment(clock()) - SETTLED)
    open_ = Arrival.objects.exclude(acknowledged_at=None).exclude(case__in=over.values("case"))
    arrivals = list(open_.select_related("case", "case__package"))
    cases = {arrival.case_id for arrival in arrivals}
    told: dict[int, list[ToldHolder]] = defaultdict(list)
    for row in ToldHolder.objects.filter(case__in=cases):
        told[row.case_id].append(row)
    taken = set(CaseOfficer.objects.filter(case__in=cases).values_list("case", flat=True))
    for arrival in arrivals:
        latest = told_of(arrival, told[arrival.case_id or 0], taken=arrival.case_id in taken)
        if sha256_of(latest) != arrival.node_knows:
            yield arrival, latest


def _refused(arrival: Arrival) -> str:
    return f"telling.{arrival.pk}"


def _progress(arrival: Arrival, told: set[str], *, taken: bool) -> Progress:
    if FINISHED in told:
        return Progress.FINISHED
    if taken:
        return Progress.OFFICER
    begun = arrival.case is not None and arrival.case.package.started_at is not None
    return Progress.READING if begun else Progress.RECEIVED
