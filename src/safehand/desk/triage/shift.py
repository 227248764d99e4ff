"""Notes from one shift to the next: on top of the inbox until an officer of the next says by name that they read it.

    write_note(officer, "SH-7K3M9QXAR: the school rings back at nine.")
    notes_that_stand(officer)              those that nobody read, the oldest first
    note_read(officer, 3)                  by another officer than who wrote it

Whoever triages sees it. But the words of one that names a case, by its reference, are shown to who may open that case
and to nobody else (need to know): others see that there is a note. The first time that it is shown to each officer is a
custody entry, written before it is shown. A note is added and never edited; what it got wrong, another note says. It
may be of no case, so its words are sealed under a key of the desk (HKDF, RFC 5869, of its secret key): whoever has the
database alone reads nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from django.http import Http404

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.core.sealed_field import ERASED, ERASED_BYTES, desk_cipher
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may, may, officers_who_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.models import LONGEST_REASON, ShiftNote, ShiftNoteRead, ShiftNoteShown
from safehand.desk.triage.named import closed_to, references_in, slips_in
from safehand.errors import UsageError

KEPT_IN_SIGHT: Final = 50
"""Notes on their page: some weeks of them."""

_NONCE: Final = 12
_INFO: Final = b"safehand notes of shifts v1"
_ABOUT: Final = b"shift"


@dataclass(frozen=True, slots=True)
class NoteShown:
    """One note. ``words`` is None where it is ``closed`` to this officer: it names a case that they may not open.

    None, too, where the desk's secret key is another than when it was written.
    """

    note: ShiftNote
    words: str | None
    read: ShiftNoteRead | None
    closed: bool = False


def write_note(
    officer: Officer,
    words: str,
    *,
    clock: Clock = system_clock,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> ShiftNote:
    """Add a note. UsageError for one that says nothing, or too much, or names a case by a reference with a slip in it.

    By such a one nobody would be found who may read it.
    """
    said = words.strip()
    if not said or len(said) > LONGEST_REASON:
        raise UsageError(f"A note says something, in at most {LONGEST_REASON} characters.")
    if slips_in(said):
        raise UsageError("A case reference in the note has a slip in it.", todo="Compare it with where you read it.")
    check_may(officer, Ability.GRADE)
    nonce = random(_NONCE)
    sealed = nonce + desk_cipher(_INFO).encrypt(nonce, said.encode("utf-8", "surrogatepass"), _ABOUT)
    with recorded():
        in_turn()
        note = ShiftNote.objects.create(at=moment(clock()), by=officer, sealed_words=sealed)
        record(Verb.NOTE_WRITTEN, actor=officer.actor, details={"note": note.pk, "row": row_digest(note)}, clock=clock)
    return note


def nobody_else_may_read(officer: Officer, words: str, *, clock: Clock = system_clock) -> bool:
    """Does it name a case that no colleague who triages may open? Then it would stand there, and say nothing to any."""
    named = references_in(words)
    return bool(named) and all(
        closed_to(each, named, clock) for each in officers_who_may(Ability.GRADE) if each != officer
    )


def note_read(officer: Officer, note: int, *, clock: Clock = system_clock) -> None:
    """By name. Read already, nothing changes; Http404 for one's own, one that is closed to them, and where is none."""
    check_may(officer, Ability.GRADE)
    with recorded():
        in_turn()
        found = ShiftNote.objects.filter(pk=note).exclude(by=officer).first()
        if found is None or _for(officer, [found], clock)[0].closed:
            raise Http404
        if ShiftNoteRead.objects.filter(note=found).exists():
            return
        said = ShiftNoteRead.objects.create(note=found, at=moment(clock()), by=officer)
        details: Details = {"note": found.pk, "row": row_digest(said)}
        record(Verb.NOTE_READ, actor=officer.actor, details=details, clock=clock)


def notes_that_stand(officer: Officer, *, clock: Clock = system_clock) -> tuple[NoteShown, ...]:
    """Those that nobody read yet, recorded before they are shown. None for who does not work in triage."""
    if not may(officer, Ability.GRADE):
        return ()
    return _first_recorded(officer, ShiftNote.objects.filter(read=None).select_related("by"), clock)


def all_notes(officer: Officer, *, clock: Clock = system_clock) -> tuple[NoteShown, ...]:
    """The latest, the newest first, recorded before they are shown."""
    check_may(officer, Ability.GRADE)
    notes = ShiftNote.objects.select_related("by", "read__by").order_by("-pk")[:KEPT_IN_SIGHT]
    return _first_recorded(officer, notes, clock)


def _first_recorded(officer: Officer, notes: Iterable[ShiftNote], clock: Clock) -> tuple[NoteShown, ...]:
    shown = _for(officer, notes, clock)
    theirs = [each.note for each in shown if each.words is not None and each.note.by_id != officer.pk]
    if _not_shown_yet(officer, theirs):  # else no write lock is taken: an inbox is looked at all day
        with recorded():
            in_turn()
            for note in _not_shown_yet(officer, theirs):
                said = ShiftNoteShown.objects.create(note=note, at=moment(clock()), by=officer)
                details: Details = {"note": note.pk, "row": row_digest(said)}
                record(Verb.NOTE_SHOWN, actor=officer.actor, details=details, clock=clock)
    return shown


def _for(officer: Officer, notes: Iterable[ShiftNote], clock: Clock) -> tuple[NoteShown, ...]:
    """As this officer may see them. Who wrote one knows it."""
    shown = [_shown(note) for note in notes]
    named = {each.note.pk: references_in(each.words or "") for each in shown if each.note.by_id != officer.pk}
    closed = closed_to(officer, frozenset().union(*named.values()), clock)
    return tuple(
        NoteShown(each.note, None, each.read, closed=True) if named.get(each.note.pk, frozenset()) & closed else each
        for each in shown
    )


def _not_shown_yet(officer: Officer, notes: list[ShiftNote]) -> list[ShiftNote]:
    before = set(ShiftNoteShown.objects.filter(by=officer, note__in=notes).values_list("note", flat=True))
    return [note for note in notes if note.pk not in before]


def notes_that_name(reference: str) -> list[ShiftNote]:
    """Those whose words name this case, for who erases it. Whoever asks has asked who may."""
    opened = [_shown(note) for note in ShiftNote.objects.iterator()]
    return [each.note for each in opened if each.words is not None and reference in references_in(each.words)]


def _shown(note: ShiftNote) -> NoteShown:
    sealed = bytes(note.sealed_words)
    read: ShiftNoteRead | None = getattr(note, "read", None)
    if sealed == ERASED_BYTES:
        return NoteShown(note, ERASED, read)
    try:
        words = desk_cipher(_INFO).decrypt(sealed[:_NONCE], sealed[_NONCE:], _ABOUT).decode("utf-8", "surrogatepass")
    except InvalidTag:
        return NoteShown(note, None, read)
    return NoteShown(note, words, read)
