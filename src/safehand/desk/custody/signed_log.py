"""The custody log, signed: the tree over its entries catches up with them, and its head is signed with the log's key.

    sign_log(state)         every entry that is there is a leaf now; the newest checkpoint
    sign_when_due()         the same, when the last is some minutes old and entries wait (a chore of the workers)

Catching up, signing and keeping is one transaction, in the queue in which entries are made: a desk that is stopped at
any moment has all of it or none, and no leaf is ever taken twice or left out. The tree is made of the entries alone
(``leaves_after``), which are hashed again on the way in: nothing is signed that is not as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db.models import Max

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import bytes_of, leaf_hash_of
from safehand.desk.custody.log_key import log_key, origin_of, put_in_place
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.durable import Step, passed
from safehand.errors import UsageError
from safehand.log.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from safehand.log.growing import EdgeChanged, grow
from safehand.log.hashes import EMPTY_ROOT
from safehand.log.note import Note, format_note, parse_note, parse_signature, sign

_BATCH: Final = 1 << 16
"""Leaves that are taken in at once: two megabytes of hashes, when a desk of many years signs for the first time."""

DUE: Final = timedelta(minutes=10) // timedelta(microseconds=1)
"""Microseconds an entry may wait for a checkpoint: at most 144 a day, of 300 bytes each, and ten minutes in which
whoever owns the machine could still take back what nobody signed for.
"""


@dataclass(frozen=True, slots=True)
class SignedLog:
    """The log at one size, with everybody who signed it."""

    checkpoint: Checkpoint
    note: Note
    signed_at: int
    """Microseconds since 1970-01-01T00:00:00 UTC, by the desk's clock."""


def sign_log(state: State, *, clock: Clock = system_clock, also: Ed25519PrivateKey | None = None) -> SignedLog:
    """Take in every entry that is there, and sign. The newest checkpoint, when it speaks of them all already.

    ``also`` signs beside the log's key: the one that takes its place (renewing_log_key.py).

    UsageError when there is no entry. EdgeChanged when entries or tiles are not as they were: nothing is signed then.
    """
    with committed(Step.APPEND_SIGNED):
        in_turn()
        put_in_place(state)
        last = newest()
        key = log_key(state, may_be_new=last is None)
        before = last.checkpoint if last is not None else Checkpoint(origin_of(key), 0, EMPTY_ROOT)
        after = _caught_up(before)
        if last is not None and after == before:
            return last
        if not after.size:
            raise UsageError("Nothing stands in the custody log yet.")
        text = format_checkpoint(after)
        note = Note(text, tuple(sign(text, after.origin, each) for each in (key, also) if each is not None))
        LogCheckpoint(size=after.size, note=format_note(note), signed_at=clock()).save()
    return signed_at(after.size)


def sign_now(actor: str, state: State, *, clock: Clock = system_clock) -> SignedLog:
    """The same because somebody asked for it, which is an entry itself, and the last that is signed."""
    with recorded():
        record(Verb.LOG_SIGNED, actor=actor, record="log", clock=clock)
        return sign_log(state, clock=clock)


def sign_when_due(clock: Clock = system_clock) -> None:
    """A chore: no entry waits long for a checkpoint. Nobody is told, nothing is shown, and so no entry is made."""
    last = LogCheckpoint.objects.order_by("-size").values_list("size", "signed_at").first()
    size, signed = last or (0, 0)
    # Signed later than it is now: the clock was set back, by a year perhaps, and entries do not wait for that long.
    if not 0 <= clock() - signed < DUE and last_entry() > size:
        sign_log(settings.STATE, clock=clock)


def newest() -> SignedLog | None:
    """The largest checkpoint, with its cosignatures; None before the first."""
    row = LogCheckpoint.objects.prefetch_related("cosignatures").order_by("-size").first()
    return _read(row) if row is not None else None


def signed_at(size: int) -> SignedLog:
    """The checkpoint of this size. UsageError when there is none."""
    row = LogCheckpoint.objects.prefetch_related("cosignatures").filter(size=size).first()
    if row is None:
        raise UsageError("No checkpoint of this size was signed.", where=f"size {size}")
    return _read(row)


def last_entry() -> int:
    """The number of the newest entry; 0 when there is none."""
    return CustodyEntry.objects.aggregate(last=Max("sequence"))["last"] or 0


def leaves_after(size: int) -> Iterator[bytes]:
    """The hashes of the leaves from entry ``size`` + 1 on. EdgeChanged at one that is missing, or not as it was."""
    rows = CustodyEntry.objects.filter(sequence__gt=size).order_by("sequence")
    columns = rows.values_list("sequence", "canonical", "salt", "leaf_hash")
    for expected, (sequence, canonical, salt, leaf_hash) in enumerate(columns.iterator(chunk_size=1000), size + 1):
        if sequence != expected or not _is_leaf(bytes_of(salt), bytes_of(canonical), leaf_hash):
            raise EdgeChanged(
                "The custody log is not as it was written. Nothing was signed.",
                where=f"entry {expected}",
                todo="See what else is wrong: safehand desk check.",
            )
        yield bytes.fromhex(leaf_hash)


def _caught_up(before: Checkpoint) -> Checkpoint:
    tiles, leaves = KeptTiles(), leaves_after(before.size)
    while batch := list(islice(leaves, _BATCH)):
        grown = grow(before, batch, tiles)
        tiles.keep(grown.tiles)
        passed(Step.APPEND_GROWN)
        before = grown.checkpoint
    return before


def _is_leaf(salt: bytes, canonical: bytes, leaf_hash: str) -> bool:
    try:
        return leaf_hash_of(salt, canonical) == leaf_hash
    except UsageError:
        return False


def _read(row: LogCheckpoint) -> SignedLog:
    note = parse_note(row.note)
    seen = tuple(parse_signature(each.line) for each in row.cosignatures.all())
    return SignedLog(parse_checkpoint(note.text), Note(note.text, (*note.signatures, *seen)), row.signed_at)
