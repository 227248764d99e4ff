"""TikTok's own data, made for tests: allotments, in the layout of the platform.

spelled({"robin": [said("robin", "The gate is open", at(1))]})
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

Object = dict[str, object]

START = datetime(2026, 1, 4, 19, 2, 11)  # noqa: DTZ001  the form names no zone


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def said(who: str, content: str, moment: datetime, **others: object) -> Object:
    """A message."""
    return {"Date": f"{moment:%Y-%m-%d %H:%M:%S}", "From": who, "Content": content, **others}


def spelled(
    chats: Mapping[str, Sequence[Object]], *, way: tuple[str, str] = ("Direct Message", "Direct Messages")
) -> bytes:
    """The whole file."""
    named = {f"Chat History with {who}:": [*messages] for who, messages in chats.items()}
    made = {"Activity": {"Like List": []}, way[0]: {way[1]: {"ChatHistory": named}}, "Profile": {}}
    return json.dumps(made, indent=2, ensure_ascii=False).encode("utf-8")
