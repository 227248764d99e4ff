"""What a reading of a Telegram file tells, in short: how the vectors of tests/vectors/telegram state their verdict.

    verdict(b"…")
    {"claims": [["telegram/chat-json", "certain"]],
     "conversations": [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", …}], …}],
     "unparsed": [[120, 180, "the file ends before its JSON does"]]}

What is empty or not there is left out. ``read_file`` checks on its way that every byte stands in one segment, and that
every message cites the bytes of one element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import Instant, format_utc
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount, SegmentKind
from safehand.sources.contract import HEAD, WINDOW, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.telegram import SOURCE

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
    return _short(
        claims=[[claim.form, str(claim.certainty)] for claim in claims],
        conversations=list(_conversations(events)),
        unparsed=[[gap.start, gap.end, str(gap.reason)] for gap in account.unparsed],
    )


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
                    title=opened.title,
                    kind=str(opened.kind),
                    section=opened.section,
                    native_id=opened.native_id,
                    extra=opened.extra,
                    participants=[_participant(one) for one in event.participants],
                    messages=messages,
                    doubts={str(doubt): count for doubt, count in event.doubts},
                    notes=list(event.notes),
                )


def _participant(one: Any) -> dict[str, Any]:
    return _short(
        key=one.key,
        names=list(one.names),
        messages=one.messages,
        declared=one.declared or None,
        is_owner=one.is_owner,
    )


def _message(one: Message) -> dict[str, Any]:
    return _short(
        kind=str(one.kind),
        sender=one.sender,
        sender_id=one.sender_id,
        native_id=one.native_id,
        text=one.text,
        text_raw=one.text_raw,
        sent=_instant(one.sent),
        doubts=[str(doubt) for doubt in one.doubts],
        action=one.action,
        edited=_instant(one.edited),
        attachments=[_short(state=str(a.state), type=a.type, name=a.name, mime=a.mime, size=a.size)
                     for a in one.attachments],
        reactions=[_short(value=r.value, sender=r.sender, count=r.count, sent=_instant(r.sent))
                   for r in one.reactions],
        reply=None if one.reply is None else _short(native_id=one.reply.native_id, match=str(one.reply.match)),
        forward=None if one.forward is None else {"sender": one.forward.sender, "sent": _instant(one.forward.sent)},
        call=None if one.call is None else {"seconds": one.call.seconds, "outcome": one.call.outcome},
        poll=None if one.poll is None else [one.poll.question, *([o.text, o.votes] for o in one.poll.options)],
        entities=[_short(at=[e.start, e.end], type=e.type, target=e.target) for e in one.entities],
        extra=one.extra,
    )  # fmt: skip


def _instant(one: Instant | None) -> str | None:
    """In UTC where the source fixes it; else the clock reading and its interval, or what stood there."""
    if one is None:
        return None
    if one.utc is not None:
        return format_utc(one.utc, one.precision)
    if one.earliest is None or one.latest is None:
        return f"? {one.raw}"
    return f"{one.raw} ({format_utc(one.earliest)} to {format_utc(one.latest)})"


def _short(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None and value not in ([], {})}
