"""Keeping what a holder sent, until the desk has it.

    kept = ParcelStore(state.handover).keep(pieces)
    parcel = keep_parcel(ParcelKind.NOTICE, kept)
    parcel.reference                                     SH-7K3M9QXAR, for the phone
    acknowledge_parcel(parcel, acknowledgement)          the desk has it: its words are kept, the bytes go

There is no custody entry on this side: the node has no log and no officer. The desk writes one when it collects.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import DatabaseError, IntegrityError
from django.db.models import Q

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.reference import new_reference
from safehand.desk.core.state import State
from safehand.desk.handover.models import Parcel, ParcelKind, ParcelState
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.desk.handover.store import KeptParcel, ParcelStore
from safehand.durable import Step, passed
from safehand.errors import CannotWrite
from safehand.seal.acknowledgement import NotAcknowledged, Signed, check_acknowledgement, format_signed
from safehand.signing.keys import load_desk_public


def parcel_store() -> ParcelStore:
    """This node's store."""
    state: State = settings.STATE
    return ParcelStore(state.handover)


def keep_parcel(
    kind: ParcelKind,
    kept: KeptParcel,
    *,
    check_code_hash: str = "",
    follows: Parcel | None = None,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Parcel:
    """The row of what the store holds, on the disk when this returns; or the row of the same bytes sent before.

    CannotWrite when the database will not have it: then nothing may be told to have arrived.
    """
    try:
        while True:
            known = Parcel.objects.filter(sha256=kept.sha256).first()
            if known is not None:
                return known
            try:
                with committed(Step.SENT_KEPT):
                    return Parcel.objects.create(
                        id=f"{random_bits(128):032x}",
                        kind=kind,
                        sha256=kept.sha256,
                        size=kept.size,
                        received_at=moment(clock()),
                        reference=new_reference(random_bits),
                        check_code_hash=check_code_hash,
                        follows=follows,
                    )
            except IntegrityError:
                continue  # another process was first with these bytes, or a reference was drawn twice
    except DatabaseError as err:
        raise CannotWrite(
            "What you sent could not be kept: the disk may be full.", todo="Try again, or ring 101."
        ) from err


LISTED: Final = 100
"""Parcels listed at once."""


def parcels_waiting(after: Parcel | None = None, most: int = LISTED) -> list[Parcel]:
    """What the desk is to collect, the notices first and then in the order they came: from the first, or ``after``
    one, which may be collected meanwhile.
    """
    waiting = Parcel.objects.filter(state=ParcelState.WAITING).select_related("follows")
    if after is not None:
        waiting = waiting.filter(
            Q(kind__gt=after.kind)
            | Q(kind=after.kind, received_at__gt=after.received_at)
            | Q(kind=after.kind, received_at=after.received_at, pk__gt=after.pk)
        )
    return list(waiting.order_by("kind", "received_at", "pk")[:most])


def find_parcel(parcel: str) -> Parcel:
    """The parcel of this id. Refused when there is none."""
    found = Parcel.objects.filter(pk=parcel).select_related("follows").first()
    if found is None:
        raise Refused(Refusal.NO_SUCH_PARCEL)
    return found


def acknowledge_parcel(parcel: Parcel, acknowledgement: bytes) -> None:
    """The desk has it: keep what it signed, and let the bytes go. A second time changes nothing."""
    Parcel.objects.filter(pk=parcel.pk, state=ParcelState.WAITING).update(
        state=ParcelState.COLLECTED, acknowledgement=acknowledgement
    )
    passed(Step.SENT_COLLECTED)
    parcel_store().forget(parcel.sha256)


def accept_acknowledgement(parcel: Parcel, signed: Signed) -> None:
    """The desk's word that it has a parcel. Refused unless this desk signed it, about this parcel."""
    state: State = settings.STATE
    said = signed.acknowledgement
    try:
        check_acknowledgement(signed, load_desk_public(state.desk_public))
    except NotAcknowledged as err:
        raise Refused(Refusal.NOT_SIGNED) from err
    if (said.sha256, said.size, said.reference) != (parcel.sha256, parcel.size, parcel.reference):
        raise Refused(Refusal.NOT_SIGNED)
    acknowledge_parcel(parcel, format_signed(signed))
