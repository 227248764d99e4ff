"""Signal's own export, ``main.jsonl``: all chats of an account in one file, one thing a line.

    {"version": "1", "backupTimeMs": "1785577587884", …}          what wrote it
    {"account": {…}}  {"recipient": {…}}  {"chat": {…}}           who is who, and which chats there are
    {"chatItem": {"chatId": "1", …}}                              a message, in the order in which it was received

Messages of all chats stand mixed. Pass 1 accounts for every byte, learns who is who and notes where each message
stands; pass 2 reads each chat by itself, in the order of the file. Sixteen bytes are kept for a message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import orjson
from msgspec import UNSET

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import format_utc, unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.json_elements import NOTHING, UNREADABLE, value_of
from safehand.sources.json_events import Elements
from safehand.sources.json_fields import Odd
from safehand.sources.json_lines import scan_lines
from safehand.sources.json_messages import Damage
from safehand.sources.places import Boxes, Piece, Spans, changed, read_again
from safehand.sources.signal.export_parts import PLATFORM
from safehand.sources.signal.millis import instant_of
from safehand.sources.signal.own_beside import OwnBeside, WatchedPeople
from safehand.sources.signal.own_message import read_item
from safehand.sources.signal.own_people import People, Recipient
from safehand.sources.signal.own_plain import Seen, decode_plain, decode_seen, read_plain
from safehand.sources.thread import Thread

OWN: Final = "signal/own-jsonl"

NOT_A_LINE: Final = "a line of a kind that this version does not know"

_OTHERS: Final = frozenset({"account", "recipient", "chat", "stickerPack", "adHocCall", "notificationProfile",
                            "chatFolder", "version", "backupTimeMs"})  # fmt: skip
_SECRETS: Final = frozenset({"profileKey", "identityKey", "masterKey", "inviteLinkPassword"})
"""Keys in the other sense of the word: they stand in the file, and nowhere else."""
_CHAT: Final = frozenset({"id", "recipientId", "archived"})
_LONGEST_EXTRA: Final = 1 << 20
_UNKNOWN: Final = unknown_instant("")
_ABSENT: Final = (
    "Signal's own export leaves out messages that were set to disappear, and what was sent to be seen once."
)


class _Chat:
    """One chat as pass 1 sees it."""

    __slots__ = ("archived", "place", "recipient")

    def __init__(self, recipient: str, place: tuple[int, int], *, archived: bool) -> None:
        self.recipient = recipient
        self.place = place
        self.archived = archived


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._people = People()
        self._beside: OwnBeside | None = None
        if desk.beside is not None:
            self._people = watched = WatchedPeople()
            self._beside = OwnBeside(desk.beside, file.id, watched)
        self._places: dict[str, tuple[int, int]] = {}
        """Where recipients stand, by their number."""
        self._chats: dict[str, _Chat] = {}
        self._boxes: Boxes = {}
        self._damage = Damage()
        self._written: str | None = None

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        self._people.settle()
        if not self._boxes:
            self._boxes[""] = Spans()
        for number, (key, box) in enumerate(self._boxes.items()):
            yield from self._conversation(key, box, first=number == 0)

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        boxes = self._boxes
        for batch in scan_lines(
            file,
            desk.ledger(file),
            window=desk.options.window,
            decode=decode_seen,
            broken=self._damage.broke,
        ):
            for index, value in enumerate(batch.values):
                item = value.chatItem if type(value) is Seen else UNSET
                if item is UNSET:
                    self._other(batch, index)
                    continue
                key = item.chatId if type(item.chatId) is str else str(item.chatId)
                box = boxes.get(key)
                if box is None:
                    box = boxes[key] = Spans()
                box.add_one(batch.starts[index], batch.ends[index])
                if item.updateMessage is not UNSET:
                    batch.tell(index, SegmentKind.EVENT)

    def _other(self, batch: Elements, index: int) -> None:
        """A line that is no message, or a message that is odd."""
        value = value_of(batch.raws[index], orjson.loads)
        found = value.value if isinstance(value, Odd) else value
        place = batch.starts[index], batch.ends[index]
        if isinstance(found, dict) and "chatItem" not in found and self._beside is not None:
            self._beside.line(found, place, batch.raws[index])
        if not isinstance(found, dict) or not (found.keys() & _OTHERS or "chatItem" in found or found == {}):
            self._refuse(batch, index)
        elif isinstance(found.get("chatItem"), dict):
            key = str(found["chatItem"].get("chatId", "0"))
            self._boxes.setdefault(key, Spans()).add_one(*place)
            if "updateMessage" in found["chatItem"]:
                batch.tell(index, SegmentKind.EVENT)
        elif "chatItem" in found:
            self._refuse(batch, index)
        else:
            batch.tell(index, SegmentKind.HEADER if "backupTimeMs" in found else SegmentKind.METADATA)
            self._learn(found, place)

    def _refuse(self, batch: Elements, index: int) -> None:
        batch.refuse(index, NOT_A_LINE)
        self._damage.refused += 1

    def _learn(self, found: dict[str, Any], place: tuple[int, int]) -> None:
        self._people.own(found.get("account"))
        recipient, chat = found.get("recipient"), found.get("chat")
        if isinstance(recipient, dict):
            self._people.add(recipient)
            self._places[str(recipient.get("id", "0"))] = place
        if isinstance(chat, dict):
            key = str(chat.get("id", "0"))
            self._chats[key] = _Chat(str(chat.get("recipientId", "0")), place, archived=chat.get("archived") is True)
            self._boxes.setdefault(key, Spans())
        moment = instant_of(found.get("backupTimeMs"))
        if moment.utc is not None:
            self._written = format_utc(moment.utc)

    def _conversation(self, key: str, box: Spans, *, first: bool) -> Iterator[Sequence[Event]]:
        chat, beside = self._chats.get(key), self._beside
        whom = Recipient("", None) if chat is None else self._people.of(chat.recipient)
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                OWN,
                whom.name,
                whom.kind,
                (self._file.id,),
                section="archived" if chat is not None and chat.archived else None,
                native_id=whom.key if whom.kind is ConversationKind.DIRECT else None,
                extra=None if chat is None else self._extra(chat),
            )
        )
        yield (thread.opened,)
        if beside is not None:
            beside.begin(thread.opened.id, key, None if chat is None else chat.recipient)
        for pieces in read_again(self._file, box, window=self._desk.options.window):
            yield self._messages(pieces, thread)
            if beside is not None:
                beside.read(thread.opened.id, (raw for _, _, raw in pieces))
        self._name(thread, whom)
        if beside is not None:
            beside.read(thread.opened.id, ())
        notes = [_ABSENT]
        if first:
            if self._written is not None:
                notes.append(f"Signal wrote this file at {self._written}.")
            notes += self._damage.tell(thread)
        yield (thread.closed(notes),)

    def _messages(self, pieces: list[Piece], thread: Thread) -> list[Message]:
        file, people = self._file.id, self._people
        found: list[Message] = []
        for start, end, raw in pieces:
            span = Span(file, start, end)
            try:
                message = read_plain(decode_plain(raw), raw, span, thread, people)
            except UNREADABLE:
                message = None
            found.append(self._carefully(raw, span, thread) if message is None else message)
        return found

    def _carefully(self, raw: bytes, span: Span, thread: Thread) -> Message:
        value = value_of(raw, orjson.loads)
        try:
            if value is not NOTHING:
                return read_item(value, raw, span, thread, self._people)
        except RecursionError:
            pass
        doubts = thread.take(None, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,))
        return Message(thread.count, Kind.UNKNOWN, None, None, _UNKNOWN, span, doubts)

    def _name(self, thread: Thread, whom: Recipient) -> None:
        """All that the accounts are called, and who else is a member."""
        declared = whom.members if whom.kind is ConversationKind.GROUP else (whom.key,) if whom.names else ()
        for key in (*thread.accounts, *declared):
            one = self._people.by_key(key)
            account = thread.accounts.get(key) or thread.name(key, one.name, None)
            account.names += [name for name in one.names if name not in account.names]
            account.declared = account.declared or key in declared
            account.is_owner = True if one.is_owner else account.is_owner

    def _extra(self, chat: _Chat) -> str | None:
        """What the file says of the chat and of the other side, and has no place; keys and passwords left out."""
        told = {
            "chat": {name: one for name, one in self._again(chat.place, "chat").items() if name not in _CHAT},
            "recipient": self._again(self._places.get(chat.recipient), "recipient"),
        }
        kept = {name: _without_secrets(one) for name, one in told.items() if one}
        return json.dumps(kept, ensure_ascii=False) if kept else None

    def _again(self, place: tuple[int, int] | None, name: str) -> dict[str, Any]:
        if place is None or place[1] - place[0] > _LONGEST_EXTRA:
            return {}
        try:
            with self._file.open() as stream:
                stream.seek(place[0])
                raw = stream.read(place[1] - place[0])
        except OSError as err:
            raise CannotRead("The file could not be read a second time.", where=self._file.id) from err
        value = value_of(raw, orjson.loads)
        if value is NOTHING:
            raise changed(self._file)
        found = (value.value if isinstance(value, Odd) else value).get(name)
        return found if isinstance(found, dict) else {}


def read_own(file: SourceFile, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversations of one file, a block of events at a time."""
    return _Reading(file, desk).events()


def _without_secrets(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_secrets(one) for name, one in value.items() if name not in _SECRETS}
        case list():
            return [_without_secrets(one) for one in value]
        case _:
            return value
