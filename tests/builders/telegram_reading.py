"""What a reading of a Telegram file tells, in short: how the vectors of tests/vectors/telegram state their verdict.

    verdict(b"…")
    {"claims": [["telegram/chat-json", "certain"]],
     "conversations": [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", …}], …}],
     "unparsed": [[120, 180, "the file ends before its JSON does"]]}

What is empty or not there is left out. ``read_file`` checks on its way that every byte stands in one segment, and that
every message cites the bytes of one element.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from safehand.model.conversation import Event
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount, SegmentKind
from safehand.sources.contract import HEAD, WINDOW, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.telegram import SOURCE
from source_verdict import conversations_of, short

NAME = "result.json"


def claims_of(data: bytes) -> tuple[Claim, ...]:
    """Whose it is, by its head."""
    return SOURCE.claim((Probe(FileInMemory(NAME, NAME, data), data[:HEAD]),))


def read_file(
    data: bytes, form: str = "telegram/chat-json", window: int = WINDOW, zone: str | None = None
) -> tuple[list[Event], FileAccount]:
    """Read, whether claimed or not."""
    file = FileInMemory(NAME, NAME, data)
    segments: list[tuple[SegmentKind, int, int]] = []
    options = ReadOptions(zone=zone, zone_by="holder" if zone else None, window=window)
    desk = ReadingDesk(options, lambda _, kind, start, end: segments.append((kind, start, end)))
    events = list(SOURCE.read(Claim(SOURCE.id, form, (file,), claims_certainty(data), "a test says so"), desk))
    account = desk.ledger(file).close(len(data))
    assert b"".join(data[start:end] for _, start, end in segments) == data
    assert account.sha256 == sha256(data).hexdigest()
    read = [(start, end) for kind, start, end in segments if kind in {SegmentKind.MESSAGE, SegmentKind.EVENT}]
    assert read == [(one.span.start, one.span.end) for one in events if isinstance(one, Message)]
    return events, account


def claims_certainty(data: bytes) -> Any:
    """As it was claimed; for a file nobody claims, as if somebody had said what it is."""
    claims = claims_of(data)
    return claims[0].certainty if claims else "possible"


def messages_of(data: bytes, window: int = WINDOW) -> list[Message]:
    """The messages alone, of all conversations."""
    return [event for event in read_file(data, window=window)[0] if isinstance(event, Message)]


def verdict(data: bytes, window: int = WINDOW, zone: str | None = None) -> dict[str, Any]:
    """Everything, in short."""
    claims = claims_of(data)
    events, account = read_file(data, claims[0].form if claims else "telegram/chat-json", window, zone)
    return short(
        claims=[[claim.form, str(claim.certainty)] for claim in claims],
        conversations=list(conversations_of(events)),
        unparsed=[[gap.start, gap.end, str(gap.reason)] for gap in account.unparsed],
    )
