"""What a reading of Meta's files tells, in short: how the vectors of tests/vectors/meta state their verdict.

    told({"message_1.json": b"…"})
    {"claims": [["messenger/thread-json", "certain", ["message_1.json"]]],
     "conversations": [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", …}], …}],
     "unparsed": [["message_1.json", 120, 180, "the file ends before its JSON does"]]}

What is empty or not there is left out. ``read_all`` checks on its way that every byte stands in one segment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import Instant, format_utc
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount, SegmentKind
from safehand.sources.contract import HEAD, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.meta import SOURCE

Segment = tuple[str, SegmentKind, int, int]


def probes_of(files: Mapping[str, bytes]) -> tuple[Probe, ...]:
    """The files as recognition sees them."""
    return tuple(Probe(FileInMemory(name, name, data), data[:HEAD]) for name, data in files.items())


def read_all(
    files: Mapping[str, bytes], window: int = 1 << 22
) -> tuple[tuple[Claim, ...], list[Event], list[FileAccount], list[Segment]]:
    """Claim and read everything, with the accounts and segments of the files that were claimed."""
    segments: list[Segment] = []
    desk = ReadingDesk(ReadOptions(window=window), lambda *segment: segments.append(segment))
    claims = SOURCE.claim(probes_of(files))
    events = [event for claim in claims for event in SOURCE.read(claim, desk)]
    accounts = [desk.ledger(file).close(file.size) for claim in claims for file in claim.files]
    for account in accounts:
        _check(account, files[account.file], [one for one in segments if one[0] == account.file])
    return claims, events, accounts, segments


def messages_of(files: Mapping[str, bytes], window: int = 1 << 22) -> list[Message]:
    """The messages alone, of all conversations."""
    return [event for event in read_all(files, window)[1] if isinstance(event, Message)]


def told(files: Mapping[str, bytes], window: int = 1 << 22) -> dict[str, Any]:
    """The verdict."""
    claims, events, accounts, _ = read_all(files, window)
    unparsed = [[one.file, gap.start, gap.end, gap.reason] for one in accounts for gap in one.unparsed]
    verdict = {
        "claims": [[claim.form, str(claim.certainty), [file.name for file in claim.files]] for claim in claims],
        "conversations": list(_conversations(events)),
    }
    return {**verdict, "unparsed": unparsed} if unparsed else verdict


def _check(account: FileAccount, data: bytes, segments: Sequence[Segment]) -> None:
    assert account.sha256 == hashlib.sha256(data).hexdigest()
    assert account.bytes == len(data) == sum(tally.bytes for tally in account.segments.values())
    at = 0
    for _, _, start, end in segments:
        assert start == at < end
        at = end
    assert at == len(data)


def _conversations(events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    opened: ConversationOpened | None = None
    messages: list[dict[str, Any]] = []
    for event in events:
        match event:
            case ConversationOpened():
                opened, messages = event, []
            case Message():
                messages.append(_message(event))
            case ConversationClosed() if opened is not None:
                yield _short(
                    platform=opened.platform,
                    title=opened.title,
                    kind=str(opened.kind),
                    section=opened.section,
                    native_id=opened.native_id,
                    files=list(opened.files),
                    extra=opened.extra,
                    participants=[_short(**_participant(one)) for one in event.participants],
                    messages=messages,
                    doubts={str(doubt): count for doubt, count in event.doubts},
                    notes=list(event.notes),
                )


def _participant(one: Any) -> dict[str, Any]:
    names = list(one.names) if one.names != (one.key,) else None
    return {"key": one.key, "names": names, "messages": one.messages, "declared": one.declared or None}


def _message(one: Message) -> dict[str, Any]:
    return _short(
        kind=str(one.kind),
        sender=one.sender,
        text=one.text,
        text_raw=one.text_raw,
        sent=_instant(one.sent),
        doubts=[str(doubt) for doubt in one.doubts],
        action=one.action,
        attachments=[
            _short(state=str(a.state), type=a.type, name=a.name, sent=_instant(a.sent)) for a in one.attachments
        ],
        reactions=[_short(value=r.value, sender=r.sender, sent=_instant(r.sent)) for r in one.reactions],
        share=None if one.share is None else _short(link=one.share.link, text=one.share.text, owner=one.share.owner),
        call=None if one.call is None else {"seconds": one.call.seconds, "outcome": one.call.outcome},
        recipients=list(one.recipients),
        extra=one.extra,
    )


def _instant(one: Instant | None) -> str | None:
    """Read: in UTC. Not read: as it stands there, with a question mark."""
    if one is None:
        return None
    return f"? {one.raw}" if one.utc is None else format_utc(one.utc, one.precision)


def _short(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None and value not in ([], {})}
