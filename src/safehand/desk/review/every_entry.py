"""Who saw what, of the whole desk or of one case, for who watches over it: an auditor, a supervisor.

    every_entry(auditor, Purpose.LAWFULNESS)                          the newest entries of the desk
    every_entry(auditor, Purpose.LAWFULNESS, "SH-7K3M9QXAR")          of one case, which they need not be on

An entry has no room for a name, a handle or a message (docs/spec/custody-log.md), so neither has what is shown here. To
look is an entry itself, with its purpose.
"""

from __future__ import annotations

from django.db.models import QuerySet

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.shown import Seen, SeenRow

ENTRIES = 100
"""Entries on a page of the log."""


def every_entry(
    officer: Officer, purpose: Purpose, case: str = "", before: int | None = None, *, clock: Clock = system_clock
) -> Seen:
    """A page of the log, newest first. Of a case that is not there, a page without entries."""
    check_may(officer, Ability.SEE_EVERY_LOG)
    with recorded():
        entries = CustodyEntry.objects.filter(case=case) if case else CustodyEntry.objects.all()
        rows, more = page_of(entries, before)
        record(
            Verb.LOG_SHOWN,
            actor=officer.actor,
            case=case or None,
            record="log",
            reason=purpose,
            details={"entries": len(rows)},
            clock=clock,
        )
    return Seen(purpose, rows, more)


def page_of(entries: QuerySet[CustodyEntry], before: int | None) -> tuple[tuple[SeenRow, ...], int | None]:
    """The newest of them before that one, and what to give as ``before`` for older ones."""
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    found = list(entries.order_by("-sequence")[: ENTRIES + 1])
    rows = tuple(_row(entry) for entry in found[:ENTRIES])
    return rows, rows[-1].sequence if len(found) > ENTRIES else None


def _row(entry: CustodyEntry) -> SeenRow:
    return SeenRow(
        sequence=entry.sequence,
        at=moment(entry.instant),
        actor=entry.actor,
        act=entry.act,
        verb=Verb(entry.verb),
        case=entry.case,
        record=entry.record,
        reason=Purpose(entry.reason) if entry.reason else None,
        sha256=entry.sha256,
        canonical=bytes(entry.canonical),
    )
