"""Snapchat's chat history and its history of snaps, from about 2023 on: a conversation for each key.

    {"robin_k": [ newest message, …, oldest message ], "5b1c…": [ … ]}

Pass 1 accounts for every byte and notes where each message stands; pass 2 reads each conversation from the end its
times begin at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.json_elements import value_of
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import ANY, EACH, Broken, Elements, Field, Opened, scan
from safehand.sources.runs import Piece, Run
from safehand.sources.snapchat.message import Stamped, decode_stamp, is_message, read_message, read_plain
from safehand.sources.thread import Thread

PLATFORM: Final = "snapchat"
CHATS: Final = "snapchat/chats-json"
PATTERNS: Final = ((ANY, EACH),)

_UNKNOWN: Final = unknown_instant("")
ABSENT: Final = (
    "Snapchat keeps what somebody saved and what is not yet old: messages that vanished are in no file, without a mark."
)
"""What every conversation of Snapchat's is told with."""
_NOTHING: Final = (b"{}", b"[]", b"null")


class Others:
    """What stands in a file beside the lists of messages: keys whose value is none."""

    __slots__ = ("_count",)

    def __init__(self) -> None:
        self._count = 0

    def see(self, event: Field) -> None:
        """Such a key. One that holds nothing says nothing."""
        self._count += event.raw not in _NOTHING

    def tell(self, thread: Thread) -> Iterator[str]:
        """Put the doubt into ``thread`` and say the sentence."""
        if self._count:
            thread.doubt(Doubt.FIELD_NOT_READ)
            yield f"Names in the file that hold no list of messages: {self._count}. They were not read."


class _Chat:
    """One conversation as pass 1 sees it."""

    def __init__(self, file: SourceFile) -> None:
        self.run = Run(file)
        self.title: str | None = None


class ChatReading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._chats: dict[str, _Chat] = {}
        self._damage = Damage()
        self._others = Others()

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        if not self._chats:
            self._chats[""] = _Chat(self._file)
        for number, (key, chat) in enumerate(self._chats.items()):
            yield from self._conversation(key, chat, first=number == 0)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        ledger, window = desk.ledger(file), desk.options.window
        for event in scan(file, ledger, PATTERNS, window=window, decode=decode_stamp):
            match event:
                case Elements(path=(str(key), *_)):
                    self._take(self._chats.setdefault(key, _Chat(file)), event)
                case Opened(path=(str(key),)):
                    self._chats.setdefault(key, _Chat(file))
                    self._damage.repeated = self._damage.repeated or event.repeated
                case Field():
                    self._others.see(event)
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _take(self, chat: _Chat, batch: Elements) -> None:
        for index, (start, end, value) in enumerate(zip(batch.starts, batch.ends, batch.values, strict=True)):
            if not is_message(value):
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                continue
            if type(value) is Stamped:
                chat.run.see(value.created)
                chat.title = chat.title or value.title
            chat.run.add(start, end)

    def _conversation(self, key: str, chat: _Chat, *, first: bool) -> Iterator[Sequence[Event]]:
        kind = ConversationKind.GROUP if chat.title else ConversationKind.UNKNOWN
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                CHATS,
                chat.title,
                kind,
                (self._file.id,),
                native_id=key or None,
            )
        )
        yield (thread.opened,)
        for piece in chat.run.pieces(self._desk.options.window):
            yield (self._message(piece, thread),)
        way = "newest" if chat.run.reverse else "oldest"
        notes = [ABSENT, f"The {way} message stands first in the file."] if thread.count else [ABSENT]
        notes += [*self._damage.tell(thread), *self._others.tell(thread)] if first else []
        yield (thread.closed(notes),)

    def _message(self, piece: Piece, thread: Thread) -> Message:
        span = Span(piece.file, piece.start, piece.end)
        plain = read_plain(piece.raw, span, thread)
        if plain is not None:
            return plain
        value = value_of(piece.raw, orjson.loads)
        try:
            return read_message(value, piece.raw, span, thread)
        except RecursionError:
            doubts = thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)
