"""A channel as DiscordChatExporter writes it: one file, one conversation, oldest first unless it was asked otherwise.

    {"guild": {…}, "channel": {…}, "dateRange": {…}, "messages": [ … ], "messageCount": 35}

A long channel may be split into several files, each whole in itself; each is a conversation here, and laid side by side
where they overlap. Newer versions can write newest first: such a file is read twice, and told from its other end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, Final

import msgspec
import orjson

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import Claim, FileInMemory, ReadingDesk, SourceFile
from safehand.sources.discord.channel import Channel
from safehand.sources.discord.message import EVENTS, Author, is_message, read_author, read_message
from safehand.sources.discord.moments import APART, BITS, DISCORD_EPOCH, moment_of
from safehand.sources.discord.plain import COLONS, Plain, decode
from safehand.sources.json_elements import value_of
from safehand.sources.json_fields import Odd
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage, Teller
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, scan
from safehand.sources.places import Piece, read_again
from safehand.sources.runs import Run
from safehand.sources.seen_ids import LARGEST, SeenIds
from safehand.sources.thread import Thread

PLATFORM: Final = "discord"
DCE_JSON: Final = "discord/dce-json"

PATTERNS: Final = (("messages", EACH),)

_TEXT: Final = Kind.TEXT
_UNKNOWN: Final = unknown_instant("")
_FIRST_LOOK: Final = 64 << 10
"""Bytes in which the order of the file is looked for."""
_MOST_SPELLINGS: Final = 50_000
"""Spellings of accounts that are remembered: a server has fewer who write."""


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """One conversation for each claimed file."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._channel = Channel()
        self._damage = Damage()
        self._seen = SeenIds()
        self._authors: dict[bytes, tuple[Author, int]] = {}
        """Accounts by the bytes that spell them, with the colons in those."""
        self._tell = Teller(Plain, self._plain, self._any, is_message, self._damage)
        self._elements = 0
        self._notes: list[str] = []
        self._thread: Thread | None = None

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        file, desk = self._file, self._desk
        reverse = _is_newest_first(file)
        run = Run(file)
        for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=decode):
            match event:
                case Elements() if reverse:
                    self._elements += len(event.starts)
                    self._place(event, run)
                case Elements():
                    self._elements += len(event.starts)
                    yield self._tell.batch(event, file.id)
                case Opened(path=("messages",)):
                    self._damage.repeated = self._damage.repeated or event.repeated
                    yield self._open()
                case Field(path=(_,)):
                    self._channel.take(event, file.id)
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass
        yield self._open()
        for block in read_again(file, run.spans, window=desk.options.window, reverse=True) if reverse else ():
            yield self._again(block)
        if self._thread is not None:
            if reverse:
                self._notes.append("The newest message stands first in the file.")
            notes = [*self._notes, *self._channel.tell(self._thread, self._elements), *self._damage.tell(self._thread)]
            yield (self._thread.closed(notes),)

    def _place(self, batch: Elements, run: Run) -> None:
        """Pass 1 of a file that is written newest first: where the messages stand."""
        for index, (start, end, _, value) in enumerate(batch.rows()):
            fields = value.value if isinstance(value, Odd) else value
            if type(value) is not Plain and not is_message(value):
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                continue
            kind = fields.get("type") if type(fields) is dict else None
            if isinstance(kind, str) and kind in EVENTS:
                batch.tell(index, SegmentKind.EVENT)
            run.add(start, end)

    def _again(self, block: list[Piece]) -> list[Message]:
        """Pass 2: the messages, oldest first."""
        found = []
        for start, end, raw in block:
            span, value = Span(self._file.id, start, end), value_of(raw, decode)
            message = self._plain(value, raw, span) if type(value) is Plain else None
            if message is None:
                whole = value_of(raw, orjson.loads) if type(value) is Plain else value
                try:
                    message = self._any(whole, raw, span)
                except RecursionError:
                    message = self._too_deep(span)
            found.append(message)
        return found

    def _too_deep(self, span: Span) -> Message:
        """What is there, and no more is known of it."""
        if self._thread is None:
            raise AssertionError("a message before its conversation")
        doubts = self._thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
        return Message(self._thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)

    def _open(self) -> Sequence[Event]:
        """Tell that it begins, unless that was told."""
        if self._thread is not None:
            return ()
        channel = self._channel
        opened = ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            DCE_JSON,
            channel.title,
            channel.kind,
            (self._file.id,),
            channel.section,
            channel.native_id,
            channel.title_span if channel.title is not None else None,
            channel.extra,
        )
        self._thread = Thread(opened)
        return (opened,)

    def _plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        spelled = bytes(value.author)
        known = self._authors.get(spelled)
        sent, text, digits = moment_of(value.timestamp), value.content, value.id
        if known is None or sent is None or not text or value.isPinned or not (digits.isascii() and digits.isdigit()):
            return None
        author, colons = known
        colons += COLONS + text.count(":") + (value.stickers is not None) + (value.inlineEmojis is not None)
        if raw.count(b":") != colons or (b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)):
            return None
        native, seen, thread = int(digits), self._seen, self._thread
        apart = ((native >> BITS) + DISCORD_EPOCH) * 1000 - (sent.utc or 0)
        if not (seen.last < native <= LARGEST and -APART <= apart <= APART) or thread is None:
            return None
        seen.append(native)
        seen.last = native
        doubts = thread.take(author.key, author.name, sent, span)
        return Message(thread.count, _TEXT, author.name, text, sent, span, doubts, author.key, digits)

    def _any(self, value: Any, raw: bytes, span: Span) -> Message:
        """The long way, for any message."""
        if self._thread is None:
            raise AssertionError("a message before its conversation")
        new = self._remember(raw)
        message, author = read_message(value, raw, span, self._seen, new_author=new)
        doubts = self._thread.take(author.key, author.name, message.sent, span, message.doubts)
        if author.other is not None and author.key is not None:
            account = self._thread.accounts[author.key]
            if author.other not in account.names:
                account.names.append(author.other)
        return msgspec.structs.replace(message, number=self._thread.count, doubts=doubts)

    def _remember(self, raw: bytes) -> bool:
        """Whether the account is spelled here as it was not before. It is known from now on."""
        try:
            spelled = bytes(_OnlyAuthor(raw).author)
            author = None if spelled in self._authors else read_author(msgspec.json.decode(spelled))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return False
        if spelled in self._authors or len(self._authors) >= _MOST_SPELLINGS:
            return spelled not in self._authors
        if author is None:
            return False
        self._authors[spelled] = author, spelled.count(b":")
        return True


class _Spelled(msgspec.Struct, gc=False):
    """A message of which the account's bytes alone are wanted."""

    author: msgspec.Raw


_OnlyAuthor: Final = msgspec.json.Decoder(_Spelled).decode


def _is_newest_first(file: SourceFile) -> bool:
    """By the ids of the first messages."""
    ids: list[int] = []
    try:
        with file.open() as stream:
            head = FileInMemory(file.id, file.name, stream.read(_FIRST_LOOK))
    except OSError as error:
        raise CannotRead("It could not be opened.", where=file.id, todo="Check the disk.") from error
    for event in scan(head, Ledger(file.id), PATTERNS, decode=decode):
        if isinstance(event, Elements):
            ids += [native for one in event.values if (native := _id_of(one)) is not None]
    falls = sum(one > other for one, other in pairwise(ids))
    return falls > max(0, len(ids) - 1 - falls)


def _id_of(value: Any) -> int | None:
    fields = value.value if isinstance(value, Odd) else value
    native = value.id if type(value) is Plain else fields.get("id") if isinstance(fields, dict) else None
    return int(native) if isinstance(native, str) and native.isascii() and native.isdigit() else None
