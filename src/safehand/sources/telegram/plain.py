"""The commonest message, as a type: plain text, in the eight fields Telegram always writes, and perhaps an answer.

    {"id": 7, "type": "message", "date": "…", "date_unixtime": "…", "from": "Priya", "from_id": "user3",
     "text": "The gate is open", "text_entities": [{"type": "plain", "text": "The gate is open"}]}

msgspec refuses every message that is not exactly this, field for field and type for type, so what it lets through needs
no further look; everything else is decoded as what it is. Nine of ten messages go this way, in half the time.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from safehand.sources.json_elements import plain_or_any
from safehand.sources.telegram.times import ClockReading


class PlainPart(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The one part of a plain text."""

    type: Literal["plain"]
    text: str


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain message."""

    id: int
    type: Literal["message"]
    date: ClockReading
    date_unixtime: str
    sender: str | None = msgspec.field(name="from")
    from_id: str
    text: str
    text_entities: tuple[PlainPart]
    reply_to_message_id: int | None = None


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds. orjson's error for what it refuses."""
