"""A channel as DiscordChatExporter writes it, made for tests: allotments, in the layout of the program.

spelled(channel([said(1, PRIYA, "The gate is open")]))
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Object = dict[str, Any]
Who = tuple[str, str]
"""Id and name of an account."""

PRIYA: Who = ("521486476985155001", "Priya")
TOM: Who = ("521486476985155002", "Tom")
START = datetime(2026, 1, 4, 19, 2, 11, 414_000, tzinfo=UTC)
EPOCH = 1_420_070_400_000


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def snowflake(moment: datetime, low: int = 0) -> str:
    """The id of a message of that moment."""
    return str(((int(moment.timestamp() * 1000) - EPOCH) << 22) + low)


def stamp(moment: datetime) -> str:
    """As the program writes it, with ``--utc``."""
    return moment.isoformat(timespec="milliseconds")


def author(who: Who, **others: Any) -> Object:
    """An account."""
    made = {"id": who[0], "name": who[1].lower(), "discriminator": "0000", "nickname": who[1], "color": None}
    return {**made, "isBot": False, "roles": [], "avatarUrl": "https://example.org/avatar.png", **others}


def said(number: int, who: Who, content: str, *, moment: datetime | None = None, **others: Any) -> Object:
    """A message with the fields in the program's order."""
    sent = moment or at(number)
    return {
        "id": snowflake(sent),
        "type": "Default",
        "timestamp": stamp(sent),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": content,
        "author": author(who),
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [],
        "inlineEmojis": [],
        **others,
    }


def channel(messages: Sequence[Object], *, count: int | None = None, kind: str = "DirectGroupTextChat") -> Object:
    """The whole file."""
    return {
        "guild": {"id": "0", "name": "Direct Messages", "iconUrl": "https://example.org/0.png"},
        "channel": {"id": "530805775262679064", "type": kind, "categoryId": "0", "category": "Group",
                    "name": "Allotment", "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-02-01T10:00:00.000+00:00",
        "messages": [*messages],
        "messageCount": len(messages) if count is None else count,
    }  # fmt: skip


def spelled(value: Object) -> bytes:
    """As the program spells it: two blanks a level."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8")
