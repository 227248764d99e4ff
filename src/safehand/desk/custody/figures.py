"""How long the custody log is, and how much of it is signed: numbers for whoever watches the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.figures import Figure, gauge
from safehand.desk.core.health import Health
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.desk.custody.signed_log import DUE, last_entry

_MICROS: Final = 1_000_000

LATE: Final = 3 * DUE
"""Microseconds after which an entry that nobody signed for is no longer a worker that was busy."""


def log(clock: Clock = system_clock) -> Iterator[Figure]:
    """Entries, what the newest checkpoint speaks of, and how long the first it does not speak of has waited."""
    size = _signed()
    yield gauge("safehand_log_entries", "Entries in the custody log.", last_entry())
    yield gauge("safehand_log_signed_entries", "Entries the newest checkpoint speaks of.", size)
    waits = "Seconds the oldest entry without a checkpoint has waited."
    yield gauge("safehand_log_unsigned_seconds", waits, _unsigned_for(size, clock()) / _MICROS)


def log_signed(clock: Clock = system_clock) -> Iterator[Health]:
    """No entry waits long for a checkpoint."""
    since = _unsigned_for(_signed(), clock())
    words = f"the oldest entry without a checkpoint is {since // _MICROS // 60} minutes old"
    yield Health("log signed", well=since <= LATE, words=words)


def _signed() -> int:
    return LogCheckpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def _unsigned_for(size: int, now: int) -> int:
    """Microseconds; 0 when all are signed for."""
    first = CustodyEntry.objects.filter(sequence=size + 1).values_list("instant", flat=True).first()
    return max(0, now - first) if first is not None else 0
