r"""sigtop's text, one file a conversation: its blocks become messages, and every byte is accounted for.

    Conversation: Ada (+447700900123)⏎⏎
    From: Ada (+447700900123)⏎Type: incoming⏎Sent: Wed, 30 Jul 2025 09:17:39 +0200⏎Received: …⏎⏎dig on Sunday?⏎⏎

Written in the order in which they were received. Times have the offset of the computer that made the export.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
from safehand.model.message import Call, Kind, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.decoding import decode, torn_end
from safehand.sources.lines import begin_text
from safehand.sources.local_time import LocalClock
from safehand.sources.mail.dates import Dates
from safehand.sources.signal.export_parts import PLATFORM
from safehand.sources.signal.export_text import BEFORE_FIRST, FORGED, TOO_LONG, TORN
from safehand.sources.signal.sigtop_blocks import GAP, Blocks, blocks
from safehand.sources.signal.sigtop_words import UNKNOWN, YOU, Quoted, Version, Words, parted, read_words
from safehand.sources.thread import Thread

SIGTOP_TEXT: Final = "signal/sigtop-text"

_HEAD: Final = 4096
_HEADING: Final = re.compile(rb"Conversation: ([^\n]*)(?:\n|\Z)")
_FIRST: Final = re.compile(rb"(?:From: [^\n]{1,1024}\n)?Type: [a-z][a-z0-9-]{0,60}\n(?:Sent|Received): ")
_PLAIN: Final = re.compile(
    rb"From: ([^\n]+)\nType: (?:incoming|outgoing)\nSent: ([^\n]+)\n(?:Received: ([ -~]+)\n)?"
    rb"\n(?!> From: |\| Version: )(.+)",
    re.DOTALL,
)
_SAID: Final = frozenset({"incoming", "outgoing"})
_GROUP: Final = "group"
_CALL: Final = "call-history"
_SLASHED: Final = re.compile(rb'["\\]')
_NAMES_KEPT: Final = 10_000
_TEXT: Final = Kind.TEXT
_ABSENT: Final = "sigtop's text does not tell deleted messages, stickers and the length of calls apart from empty ones."


def read_sigtop(file: SourceFile, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one file, a window's worth of events at a time."""
    with file.open() as stream:
        ledger = desk.ledger(file)
        bom, head = begin_text(stream, ledger, _HEAD)
        thread = Thread(_opened(file, desk, head, bom))
        reader = _Reader(thread, ledger, Dates(LocalClock(desk.options.zone, desk.options.zone_by)))
        yield (thread.opened,)
        for found in blocks(stream, ledger, desk.options.window, bom):
            yield reader.read(found)
        if YOU in thread.accounts:
            thread.accounts[YOU].is_owner = True
        thread.doubt(Doubt.FORGED_POSSIBLE)
        yield (thread.closed((FORGED, _ABSENT)),)


def _opened(file: SourceFile, desk: ReadingDesk, head: bytes, bom: int) -> ConversationOpened:
    heading = _HEADING.match(head)
    title, detail = (None, None) if heading is None else parted(decode(heading[1])[0])
    kind = ConversationKind.GROUP if detail == _GROUP else ConversationKind.DIRECT
    return ConversationOpened(
        desk.next_conversation(),
        PLATFORM,
        SIGTOP_TEXT,
        None if title == UNKNOWN else title or None,
        ConversationKind.UNKNOWN if detail is None else kind,
        (file.id,),
        native_id=None if detail == _GROUP else detail,
        title_span=None if heading is None else Span(file.id, bom + heading.start(1), bom + heading.end(1)),
    )


class _Reader:
    """Makes messages of blocks."""

    __slots__ = ("_dates", "_file", "_first", "_found", "_ledger", "_names", "_thread")

    def __init__(self, thread: Thread, ledger: Ledger, dates: Dates) -> None:
        self._thread = thread
        self._ledger = ledger
        self._file = ledger.file
        self._dates = dates
        self._names: dict[bytes, tuple[str, str]] = {}
        self._found: list[Message] = []
        self._first = True

    def read(self, given: Blocks) -> list[Message]:
        """The messages of some blocks."""
        found = self._found = []
        ledger, parts = self._ledger, given.parts
        start, ends = given.start, list[int]()
        last = len(parts) - 1 if given.last else -1
        for index, block in enumerate(parts):
            end = start + len(block) + (0 if index == last else len(GAP))
            message = None if index == last or not index else self._plain(start, end, block)
            if message is None:
                ledger.mark_many(SegmentKind.MESSAGE, ends)
                ends.clear()
                self._any(start, end, block, is_last=index == last)
            else:
                found.append(message)
                ends.append(end)
            start = end
        ledger.mark_many(SegmentKind.MESSAGE, ends)
        return found

    def _any(self, start: int, end: int, block: bytes, *, is_last: bool) -> None:
        ledger = self._ledger
        if start > ledger.position:
            ledger.fail(start, TOO_LONG)
        if _FIRST.match(block) is not None:
            self._message(start, end, block, is_last=is_last)
        elif self._first and (heading := _HEADING.match(block)) is not None:
            ledger.mark(SegmentKind.HEADER, start + heading.end())
            if block[heading.end() :].strip(b"\n"):
                ledger.fail(end, BEFORE_FIRST)
            ledger.mark(SegmentKind.BLANK, end)
        else:
            ledger.fail(end, BEFORE_FIRST if self._first else TOO_LONG)
        self._first = False

    def _plain(self, start: int, end: int, block: bytes) -> Message | None:
        """The short way: who, when and plain words. None for anything else."""
        match = _PLAIN.fullmatch(block)
        if match is None:
            return None
        name, date, received, said = match.groups()
        who = self._names.get(name) or self._name(name)
        if who is None or (received is not None and _SLASHED.search(received)):
            return None
        try:
            sent, doubts = self._dates.read(date.decode())
            text = said.decode()
        except UnicodeDecodeError:
            return None
        span = Span(self._file, start, end)
        key, sender = who
        doubts = self._thread.take(key, sender, sent, span, doubts)
        extra = None if received is None else f'{{"received": "{received.decode()}"}}'
        return Message(self._thread.count, _TEXT, sender, text, sent, span, doubts, key, extra=extra)

    def _name(self, raw: bytes) -> tuple[str, str] | None:
        """Key and name of an account that needs no second thought; few are many times the same."""
        if raw == UNKNOWN.encode() or len(self._names) >= _NAMES_KEPT:
            return None
        try:
            name, detail = parted(raw.decode())
        except UnicodeDecodeError:
            return None
        found = self._names[raw] = detail or name, name
        return found

    def _message(self, start: int, end: int, block: bytes, *, is_last: bool) -> None:
        torn = torn_end(block) if is_last else 0
        whole = block[: len(block) - torn] if is_last else block + GAP
        said, guessed = decode(whole.removesuffix(b"\n").removesuffix(b"\n"))
        words = read_words(said)
        sent, doubts = self._times(words.sent)
        extra: dict[str, Any] = {} if words.received is None else {"received": words.received}
        name, detail = (None, None) if words.sender is None else parted(words.sender)
        if words.sender == UNKNOWN:
            name, extra = None, {**extra, "from": UNKNOWN}
        found = [*doubts]
        if guessed:
            found.append(Doubt.ENCODING_GUESSED)
        if words.others:
            extra["others"] = words.others
        if words.has_unknown:
            found.append(Doubt.FIELD_NOT_READ)
        if is_last and not whole.endswith(GAP):
            found.append(Doubt.TRUNCATED_FILE)
        kind, action = _kind(words)
        older, edited = _older(words, extra), None
        if words.versions:
            edited, _ = self._times(words.versions[0].sent)
        if words.quoted is not None:
            extra["quote"] = _told(words.quoted)
        span = Span(self._file, start, end - torn)
        taken = self._thread.take(detail or name, name, sent, span, tuple(found))
        self._found.append(
            Message(
                self._thread.count,
                kind,
                name,
                words.text,
                sent,
                span,
                taken,
                detail or name,
                action=action,
                edited=edited,
                edited_mark=bool(words.versions),
                attachments=tuple(words.attachments),
                reactions=tuple(words.reactions),
                reply=None if words.quoted is None else Reply(None, words.quoted.text),
                call=Call() if kind is Kind.CALL else None,
                revisions=older,
                extra=json.dumps(extra, ensure_ascii=False) if extra else None,
            )
        )
        is_event = kind in {Kind.CALL, Kind.SYSTEM}
        self._ledger.mark(SegmentKind.EVENT if is_event else SegmentKind.MESSAGE, span.end)
        if torn:
            self._ledger.fail(end, TORN)

    def _times(self, raw: str | None) -> tuple[Instant, tuple[Doubt, ...]]:
        if raw is None:
            return unknown_instant(""), (Doubt.TIME_UNREADABLE,)
        return self._dates.read(raw)


def _kind(words: Words) -> tuple[Kind, str | None]:
    if words.type not in _SAID:
        return (Kind.CALL if words.type == _CALL else Kind.SYSTEM), words.type
    if words.attachments:
        return Kind.MEDIA, None
    return (Kind.TEXT if words.text else Kind.EMPTY), None


def _older(words: Words, extra: dict[str, Any]) -> tuple[str, ...]:
    """What it said before it was edited, oldest first; the times of all wordings go to ``extra``."""
    if words.versions:
        extra["versions"] = [_wording(one) for one in reversed(words.versions)]
    return tuple(one.text or "" for one in reversed(words.versions[1:]))


def _wording(version: Version) -> dict[str, Any]:
    """When it was written, and what is not told of it elsewhere."""
    told: dict[str, Any] = {"sent": version.sent}
    if version.files:
        told["files"] = [file.name for file in version.files]
    if version.quoted is not None:
        told["quote"] = _told(version.quoted)
    if version.others:
        told["others"] = version.others
    return told


def _told(quoted: Quoted) -> dict[str, Any]:
    told: dict[str, Any] = {"from": quoted.sender, "sent": quoted.sent}
    if quoted.files:
        told["files"] = quoted.files
    if quoted.others:
        told["others"] = quoted.others
    return told
