"""The commonest message, as a type: words, who wrote them, when, and its ids.

    {"creator": {"name": "Alice", "email": "alice@example.org", "user_type": "Human"},
     "created_date": "Wednesday, January 4, 2023 at 10:59:50 AM UTC", "text": "Hello",
     "topic_id": "a1", "message_id": "dm/a1/a1"}

msgspec refuses every message that is not exactly this, so what it lets through needs no further look; everything else
is decoded as what it is and read by message.py.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from safehand.sources.json_elements import plain_or_any


class PlainCreator(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A person who wrote."""

    name: str
    email: str
    user_type: Literal["Human"]


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain message."""

    creator: PlainCreator
    created_date: str
    text: str
    topic_id: str
    message_id: str


COLONS: Final = 10
"""Eight keys, and the clock of the moment: more colons stand in the words alone, or a key is there twice."""


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds. orjson's error for what it refuses."""
