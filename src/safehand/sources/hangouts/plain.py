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

import re
from typing import Final, Literal

import msgspec

from safehand.model.message import Entity
from safehand.sources.json_elements import plain_or_any


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


class State(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Whose account it is, whether the event was sent from a device of it, and whether it rang there."""

    user_id: Account
    notification_level: Literal["RING", "QUIET"]
    client_generated_id: str | None = None


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain event."""

    conversation_id: Id
    sender_id: Account
    timestamp: str
    self_event_state: State
    chat_message: ChatMessage
    event_id: str
    advances_sort_timestamp: bool
    event_otr: Literal["ON_THE_RECORD"]
    delivery_medium: Medium
    event_type: Literal["REGULAR_CHAT_MESSAGE"]
    event_version: str


COLONS: Final = 21
"""Keys of a plain event, without those of the segments and ``client_generated_id``."""

_STATE: Final = re.compile(rb'"self_event_state"[ \t\r\n]*:[ \t\r\n]*\{[^{}\\]*\{[^{}\\]*\}[^{}\\]*\}').search
"""The field as it stands, with the account in it; braces are in none of its strings, and nothing is escaped there."""


def state_of(raw: bytes, state: State) -> str | None:
    """The field ``self_event_state`` of a plain event, as it stands in ``raw``; None for what needs a closer look."""
    found = _STATE(raw)
    strings = state.user_id.gaia_id + state.user_id.chat_id + (state.client_generated_id or "")
    # Before the first backslash no quotation mark is escaped: the words and theirs are a string, and what a colon
    # follows is a key.
    if found is None or not strings.isalnum() or raw.find(b"\\", 0, found.start()) >= 0:
        return None
    return f"{{{found[0].decode()}}}"


_CLOSER: Final[tuple[str, tuple[Entity, ...], int]] = ("", (), 0)


def words_of(segments: list[Segment]) -> tuple[str, tuple[Entity, ...], int]:
    """The text of several segments, its links, and the colons of the event; no text for what needs a closer look."""
    words: list[str] = []
    links: list[Entity] = []
    at, colons = 0, COLONS
    for one in segments:
        word, link = one.text, one.link_data
        colons += 2
        if one.type == "LINE_BREAK":
            if link is not None:
                return _CLOSER
            colons -= word is None
            word = word or "\n"
        elif word is None:
            return _CLOSER
        if one.type == "LINK":
            if link is None:
                return _CLOSER
            links.append(Entity(at, at + len(word), "link", link.link_target))
            colons += 2 + link.link_target.count(":")
        elif link is not None:
            return _CLOSER
        words.append(word)
        at += len(word)
    text = "".join(words)
    return text, tuple(links), colons + text.count(":")


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds. orjson's error for what it refuses."""
