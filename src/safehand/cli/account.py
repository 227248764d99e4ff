"""The account of a reading: ``safehand.account/1``, every byte of every file, and what could not be read.

    {"schema":"safehand.account/1",
     "files":[{"file":"chat.txt","bytes":93280,"sha256":"…","segments":{"message":{"count":1204,"bytes":93120}},
               "unparsed":[{"start":120,"end":184,"reason":"…"}]}],
     "messages":1204,"doubts":{"zone_unknown":1204}, …}

Anybody can check it again: cut the file at the places ``safehand read --segments`` prints, join it, and hash it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from safehand.model.attachment import Registered
from safehand.model.canonical import Json
from safehand.model.conversation import ConversationClosed
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture

SCHEMA: Final = "safehand.account/1"


def account_value(
    closed: Sequence[ConversationClosed], accounts: Iterable[FileAccount], capture: Capture
) -> dict[str, Json]:
    """The account as JSON. The first four keys are the form's; the rest says what stands beside the bytes."""
    return {
        "schema": SCHEMA,
        "files": [file_value(account) for account in accounts],
        "messages": sum(one.messages for one in closed),
        "doubts": dict(doubts_of(closed)),
        "conversations": len(closed),
        "listed": len(capture.register),
        "refused": [_refused_value(entry) for entry in capture.register if entry.refused is not None],
        "notes": [{"file": note.file, "words": note.words} for note in capture.notes],
    }


def doubts_of(closed: Iterable[ConversationClosed]) -> dict[str, int]:
    """Every doubt, with how many messages or files it touches, sorted by code."""
    counts: dict[str, int] = {}
    for one in closed:
        for doubt, count in one.doubts:
            counts[str(doubt)] = counts.get(str(doubt), 0) + count
    return dict(sorted(counts.items()))


def file_value(account: FileAccount) -> dict[str, Json]:
    """The account of one file as JSON."""
    return {
        "file": account.file,
        "bytes": account.bytes,
        "sha256": account.sha256,
        "segments": {kind: {"count": tally.count, "bytes": tally.bytes} for kind, tally in account.segments.items()},
        "unparsed": [{"start": gap.start, "end": gap.end, "reason": gap.reason} for gap in account.unparsed],
    }


def _refused_value(entry: Registered) -> dict[str, Json]:
    return {"name": entry.name, "container": entry.container, "reason": entry.refused}
