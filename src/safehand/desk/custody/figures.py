"""How long the custody log is, and how much of it is signed and stamped: numbers for whoever watches the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.figures import Figure, gauge
from safehand.desk.core.health import Health
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.desk.custody.signed_log import DUE, last_entry
from safehand.desk.custody.stamping import stamp_state

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
    state = stamp_state(clock)
    if state.asks:
        waits = "Seconds a checkpoint has waited for its timestamp."
        yield gauge("safehand_log_unstamped_seconds", waits, _since(state.waits_since, clock()) / _MICROS)


def log_signed(clock: Clock = system_clock) -> Iterator[Health]:
    """No entry waits long for a checkpoint."""
    since = _unsigned_for(_signed(), clock())
    words = f"the oldest entry without a checkpoint is {since // _MICROS // 60} minutes old"
    yield Health("log signed", well=since <= LATE, words=words)


def log_stamped(clock: Clock = system_clock) -> Iterator[Health]:
    """No checkpoint waits longer for its timestamp than the unit set. Nothing where no authority is asked."""
    state = stamp_state(clock)
    if state.asks:
        since = _since(state.waits_since, clock())
        words = f"a checkpoint has waited {since // _MICROS // 60} minutes for its timestamp"
        yield Health("log stamped", well=since < settings.STAMPED_WITHIN // timedelta(microseconds=1), words=words)


def _since(at: int | None, now: int) -> int:
    return max(0, now - at) if at is not None else 0


def _signed() -> int:
    return LogCheckpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def _unsigned_for(size: int, now: int) -> int:
    """Microseconds; 0 when all are signed for."""
    return _since(CustodyEntry.objects.filter(sequence=size + 1).values_list("instant", flat=True).first(), now)
