"""Snapchat's chat history, made for tests: allotments, in the layout of the platform.

spelled({"robin_k": [said("robin_k", "The gate is open", at(1))]})
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Object = dict[str, Any]

START = 1_767_553_331_414
"""2026-01-04T19:02:11.414Z."""


def at(number: int) -> int:
    """The moment of message ``number``: a minute after the one before it."""
    return START + number * 60_000


def said(who: str, content: str | None, millis: int, *, own: bool = False, **others: Any) -> Object:
    """A message with the fields in the platform's order."""
    return {
        "From": who,
        "Media Type": "TEXT",
        "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Content": content,
        "Conversation Title": None,
        "IsSender": own,
        "Created(microseconds)": millis,
        "IsSaved": True,
        "Media IDs": "",
        **others,
    }


def snap(who: str, millis: int, *, own: bool = False, media: str = "IMAGE") -> Object:
    """A snap as its history has it: that there was one, and never what it showed."""
    whole = said(who, None, millis, own=own)
    kept = ("From", "Media Type", "Created", "Conversation Title", "IsSender", "Created(microseconds)")
    return {**{name: whole[name] for name in kept}, "Media Type": media}


def until_2022(other: str, text: str | None, millis: int, *, own: bool = False, **others: Any) -> Object:
    """A message as it was until 2022: the other account alone is named."""
    return {
        "To" if own else "From": other,
        "Media Type": "TEXT",
        "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Text": text,
        **others,
    }


def spelled(chats: Mapping[str, Sequence[Object]]) -> bytes:
    """As the platform spells it."""
    return json.dumps(chats, indent=2, ensure_ascii=False).encode("utf-8")
