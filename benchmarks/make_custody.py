"""Custody entries as a page of the reader makes them: one act at a time, or as many rows as there would be by now."""

from __future__ import annotations

import random
from collections.abc import Iterator

from django.db import transaction

from make_whatsapp import SEED
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details, Entry, format_entry, hash_of
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import leaf_hash_of
from safehand.desk.custody.log_key import log_key, origin_of
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.log.checkpoint import Checkpoint, format_checkpoint
from safehand.log.growing import grow
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.note import Note, format_note, sign

_ACTOR = "officer:BENCH1"
_CASE = "SH-000000001"
_RECORD = "conversation:1"
_ROWS = 5_000
_LEAVES = 64 * 256


def act(number: int) -> None:
    """One entry, in whatever transaction is open."""
    record(Verb.MESSAGES_SHOWN, actor=_ACTOR, case=_CASE, record=_RECORD, details=_details(number))


def write(many: int) -> None:
    """Rows as ``record`` would have written them, up to so many."""
    rows: list[CustodyEntry] = []
    with transaction.atomic():
        for row in _entries(many):
            rows.append(row)
            if len(rows) == _ROWS:
                CustodyEntry.objects.bulk_create(rows)
                rows.clear()
        CustodyEntry.objects.bulk_create(rows)


def grow_to(size: int, state: State) -> None:
    """The tiles of so many leaves in place of what was there, and their checkpoint: entries they have none."""
    key, tiles = log_key(state, may_be_new=False), KeptTiles()
    head = Checkpoint(origin_of(key), 0, EMPTY_ROOT)
    with transaction.atomic():
        while head.size < size:
            numbers = range(head.size, min(head.size + _LEAVES, size))
            after = grow(head, [leaf_hash(b"safehand.leaf/1 %064x\n" % number) for number in numbers], tiles)
            tiles.keep(after.tiles)
            head = after.checkpoint
        text = format_checkpoint(head)
        LogCheckpoint(size=head.size, note=format_note(Note(text, (sign(text, head.origin, key),))), signed_at=1).save()


def _details(number: int) -> Details:
    return {"first": number, "last": number + 199, "people": 200}


def _entries(many: int) -> Iterator[CustodyEntry]:
    last = CustodyEntry.objects.order_by("-sequence")[0]
    previous, dice = last.leaf_hash, random.Random(SEED)
    for sequence in range(last.sequence + 1, many + 1):
        entry = Entry(
            sequence=sequence,
            instant=last.instant + sequence,
            actor=_ACTOR,
            verb=Verb.MESSAGES_SHOWN,
            case=_CASE,
            record=_RECORD,
            details=_details(sequence),
            previous=previous,
        )
        canonical, salt = format_entry(entry), dice.randbytes(32)
        leaf = leaf_hash_of(salt, canonical)
        yield CustodyEntry(
            sequence=sequence,
            instant=entry.instant,
            actor=_ACTOR,
            act=entry.act.value,
            verb=entry.verb.value,
            case=_CASE,
            record=_RECORD,
            canonical=canonical,
            sha256=hash_of(canonical),
            salt=salt,
            leaf_hash=leaf,
            previous=previous,
        )
        previous = leaf
