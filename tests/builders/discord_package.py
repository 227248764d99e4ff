"""Discord's own data package, made for tests: one account's own messages, newest first, a folder for each channel.

files = package({CHANNEL: [said(1, "The gate is open")]})      {"messages/c5308…/messages.json": b"…", …}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from discord_export import at, snowflake

Object = dict[str, Any]

OWNER = ("521486476985155001", "priya")
OTHER = "521486476985155002"
CHANNEL = "530805775262679064"


def said(number: int, words: str, *, moment: datetime | None = None, **others: Any) -> Object:
    """A message with the fields in the package's order."""
    sent = moment or at(number)
    made = {"ID": int(snowflake(sent, number % 4096)), "Timestamp": clock(sent), "Contents": words, "Attachments": ""}
    return {**made, **others}


def clock(moment: datetime) -> str:
    """As the package writes it: no zone, whole seconds."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


def direct(native: str = CHANNEL) -> Object:
    """channel.json of a conversation of two."""
    return {"id": native, "type": "DM", "recipients": [OTHER, OWNER[0]]}


def spelled(value: Any) -> bytes:
    """As the package spells it, on one line."""
    return json.dumps(value, ensure_ascii=False).encode()


def package(
    channels: Mapping[str, Sequence[Object]],
    *,
    folder: str = "messages",
    prefix: str = "c",
    account: bool = True,
) -> dict[str, bytes]:
    """All files, the messages given oldest first."""
    files = {}
    for native, messages in channels.items():
        place = f"{folder}/{prefix}{native}"
        files[f"{place}/messages.json"] = spelled([*reversed(messages)])
        files[f"{place}/channel.json"] = spelled(direct(native))
    files[f"{folder}/index.json"] = spelled(
        {native: f"Direct Message with tom#{n}" for n, native in enumerate(channels)}
    )
    if account:
        files["account/user.json"] = spelled({"id": OWNER[0], "username": OWNER[1], "email": "priya@example.org"})
    return files
