"""Rows of Signal Desktop as sigtop writes them, built for tests: its JSON.

spelled([row("hello", at(0))])      "[\\n{…}\\n]\\n"
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

Object = dict[str, object]

START = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)
ADA, ME = "00000000-0000-0000-0000-000000001111", "00000000-0000-0000-0000-000000009999"


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def millis(moment: datetime) -> int:
    """As the rows count."""
    return int(moment.timestamp() * 1000)


def row(body: str | None, moment: datetime, who: str = ADA, **others: object) -> Object:
    """One row."""
    sent = millis(moment)
    usual: Object = {
        "id": f"row-{sent}",
        "conversationId": "c1",
        "type": "outgoing" if who == ME else "incoming",
        "sent_at": sent,
        "timestamp": sent,
        "received_at": 77,
        "received_at_ms": sent + 900,
        "sourceServiceId": who,
        "body": body,
        "attachments": [],
        "reactions": [],
        "bodyRanges": [],
        "hasAttachments": 0,
        "schemaVersion": 14,
        "readStatus": 0,
        "errors": [],
        "isErased": False,
    }
    return {**usual, **others}


def spelled(rows: Iterable[Object]) -> bytes:
    """The whole file."""
    return ("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in rows) + "\n]\n").encode("utf-8")
