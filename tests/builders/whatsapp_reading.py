"""What a reading of a WhatsApp file tells, in short: how the vectors of tests/vectors/whatsapp state their verdict.

    verdict(b"14/01/2023, 19:02 - Priya: hello\\n")
    {"claim": ["whatsapp/android-txt", "likely"],
     "messages": [{"span": [0, 33], "sender": "Priya", "text": "hello", "sent": "2023-01-14T19:02", "doubts": […]}], …}

What is empty, or text by kind, is left out. ``read_file`` checks on its way that every byte stands in one segment, that
every message cites the bytes of one, and that telling it the segments changes nothing of the account.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import Instant, Precision
from safehand.model.message import Kind, Message
from safehand.sources.accounting import FileAccount, SegmentKind
from safehand.sources.contract import HEAD, Certainty, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.whatsapp import SOURCE

NAME = "chat.txt"
PLAIN = ReadOptions()


def claims_of(data: bytes, name: str = NAME) -> tuple[Claim, ...]:
    """Whose it is, by its head and name."""
    return SOURCE.claim((Probe(FileInMemory(name, name, data), data[:HEAD]),))


def read_file(
    data: bytes, options: ReadOptions = PLAIN, name: str = NAME, *, told: bool = True
) -> tuple[list[Event], FileAccount]:
    """Read, whether claimed or not. ``told``: with somebody who is told of each segment."""
    file = FileInMemory(name, name, data)
    segments: list[tuple[SegmentKind, int, int]] = []
    sink = (lambda _, kind, start, end: segments.append((kind, start, end))) if told else None
    desk = ReadingDesk(options, sink)
    claim = Claim(SOURCE.id, "whatsapp/android-txt", (file,), Certainty.POSSIBLE, "a test says so")
    events = list(SOURCE.read(claims_of(data, name)[0] if claims_of(data, name) else claim, desk))
    account = desk.ledger(file).close(len(data))
    assert account.sha256 == sha256(data).hexdigest()
    if told:
        assert b"".join(data[start:end] for _, start, end in segments) == data
        read = [(start, end) for kind, start, end in segments if kind in {SegmentKind.MESSAGE, SegmentKind.EVENT}]
        assert read == [(one.span.start, one.span.end) for one in events if isinstance(one, Message)]
    return events, account


def messages_of(text: str | bytes, options: ReadOptions = PLAIN, window: int | None = None) -> list[Message]:
    """The messages alone."""
    data = text.encode() if isinstance(text, str) else text
    options = options if window is None else replace(options, window=window)
    return [event for event in read_file(data, options)[0] if isinstance(event, Message)]


def notes_of(text: str | bytes, options: ReadOptions = PLAIN) -> tuple[str, ...]:
    """What the closing value says of the whole, but for what it says of every file."""
    data = text.encode() if isinstance(text, str) else text
    closed = read_file(data, options)[0][-1]
    assert isinstance(closed, ConversationClosed)
    return tuple(note for note in closed.notes if not note.startswith("This form is plain text"))


def verdict(data: bytes, options: ReadOptions = PLAIN, name: str = NAME) -> dict[str, Any]:
    """All that a vector states."""
    events, account = read_file(data, options, name)
    told: dict[str, Any] = {"claim": [[one.form, str(one.certainty)] for one in claims_of(data, name)]}
    for event in events:
        match event:
            case ConversationOpened():
                told |= {"title": event.title, "kind": str(event.kind)}
            case Message():
                told.setdefault("messages", []).append(_message(event))
            case ConversationClosed():
                told["participants"] = {one.key: one.messages for one in event.participants}
                told["owner"] = [one.key for one in event.participants if one.is_owner]
                told["doubts"] = {str(doubt): touched for doubt, touched in event.doubts}
                told["notes"] = [note for note in event.notes if not note.startswith("This form is plain text")]
    told["segments"] = {kind: tally.count for kind, tally in account.segments.items()}
    told["unparsed"] = [[one.start, one.end, one.reason] for one in account.unparsed]
    return {key: value for key, value in told.items() if value not in (None, [], {})}


def _message(message: Message) -> dict[str, Any]:
    told: dict[str, Any] = {
        "span": [message.span.start, message.span.end],
        "kind": None if message.kind is Kind.TEXT else str(message.kind),
        "action": message.action,
        "sender": message.sender,
        "text": message.text,
        "sent": _sent(message.sent),
        "raw": message.sent.raw,
        "edited": message.edited_mark or None,
        "attachments": [msgspec.to_builtins(one) for one in message.attachments],
        "call": None if message.call is None else msgspec.to_builtins(message.call),
        "poll": None if message.poll is None else msgspec.to_builtins(message.poll),
        "doubts": [str(doubt) for doubt in message.doubts],
    }
    return {key: value for key, value in told.items() if value not in (None, [], {})}


def _sent(sent: Instant) -> str:
    if sent.utc is not None:
        return _clock(sent.utc, sent.precision) + "Z"
    if sent.alternatives:
        return " or ".join(f"{_clock(one.local, sent.precision)} ({one.label})" for one in sent.alternatives)
    return _clock(sent.local, sent.precision)


def _clock(micros: int | None, precision: Precision) -> str:
    if micros is None:
        return "?"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    return f"{moment:%Y-%m-%dT%H:%M}" if precision is Precision.MINUTE else f"{moment:%Y-%m-%dT%H:%M:%S}"
