"""A Telegram file, one chat or a whole account, as conversations in the order of the file.

    {"name": "Priya", "type": "personal_chat", "id": 7, "messages": [ … ]}                         one chat
    {"about": …, "personal_information": {…}, "contacts": {…},
     "chats": {"list": [{"name": …, "messages": [ … ]}, … ]}, "left_chats": {"list": [ … ]}}       a whole account

Parts of an account that are no conversations are accounted for as metadata and not read; the first conversation that
closes says which they are. One of them is asked one question: ``personal_information`` says whose account it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from types import NoneType
from typing import Any, Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.json_fields import escaped, read_odd
from safehand.sources.json_windows import (
    EACH,
    Broken,
    Closed,
    Elements,
    Field,
    Opened,
    Path,
    Trouble,
    scan,
)
from safehand.sources.local_time import LocalClock
from safehand.sources.telegram.fields import ACCOUNT_PARTS, CHAT_TYPES
from safehand.sources.telegram.html_read import PAGES, read_pages
from safehand.sources.telegram.plain import decode
from safehand.sources.telegram.thread import Thread
from safehand.sources.telegram.times import Times

PLATFORM: Final = "telegram"
ONE_CHAT: Final = "telegram/chat-json"
ACCOUNT: Final = "telegram/account-json"

PATTERNS: Final = (
    ("messages", EACH),
    ("chats", "list", EACH, "messages", EACH),
    ("left_chats", "list", EACH, "messages", EACH),
)

_SECTIONS: Final = frozenset({"chats", "left_chats"})
_KNOWN: Final[dict[str, tuple[type, ...]]] = {"name": (str, NoneType), "type": (str, NoneType), "id": (int, str)}
_ROOM: Final = 64 << 10
"""Bytes of a conversation's own unknown fields that are shown. More is not a field, it is another form."""
_LATE: Final = "Fields of the conversation stand after its messages; they are accounted for and not read."

_KINDS: Final = {
    "personal_chat": ConversationKind.DIRECT,
    "bot_chat": ConversationKind.DIRECT,
    "saved_messages": ConversationKind.DIRECT,
    "private_group": ConversationKind.GROUP,
    "private_supergroup": ConversationKind.GROUP,
    "public_supergroup": ConversationKind.GROUP,
    "private_channel": ConversationKind.CHANNEL,
    "public_channel": ConversationKind.CHANNEL,
}
_WITH_ONE_OTHER: Final = frozenset({"personal_chat", "bot_chat"})


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    if claim.form == PAGES:
        return read_pages(claim, desk)
    # A million messages come in lists, and chain hands them on without running our code for each.
    return chain.from_iterable(_lists(claim, desk))


def _lists(claim: Claim, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    clock = LocalClock(desk.options.zone, desk.options.zone_by)
    for file in claim.files:
        yield from _Reading(file, claim.form, desk, Times(clock)).events()


class _Reading:
    """One file while it is read: which conversation is open, and what its container has said of it."""

    def __init__(self, file: SourceFile, form: str, desk: ReadingDesk, times: Times) -> None:
        self._file = file
        self._form = form
        self._desk = desk
        self._times = times
        self._chat = _Chat(())
        self._thread: Thread | None = None
        self._found = False
        self._owner: str | None = None
        self._parts: list[str] = []

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed, a few events at a time."""
        ledger = self._desk.ledger(self._file)
        for event in scan(self._file, ledger, PATTERNS, window=self._desk.options.window, decode=decode):
            match event:
                case Elements() if self._thread is not None:
                    yield self._thread.read(event)
                case Opened(path=path) if _is_chat(path):
                    yield self._close()
                    self._chat = _Chat(path)
                case Opened(path=path) if path[-1] == "messages":
                    self._chat.repeated = self._chat.repeated or event.repeated
                    yield self._open()
                case Closed(path=path) if path and _is_chat(path):
                    yield self._open()
                case Field():
                    self._field(event)
                case Broken():
                    self._chat.broke(event.trouble)
                case _:
                    pass
        if not self._found:
            self._chat.notes.append("No messages were found in this file.")
            yield self._open()
        yield self._close()

    def _field(self, event: Field) -> None:
        *outer, key = event.path or ("",)
        if not outer and key in ACCOUNT_PARTS:
            self._parts.append(str(key))
            if key == "personal_information" and event.raw is not None:
                about = read_odd(event.raw)
                self._owner = _user(about.value.get("user_id")) if about and isinstance(about.value, dict) else None
        elif tuple(outer) == self._chat.path and isinstance(key, str):
            if self._thread is None:
                self._chat.take(key, event, self._file.id)
            elif _LATE not in self._chat.notes:
                self._chat.notes.append(_LATE)

    def _open(self) -> Sequence[Event]:
        """Tell the conversation, unless it was told: it begins with its messages, or ends without any."""
        if self._thread is not None:
            return ()
        chat = self._chat
        kind, native = chat.kind, chat.said.get("id")
        if kind == "saved_messages":
            self._owner = self._owner or _user(native)
        opened = ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            self._form,
            chat.title,
            _KINDS.get(kind, ConversationKind.UNKNOWN),
            (self._file.id,),
            str(chat.path[0]) if chat.path else None,
            str(native) if isinstance(native, (int, str)) else None,
            chat.title_span,
            chat.extra,
        )
        user = _user(native)
        self._times.begin()
        self._thread = Thread(opened, self._times, (user, chat.title) if user and kind in _WITH_ONE_OTHER else None)
        self._found = True
        return (opened,)

    def _close(self) -> Sequence[Event]:
        thread, chat = self._thread, self._chat
        if thread is None:
            return ()
        self._thread = None
        if chat.truncated:
            thread.doubt(Doubt.TRUNCATED_FILE)
        if chat.repeated:
            thread.doubt(Doubt.FIELD_REPEATED)
        notes = [*chat.notes, *_told(chat, thread, self._times)]
        if self._parts:
            notes.append(f"Parts of the account that are no conversations were not read: {', '.join(self._parts)}.")
            self._parts = []
        return (thread.closed(self._owner, tuple(notes)),)


class _Chat:
    """What the container of a conversation says of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.said: dict[str, Any] = {}
        self.title_span: Span | None = None
        self.repeated = False
        self.truncated = False
        self.damaged = 0
        self.notes: list[str] = []
        self._others: list[str] = []
        self._room = _ROOM

    def take(self, key: str, event: Field, file: str) -> None:
        """One of its fields."""
        self.repeated = self.repeated or event.repeated
        odd = None if event.raw is None else read_odd(event.raw)
        if odd is not None and isinstance(odd.value, _KNOWN.get(key, ())):
            self.said[key] = odd.value
            if key == "name":
                self.title_span = Span(file, event.start, event.end)
            return
        raw = event.raw or b""
        self._room -= len(raw)
        if not raw or self._room < 0:
            self.notes.append("A field of the conversation is too long to show; its bytes stand in the file.")
            return
        self._others.append(f"{json.dumps(key, ensure_ascii=False)}: {escaped(raw.decode('utf-8', 'surrogateescape'))}")

    def broke(self, trouble: Trouble) -> None:
        """Something in the file could not be read."""
        if trouble is Trouble.TRUNCATED:
            self.truncated = True
        else:
            self.damaged += 1

    @property
    def title(self) -> str | None:
        """The name of the other side, or of the group."""
        title = self.said.get("name")
        return title if isinstance(title, str) else None

    @property
    def kind(self) -> str:
        """Telegram's word for the kind of chat."""
        return str(self.said.get("type", ""))

    @property
    def extra(self) -> str | None:
        """Fields nobody knew when this was written, verbatim."""
        return "{" + ", ".join(self._others) + "}" if self._others else None


def _told(chat: _Chat, thread: Thread, times: Times) -> Iterator[str]:
    """Notes about the whole: no names, no text."""
    if chat.kind in CHAT_TYPES:
        yield f"Telegram's own word for the conversation: {chat.kind}."
    if chat.damaged:
        yield f"Places in the file that could not be read: {chat.damaged}. The account says where."
    if thread.refused:
        yield f"Elements among the messages that are no messages: {thread.refused}. The account says where."
    if times.offsets:
        zones = ", ".join(_offset(offset) for offset in sorted(times.offsets))
        yield f"The clock of the machine that made the export stood at {zones}."


def _offset(seconds: int) -> str:
    minutes = abs(seconds) // 60
    return f"UTC{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _is_chat(path: Path) -> bool:
    """Whether a conversation may stand at ``path``."""
    return not path or (len(path) == 3 and path[0] in _SECTIONS)


def _user(native: Any) -> str | None:
    return f"user{native}" if isinstance(native, int) and not isinstance(native, bool) else None
