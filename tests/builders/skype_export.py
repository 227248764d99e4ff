"""Skype's own data, made for tests: allotments, in the layout of the platform.

spelled([chat("8:live:robin", "Robin", [said("The gate is open", at(1))])])
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

Object = dict[str, object]

START = datetime(2021, 1, 4, 19, 2, 11, tzinfo=UTC)
ME, ROBIN, LEE, CLUB = "8:live:me", "8:live:robin", "8:lee.plots", "19:abc@thread.skype"


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def millis(moment: datetime) -> str:
    """As ids and edits are counted."""
    return str(int(moment.timestamp() * 1000))


def said(content: str, moment: datetime, who: str = ROBIN, **others: object) -> Object:
    """A message."""
    usual: Object = {
        "id": millis(moment),
        "displayName": None,
        "originalarrivaltime": f"{moment:%Y-%m-%dT%H:%M:%S}Z",
        "messagetype": "RichText",
        "version": int(millis(moment)),
        "content": content,
        "conversationid": ROBIN,
        "from": who,
        "properties": None,
        "amsreferences": None,
    }
    return {**usual, **others}


def chat(whom: str, name: str | None, messages: Iterable[Object], **threads: object) -> Object:
    """A conversation, its messages given oldest first and written newest first."""
    listed = [{**one, "conversationid": whom} for one in messages]
    return {
        "id": whom,
        "displayName": name,
        "version": 1609787000000,
        "properties": {"conversationblocked": False, "lastimreceivedtime": None},
        "threadProperties": threads or None,
        "MessageList": listed[::-1],
    }


def spelled(chats: Sequence[Object]) -> bytes:
    """The whole file."""
    made = {"userId": ME, "exportDate": "2021-02-01T12:00:00Z", "conversations": [*chats]}
    return json.dumps(made, ensure_ascii=False).encode("utf-8")
