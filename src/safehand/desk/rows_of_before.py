"""Rows that were kept before entries held digests: the next start of the desk writes one digest of them all.

    seal_rows_of_before(clock)     True where it did

Until then a check only counts them, and one could stand for another. It is written once, and only where the log
explains every row there is: what somebody put in by the database alone is not sealed with the rest, and the check goes
on saying so (rows_of_log.py). What was exchanged before it is not found by it.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Min

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.kept import digest_of_all
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.rows_of_log import OF_BEFORE, rows_of_before
from safehand.errors import CannotRead

ACTOR: Final = "desk:worker"


def seal_rows_of_before(clock: Clock = system_clock) -> bool:
    """At each start. Where there is nothing of before, the first entry of each verb is read, and no other."""
    if CustodyEntry.objects.filter(verb=Verb.ROWS_OF_BEFORE.value).exists() or not _has_entries_of_before():
        return False
    with recorded():
        in_turn()
        rows = rows_of_before()
        if not rows:
            return False
        details: Details = {"rows": len(rows), "digest": digest_of_all(rows)}
        record(Verb.ROWS_OF_BEFORE, actor=ACTOR, details=details, clock=clock)
    return True


def _has_entries_of_before() -> bool:
    """Verbs came to hold a digest one after another, and none held one and then did not."""
    firsts = CustodyEntry.objects.filter(verb__in=[verb.value for verb in OF_BEFORE]).order_by()
    sequences = firsts.values("verb").annotate(first=Min("sequence")).values_list("first", flat=True)
    return any(_holds_none(bytes(row.canonical)) for row in CustodyEntry.objects.filter(sequence__in=list(sequences)))


def _holds_none(canonical: bytes) -> bool:
    try:
        return "row" not in parse_entry(canonical).details
    except CannotRead:
        return False  # which the log's own check says
