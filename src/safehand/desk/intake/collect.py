"""Collecting what holders sent: kept in the evidence store, a case for it, and the desk's word back to the node.

    look_for_parcels()          a chore of the workers: what waits is put in the queue
    collect(waiting, source)    one parcel, from its bytes to its acknowledgement

Killed at any point, it is done again from the top, and nothing is kept, opened or acknowledged twice otherwise: the
evidence store knows the bytes, the row of the arrival knows the parcel, and the same acknowledgement is signed again.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Final, TypeAlias

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from safehand.desk.cases.models import Package
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.reference import new_reference
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.copies import note_kept
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.handover.refusals import Refused
from safehand.desk.intake.arrivals import take_in_package
from safehand.desk.intake.left import Why, count_left, note_away, note_left
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.notices import take_in_notice
from safehand.desk.intake.parcel_source import NodeAway, ParcelSource, Waiting
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.source_http import ParcelsAt
from safehand.desk.intake.tasks import collect_parcel
from safehand.errors import CannotWrite, CheckFailed, SafehandError
from safehand.model.instant import MICRO
from safehand.seal.acknowledgement import Acknowledgement, Signed, sign_acknowledgement
from safehand.seal.notice import LARGEST
from safehand.signing.clock import utc_text
from safehand.signing.keys import load_signing_key

log = logging.getLogger("safehand.desk.intake")

ACTOR: Final = "desk:handover"

Taker: TypeAlias = Callable[[Arrival, str | None, Clock, Callable[[int], int]], None]
"""What a kind of parcel becomes at the desk: called once for each, in the transaction that its row is made in."""

TAKERS: Final[dict[str, Taker]] = {"notice": take_in_notice, "package": take_in_package}
"""Kinds that this desk knows. Another kind waits at the node until a version comes that does."""

URGENT: Final = ("notice",)
"""Kinds that are collected at the heartbeat itself: in the queue they would wait behind a long chat being read."""

LARGEST_NOTICE: Final = 2 * LARGEST
"""Bytes of a sealed notice, at most: what the node calls a notice is collected while the worker's heart waits."""

_AT_ONCE: Final = 15
"""Seconds of one heartbeat that urgent notices may take together, and so acknowledgements that are said again: a node
could be slow with each of them.
"""

AGAIN: Final = timedelta(seconds=30)
"""After which a parcel that could not be collected is tried again."""


def the_source() -> ParcelSource | None:
    """Where this process collects from. None for a public node, and for a desk that has none."""
    state: State = settings.STATE
    if not settings.ROLE.opens:
        return None
    if settings.ROLE.takes_in:
        return ParcelsHere()
    return ParcelsAt(settings.NODE, state.desk_signing) if settings.NODE is not None else None


def look_for_parcels(clock: Clock = system_clock) -> int:
    """Put what waits in the queue, each once. How many there were."""
    source = the_source()
    if source is None:
        return 0
    try:
        listed = source.waiting()
    except NodeAway as away:
        note_away(clock)
        if cache.add("collect.away", 1, 600):  # said once in ten minutes, not at every heartbeat
            log.warning("%s", away)
        return 0
    urgent = _collect_urgent([each for each in listed.parcels if each.kind in URGENT], source, clock)
    _say_again(source, {each.parcel for each in listed.parcels}, clock)
    return urgent + _queue([each for each in listed.parcels if each.kind not in URGENT], listed.odd, clock)


def collect(
    waiting: Waiting,
    source: ParcelSource,
    *,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Arrival:
    """Bring one parcel here, and say so to the node."""
    arrival = Arrival.objects.filter(pk=waiting.parcel).first()
    if arrival is None:
        _keep(waiting, source)
        with recorded():
            in_turn()  # or two workers could both find that nobody has it
            arrival = Arrival.objects.filter(pk=waiting.parcel).first() or _arrive(waiting, clock, random_bits)
    _acknowledge(arrival, source, clock)
    return arrival


def _acknowledge(arrival: Arrival, source: ParcelSource, clock: Clock) -> None:
    source.acknowledge(arrival.parcel, acknowledgement_of(arrival))
    Arrival.objects.filter(pk=arrival.pk, acknowledged_at=None).update(acknowledged_at=moment(clock()))


def _say_again(source: ParcelSource, waiting: set[str], clock: Clock) -> None:
    """Acknowledge once more what the node no longer lists and was not heard to have taken in: its answer was lost."""
    began = clock()
    before = moment(began) - AGAIN
    for arrival in Arrival.objects.filter(acknowledged_at=None, received_at__lt=before).exclude(pk__in=waiting)[:100]:
        if clock() - began > _AT_ONCE * MICRO:
            break
        if not cache.add(f"acknowledged.{arrival.pk}", 1, 600):
            continue
        try:
            _acknowledge(arrival, source, clock)
        except (NodeAway, Refused) as problem:
            log.warning("a parcel could not be acknowledged again (%s)", type(problem).__name__)


def acknowledgement_of(arrival: Arrival) -> Signed:
    """The same bytes however often."""
    state: State = settings.STATE
    received = utc_text(int(arrival.received_at.timestamp() * MICRO) // MICRO)
    said = Acknowledgement(arrival.sha256, arrival.size, arrival.reference, received)
    return sign_acknowledgement(said, load_signing_key(state.desk_signing))


def _queue(waiting: list[Waiting], odd: int, clock: Clock) -> int:
    """Put in the queue what this desk can take in and nobody is at. What it cannot is counted for the inbox."""
    state: State = settings.STATE
    busy = _busy(clock) if waiting else set()
    left: Counter[Why] = Counter({Why.ODD: odd})
    room = EvidenceStore(state).room() - sum(each.size for each in waiting if each.parcel in busy)
    queued = 0
    for each in waiting:
        why = _why_left(each, room)
        if why is not None:
            left[why] += 1
        elif each.parcel not in busy:
            collect_parcel.enqueue(**asdict(each))
            room -= each.size
            queued += 1
    note_left(count_left(left), clock)
    return queued


def _why_left(waiting: Waiting, room: int) -> Why | None:
    """Why it stays at the node for now; None when it need not. A smaller one may go before a larger."""
    if waiting.kind not in TAKERS:
        return Why.UNKNOWN
    if waiting.size > settings.LARGEST_PACKAGE:
        return Why.TOO_LARGE
    return Why.NO_ROOM if waiting.size > room else None


def _collect_urgent(waiting: list[Waiting], source: ParcelSource, clock: Clock) -> int:
    """Each by itself: one that cannot be collected keeps no other waiting, and is tried again after the others."""
    vain = cache.get_many([_vain(each) for each in waiting])
    began = clock()
    for each in sorted(waiting, key=lambda each: _vain(each) in vain):
        if clock() - began > _AT_ONCE * MICRO:
            break  # the heart has more to do; they are the first at the next beat
        try:
            collect(each, source, clock=clock)
        except (SafehandError, OSError, DatabaseError) as problem:
            if _vain(each) not in vain:
                cache.set(_vain(each), 1, 60)
                log.warning("an urgent notice could not be collected (%s)", type(problem).__name__)
    return len(waiting)


def _vain(waiting: Waiting) -> str:
    return f"collect.vain.{waiting.parcel}"


def _keep(waiting: Waiting, source: ParcelSource) -> None:
    """Into the evidence store, if it is what the node says it is. CannotWrite when the disk would lose its reserve."""
    state: State = settings.STATE
    if waiting.kind in URGENT and waiting.size > LARGEST_NOTICE:
        raise CheckFailed("An urgent notice is longer than any can be.", where=waiting.parcel)
    store = EvidenceStore(state)
    with store.begin(settings.LARGEST_PACKAGE) as incoming:
        for piece in source.pieces(waiting.parcel):
            if incoming.size + len(piece) > waiting.size:
                break  # more than was said: it is not that parcel, however long it goes on
            # At every piece: other workers collect too. The reserve is there for urgent notices.
            if waiting.kind not in URGENT and waiting.size - incoming.size > store.room():
                raise CannotWrite("There is no room at the desk for a parcel.", todo="Make room: it waits at the node.")
            incoming.write(piece)
        if (incoming.sha256, incoming.size) != (waiting.sha256, waiting.size):
            raise CheckFailed("A parcel is not what the public node says it is.", where=waiting.parcel)
        incoming.keep()


def _arrive(waiting: Waiting, clock: Clock, random_bits: Callable[[int], int]) -> Arrival:
    known = Package.objects.filter(sha256=waiting.sha256, case__erased_at=None).select_related("case").first()
    arrival = Arrival.objects.create(
        parcel=waiting.parcel,
        kind=waiting.kind,
        sha256=waiting.sha256,
        size=waiting.size,
        reference=waiting.reference,
        desk_reference=_unused(waiting.reference, random_bits),
        received_at=moment(clock()),
        case=known.case if known is not None else None,
    )
    note_kept(waiting.sha256, waiting.size, clock)
    TAKERS[waiting.kind](arrival, waiting.follows, clock, random_bits)
    return arrival


def _unused(reference: str, random_bits: Callable[[int], int]) -> str:
    """The node's own, unless an arrival is called that already: officers find a notice by it."""
    while Arrival.objects.filter(desk_reference=reference).exists():
        reference = new_reference(random_bits)
    return reference


def _busy(clock: Clock) -> set[str]:
    """Parcels that somebody is at, or was at in vain a moment ago."""
    tasks = DBTaskResult.objects.filter(task_path=collect_parcel.module_path)
    now = moment(clock())
    tasks.filter(status="FAILED", finished_at__lt=now - timedelta(hours=1)).delete()
    alive = tasks.filter(status__in=("READY", "RUNNING"))
    lately = tasks.filter(status="FAILED", finished_at__gt=now - AGAIN)
    return {task.args_kwargs["kwargs"]["parcel"] for task in (*alive, *lately)}
