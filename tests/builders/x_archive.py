"""Direct messages of X's archive, made for tests: allotments, in the layout of the platform.

spelled([talk("7-9", [said("7", "The gate is open", at(1))])])
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Object = dict[str, Any]

START = datetime(2026, 1, 4, 19, 2, 11, 414_000, tzinfo=UTC)


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def stamp(moment: datetime) -> str:
    """As the platform writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def said(who: str, text: str, moment: datetime, **others: Any) -> Object:
    """A message with the fields in the platform's order."""
    made = {
        "recipientId": "9", "reactions": [], "urls": [], "text": text, "mediaUrls": [], "senderId": who,
        "id": str(int(moment.timestamp() * 1000)), "createdAt": stamp(moment),
    }  # fmt: skip
    return {"messageCreate": {**made, **others}}


def talk(native: str, messages: Sequence[Object]) -> Object:
    """One conversation."""
    return {"dmConversation": {"conversationId": native, "messages": [*messages]}}


def spelled(talks: Sequence[Object], *, name: str = "direct_messages.part0") -> bytes:
    """The whole file."""
    return f"window.YTD.{name} = {json.dumps(talks, indent=2, ensure_ascii=False)}".encode()
