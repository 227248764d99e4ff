"""Taking away what nobody will finish: parcels that stopped coming, and what was left when the machine stopped.

    look_for_unfinished()      a chore of the workers: once in an hour, by whichever comes first
    expire_unfinished(clock)   the same at once

A whole parcel that waits for the desk is never taken away, however long it waits.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.core.cache import cache

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.handover.actions import parcel_store
from safehand.desk.handover.limits import forget_counts
from safehand.desk.handover.models import Coming, Parcel, ParcelState
from safehand.desk.handover.uploads import parts_of
from safehand.model.instant import MICRO

log = logging.getLogger("safehand.desk.handover")

PATIENCE: Final = 24 * 3600
"""Seconds after the last part in which the next may come: a closed lid, a night."""

EVERY: Final = 3600
"""Seconds between two looks: all that waits on the disk is looked at, which is much for every heartbeat."""

_ASKED: Final = 500
"""Rows asked for at once: a question to SQLite has room for a thousand names (sqlite.org/limits, 9)."""


def look_for_unfinished() -> int:
    """The chore: ``expire_unfinished``, when it was not done within the hour."""
    return expire_unfinished() if cache.add("unfinished.turn", 1, EVERY) else 0


def expire_unfinished(clock: Clock = system_clock) -> int:
    """Take away what nobody went on with for a day, and counts of hours that are over. How many parcels there were."""
    now = clock()
    gone = _wipe_unfinished(now) + _wipe_unknown(now) + _wipe_without_a_row(now)
    if gone:
        log.info("%s that nobody went on with for a day taken away", gone)
    forget_counts(clock)
    return gone


def _wipe_unfinished(now: int) -> int:
    gone = 0
    for coming in Coming.objects.filter(parcel=None, begun_at__lt=moment(now - PATIENCE * MICRO)):
        parts = parts_of(coming)
        with parts.alone():
            if parts.folder.exists() and now - parts.touched() < PATIENCE * MICRO:
                continue
            # The row first: a page that comes back at this moment is told to begin again. One that became whole stays.
            gone += Coming.objects.filter(pk=coming.pk, parcel=None).delete()[0]
            parts.wipe()
    return gone


def _wipe_unknown(now: int) -> int:
    """What lies there for a day without a row: the machine stopped between the one and the other."""
    known = set(Coming.objects.filter(parcel=None).values_list("pk", flat=True))
    left = [path for path in parcel_store().coming.iterdir() if path.name not in known]
    old = [path for path in left if _is_old(path, now)]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)


def _wipe_without_a_row(now: int) -> int:
    """Parcels in their place for a day that nobody waits for: no row was made, or the desk has them."""
    old = [path for path in parcel_store().places() if _is_old(path, now)]
    left = [path for some in _some_at_a_time(old) for path in _without_a_row(some)]
    for path in left:
        if _is_old(path, now):  # still: the same bytes may have come again meanwhile
            path.unlink(missing_ok=True)
    return len(left)


def _without_a_row(paths: Sequence[Path]) -> list[Path]:
    waited = Parcel.objects.filter(state=ParcelState.WAITING, sha256__in=[path.name for path in paths])
    known = set(waited.values_list("sha256", flat=True))
    return [path for path in paths if path.name not in known]


def _some_at_a_time(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    return (paths[at : at + _ASKED] for at in range(0, len(paths), _ASKED))


def _is_old(path: Path, now: int) -> bool:
    """Did nobody touch it for a day? What is gone meanwhile is not."""
    try:
        return now - path.stat().st_mtime_ns // 1000 > PATIENCE * MICRO
    except FileNotFoundError:
        return False
