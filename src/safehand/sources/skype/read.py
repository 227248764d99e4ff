"""Skype's own data, ``messages.json``: all conversations of an account in one file, the newest message first.

    {"userId": "8:live:me", "exportDate": "…", "conversations": [
        {"id": "8:live:robin", "displayName": "Robin", "threadProperties": …, "MessageList": [ … ]}, …]}

Pass 1 accounts for every byte, notes where each message stands and who is called what; pass 2 reads each conversation
oldest first, whatever way it was written: the times of its messages say which.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.json_elements import NOTHING, UNREADABLE, value_of
from safehand.sources.json_fields import Odd, escaped, read_odd
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, scan
from safehand.sources.places import Piece, read_again
from safehand.sources.runs import Run
from safehand.sources.seen_names import SeenNames
from safehand.sources.skype.message import Room, is_event, is_message, members_of, read_message
from safehand.sources.skype.moments import Moments
from safehand.sources.skype.plain import Plain, decode, decode_plain, read_plain
from safehand.sources.thread import Thread

PLATFORM: Final = "skype"
MESSAGES: Final = "skype/messages-json"

PATTERNS: Final = (("conversations", EACH, "MessageList", EACH),)

_CHAT: Final = 2
"""Steps to a conversation."""
_GROUPS: Final = "19:"
_KNOWN: Final = frozenset({"id", "displayName"})
_ROOM: Final = 64 << 10
"""Bytes of its other fields that are shown; the rest stands in the file alone."""
_NULL: Final = b"null"
_USUAL: Final = "RichText"
_UNKNOWN: Final = unknown_instant("")
_AGAIN: Final = "A conversation of this id stands in the file before this one too. Each is told by itself."
_LATER: Final = "Pictures and files are not in this file: Skype keeps them apart, and only for a time."


class _Chat:
    """One conversation as pass 1 sees it."""

    __slots__ = ("native_id", "others", "room", "run", "thread_properties", "title", "title_span")

    def __init__(self, file: SourceFile) -> None:
        self.run = Run(file)
        self.native_id = ""
        self.title: str | None = None
        self.title_span: Span | None = None
        self.thread_properties: dict[str, Any] = {}
        self.others: list[str] = []
        self.room = _ROOM

    def take(self, key: str, event: Field, file: str) -> None:
        """One of its fields."""
        odd = None if event.raw is None else read_odd(event.raw)
        value = None if odd is None else odd.value
        if key in _KNOWN and (value is None or isinstance(value, str)):
            if key == "id":
                self.native_id = value or ""
            elif value:
                self.title, self.title_span = value, Span(file, event.start, event.end)
            return
        if key == "threadProperties" and isinstance(value, dict):
            self.thread_properties = value
        if value is not None and event.raw is not None and len(event.raw) <= self.room:
            self.room -= len(event.raw)
            spelled = escaped(event.raw.decode("utf-8", "surrogateescape"))
            self.others.append(f"{json.dumps(key, ensure_ascii=False)}: {spelled}")

    @property
    def called(self) -> str | None:
        """Its title: the name of the other side, or the topic of a group."""
        topic = self.thread_properties.get("topic")
        return self.title or (topic if isinstance(topic, str) and topic else None)

    @property
    def kind(self) -> ConversationKind:
        """A group, or two."""
        if not self.native_id:
            return ConversationKind.UNKNOWN
        return ConversationKind.GROUP if self.native_id.startswith(_GROUPS) else ConversationKind.DIRECT


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._chats: dict[int, _Chat] = {}
        self._damage = Damage()
        self._owner: str | None = None
        self._written: str | None = None
        self._names: dict[str, str] = {}
        self._moments = Moments()
        self._others = 0
        """Places that hold no conversation, or no list of messages, where one should stand."""
        self._seen: dict[str, SeenNames] = {}
        """Ids of messages, by the id of their conversation, of those that stand in the file more than once."""

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        if not self._chats:
            self._chats[0] = _Chat(self._file)
        self._names = {
            chat.native_id: chat.title
            for chat in self._chats.values()
            if chat.title and chat.kind is ConversationKind.DIRECT
        }
        ids = Counter(chat.native_id for chat in self._chats.values() if chat.native_id)
        self._seen = {native: SeenNames(far=False) for native, count in ids.items() if count > 1}
        told: set[str] = set()
        for number, chat in enumerate(self._chats.values()):
            yield from self._conversation(chat, first=number == 0, again=chat.native_id in told)
            if chat.native_id in self._seen:
                told.add(chat.native_id)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=decode):
            match event:
                case Elements(path=(_, int(index), _)):
                    self._take(self._chat(index), event)
                case Opened(path=("conversations", int(index))):
                    self._chat(index)
                case Opened(repeated=True):
                    self._damage.repeated = True
                case Field(path=("conversations", int(index), str(key))):
                    self._damage.repeated = self._damage.repeated or event.repeated
                    self._others += key == "MessageList" and event.raw != _NULL
                    self._chat(index).take(key, event, file.id)
                case Field(path=("conversations", _)):
                    self._others += 1
                case Field(path=(str(key),)):
                    self._damage.repeated = self._damage.repeated or event.repeated
                    self._others += key == "conversations" and event.raw != _NULL
                    self._about(key, event)
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _chat(self, index: int) -> _Chat:
        chat = self._chats.get(index)
        if chat is None:
            chat = self._chats[index] = _Chat(self._file)
        return chat

    def _about(self, key: str, event: Field) -> None:
        odd = None if event.raw is None else read_odd(event.raw)
        if odd is not None and isinstance(odd.value, str):
            if key == "userId":
                self._owner = odd.value or None
            elif key == "exportDate":
                self._written = odd.value

    def _take(self, chat: _Chat, batch: Elements) -> None:
        stamps: list[str] = []
        refused: set[int] = set()
        for index, value in enumerate(batch.values):
            if type(value) is Plain:
                stamp: object = value.originalarrivaltime
                kind: object = value.messagetype
            elif is_message(value):
                found = value.value if isinstance(value, Odd) else value
                stamp, kind = found.get("originalarrivaltime"), found.get("messagetype")
            else:
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                refused.add(index)
                continue
            if kind != _USUAL and is_event(kind):
                batch.tell(index, SegmentKind.EVENT)
            if isinstance(stamp, str):
                stamps.append(stamp)
        chat.run.see_all(stamps)
        chat.run.add_all(batch, refused)

    def _conversation(self, chat: _Chat, *, first: bool, again: bool) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                MESSAGES,
                chat.called,
                chat.kind,
                (self._file.id,),
                native_id=chat.native_id or None,
                title_span=chat.title_span,
                extra="{" + ", ".join(chat.others) + "}" if chat.others else None,
            )
        )
        yield (thread.opened,)
        seen = self._seen.get(chat.native_id) or SeenNames(far=False)
        room = Room(thread, chat.native_id, self._names, self._moments, seen)
        run = chat.run
        for pieces in read_again(self._file, run.spans, window=self._desk.options.window, reverse=run.reverse):
            yield self._messages(pieces, room)
        self._declare(thread, chat)
        notes = [_LATER]
        if again:
            thread.doubt(Doubt.DUPLICATE_OF)
            notes.append(_AGAIN)
        if first:
            if self._written is not None and self._moments.read(self._written).utc is not None:
                notes.append(f"Skype wrote this file at {self._written}.")
            notes += self._damage.tell(thread)
            if self._others:
                thread.doubt(Doubt.FIELD_NOT_READ)
                notes.append(f"Places that hold no conversation or no list of messages: {self._others}. Not read.")
        yield (thread.closed(notes),)

    def _messages(self, pieces: list[Piece], room: Room) -> list[Message]:
        file = self._file.id
        found: list[Message] = []
        for start, end, raw in pieces:
            span = Span(file, start, end)
            try:
                message = read_plain(decode_plain(raw), raw, span, room)
            except UNREADABLE:
                message = None
            found.append(self._carefully(raw, span, room) if message is None else message)
        return found

    def _carefully(self, raw: bytes, span: Span, room: Room) -> Message:
        value = value_of(raw, orjson.loads)
        try:
            if value is not NOTHING:
                return read_message(value, raw, span, room)
        except RecursionError:
            pass
        doubts = room.thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
        return Message(room.thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)

    def _declare(self, thread: Thread, chat: _Chat) -> None:
        """Who else is a member, and whose file it is."""
        members = members_of(chat.thread_properties.get("members"))
        if chat.kind is ConversationKind.DIRECT:
            members = (chat.native_id,)
        for key in members:
            account = thread.accounts.get(key) or thread.name(key, self._names.get(key, key), None)
            account.declared = True
        own = None if self._owner is None else thread.accounts.get(self._owner)
        if own is not None:
            own.is_owner = True
