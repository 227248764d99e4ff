"""Each package's copies: where it must be, and when it was last seen to be what it is called.

    note_kept(kept.sha256, kept.size, clock)     in the transaction of whoever took it in
    look_soon(sha256, FIRST, clock)              somebody met something wrong with it: hash it again now
    forget_copies(sha256)                        it was erased by law: nothing is looked for any more

A copy is at a location: the first, or the second that is set now (``location_key``). One at the second waits until a
worker has copied it (keeping/mirroring.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.location import FIRST
from safehand.desk.custody.models import Copy, CopyState
from safehand.desk.settings.mirror import Mirror

_HOUR: Final = timedelta(hours=1)


def second_key() -> str:
    """What rows call the second location that is set now; empty where none is."""
    mirror: Mirror | None = settings.MIRROR
    return mirror.key if mirror is not None else ""


def location_keys() -> tuple[str, ...]:
    """Where each package must be: the first location, and the second where one is set."""
    return (FIRST, second_key()) if second_key() else (FIRST,)


def note_kept(sha256: str, size: int, clock: Clock) -> None:
    """It came in, and was hashed on the way. Noted once; said again, nothing changes."""
    now = moment(clock())
    for location in location_keys():
        first = location == FIRST
        Copy.objects.get_or_create(
            sha256=sha256,
            location=location,
            defaults={
                "size": size,
                "since": now,
                "state": CopyState.WHOLE if first else CopyState.WAITING,
                "checked_at": now if first else None,
                "due_at": due_after(sha256, now) if first else now,
            },
        )


def look_soon(sha256: str, location: str, clock: Clock) -> None:
    """Its next look is now. What is found is written down then."""
    Copy.objects.filter(sha256=sha256, location=location).update(due_at=moment(clock()))


def forget_copies(sha256: str) -> None:
    """In the transaction of its erasure, whose entry says what was erased."""
    Copy.objects.filter(sha256=sha256).delete()


def due_after(sha256: str, checked_at: datetime) -> datetime:
    """When it is hashed again: well within REHASH_WITHIN, and packages of one day on different days.

    On the hour, so that what is looked at together is one entry of the log.
    """
    within: timedelta = settings.REHASH_WITHIN
    spread = int(sha256[:8], 16) / (1 << 32)
    due = checked_at + within * (0.6 + 0.35 * spread)
    return due if within < 24 * _HOUR else due.replace(minute=0, second=0, microsecond=0)
