"""The custody log from its first entry to its last: each in its place, as it was written, following the one before."""

from __future__ import annotations

from collections.abc import Iterator

from safehand.desk.custody.entry import Entry, hash_of, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.errors import CannotRead

_AT_A_TIME = 1000


def problems_of_log() -> Iterator[str]:
    """A sentence for each entry that is not as it was written.

    Entries cut off its end leave no trace here: whoever wrote down the last hash sees it.
    """
    expected, previous = 1, ""
    for row in CustodyEntry.objects.order_by("sequence").iterator(chunk_size=_AT_A_TIME):
        if row.sequence != expected:
            yield f"custody log: entries {expected} to {row.sequence - 1} are missing."
        yield from (f"custody log, entry {row.sequence}: {found}" for found in _problems(row, previous))
        expected, previous = row.sequence + 1, row.sha256


def _problems(row: CustodyEntry, previous: str) -> Iterator[str]:
    canonical = bytes(row.canonical)
    if row.sha256 != hash_of(canonical):
        yield "Its bytes do not match its hash."
    if row.previous != previous:
        yield "It does not follow the entry before it."
    try:
        entry = parse_entry(canonical)
    except CannotRead as problem:
        yield str(problem)
        return
    if _columns(row) != _said(entry):
        yield "Its columns do not say what its bytes say."


def _columns(row: CustodyEntry) -> tuple[object, ...]:
    who = (row.actor, row.act, row.verb, row.case, row.record, row.recipient, row.reason)
    return (row.sequence, row.instant, *who, row.previous)


def _said(entry: Entry) -> tuple[object, ...]:
    reason = entry.reason.value if entry.reason is not None else ""
    who = (entry.actor, entry.act.value, entry.verb.value, entry.case or "", entry.record or "", entry.recipient or "")
    return (entry.sequence, entry.instant, *who, reason, entry.previous or "")
