"""Hangouts.json as conversations, in the order of the file.

    {"conversations": [{"conversation": {…who, what it is called…}, "events": [{"timestamp": …}, …]}, …]}
    {"conversation_state": [{"conversation_state": {"conversation": {…}, "event": [ … ]}}, …]}       before 2019

What a conversation says of itself stands before its events, as Google writes it; where it stands behind them, the
places of the events are kept and they are read when it is known. Events need not be in the order of their times: they
are told in the order of the file, and the doubt ``out_of_order`` says where it runs back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import orjson

from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Entity, Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.hangouts.head import Head, read_head
from safehand.sources.hangouts.held import read_held
from safehand.sources.hangouts.message import USUAL, is_event, read_message
from safehand.sources.hangouts.plain import COLONS, Account, Plain, State, state_of, words_of
from safehand.sources.hangouts.shapes import Held, Shaped, Shapes
from safehand.sources.json_elements import value_of
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage, Teller
from safehand.sources.json_windows import EACH, Broken, Closed, Elements, Field, Opened, Path, Trouble, scan
from safehand.sources.places import Spans, read_again
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

PLATFORM: Final = "hangouts"
FORM: Final = "hangouts/takeout-json"

PATTERNS: Final = (
    ("conversations", EACH, "events", EACH),
    ("conversation_state", EACH, "conversation_state", "event", EACH),
)

_SECTIONS: Final = frozenset({"conversations", "conversation_state"})
_LISTS: Final = frozenset({"events", "event"})
_TEXT: Final = Kind.TEXT
_UTC, _MICROSECOND = Basis.UTC, Precision.MICROSECOND
_DIGITS: Final = 16
"""Of the microseconds since 1970, from 2001 to 2286."""
_USUAL: Final = USUAL.encode()
_ONE_SEGMENT: Final = COLONS + 2


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed file."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """The file while it is read: which conversation it stands in, and whether that is told yet."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._path: Path | None = None
        self._talk: _Talk | None = None
        self._found = 0
        self._shapes = Shapes()

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed, a few events at a time."""
        desk, file = self._desk, self._file
        outside = Damage()
        for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=self._shapes.decode):
            talk = self._talk
            match event:
                case Elements() if talk is not None:
                    yield talk.take(event)
                case Opened(path=path) if _is_conversation(path):
                    yield from self._finish()
                    self._begin(path)
                case Opened(path=path) if talk is not None and path[-1] in _LISTS:
                    talk.damage.repeated = talk.damage.repeated or event.repeated
                    yield talk.opened()
                case Field(path=path, raw=raw) if talk is not None and path[-1] == "conversation":
                    talk.say(raw, Span(file.id, event.start, event.end))
                    talk.damage.repeated = talk.damage.repeated or event.repeated
                case Field(path=(*outer, key)) if talk is not None and tuple(outer) == self._path:
                    talk.beside = talk.beside or key != "conversation_id"
                case Closed(path=path) if path == self._path:
                    yield from self._finish()
                case Broken():
                    (outside if talk is None else talk.damage).broke(event)
                case _:
                    pass
        yield from self._finish()
        if not self._found or outside.damaged or outside.truncated:
            yield from self._outside(outside)

    def _begin(self, path: Path) -> None:
        self._path = path
        self._talk = _Talk(self._file, self._desk, self._shapes)
        self._found += 1

    def _finish(self) -> Iterator[Sequence[Event]]:
        if self._talk is not None:
            yield from self._talk.rest()
            self._talk = self._path = None

    def _outside(self, damage: Damage) -> Iterator[Sequence[Event]]:
        """What could not be read stands outside of every conversation, or there is none."""
        talk = _Talk(self._file, self._desk, self._shapes)
        talk.damage = damage
        talk.notes.append(
            "Parts of the file lie outside of every conversation." if self._found else "No conversation was found here."
        )
        yield from talk.rest()


class _Talk:
    """One conversation while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk, shapes: Shapes) -> None:
        self.damage = Damage()
        self.notes: list[str] = []
        self.beside = False
        """Other fields stand beside the events."""
        self._file = file
        self._desk = desk
        self._shapes = shapes
        self._native = b""
        self._head: Head | None = None
        self._span: Span | None = None
        self._thread: Thread | None = None
        self._seen = SeenNames(far=False)
        self._silent: State | None = None
        """The field ``self_event_state`` of an event where it says no more than whose account it is."""
        self._later = Spans()
        self._tell = Teller(tuple, self._shaped, self._any, _is_event, self.damage)

    def say(self, raw: bytes | None, span: Span) -> None:
        """What the conversation says of itself."""
        head = None if raw is None else read_head(raw)
        if head is None or self._head is not None:
            self.notes.append("What the conversation says of itself stands there and was not read.")
            return
        self._head, self._span = head, span

    def opened(self) -> Sequence[Event]:
        """Tell that it begins, unless that is told or not known yet."""
        return () if self._thread is not None or self._head is None else (self._open(self._head),)

    def take(self, batch: Elements) -> Sequence[Event]:
        """The events of a batch; their places alone, where it is not known yet who is who."""
        if self._thread is not None:
            return self._tell.batch(batch, self._file.id)
        for index, (start, end, raw, value) in enumerate(batch.rows()):
            reason: str | None = NOT_A_MESSAGE
            found = value_of(raw, orjson.loads) if type(value) in (tuple, Held, Plain) else value
            if is_event(found):
                try:
                    message = read_message(found, raw, Span("", start, end), Head(), SeenNames(), None)
                except RecursionError:
                    reason = Trouble.TOO_DEEP
                else:
                    reason = None
                    self._later.add_one(start, end)
                    if message.kind in (Kind.CALL, Kind.SYSTEM):
                        batch.tell(index, SegmentKind.EVENT)
            if reason is not None:
                batch.refuse(index, reason)
                self.damage.refused += 1
        return ()

    def rest(self) -> Iterator[Sequence[Event]]:
        """What was put off, and that it ends."""
        if self._thread is None:
            yield (self._open(self._head or Head()),)
        for pieces in read_again(self._file, self._later, window=self._desk.options.window):
            yield [
                self._any(value_of(raw, orjson.loads), raw, Span(self._file.id, start, end))
                for start, end, raw in pieces
            ]
        if self._thread is not None:
            yield (self._thread.closed(list(self._told(self._thread))),)

    def _open(self, head: Head) -> ConversationOpened:
        opened = ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            FORM,
            head.title,
            head.kind,
            (self._file.id,),
            head.section,
            head.native_id,
            self._span if head.title is not None else None,
            head.extra,
        )
        self._head, self._native = head, (head.native_id or "").encode()
        self._silent = None if head.owner is None else State(Account(head.owner, head.owner), "RING")
        self._thread = Thread(opened)
        for who in head.members:
            account = self._thread.name(who.key, who.name, self._span)
            account.declared = True
            if head.owner is not None:
                account.is_owner = who.key == head.owner
        return opened

    def _shaped(self, value: Shaped, _raw: bytes, span: Span) -> Message | None:
        """The shortest way: an event of a shape that is known. None for one of another conversation, or told before."""
        state, (talk, who, digits, said, event_id, stood, kind) = value
        head, thread, native = self._head, self._thread, event_id.decode()
        if head is None or thread is None or talk != self._native or kind != _USUAL or not self._seen.add(native):
            return None
        sender, micros = who.decode(), int(digits)
        text = orjson.loads(b'"%b"' % said) if b"\\" in said else said.decode()
        sent = Instant(digits.decode(), _UTC, _MICROSECOND, micros, micros, micros)
        name = head.names.get(sender)
        doubts = thread.take(sender, name, sent, span)
        if state is not None and state == self._silent:
            return Message(thread.count, _TEXT, name, text, sent, span, doubts, sender, native)
        extra = f"{{{stood.decode()}}}"
        return Message(thread.count, _TEXT, name, text, sent, span, doubts, sender, native, extra=extra)

    def _held(self, value: Held, span: Span) -> Message | None:
        """The same for an event of anything else."""
        head, thread = self._head, self._thread
        if head is None or thread is None:
            return None
        return read_held(value, span, head, self._silent, self._seen, thread)

    def _plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        head, thread, segments = self._head, self._thread, value.chat_message.message_content.segment
        account, state, stamp, native = value.sender_id, value.self_event_state, value.timestamp, value.event_id
        sender = account.gaia_id
        links: tuple[Entity, ...] = ()
        first = segments[0] if len(segments) == 1 else None
        if first is not None and first.type == "TEXT" and first.link_data is None:
            text = first.text
            colons = _ONE_SEGMENT if text is None else _ONE_SEGMENT + text.count(":")
        else:
            text, links, colons = words_of(segments)
        if not text or not sender or head is None or thread is None or len(stamp) != _DIGITS or not stamp.isdecimal():
            return None
        alike = value.event_version == stamp and value.advances_sort_timestamp and sender == account.chat_id
        if not alike or not stamp.isascii() or value.conversation_id.id != head.native_id:
            return None
        # A key that is given twice shows in its colon, unless another is spelled as an escape.
        given = raw.count(b":") - (state.client_generated_id is not None)
        if given != colons or (raw.find(b"\\") >= 0 and (b"\\u003a" in raw or b"\\u003A" in raw)):
            return None
        silent = state == self._silent
        extra = None if silent else state_of(raw, state)
        if (extra is None and not silent) or not self._seen.add(native):
            return None
        micros = int(stamp)
        sent = Instant(stamp, _UTC, _MICROSECOND, micros, micros, micros)
        name = head.names.get(sender)
        doubts = thread.take(sender, name, sent, span)
        if first is not None and first.type == "TEXT" and not links:
            self._shapes.saw(value, raw)
        if silent and not links:
            return Message(thread.count, _TEXT, name, text, sent, span, doubts, sender, native)
        return Message(thread.count, _TEXT, name, text, sent, span, doubts, sender, native, entities=links, extra=extra)

    def _any(self, value: Any, raw: bytes, span: Span) -> Message:
        """The long way, for any event."""
        if self._thread is None:
            raise AssertionError("an event before its conversation")
        if type(value) in (Held, Plain):
            message = self._held(value, span) if type(value) is Held else self._plain(value, raw, span)
            if message is not None:
                return message
            value = value_of(raw, orjson.loads)
        return read_message(value, raw, span, self._head or Head(), self._seen, self._thread)

    def _told(self, thread: Thread) -> Iterator[str]:
        yield from self.notes
        if self.beside:
            yield "Fields stand beside the events; they are accounted for and not read."
        yield from self.damage.tell(thread)
        if thread.doubts[Doubt.OUT_OF_ORDER]:
            yield "The events are not in the order of their times; they are told in the order of the file."


def _is_event(value: Any) -> bool:
    return type(value) in (Held, Plain) or is_event(value)


def _is_conversation(path: Path) -> bool:
    return len(path) == 2 and path[0] in _SECTIONS and isinstance(path[1], int)
