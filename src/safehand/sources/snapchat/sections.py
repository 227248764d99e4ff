"""Snapchat's chat history as it was until 2022, and its history of snaps: lists by direction, all accounts mixed.

    {"Received Saved Chat History": [{"From": "robin_k", …}, {"From": "sky", …}],
     "Sent Saved Chat History": [{"To": "robin_k", …}]}
        → conversation with robin_k: what came from there and what went there, in the order of its times;
          conversation with sky

Pass 1 accounts for every byte and notes, for each account and each list, where its messages stand; pass 2 reads each
conversation, its lists merged by their times.
"""

from __future__ import annotations

from bisect import bisect_right
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
from safehand.sources.runs import Piece, Run, in_order
from safehand.sources.snapchat.chats import ABSENT, PLATFORM, Others
from safehand.sources.snapchat.section_message import (
    OWNER,
    Section,
    Stamped,
    decode_stamp,
    is_message,
    other_of,
    read_message,
    read_plain,
    stamp_of,
)
from safehand.sources.thread import Thread

SECTIONS: Final = "snapchat/sections-json"

_PATTERNS: Final = ((ANY, EACH),)
_UNKNOWN: Final = unknown_instant("")
_OWN: Final = "The file does not name the account whose data it is; it is called “owner of this data” here."


class SectionReading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._begun: list[int] = []
        self._sections: list[Section] = []
        self._chats: dict[str, dict[int, Run]] = {}
        """By account: its messages of each section."""
        self._damage = Damage()
        self._others = Others()

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        for number, (other, runs) in enumerate((self._chats or {"": {}}).items()):
            yield from self._conversation(other, runs, first=number == 0)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        ledger, window = desk.ledger(file), desk.options.window
        for event in scan(file, ledger, _PATTERNS, window=window, decode=decode_stamp):
            match event:
                case Elements():
                    self._take(event)
                case Opened(path=(str(key),), start=start):
                    self._begun.append(start)
                    self._sections.append(Section(key))
                    self._damage.repeated = self._damage.repeated or event.repeated
                case Field():
                    self._others.see(event)
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _take(self, batch: Elements) -> None:
        number = len(self._sections) - 1
        section = self._sections[number]
        chats, file = self._chats, self._file
        for index, (start, end, value) in enumerate(zip(batch.starts, batch.ends, batch.values, strict=True)):
            if not is_message(value):
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                continue
            runs = chats.setdefault(other_of(value, section), {})
            run = runs.get(number)
            if run is None:
                run = runs[number] = Run(file)
            if type(value) is Stamped:
                run.see(value.created)
            run.add(start, end)

    def _conversation(self, other: str, runs: dict[int, Run], *, first: bool) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                SECTIONS,
                None,
                ConversationKind.UNKNOWN,
                (self._file.id,),
                native_id=other or None,
            )
        )
        yield (thread.opened,)
        for piece in in_order(runs.values(), self._desk.options.window, stamp_of):
            yield (self._message(piece, thread),)
        owner = thread.accounts.get(OWNER)
        if owner is not None:
            owner.is_owner = True
        notes = [ABSENT] if owner is None else [ABSENT, _OWN]
        notes += [*self._damage.tell(thread), *self._others.tell(thread)] if first else []
        yield (thread.closed(notes),)

    def _message(self, piece: Piece, thread: Thread) -> Message:
        span = Span(piece.file, piece.start, piece.end)
        section = self._sections[bisect_right(self._begun, piece.start) - 1]
        plain = read_plain(piece.raw, span, thread, section)
        if plain is not None:
            return plain
        value = value_of(piece.raw, orjson.loads)
        try:
            return read_message(value, piece.raw, span, thread, section)
        except RecursionError:
            doubts = thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)
