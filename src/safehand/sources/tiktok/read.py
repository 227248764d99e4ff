"""TikTok's direct messages: one conversation for each "Chat History with NAME:".

    {"Direct Messages": {"Chat History": {"ChatHistory": {"Chat History with robin:": [ … ], …}}}, "Activity": {…}, …}

All other sections of the file are accounted for as metadata, and not read; a note names how many they are. Each list is
read oldest first: the times at its ends say which way it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.json_elements import value_of
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import ANY, EACH, Broken, Elements, Field, Opened, Path, Pattern, scan
from safehand.sources.local_time import LocalClock
from safehand.sources.places import read_again
from safehand.sources.runs import Run
from safehand.sources.thread import Thread
from safehand.sources.tiktok.message import Moments, Plain, decode, is_message, read_message, read_plain
from safehand.sources.tiktok.text import TEXT, TextReading

PLATFORM: Final = "tiktok"
CHATS: Final = "tiktok/user-data-json"

_SECTIONS: Final = ("Direct Messages", "Direct Message")
_GROUPS: Final = ("Group Chat", "GroupChat")
_WAYS: Final[tuple[tuple[str, ...], ...]] = (
    *((section, inner, "ChatHistory") for section in _SECTIONS for inner in ("Chat History", "Direct Messages")),
    *((section, *_GROUPS) for section in _SECTIONS),
    _GROUPS,
)
"""The way to the conversations. Each of the first two steps has been spelled in two ways (formats.md 1.9); chats of
groups have a list of their own, whose inside nobody has described (u): messages are read if they stand there.
"""

PATTERNS: Final[tuple[Pattern, ...]] = tuple((*way, ANY, EACH) for way in _WAYS)
_TITLE: Final = re.compile(r"(?:(?:Group )?Chat History with )?(.*?):?", re.DOTALL | re.IGNORECASE)
_NOTHING: Final = (b"{}", b"[]", b"null")
_UNKNOWN: Final = unknown_instant("")
_CLOCK: Final = (
    "TikTok names no time zone. Other readers take its times for UTC; nothing in the file says so, so none is assumed."
)
_NO_GROUPS: Final = "There is a section of group chats in a shape that this version does not know; it was not read."
_ABSENT: Final = "TikTok's file holds words and links alone: no pictures, answers, reactions or deleted messages."


class _Chat:
    """One conversation as pass 1 sees it."""

    def __init__(self, file: SourceFile, kind: ConversationKind) -> None:
        self.run = Run(file)
        self.kind = kind


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    reading = TextReading if claim.form == TEXT else _Reading
    return chain.from_iterable(chain.from_iterable(reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._chats: dict[Path, _Chat] = {}
        """By where they stand."""
        self._groups_unread = False
        self._damage = Damage()
        self._sections: set[str] = set()
        self._moments = Moments(LocalClock(desk.options.zone, desk.options.zone_by))

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        if not self._chats:
            self._chats[("",)] = _Chat(self._file, ConversationKind.UNKNOWN)
        for number, (path, chat) in enumerate(self._chats.items()):
            yield from self._conversation(str(path[-1]), chat, first=number == 0)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        ledger, window = desk.ledger(file), desk.options.window
        for event in scan(file, ledger, PATTERNS, window=window, decode=decode):
            match event:
                case Elements(path=path):
                    self._take(self._chat(path), event)
                case Opened(path=path) if path[:-1] in _WAYS:
                    self._chat(path)
                    self._damage.repeated = self._damage.repeated or event.repeated
                case Field(path=(str(section), *_) as path):
                    self._sections.add(section)
                    if _GROUPS[0] in path and event.raw not in _NOTHING:
                        self._groups_unread = True
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _chat(self, path: Path) -> _Chat:
        kind = ConversationKind.GROUP if _GROUPS[0] in path else ConversationKind.UNKNOWN
        return self._chats.setdefault(path, _Chat(self._file, kind))

    def _take(self, chat: _Chat, batch: Elements) -> None:
        for index, (start, end, value) in enumerate(zip(batch.starts, batch.ends, batch.values, strict=True)):
            if type(value) is Plain:
                chat.run.see(value.date)
            elif not is_message(value):
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                continue
            chat.run.add(start, end)

    def _conversation(self, key: str, chat: _Chat, *, first: bool) -> Iterator[Sequence[Event]]:
        found = _TITLE.fullmatch(key)
        title = (found[1] if found else key) or None
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                CHATS,
                title,
                chat.kind,
                (self._file.id,),
                native_id=key or None,
            )
        )
        yield (thread.opened,)
        run = chat.run
        for block in read_again(self._file, run.spans, window=self._desk.options.window, reverse=run.reverse):
            yield [self._message(raw, Span(self._file.id, start, end), thread) for start, end, raw in block]
        notes = [_ABSENT]
        if thread.count and self._desk.options.zone is None:
            notes.append(_CLOCK)
        if first:
            if self._sections:
                notes.append(f"Other sections of the file were not read: {len(self._sections)}.")
            if self._groups_unread:
                thread.doubt(Doubt.FIELD_NOT_READ)
                notes.append(_NO_GROUPS)
            notes += self._damage.tell(thread)
        yield (thread.closed(notes),)

    def _message(self, raw: bytes, span: Span, thread: Thread) -> Message:
        value = value_of(raw, decode)
        if type(value) is Plain:
            message = read_plain(value, raw, span, thread, self._moments)
            if message is not None:
                return message
            value = value_of(raw, orjson.loads)
        try:
            return read_message(value, raw, span, thread, self._moments)
        except RecursionError:
            doubts = thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)
