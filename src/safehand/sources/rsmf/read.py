"""A manifest of RSMF: participants, conversations and events in three lists, the events of all conversations mixed.

    {"version": "2.0.0", "participants": [{"id": "1", "display": "Alice"}],
     "conversations": [{"id": "c", "platform": "skype", "type": "direct", "participants": ["1"]}],
     "events": [{"id": "7", "conversation": "c", "participant": "1", "type": "message", …}]}

Pass 1 accounts for every byte, reads the two short lists and puts the place of each event into the box of its
conversation; pass 2 reads one conversation after the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import msgspec
import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import value_of
from safehand.sources.json_fields import Odd, escaped
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, scan
from safehand.sources.local_time import LocalClock
from safehand.sources.places import Boxes, Spans, read_again
from safehand.sources.rsmf.message import SYSTEM, is_event, plain_of, read_message
from safehand.sources.rsmf.times import Times
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

PLATFORM: Final = "rsmf"
FORM: Final = "rsmf/manifest-json"
PATTERNS: Final = (("events", EACH), ("participants", EACH), ("conversations", EACH))

_EVENTS, _PARTICIPANTS, _CONVERSATIONS = range(3)
_KINDS: Final = {"direct": ConversationKind.DIRECT, "channel": ConversationKind.CHANNEL}
_MOST: Final = 100_000
"""Participants, and conversations, that are told. A manifest should have no more than 10,000 events."""
_ROOM: Final = 64 << 10
_REACH: Final = 4000
_TEXT: Final = Kind.TEXT
_NEVER: Final = unknown_instant("")
_NONE: Final = ""
"""The box of events that name no conversation."""


class _Key(msgspec.Struct, gc=False):
    """What pass 1 needs of an event."""

    conversation: str | None = None
    type: str | None = None
    parent: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_key: Final = msgspec.json.Decoder(_Key).decode


class _Talk(msgspec.Struct, frozen=True):
    """A conversation as the manifest declares it."""

    title: str | None = None
    kind: ConversationKind = ConversationKind.UNKNOWN
    members: tuple[str, ...] = ()
    extra: str | None = None
    span: Span | None = None


def _decode(raw: bytes) -> Any:
    try:
        return _key(raw)
    except (msgspec.MsgspecError, RecursionError):
        return orjson.loads(raw)


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One manifest while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._damage = Damage()
        self._boxes: Boxes = {}
        self._threaded: set[str] = set()
        """Conversations in which an event answers another: there, and there alone, all ids are remembered."""
        self._names: dict[str, str] = {}
        self._places: dict[str, Span] = {}
        self._talks: dict[str, _Talk] = {}
        self._nameless = 0
        self._others: list[str] = []
        self._people: list[str] = []
        self._room = _ROOM
        self._times = Times(LocalClock(desk.options.zone, desk.options.zone_by))

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed, a few events at a time."""
        self._first_pass()
        boxes = {**{native: self._boxes.pop(native, Spans()) for native in self._talks}, **self._boxes}
        for number, (native, spans) in enumerate((boxes or {_NONE: Spans()}).items()):
            yield from self._conversation(native, spans, first=number == 0)

    def _first_pass(self) -> None:
        file, desk = self._file, self._desk
        for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=_decode):
            match event:
                case Elements(pattern=0):
                    self._note(event)
                case Elements(pattern=pattern):
                    self._declared(event, pattern)
                case Field(path=(str(key),), raw=raw):
                    shown = escaped((raw or b"").decode("utf-8", "surrogateescape"))
                    if raw is not None and len(raw) <= _ROOM:
                        self._others.append(f"{json.dumps(key)}: {shown}")
                    self._damage.repeated = self._damage.repeated or event.repeated
                case Opened(repeated=True):
                    self._damage.repeated = True
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _note(self, batch: Elements) -> None:
        """Events: each into the box of its conversation."""
        boxes = self._boxes
        for index, (start, end, raw, value) in enumerate(batch.rows()):
            whole = value
            if type(value) is _Key:
                native, action, parent = value.conversation, value.type, value.parent is not msgspec.UNSET
                if native is None or action is None:
                    whole = value_of(raw, orjson.loads)
            if type(whole) is not _Key:
                if not is_event(whole):
                    batch.refuse(index, NOT_A_MESSAGE)
                    self._damage.refused += 1
                    continue
                fields = whole.value if isinstance(whole, Odd) else whole
                named, action, parent = fields.get("conversation"), fields.get("type"), "parent" in fields
                native = named if isinstance(named, str) else str(named) if type(named) is int else None
            if isinstance(action, str) and action in SYSTEM:
                batch.tell(index, SegmentKind.EVENT)
            box = boxes.get(native or _NONE)
            if box is None:
                box = boxes[native or _NONE] = Spans()
            box.add_one(start, end)
            if parent:
                self._threaded.add(native or _NONE)

    def _declared(self, batch: Elements, pattern: int) -> None:
        """Participants or conversations."""
        for index, (start, end, raw, value) in enumerate(batch.rows()):
            batch.tell(index, SegmentKind.METADATA)
            whole = value_of(raw, orjson.loads) if type(value) is _Key else value
            if not isinstance(whole.value if isinstance(whole, Odd) else whole, dict):
                self._nameless += 1
                continue
            span = Span(self._file.id, start, end)
            if pattern == _PARTICIPANTS:
                self._participant(whole, raw, span)
            else:
                self._talk(whole, raw, span)

    def _participant(self, value: Any, raw: bytes, span: Span) -> None:
        draft = Draft(value, raw, frozenset({"id", "display"}), frozenset())
        native, display = draft.id_of("id"), draft.words("display")
        if native is None or len(self._names) >= _MOST:
            self._nameless += 1
        else:
            self._names.setdefault(native, display or native)
            self._places.setdefault(native, span)
            if draft.value.keys() <= {"id", "display"}:
                return
        if len(raw) <= self._room:
            self._room -= len(raw)
            self._people.append(escaped(raw.decode("utf-8", "surrogateescape")))

    def _talk(self, value: Any, raw: bytes, span: Span) -> None:
        draft = Draft(value, raw, frozenset({"id", "display", "type", "participants"}), frozenset())
        native = draft.id_of("id")
        if native is None or len(self._talks) >= _MOST:
            self._nameless += 1
            return
        people = draft.value.get("participants")
        listed = tuple(str(one) for one in people if type(one) in (str, int)) if isinstance(people, list) else ()
        kind = _KINDS.get(str(draft.value.get("type")), ConversationKind.UNKNOWN)
        if kind is ConversationKind.UNKNOWN:
            draft.leave("type")
        if isinstance(people, list) and len(listed) != len(people):
            draft.leave("participants")
        title = draft.words("display")
        self._talks.setdefault(native, _Talk(title, kind, listed, draft.extra(), span))

    def _conversation(self, native: str, spans: Spans, *, first: bool) -> Iterator[Sequence[Event]]:
        talk = self._talks.get(native, _Talk())
        extra = talk.extra
        if first and self._people:
            self._others.append(f'"participants": [{", ".join(self._people)}]')
        if first and self._others:
            beside = "{" + ", ".join(self._others) + "}"
            extra = f'{{"manifest": {beside}}}' if extra is None else f'{extra[:-1]}, "manifest": {beside}}}'
        opened = ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            FORM,
            talk.title,
            talk.kind,
            (self._file.id,),
            native_id=native or None,
            title_span=talk.span if talk.title is not None else None,
            extra=extra,
        )
        thread = Thread(opened)
        for key in talk.members:
            thread.name(key, self._names.get(key, key), self._places.get(key, talk.span)).declared = True
        yield (opened,)
        seen = SeenNames(_REACH, far=native in self._threaded)
        for pieces in read_again(self._file, spans, window=self._desk.options.window):
            yield [self._message(thread, seen, piece) for piece in pieces]
        yield (thread.closed(self._notes(native, thread, first=first)),)

    def _message(self, thread: Thread, seen: SeenNames, piece: tuple[int, int, bytes]) -> Message:
        start, end, raw = piece
        span = Span(self._file.id, start, end)
        plain = plain_of(raw)
        if plain is not None:
            timed = self._times.read(plain.timestamp)
            if timed.instant.earliest is not None and seen.add(plain.id):
                key = plain.participant
                name = self._names.get(key, key)
                doubts = thread.take(key, name, timed.instant, span, timed.doubts)
                return Message(thread.count, _TEXT, name, plain.body, timed.instant, span, doubts, key, plain.id)
        value = value_of(raw, orjson.loads)
        if not is_event(value):  # pass 1 looks at less of it, and let it through
            doubts = thread.take(None, None, _NEVER, span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, None, _NEVER, span, doubts)
        message, sender = read_message(value, raw, span, self._names, self._times, seen)
        doubts = thread.take(sender, message.sender, message.sent, span, message.doubts)
        return msgspec.structs.replace(message, number=thread.count, doubts=doubts)

    def _notes(self, native: str, thread: Thread, *, first: bool) -> list[str]:
        notes = []
        if native not in self._talks:
            named = "The manifest does not list this conversation." if native else "These events name no conversation."
            notes.append(named if thread.count else "No event was found here.")
        strangers = sum(key not in self._names for key in thread.accounts)
        if strangers:
            notes.append(f"Participants that the manifest does not list: {strangers}.")
        if first:
            if self._nameless:
                notes.append(f"Participants or conversations of the manifest without an id: {self._nameless}.")
            notes += self._damage.tell(thread)
        return notes
