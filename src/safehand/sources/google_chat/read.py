"""One conversation of Google Chat: the members of ``group_info.json``, then the messages of ``messages.json``.

    Google Chat/Groups/DM k6ox/group_info.json     {"members": [{"name": …, "email": …, "user_type": "Human"}, …]}
    Google Chat/Groups/DM k6ox/messages.json       {"messages": [{"creator": …, "created_date": …, …}, …]}
    Google Chat/Users/User 1/user_info.json        {"user": {…}, "membership_info": [{"group_id": …}, …]}

A claim holds one conversation, its messages first. A list of members without messages, and the file that says whose
account it is, are told as conversations without messages: who is in them is evidence too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import msgspec

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.google_chat.members import Group, read_group
from safehand.sources.google_chat.message import is_message, read_message
from safehand.sources.google_chat.plain import COLONS, Plain, decode
from safehand.sources.google_chat.times import Times
from safehand.sources.json_messages import Damage, Teller
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, scan
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

PLATFORM: Final = "google_chat"
CONVERSATION: Final = "google_chat/messages-json"
MEMBERS: Final = "google_chat/members-json"
ACCOUNT: Final = "google_chat/account-json"

PATTERNS: Final = (("messages", EACH),)

_FOLDER: Final = re.compile(r"(?:^|/)((DM|Space) [^/]+)/[^/]*$")
_TEXT: Final = Kind.TEXT
_MOST_IN_A_DM: Final = 2


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The one conversation of ``claim``."""
    return chain.from_iterable(_Reading(claim, desk).events())


class _Reading:
    """One conversation while it is read."""

    def __init__(self, claim: Claim, desk: ReadingDesk) -> None:
        self._claim = claim
        self._desk = desk
        self._damage = Damage()
        self._group = Group(self._damage)
        self._times = Times()
        self._seen = SeenNames()
        self._tell = Teller(Plain, self._plain, self._any, is_message, self._damage)
        self._late = 0
        self._timeless = 0
        self._known: dict[str, tuple[str, int]] = {}
        """The name of each address, and how many colons a plain message has but for its words and ids."""
        self._thread: Thread

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        has_messages = self._claim.form == CONVERSATION
        for file in self._claim.files[1 if has_messages else 0 :]:
            read_group(file, self._desk, self._group)
        opened = self._opened()
        self._thread = Thread(opened)
        for who, span in self._group.members:
            account = self._thread.name(who.key or "", who.name, span)
            account.declared = True
            if self._group.owner is not None:
                account.is_owner = who.key == self._group.owner
        yield (opened,)
        if has_messages:
            yield from self._messages()
        yield (self._thread.closed(self._notes()),)

    def _opened(self) -> ConversationOpened:
        first = self._claim.files[0]
        folder = _FOLDER.search(first.name)
        return ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            self._claim.form,
            self._group.title,
            self._kind(folder[2] if folder else ""),
            tuple(file.id for file in self._claim.files),
            "account" if self._claim.form == ACCOUNT else None,
            folder[1] if folder else None,
            self._group.title_span,
            self._group.extra,
        )

    def _kind(self, word: str) -> ConversationKind:
        members = len(self._group.members)
        if word == "Space" or members > _MOST_IN_A_DM:
            return ConversationKind.GROUP
        return ConversationKind.DIRECT if word == "DM" else ConversationKind.UNKNOWN

    def _messages(self) -> Iterator[Sequence[Event]]:
        file = self._claim.files[0]
        ledger = self._desk.ledger(file)
        for event in scan(file, ledger, PATTERNS, window=self._desk.options.window, decode=decode):
            match event:
                case Elements():
                    yield self._tell.batch(event, file.id)
                case Field(path=(_,)):
                    self._late += 1
                case Opened(repeated=True):
                    self._damage.repeated = True
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        creator, text, native, topic = value.creator, value.text, value.message_id, value.topic_id
        sent = self._times.quick(value.created_date)
        email, name = creator.email, creator.name
        known = self._known.get(email)
        if sent is None or known is None or known[0] != name or not text or f"/{topic}/" not in native:
            return None
        colons = known[1] + text.count(":") + native.count(":") + topic.count(":")
        if raw.count(b":") != colons or (b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)):
            return None
        if not self._seen.add(native):
            return None
        thread = self._thread
        doubts = thread.take(email, name, sent, span)
        return Message(thread.count, _TEXT, name, text, sent, span, doubts, email, native)

    def _any(self, value: Any, raw: bytes, span: Span) -> Message:
        """The long way, for any message."""
        message, who = read_message(value, raw, self._thread.count + 1, span, self._times, self._seen)
        self._timeless += message.kind is Kind.DELETED and message.sent.utc is None
        if who.name and who.email:
            self._known[who.email] = who.name, COLONS + who.name.count(":") + who.email.count(":")
        doubts = self._thread.take(who.key, who.name, message.sent, span, message.doubts)
        return message if doubts == message.doubts else msgspec.structs.replace(message, doubts=doubts)

    def _notes(self) -> list[str]:
        languages = ", ".join(sorted(self._times.languages))
        alone = self._claim.form == CONVERSATION and len(self._claim.files) == 1
        told = (
            (self._claim.form == ACCOUNT, "This file says whose account it is and what it was in; it has no messages."),
            (
                self._claim.form == MEMBERS,
                "Only the list of members is here; the messages are not.",
            ),
            (alone, "The list of members is not here."),
            (self._timeless, f"Deleted messages of which only the time of deletion is known: {self._timeless}."),
            (languages, f"Times are written in words, in {languages}, and say UTC."),
            (self._late, "Fields stand beside the messages; they are accounted for and not read."),
        )
        return [*(sentence for holds, sentence in told if holds), *self._damage.tell(self._thread)]
