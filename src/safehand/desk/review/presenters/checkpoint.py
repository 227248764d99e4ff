"""A checkpoint of the custody log in words and figures, to be printed and to be read over the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from safehand.desk.core.clock import moment
from safehand.desk.review.lodging import Lodging
from safehand.log.note import Note, format_note

_COSIGNED = 8 + 64
"""Bytes of a witness's signature: the time before it (c2sp.org/tlog-cosignature)."""


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One witness, as its line says; nobody checked it here but when it was kept."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """What the page shows."""

    unit: str
    log: str
    entries: int
    root: tuple[str, ...]
    """Eight groups of eight hexadecimal digits."""
    at: datetime
    note: str
    policy: str
    seen_by: tuple[SeenBy, ...]
    waiting: int


def checkpoint_page(lodging: Lodging) -> CheckpointPage:
    """Of a checkpoint."""
    checkpoint, note = lodging.signed.checkpoint, lodging.signed.note
    root = checkpoint.root.hex()
    return CheckpointPage(
        unit=lodging.unit,
        log=checkpoint.origin,
        entries=checkpoint.size,
        root=tuple(root[at : at + 8] for at in range(0, len(root), 8)),
        at=moment(lodging.signed.signed_at),
        note=format_note(note),
        policy=lodging.policy,
        seen_by=_seen_by(note),
        waiting=lodging.waiting,
    )


def _seen_by(note: Note) -> tuple[SeenBy, ...]:
    return tuple(
        SeenBy(one.name, datetime.fromtimestamp(int.from_bytes(one.data[:8], "big"), UTC))
        for one in note.signatures
        if len(one.data) == _COSIGNED
    )
