"""One Telegram conversation while it is read: messages are numbered, accounts counted, doubts gathered.

Most messages are plain text (plain.py) and take a short way; every other, and each one that is not quite as plain as it
looked, is read by message.py. Both ways give the same message: tests/unit/sources/telegram holds them together.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any, Final

import msgspec
import orjson

from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.json_fields import Odd
from safehand.sources.json_windows import Elements, Trouble
from safehand.sources.seen_ids import LARGEST, SeenIds
from safehand.sources.telegram.message import is_message, read_message
from safehand.sources.telegram.people import People
from safehand.sources.telegram.plain import Plain
from safehand.sources.telegram.times import Times

NOT_A_MESSAGE: Final = "an element of the messages that is no message"

_NEVER: Final = 2**63
"""Later than any message: nothing takes the short way after it."""

_TEXT: Final = Kind.TEXT
_EVENTS: Final = frozenset({Kind.SYSTEM, Kind.CALL})


class Thread:
    """What is known of a conversation so far."""

    __slots__ = (
        "_doubts",
        "_last_sent",
        "_last_utc",
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
        self._last_utc = _NEVER
        """What the short way compares with; the long way looks closer where the last message had no UTC."""
        self._doubts: Counter[Doubt] = Counter()

    def doubt(self, doubt: Doubt) -> None:
        """Something is in doubt about the conversation as a whole."""
        self._doubts[doubt] += 1

    def read(self, batch: Elements) -> list[Message]:
        """The messages of a batch. Elements that are none are refused, service messages told as events."""
        found: list[Message] = []
        file, plain = self.file, self._plain
        for index, start, end, raw, value in zip(
            count(), batch.starts, batch.ends, batch.raws, batch.values, strict=False
        ):
            span = Span(file, start, end)
            message = plain(value, raw, span) if type(value) is Plain else None
            if message is None:
                whole = orjson.loads(raw) if type(value) is Plain else value
                reason = NOT_A_MESSAGE
                if is_message(whole):
                    try:
                        message = self._any(whole, raw, span)
                    except RecursionError:
                        reason = Trouble.TOO_DEEP
                if message is None:
                    batch.refuse(index, reason)
                    self.refused += 1
                    continue
                if message.kind in _EVENTS:
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

    def _plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        text, sender, sender_id, target = value.text, value.sender, value.from_id, value.reply_to_message_id
        sent = self._times.agreed(value.date, value.date_unixtime)
        if sent is None or not text or not sender_id or value.text_entities[0].text != text:
            return None
        account = self._people.account(sender_id, sender, span)
        # As many colons as these fields account for: none of them is there twice (json_fields.keys_repeat).
        colons = 12 + account.colons + 2 * text.count(":")
        if target is not None:
            colons += 1
            if target not in self._seen:
                return None
        if raw.count(b":") != colons or (b"\\" in raw and b"\\u003" in raw):
            return None
        utc, native, seen = sent.utc, value.id, self._seen
        if utc is None or utc < self._last_utc or not seen.last < native <= LARGEST:
            return None
        seen.append(native)
        seen.last = native
        self._last_utc = utc
        self._last_sent = sent
        self.count = number = self.count + 1
        account.messages += 1
        if target is None:
            return Message(number, _TEXT, sender, text, sent, span, (), sender_id, str(native))
        reply = Reply(str(target), None, Match.EXACT)
        return Message(number, _TEXT, sender, text, sent, span, (), sender_id, str(native), reply=reply)

    def _any(self, value: Any, raw: bytes, span: Span) -> Message:
        """The long way, for any message."""
        message = read_message(value, raw, self.count + 1, span, self._times, self._seen)
        doubts = message.doubts
        if self._runs_back(message.sent):
            doubts = (*doubts, Doubt.OUT_OF_ORDER)
        native = (value.value if isinstance(value, Odd) else value).get("id")
        if type(native) is int and not self._seen.add(native):
            doubts = (*doubts, Doubt.DUPLICATE_OF)
        if doubts:
            self._doubts.update(doubts)
            message = msgspec.structs.replace(message, doubts=doubts)
        if message.sent.order_key() is not None:
            self._last_sent = message.sent
            self._last_utc = _NEVER if message.sent.utc is None else message.sent.utc
        self.count += 1
        key = message.sender_id or message.sender
        if key is not None:
            self._people.account(key, message.sender, span).messages += 1
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
