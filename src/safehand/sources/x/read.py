"""Direct messages of X's archive: one file with conversations one after another, each newest first.

    window.YTD.direct_messages.part0 = [
      {"dmConversation": {"conversationId": "7-9", "messages": [ newest, …, oldest ]}}, …
    ]

What stands before the list is a header. Each conversation is read from the end its times begin at. A conversation that
goes on in another part of the archive is another conversation here; the summary and the desk lay such side by side
where they overlap, and a note says that there may be more parts.
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
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.json_elements import value_of
from safehand.sources.json_fields import read_odd
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, Path, scan
from safehand.sources.runs import Piece, Run
from safehand.sources.seen_ids import SeenIds
from safehand.sources.thread import Thread
from safehand.sources.x.message import Plain, decode, kind_of, read_message, read_plain, stamp_of

PLATFORM: Final = "x"
MESSAGES: Final = "x/direct-messages-js"
PATTERNS: Final = ((EACH, "dmConversation", "messages", EACH),)

_PREFIX: Final = re.compile(rb"\s*window\.YTD\.[a-z_]{1,60}\.part\d{1,6}\s*=\s*")
_UNKNOWN: Final = unknown_instant("")
_SYSTEM: Final = frozenset({"joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"})
_ABSENT: Final = (
    "X leaves out what the other side deleted, and names accounts by number alone. "
    "A long conversation may go on in another part of the archive."
)


class _Talk:
    """One conversation as pass 1 sees it."""

    def __init__(self, file: SourceFile) -> None:
        self.run = Run(file)
        self.native_id: str | None = None
        self.fields = 0


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._talks: dict[Path, _Talk] = {}
        self._damage = Damage()
        self._others = 0
        """Places in the list that are no conversation."""

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        if not self._talks:
            self._talks[()] = _Talk(self._file)
        for number, talk in enumerate(self._talks.values()):
            yield from self._conversation(talk, first=number == 0)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        ledger, window = desk.ledger(file), desk.options.window
        for event in scan(file, ledger, PATTERNS, window=window, decode=decode, after=_PREFIX):
            match event:
                case Elements(path=path):
                    self._take(self._talk(path), event)
                case Opened(path=path):
                    self._damage.repeated = self._damage.repeated or event.repeated
                    if path[1:] == ("dmConversation",):
                        self._talk(path)
                case Field(path=(_, "dmConversation", key) as path):
                    self._damage.repeated = self._damage.repeated or event.repeated
                    self._say(self._talk(path), str(key), event)
                case Field():
                    self._others += 1
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _talk(self, path: Path) -> _Talk:
        return self._talks.setdefault(path[:1], _Talk(self._file))

    def _say(self, talk: _Talk, key: str, event: Field) -> None:
        odd = read_odd(event.raw) if event.raw is not None and key == "conversationId" else None
        if odd is not None and isinstance(odd.value, str):
            talk.native_id = odd.value
        else:
            talk.fields += 1

    def _take(self, talk: _Talk, batch: Elements) -> None:
        for index, (start, end, value) in enumerate(zip(batch.starts, batch.ends, batch.values, strict=True)):
            if type(value) is not Plain:
                kind = kind_of(value)
                if kind is None:
                    batch.refuse(index, NOT_A_MESSAGE)
                    self._damage.refused += 1
                    continue
                if kind in _SYSTEM:
                    batch.tell(index, SegmentKind.EVENT)
            talk.run.see(stamp_of(value))
            talk.run.add(start, end)

    def _conversation(self, talk: _Talk, *, first: bool) -> Iterator[Sequence[Event]]:
        native = talk.native_id
        direct = native is not None and "-" in native
        kind = ConversationKind.DIRECT if direct else ConversationKind.GROUP if native else ConversationKind.UNKNOWN
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(), PLATFORM, MESSAGES, None, kind, (self._file.id,), native_id=native
            )
        )
        if direct and native is not None:
            for number in native.split("-"):  # both are in it, also the one that wrote nothing
                thread.name(number, None, None).declared = True
        yield (thread.opened,)
        seen = SeenIds()
        for piece in talk.run.pieces(self._desk.options.window):
            yield (self._message(piece, thread, seen),)
        notes = [_ABSENT]
        if talk.fields:
            notes.append("Fields stand beside the messages; they are accounted for and not read.")
        notes += self._told(thread) if first else []
        yield (thread.closed(notes),)

    def _told(self, thread: Thread) -> Iterator[str]:
        yield from self._damage.tell(thread)
        if self._others:
            thread.doubt(Doubt.FIELD_NOT_READ)
            yield f"Places in the list that are no conversation of a known kind: {self._others}. They were not read."

    def _message(self, piece: Piece, thread: Thread, seen: SeenIds) -> Message:
        span = Span(piece.file, piece.start, piece.end)
        value = value_of(piece.raw, decode)
        if type(value) is Plain:
            message = read_plain(value, piece.raw, span, thread, seen)
            if message is not None:
                return message
            value = value_of(piece.raw, orjson.loads)
        try:
            return read_message(value, piece.raw, span, thread, seen)
        except RecursionError:
            doubts = thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
            return Message(thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)
