"""One Telegram conversation while it is read: messages are numbered, accounts counted, doubts gathered.

Most messages are plain text with the same eight fields, written twice over (``text`` and one plain entity). Those take
a short way that builds nothing else; it must prove that the message is one of them, and leaves every other to
message.py. Both ways give the same message: tests/unit/sources/telegram holds them together.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

import msgspec

from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.json_windows import Elements
from safehand.sources.telegram.message import is_message, read_message
from safehand.sources.telegram.people import People
from safehand.sources.telegram.seen import SeenIds
from safehand.sources.telegram.times import Times

NOT_A_MESSAGE: Final = "an element of the messages that is no message"

_INTEGER: Final = re.compile(r"-?[0-9]{1,19}")


class Thread:
    """What is known of a conversation so far."""

    __slots__ = (
        "_doubts",
        "_last_sent",
        "_people",
        "_seen",
        "_times",
        "count",
        "file",
        "opened",
        "other",
        "refused",
    )

    def __init__(self, opened: ConversationOpened, times: Times, other: tuple[str, str | None] | None) -> None:
        self.opened = opened
        self.file = opened.files[0]
        self.count = 0
        self.other = other
        """In a chat of two, the account it is with, as the file declares it: key and title."""
        self.refused = 0
        self._times = times
        self._people = People()
        self._seen = SeenIds()
        self._last_sent: Instant | None = None
        self._doubts: Counter[Doubt] = Counter()

    def doubt(self, doubt: Doubt) -> None:
        """Something is in doubt about the conversation as a whole."""
        self._doubts[doubt] += 1

    def read(self, batch: Elements) -> list[Message]:
        """The messages of a batch. Elements that are none are refused, service messages told as events."""
        found: list[Message] = []
        for index, (start, end, raw, value) in enumerate(batch.rows()):
            span = Span(self.file, start, end)
            message = self._plain(value, raw, span)
            if message is None:
                if not is_message(value):
                    batch.refuse(index, NOT_A_MESSAGE)
                    self.refused += 1
                    continue
                message = self._any(value, raw, span)
                if message.kind in {Kind.SYSTEM, Kind.CALL}:
                    batch.tell(index, SegmentKind.EVENT)
            found.append(message)
        return found

    def closed(self, owner: str | None, notes: tuple[str, ...]) -> ConversationClosed:
        """The closing value. ``owner`` is the key of the account whose export this is, where the file says so."""
        return ConversationClosed(
            self.opened.id,
            self.count,
            self._people.closing(self.other, owner),
            tuple(sorted(self._doubts.items())),
            notes,
        )

    def _plain(self, value: Any, raw: bytes, span: Span) -> Message | None:  # noqa: PLR0911  a return for each proof
        """The short way. None for whatever it does not prove to be plain."""
        try:
            native, sender, sender_id, text = value["id"], value["from"], value["from_id"], value["text"]
            (part,) = value["text_entities"]
            plain = part["text"] == text and part["type"] == "plain" and len(part) == 2 and value["type"] == "message"
            sent = self._times.quick(value["date"], value["date_unixtime"])
        except (TypeError, KeyError, ValueError, AttributeError):
            return None
        if not plain or sent is None or type(native) is not int or type(sender_id) is not str or type(text) is not str:
            return None
        if sender is not None and type(sender) is not str:
            return None
        reply = None
        fields = 8
        if "reply_to_message_id" in value:
            target = value["reply_to_message_id"]
            fields = 9
            if target not in self._seen:
                return None
            reply = Reply(str(target), None, Match.EXACT)
        # As many colons as these fields account for: none of them is there twice (json_fields.keys_repeat).
        colons = fields + 4 + 2 * text.count(":") + sender_id.count(":") + (0 if sender is None else sender.count(":"))
        if len(value) != fields or raw.count(b":") != colons or (b"\\" in raw and b"\\u003" in raw):
            return None
        if self._runs_back(sent) or not self._seen.add(native):
            return None
        self._last_sent = sent
        self.count = number = self.count + 1
        self._people.wrote(sender_id, sender, span)
        if reply is None:
            return Message(number, Kind.TEXT, sender, text, sent, span, (), sender_id, str(native))
        return Message(number, Kind.TEXT, sender, text, sent, span, (), sender_id, str(native), reply=reply)

    def _any(self, value: Any, raw: bytes, span: Span) -> Message:
        message = read_message(value, raw, self.count + 1, span, self._times, self._seen)
        doubts = list(message.doubts)
        if self._runs_back(message.sent):
            doubts.append(Doubt.OUT_OF_ORDER)
        native = message.native_id
        if native is not None and _INTEGER.fullmatch(native) and not self._seen.add(int(native)):
            doubts.append(Doubt.DUPLICATE_OF)
        if len(doubts) > len(message.doubts):
            message = msgspec.structs.replace(message, doubts=tuple(doubts))
        if message.sent.order_key() is not None:
            self._last_sent = message.sent
        self.count += 1
        self._doubts.update(doubts)
        key = message.sender_id or message.sender
        if key is not None:
            self._people.wrote(key, message.sender, span)
        return message

    def _runs_back(self, sent: Instant) -> bool:
        """Whether a message is certainly earlier than the one before it."""
        last = self._last_sent
        if last is None or sent.earliest is None or last.latest is None:
            return False
        if sent.utc is not None and last.utc is not None:
            return sent.utc < last.utc
        if sent.utc is None and last.utc is None and sent.local is not None and last.local is not None:
            return sent.local < last.local
        return sent.latest is not None and last.earliest is not None and sent.latest < last.earliest
