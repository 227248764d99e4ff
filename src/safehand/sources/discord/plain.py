"""The commonest message, as a type: words, and nothing beside them.

    {"id": "1060953753550860429", "type": "Default", "timestamp": "2023-01-06T16:11:26.414+00:00",
     "timestampEdited": null, "callEndedTimestamp": null, "isPinned": false, "content": "The gate is open",
     "author": {…}, "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [],
     "inlineEmojis": []}

``author`` stays bytes: a few accounts say everything, each in the same bytes every time, so they are read once. msgspec
refuses every message that is not exactly this; all others are decoded as what they are and read by message.py.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from safehand.sources.json_elements import plain_or_any

Empty: TypeAlias = tuple[()]


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain message. The last two fields came with later versions."""

    id: str
    type: Literal["Default"]
    timestamp: str
    timestampEdited: None  # noqa: N815  the names of the form
    callEndedTimestamp: None  # noqa: N815
    isPinned: bool  # noqa: N815
    content: str
    author: msgspec.Raw
    attachments: Empty
    embeds: Empty
    reactions: Empty
    mentions: Empty
    stickers: Empty | None = None
    inlineEmojis: Empty | None = None  # noqa: N815


COLONS: Final = 15
"""Twelve keys that are always there, and three in a time with its offset."""


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds. orjson's error for what it refuses."""
