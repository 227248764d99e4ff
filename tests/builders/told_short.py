"""What a reading of one file tells, in short: how the vectors of a source state their verdict.

    verdict_of(SOURCE, FileInMemory("result.json", "result.json", b"…"), "telegram/chat-json")
    {"claims": [["telegram/chat-json", "certain"]],
     "conversations": [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", …}], …}],
     "unparsed": [[120, 180, "the file ends before its JSON does"]]}

    conversations(events)
    [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", "text": "In", …}], "doubts": {…}, …}]

What is empty or not there is left out, so that a verdict can be read. ``read_one`` checks on its way that every byte
stands in one segment, and that every message cites the bytes of one element.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from safehand.model.conversation import Event
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount, SegmentKind
from safehand.sources.contract import (
    HEAD,
    WINDOW,
    Certainty,
    Claim,
    FileInMemory,
    Probe,
    ReadingDesk,
    ReadOptions,
    Source,
)
from source_verdict import conversations_of, short


def claims_of(source: Source, file: FileInMemory) -> tuple[Claim, ...]:
    """Whose it is, by its head."""
    return source.claim((Probe(file, file.data[:HEAD]),))


def read_one(
    source: Source, file: FileInMemory, form: str, *, window: int = WINDOW, zone: str | None = None
) -> tuple[list[Event], FileAccount]:
    """Read, whether claimed or not: a file nobody claims as if somebody had said what it is."""
    claims = claims_of(source, file)
    certainty = claims[0].certainty if claims else Certainty.POSSIBLE
    segments: list[tuple[SegmentKind, int, int]] = []
    options = ReadOptions(zone=zone, zone_by="holder" if zone else None, window=window)
    desk = ReadingDesk(options, lambda _, kind, start, end: segments.append((kind, start, end)))
    events = list(source.read(Claim(source.id, form, (file,), certainty, "a test says so"), desk))
    account = desk.ledger(file).close(file.size)
    assert b"".join(file.data[start:end] for _, start, end in segments) == file.data
    assert account.sha256 == sha256(file.data).hexdigest()
    read = [(start, end) for kind, start, end in segments if kind in {SegmentKind.MESSAGE, SegmentKind.EVENT}]
    assert read == [(one.span.start, one.span.end) for one in events if isinstance(one, Message)]
    return events, account


def verdict_of(
    source: Source, file: FileInMemory, form: str, *, window: int = WINDOW, zone: str | None = None
) -> dict[str, Any]:
    """Everything, in short. ``form`` is of a file that nobody claims."""
    claims = claims_of(source, file)
    events, account = read_one(source, file, claims[0].form if claims else form, window=window, zone=zone)
    return short(
        claims=[[claim.form, str(claim.certainty)] for claim in claims],
        conversations=list(conversations_of(events)),
        unparsed=[[gap.start, gap.end, str(gap.reason)] for gap in account.unparsed],
    )
