"""What a reading tells, in short: how the vectors of every source state their verdict.

    verdict(SOURCE, {"messages.json": b"…"})
    {"claims": [["google_chat/messages-json", "certain", ["messages.json"]]],
     "conversations": [{"title": "Priya", "messages": [{"kind": "text", "sender": "Tom", …}], …}],
     "unparsed": [["messages.json", 120, 180, "the file ends before its JSON does"]]}

What is empty or not there is left out. ``read_files`` checks on its way that every byte of every file stands in one
segment, and that every message cites bytes that stand in the account as a message or an event.

A vector is a file of JSON: what it is ``about``, its ``files`` (each ``text``, or ``{"hex": …}``), and its ``verdict``.
Where a person stated something of them it stands in ``stated``: the ``zone``, and ``tables`` by their ``columns``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import Instant, format_utc
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
from safehand.sources.table_map import TableMap, read_columns, with_tables

VECTORS = Path(__file__).parents[1] / "vectors"


def names_of(folder: str) -> list[str]:
    """The vectors of one source."""
    return sorted(path.stem for path in (VECTORS / folder).glob("*.json"))


def vector(folder: str, name: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of one vector, and its verdict."""
    made = json.loads((VECTORS / folder / f"{name}.json").read_text(encoding="utf-8"))
    files = {
        file: bytes.fromhex(data["hex"]) if isinstance(data, dict) else data.encode("utf-8")
        for file, data in made["files"].items()
    }
    return files, made["verdict"]


def stated(folder: str, name: str) -> ReadOptions:
    """What a person stated of the files of one vector."""
    made = json.loads((VECTORS / folder / f"{name}.json").read_text(encoding="utf-8")).get("stated", {})
    tables = tuple(
        TableMap(**{**one, "columns": read_columns(one["columns"]), "by": "holder"}) for one in made.get("tables", ())
    )
    zone = made.get("zone")
    return ReadOptions(zone=zone, zone_by=zone and "holder", tables=tables)


def claims_of(source: Source, files: dict[str, bytes], tables: tuple[TableMap, ...] = ()) -> tuple[Claim, ...]:
    """What the source claims of ``files``."""
    handed = with_tables(tuple(FileInMemory(name, name, data) for name, data in files.items()), tables)
    return source.claim(tuple(Probe(file, files[file.id][:HEAD]) for file in handed))


def read_files(
    source: Source, files: dict[str, bytes], form: str, options: ReadOptions | None = None
) -> tuple[list[Event], list[FileAccount]]:
    """Read what is claimed; files that nobody claims are read as ``form``, as if somebody had said so."""
    options = options or ReadOptions()
    claims = list(claims_of(source, files, options.tables))
    taken = {file.id for claim in claims for file in claim.files}
    loose = tuple(FileInMemory(name, name, data) for name, data in files.items() if name not in taken)
    left = with_tables(loose, options.tables)
    if left:
        claims.append(Claim(source.id, form, left, Certainty.POSSIBLE, "a test says so"))
    segments: dict[str, list[tuple[SegmentKind, int, int]]] = {name: [] for name in files}
    desk = ReadingDesk(options, lambda file, kind, start, end: segments[file].append((kind, start, end)))
    events = [event for claim in claims for event in source.read(claim, desk)]
    accounts = []
    for name, data in files.items():
        account = desk.ledger(FileInMemory(name, name, data)).close(len(data))
        assert b"".join(data[start:end] for _, start, end in segments[name]) == data
        assert account.sha256 == sha256(data).hexdigest()
        accounts.append(account)
    read = sorted(
        (name, start, end)
        for name, found in segments.items()
        for kind, start, end in found
        if kind in {SegmentKind.MESSAGE, SegmentKind.EVENT}
    )
    assert read == sorted((one.span.file, one.span.start, one.span.end) for one in events if isinstance(one, Message))
    return events, accounts


def messages_of(source: Source, files: dict[str, bytes], form: str = "") -> list[Message]:
    """The messages alone, of all conversations."""
    return [event for event in read_files(source, files, form)[0] if isinstance(event, Message)]


def verdict(
    source: Source, files: dict[str, bytes], form: str, window: int = WINDOW, options: ReadOptions | None = None
) -> dict[str, Any]:
    """Everything, in short."""
    options = replace(options or ReadOptions(), window=window)
    claims = claims_of(source, files, options.tables)
    events, accounts = read_files(source, files, form, options)
    return short(
        claims=[[claim.form, str(claim.certainty), [file.id for file in claim.files]] for claim in claims],
        conversations=list(conversations_of(events)),
        unparsed=[[one.file, gap.start, gap.end, str(gap.reason)] for one in accounts for gap in one.unparsed],
    )


def conversations_of(events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    """Each conversation."""
    opened: ConversationOpened | None = None
    messages: list[dict[str, Any]] = []
    for event in events:
        match event:
            case ConversationOpened():
                opened, messages = event, []
            case Message():
                messages.append(message_of(event))
            case ConversationClosed() if opened is not None:
                yield short(
                    title=opened.title,
                    kind=str(opened.kind),
                    section=opened.section,
                    native_id=opened.native_id,
                    extra=opened.extra,
                    participants=[participant_of(one) for one in event.participants],
                    messages=messages,
                    doubts={str(doubt): count for doubt, count in event.doubts},
                    notes=list(event.notes),
                )


def participant_of(one: Any) -> dict[str, Any]:
    """One account."""
    return short(
        key=one.key,
        names=list(one.names),
        messages=one.messages,
        declared=one.declared or None,
        is_owner=one.is_owner,
    )


def message_of(one: Message) -> dict[str, Any]:
    """One message."""
    return short(
        kind=str(one.kind),
        sender=one.sender,
        sender_id=one.sender_id,
        native_id=one.native_id,
        text=one.text,
        text_raw=one.text_raw,
        sent=instant_of(one.sent),
        doubts=[str(doubt) for doubt in one.doubts],
        action=one.action,
        edited=instant_of(one.edited),
        attachments=[short(state=str(a.state), type=a.type, name=a.name, mime=a.mime, size=a.size)
                     for a in one.attachments],
        reactions=[short(value=r.value, sender=r.sender, count=r.count, sent=instant_of(r.sent))
                   for r in one.reactions],
        edited_mark=(one.edited_mark and one.edited is None) or None,
        reply=None if one.reply is None else short(
            native_id=one.reply.native_id, quoted=one.reply.quoted, match=str(one.reply.match)),
        share=None if one.share is None else short(link=one.share.link, text=one.share.text, owner=one.share.owner),
        revisions=list(one.revisions),
        recipients=list(one.recipients),
        forward=None if one.forward is None else {"sender": one.forward.sender, "sent": instant_of(one.forward.sent)},
        call=None if one.call is None else {
            "seconds": one.call.seconds, "outcome": one.call.outcome, **short(video=one.call.video)},
        poll=None if one.poll is None else [one.poll.question, *([o.text, o.votes] for o in one.poll.options)],
        entities=[short(at=[e.start, e.end], type=e.type, target=e.target) for e in one.entities],
        extra=one.extra,
    )  # fmt: skip


def instant_of(one: Instant | None) -> str | None:
    """In UTC where the source fixes it; else the clock reading and its interval, or what stood there."""
    if one is None:
        return None
    if one.utc is not None:
        return format_utc(one.utc, one.precision)
    if one.earliest is None or one.latest is None:
        return f"? {one.raw}"
    return f"{one.raw} ({format_utc(one.earliest)} to {format_utc(one.latest)})"


def short(**fields: Any) -> dict[str, Any]:
    """Without what is empty or not there."""
    return {key: value for key, value in fields.items() if value is not None and value not in ([], {})}
