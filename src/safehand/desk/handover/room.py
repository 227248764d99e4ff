"""Whether the node has room for what is to come: on its disk, and under its ceiling.

    has_room_for(size)         there is room now; nothing is promised
    waits_here()               bytes that lie here until the desk has them, whole or still coming in

The ceiling holds a crowd back: who comes from many addresses meets no limit of one address, and may take up to half
of the disk and not all of it. What counts is what came, not what was said to come: whoever begins much and sends
little keeps nobody else out.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Sum

from safehand.desk.core.room import disk_of, free_beyond_reserve
from safehand.desk.core.state import State
from safehand.desk.handover.models import Coming, Parcel, ParcelState
from safehand.desk.settings.roles import Role


def has_room_for(size: int) -> bool:
    """Is there room for ``size`` bytes more, now?"""
    state: State = settings.STATE
    # Where the desk is on this disk too, it makes its copy before this one goes.
    copies = 2 if settings.ROLE is Role.BOTH else 1
    return free_beyond_reserve(state.handover) >= copies * size and waits_here() + size <= ceiling()


def ceiling() -> int:
    """Bytes that may wait here, together: what the unit set (SAFEHAND_WAITING), or half of the disk."""
    state: State = settings.STATE
    return int(settings.MOST_WAITING or disk_of(state.handover) // 2)


def waits_here() -> int:
    """Bytes of parcels that the desk has not collected, and of the parts of those on their way."""
    whole = Parcel.objects.filter(state=ParcelState.WAITING).aggregate(bytes=Sum("size"))["bytes"]
    parts = Coming.objects.filter(parcel=None).aggregate(bytes=Sum("received"))["bytes"]
    return int(whole or 0) + int(parts or 0)
