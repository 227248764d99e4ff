"""Notes of shifts in words, and whether the desk is staffed now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from safehand.desk.core import say
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.sealed_field import LOST
from safehand.desk.officers.models import Officer
from safehand.desk.triage.shift import NoteShown, all_notes, notes_that_stand

_CLOSED: Final = "A note about a case that you may not open. Whoever is on that case reads it."


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note. ``read`` says who read it; ``mine`` where this officer wrote it, and so cannot read it for others.

    ``closed`` where it names a case that this officer may not open: ``words`` then say so, and nothing of it.
    """

    id: int
    words: str
    by: str
    at: datetime
    read: str
    mine: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """For the top of the inbox. ``staffed_again`` is None while the desk is staffed, or sets no hours."""

    notes: tuple[NoteRow, ...]
    staffed_again: datetime | None


def shift_shown(officer: Officer, clock: Clock = system_clock) -> ShiftShown:
    """What the shift before left, and the hours."""
    hours = settings.HOURS
    again = hours.next_after(moment(clock())) if hours is not None else None
    return ShiftShown(tuple(_row(officer, each) for each in notes_that_stand(officer, clock=clock)), again)


def note_rows(officer: Officer) -> tuple[NoteRow, ...]:
    """All of them, the newest first."""
    return tuple(_row(officer, each) for each in all_notes(officer))


def _row(officer: Officer, shown: NoteShown) -> NoteRow:
    words = _CLOSED if shown.closed else LOST if shown.words is None else shown.words
    read = f"{shown.read.by.reference} read it on {say.uk_time(shown.read.at)}" if shown.read is not None else ""
    mine = shown.note.by == officer
    return NoteRow(shown.note.pk, words, shown.note.by.reference, shown.note.at, read, mine, shown.closed)
