"""What stands around the messages: the server, the channel, the dates that were asked for, and how many there are.

    "guild": {"id": "0", "name": "Direct Messages", "iconUrl": "…"},
    "channel": {"id": "530805775262679064", "type": "DirectTextChat", "categoryId": "0", "category": "Private",
                "name": "Priya", "topic": null},
    "dateRange": {"after": null, "before": null}, "exportedAt": "2024-01-02T10:00:00+00:00",
    "messages": [ … ], "messageCount": 35

An export of a stretch of time holds that stretch alone: ``dateRange`` is told. ``messageCount`` is what the program
counted while it wrote, and is held against what is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from safehand.model.conversation import ConversationKind
from safehand.model.doubt import Doubt
from safehand.model.span import Span
from safehand.sources.json_events import Field
from safehand.sources.json_fields import escaped, read_odd
from safehand.sources.thread import Thread

CHANNELS: Final = {
    "DirectTextChat": ConversationKind.DIRECT,
    "DirectGroupTextChat": ConversationKind.GROUP,
    "GuildTextChat": ConversationKind.GROUP,
    "GuildVoiceChat": ConversationKind.GROUP,
    "GuildStageVoice": ConversationKind.GROUP,
    "GuildForum": ConversationKind.GROUP,
    "GuildNews": ConversationKind.CHANNEL,
    "GuildNewsThread": ConversationKind.GROUP,
    "GuildPublicThread": ConversationKind.GROUP,
    "GuildPrivateThread": ConversationKind.GROUP,
}
"""Kinds of channel, in the words of DiscordChatExporter's ChannelKind."""

_KNOWN: Final = frozenset({"guild", "channel", "dateRange", "exportedAt", "messageCount"})
_ROOM: Final = 64 << 10
"""Bytes of fields around the messages that are shown. More is another form."""


class Channel:
    """Everything that was said of the channel so far."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        """Each field as it stands there."""
        self.count: int | None = None
        self.repeated = False
        self.unknown = 0
        self.title_span: Span | None = None
        self._channel: dict[str, Any] = {}
        self._range: dict[str, Any] = {}
        self._room = _ROOM

    def take(self, event: Field, file: str) -> None:
        """A field beside the messages."""
        key, raw = str(event.path[0]), event.raw
        self.repeated = self.repeated or event.repeated
        self.unknown += key not in _KNOWN
        if raw is None:
            return
        if key == "channel":
            self._channel = object_of(raw)
            self.title_span = Span(file, event.start, event.end)
        elif key == "dateRange":
            self._range = object_of(raw)
        elif key == "messageCount":
            self.count = int(raw) if raw.isdigit() and len(raw) <= 15 else None
            return
        self._room -= len(raw)
        if self._room >= 0:
            self.fields[key] = escaped(raw.decode("utf-8", "surrogateescape"))

    @property
    def title(self) -> str | None:
        """The channel's name; in a chat of two, the other account's."""
        return self._words("name")

    @property
    def native_id(self) -> str | None:
        """The channel's id."""
        return self._words("id")

    @property
    def section(self) -> str | None:
        """The category it stands in."""
        return self._words("category")

    @property
    def kind(self) -> ConversationKind:
        """How many may speak."""
        return CHANNELS.get(self._words("type") or "", ConversationKind.UNKNOWN)

    @property
    def extra(self) -> str | None:
        """The fields around the messages, verbatim."""
        parts = (f"{json.dumps(key, ensure_ascii=False)}: {value}" for key, value in self.fields.items())
        return "{" + ", ".join(parts) + "}" if self.fields else None

    def tell(self, thread: Thread, elements: int) -> Iterator[str]:
        """What is to be said about the whole; ``elements`` are those of the list, read or not."""
        if self.unknown:
            thread.doubt(Doubt.FIELD_NOT_READ, self.unknown)
        if self.repeated:
            thread.doubt(Doubt.FIELD_REPEATED)
        asked = [word for word in ("after", "before") if self._range.get(word) is not None]
        if asked:
            yield f"The export was made of a stretch of time alone (dateRange: {' and '.join(asked)})."
        if self.count is not None and self.count != elements:
            thread.doubt(Doubt.COUNT_MISMATCH)
            yield f"The file says that it holds {self.count:,} messages; it holds {elements:,}."
        yield "DiscordChatExporter writes what stood there when it ran: deleted messages and earlier texts are absent."

    def _words(self, name: str) -> str | None:
        found = self._channel.get(name)
        return found if isinstance(found, str) and found else None


def object_of(raw: bytes) -> dict[str, Any]:
    """The object in ``raw``; an empty one for what is none."""
    odd = read_odd(raw)
    return odd.value if odd is not None and isinstance(odd.value, dict) else {}
