"""Making custody entries: the one way, inside the transaction of what they speak of.

    with recorded():
        ... the change, or fetching what is to be shown ...
        record(Verb.MESSAGES_SHOWN, actor=officer.actor, case=case.reference, ..., clock=clock)
    return what_is_to_be_shown

Outside a transaction ``record`` raises. When it raises inside one, whatever was done with it is undone, and the
middleware answers 503: nothing is shown that was not written down, and on the disk, first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext

from django.db import DatabaseError, connection

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.counted import waiting
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.entry import Details, Entry, format_entry, hash_of
from safehand.desk.custody.leaves import Random, leaf_hash_of, random_salt
from safehand.desk.custody.models import CustodyEntry
from safehand.durable import Step, passed
from safehand.errors import CannotWrite, UsageError

_LOCK = 0x5AFE_C057
"""The advisory lock that custody entries queue at on PostgreSQL: any number that nothing else uses."""


class NotRecorded(CannotWrite):
    """The custody entry could not be written, so what it speaks of did not happen and is not shown."""

    code = "not_recorded"


@contextmanager
def recorded() -> Iterator[None]:
    """A transaction of its own, on the disk when it ends. NotRecorded when the database will not have it."""
    try:
        with ExitStack() as stack:
            # On SQLite a transaction waits for its turn when it begins, on PostgreSQL at its entry (in_turn).
            with waiting() if connection.vendor == "sqlite" else nullcontext():
                stack.enter_context(committed(Step.APPEND_WRITTEN, outermost=True))
            yield
    except DatabaseError as err:
        raise NotRecorded(
            "The custody log could not be written.", todo="Nothing was shown. Tell whoever looks after this desk."
        ) from err


def record(  # noqa: PLR0913  an entry has this many fields
    verb: Verb,
    *,
    actor: str,
    case: str | None = None,
    record: str | None = None,
    recipient: str | None = None,
    reason: Purpose | None = None,
    details: Details | None = None,
    clock: Clock = system_clock,
    random: Random = random_salt,
) -> CustodyEntry:
    """Write the next entry, with the salt of its leaf. UsageError outside a transaction."""
    if not connection.in_atomic_block:
        raise UsageError("A custody entry is written in the transaction of what it speaks of.")
    in_turn()
    sequence, previous = _newest()
    entry = Entry(
        sequence=sequence + 1,
        instant=clock(),
        actor=actor,
        verb=verb,
        case=case,
        record=record,
        recipient=recipient,
        reason=reason,
        details=details or {},
        previous=previous,
    )
    canonical, salt = format_entry(entry), random()
    row = CustodyEntry(
        sequence=entry.sequence,
        instant=entry.instant,
        actor=entry.actor,
        act=entry.act.value,
        verb=entry.verb.value,
        case=entry.case or "",
        record=entry.record or "",
        recipient=entry.recipient or "",
        reason=entry.reason.value if entry.reason is not None else "",
        canonical=canonical,
        sha256=hash_of(canonical),
        salt=salt,
        leaf_hash=leaf_hash_of(salt, canonical),
        previous=entry.previous or "",
    )
    row.save()
    passed(Step.APPEND_ENTERED)
    return row


def _newest() -> tuple[int, str | None]:
    """The number of the newest entry, and the hash of its leaf; 0 and None before the first."""
    # Said in SQL: every page of every officer asks this, and putting the question together cost more than its answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, leaf_hash FROM custody_custodyentry ORDER BY sequence DESC LIMIT 1")
        return cursor.fetchone() or (0, None)


def in_turn() -> None:
    """Wait until no other transaction that makes an entry is open, and keep others waiting until this one ends.

    On SQLite the transaction holds the write lock from its start (settings/database.py, transaction_mode IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with waiting(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
