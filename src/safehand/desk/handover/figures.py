"""What waits at the public node for its desk: numbers for whoever watches it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min, Sum

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.figures import Figure, by, gauge
from safehand.desk.handover.models import Parcel, ParcelKind, ParcelState


def parcels(clock: Clock = system_clock) -> Iterator[Figure]:
    """How many wait, how many bytes, and how long the oldest has."""
    waiting = Parcel.objects.filter(state=ParcelState.WAITING).order_by()
    many: dict[str, float] = dict.fromkeys(ParcelKind.values, 0)
    many |= dict(waiting.values_list("kind").annotate(many=Count("pk")))
    yield by("safehand_parcels_waiting", "Parcels the desk has not collected yet, by kind.", "kind", many)
    told = waiting.aggregate(size=Sum("size"), oldest=Min("received_at"))
    yield gauge("safehand_parcels_waiting_bytes", "Bytes of the parcels that wait.", told["size"] or 0)
    age = (moment(clock()) - told["oldest"]).total_seconds() if told["oldest"] is not None else 0
    yield gauge("safehand_parcel_oldest_seconds", "Seconds the oldest waiting parcel has waited.", max(0, age))
