"""The custody log from its first entry to its last: each in its place, as it was written, following the one before.

What was signed of it is compared by custody/signed_log.py: entries cut off its end leave no trace here.
"""

from __future__ import annotations

from collections.abc import Iterator

from safehand.desk.custody.entry import OLDER, SCHEMA, Entry, hash_of, parse_entry
from safehand.desk.custody.leaves import bytes_of, leaf_hash_of
from safehand.desk.custody.models import CustodyEntry
from safehand.errors import CannotRead, UsageError

_AT_A_TIME = 1000


def problems_of_log() -> Iterator[str]:
    """A sentence for each entry that is not as it was written."""
    expected, before, form = 1, None, OLDER
    for row in CustodyEntry.objects.order_by("sequence").iterator(chunk_size=_AT_A_TIME):
        if row.sequence != expected:
            yield f"custody log: entries {expected} to {row.sequence - 1} are missing."
        entry, found = _looked_at(row, before, form)
        yield from (f"custody log, entry {row.sequence}: {problem}" for problem in found)
        expected, before, form = row.sequence + 1, row, entry.schema if entry is not None else form


def _looked_at(row: CustodyEntry, before: CustodyEntry | None, form: str) -> tuple[Entry | None, list[str]]:
    """What it says, if it is an entry, and what is wrong with it. ``form`` is that of the entry before."""
    canonical = bytes_of(row.canonical)
    problems = []
    if row.sha256 != hash_of(canonical):
        problems.append("Its bytes do not match its hash.")
    if not _is_its_leaf(row, canonical):
        problems.append("Its bytes and its salt do not make its leaf.")
    try:
        entry = parse_entry(canonical)
    except CannotRead as problem:
        return None, [*problems, str(problem)]
    if row.previous != _called(before, entry.schema):
        problems.append("It does not follow the entry before it.")
    if (form, entry.schema) == (SCHEMA, OLDER):
        problems.append("It is of an older form than the entry before it.")
    if _columns(row) != _said(entry):
        problems.append("Its columns do not say what its bytes say.")
    return entry, problems


def _is_its_leaf(row: CustodyEntry, canonical: bytes) -> bool:
    try:
        return row.leaf_hash == leaf_hash_of(bytes_of(row.salt), canonical)
    except UsageError:
        return False  # its salt has lost some of its bytes


def _called(before: CustodyEntry | None, form: str) -> str:
    """How an entry of that form names the one before it."""
    if before is None:
        return ""
    return before.sha256 if form == OLDER else before.leaf_hash


def _columns(row: CustodyEntry) -> tuple[object, ...]:
    who = (row.actor, row.act, row.verb, row.case, row.record, row.recipient, row.reason)
    return (row.sequence, row.instant, *who, row.previous)


def _said(entry: Entry) -> tuple[object, ...]:
    reason = entry.reason.value if entry.reason is not None else ""
    who = (entry.actor, entry.act.value, entry.verb.value, entry.case or "", entry.record or "", entry.recipient or "")
    return (entry.sequence, entry.instant, *who, reason, entry.previous or "")
