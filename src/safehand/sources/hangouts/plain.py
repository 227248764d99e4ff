"""The commonest event, as a type: words without marks, line breaks and links.

    {"conversation_id": {"id": "Ugx"}, "sender_id": {"gaia_id": "1", "chat_id": "1"}, "timestamp": "1453809862342224",
     "self_event_state": {"user_id": {…}, "notification_level": "RING"},
     "chat_message": {"message_content": {"segment": [{"type": "TEXT", "text": "The gate is open"}]}},
     "event_id": "89T", "advances_sort_timestamp": true, "event_otr": "ON_THE_RECORD",
     "delivery_medium": {"medium_type": "BABEL_MEDIUM"}, "event_type": "REGULAR_CHAT_MESSAGE",
     "event_version": "1453809862342224"}

msgspec refuses every event that is not exactly this; all others are decoded as what they are and read by message.py.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec
import orjson

from safehand.model.message import Entity


class Id(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A conversation."""

    id: str


class Account(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Who."""

    gaia_id: str
    chat_id: str


class Link(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Where a link leads."""

    link_target: str


class Segment(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A stretch without bold and the like."""

    type: Literal["TEXT", "LINE_BREAK", "LINK"]
    text: str | None = None
    link_data: Link | None = None


class Content(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """What was said."""

    segment: list[Segment]


class ChatMessage(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """What was said."""

    message_content: Content


class Medium(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Hangouts itself, and no telephone."""

    medium_type: Literal["BABEL_MEDIUM"]


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain event. ``self_event_state`` stays bytes: it is the same for nearly all."""

    conversation_id: Id
    sender_id: Account
    timestamp: str
    self_event_state: msgspec.Raw
    chat_message: ChatMessage
    event_id: str
    advances_sort_timestamp: bool
    event_otr: Literal["ON_THE_RECORD"]
    delivery_medium: Medium
    event_type: Literal["REGULAR_CHAT_MESSAGE"]
    event_version: str


COLONS: Final = 17
"""Keys of a plain event, without those inside ``self_event_state`` and the segments."""


def words_of(segments: list[Segment]) -> tuple[str, tuple[Entity, ...], int] | None:
    """The text of several segments, its links, and the colons in their JSON; None for what needs a closer look."""
    words: list[str] = []
    links: list[Entity] = []
    at, colons = 0, 0
    for one in segments:
        word, link = one.text, one.link_data
        colons += 2
        if one.type == "LINE_BREAK":
            if link is not None:
                return None
            colons -= word is None
            word = word or "\n"
        elif word is None:
            return None
        if one.type == "LINK":
            if link is None:
                return None
            links.append(Entity(at, at + len(word), "link", link.link_target))
            colons += 2 + link.link_target.count(":")
        elif link is not None:
            return None
        words.append(word)
        at += len(word)
    text = "".join(words)
    return text, tuple(links), colons + text.count(":")


_plain: Final = msgspec.json.Decoder(Plain).decode


def decode(raw: bytes) -> Any:
    """A Plain, or whatever else JSON holds. orjson's error for what it refuses."""
    try:
        found = _plain(raw)
        state = bytes(found.self_event_state)  # nobody has looked into it yet
        return found if state.isascii() and b"\\" not in state else orjson.loads(raw)
    except (msgspec.MsgspecError, RecursionError):
        return orjson.loads(raw)
