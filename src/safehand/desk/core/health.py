"""Is the desk alive, can it serve, and is all well with it?

    /health/live       this process answers
    /health/ready      it can serve a page: the database answers and there is room to write. 503 where not
    /health/all        all of settings.HEALTH, a line each: on the loopback port alone (core/listening.py)

What takes a web server out of a proxy's list is what keeps it from serving, and nothing else: without a worker officers
still read, and no other web server would be better off. That a worker is silent is in ``all``, and in the figures.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.models import Heartbeat
from safehand.desk.core.room import RESERVE, free_beyond_reserve
from safehand.desk.core.state import State
from safehand.desk.core.worker import LEASE

LEAST_ROOM: Final = 8 << 20
"""Bytes without which nothing can be written down, and so nothing shown: a few seconds of the database's own log."""


@dataclass(frozen=True, slots=True)
class Health:
    """One thing that was looked at. ``words`` hold numbers of ours, and nothing of a case or of anybody."""

    what: str
    well: bool
    words: str


def database() -> Iterator[Health]:
    """It answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        yield Health("database", well=False, words="does not answer")
    else:
        yield Health("database", well=True, words="answers")


def room_to_write() -> Iterator[Health]:
    """Something can still be written."""
    state: State = settings.STATE
    free = shutil.disk_usage(state.root).free
    yield Health("room to write", well=free >= LEAST_ROOM, words=f"{free >> 20} MiB free")


def room_to_take_in() -> Iterator[Health]:
    """Packages can still come in."""
    state: State = settings.STATE
    for name, folder in (("evidence", state.evidence), ("handover", state.handover)):
        left = free_beyond_reserve(folder)
        words = f"{max(0, left) >> 20} MiB beyond the {RESERVE >> 20} that are kept free"
        yield Health(f"room for {name}", well=left > 0, words=words)


def workers(clock: Clock = system_clock) -> Iterator[Health]:
    """One beats."""
    now, lease = clock(), LEASE // timedelta(microseconds=1)
    beats = Heartbeat.objects.values_list("beat_at", flat=True)
    beating = sum(now - beat < lease for beat in beats)
    yield Health("workers", well=beating > 0, words=f"{beating} beat, {len(beats) - beating} silent")


SERVES: Final = (database, room_to_write)
"""What a page needs."""


def ready() -> bool:
    """Can a page be served?"""
    return all(each.well for look in SERVES for each in look())


def all_health() -> Sequence[Health]:
    """Everything that is looked at. What cannot be looked at is not well."""
    return [each for source in settings.HEALTH for each in _looked(source)]


def _looked(source: str) -> list[Health]:
    try:
        return list(import_string(source)())
    except Exception as err:  # noqa: BLE001  what cannot be looked at is told like what is wrong
        name = source.rpartition(".")[2].replace("_", " ")
        return [Health(name, well=False, words=f"could not be looked at ({type(err).__name__})")]
