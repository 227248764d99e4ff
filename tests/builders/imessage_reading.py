"""What a reading of a file of iMessage tells, in short: how the vectors of tests/vectors/imessage state their verdict.

verdict(b"…")          told_short.py says how it looks
"""

from __future__ import annotations

from functools import partial
from typing import Any

import told_short
from safehand.model.conversation import Event
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Claim, FileInMemory
from safehand.sources.imessage import SOURCE

_text = partial(FileInMemory, "chat.txt", "chat.txt")
_FORM = "imessage/exporter-text"


def claims_of(data: bytes) -> tuple[Claim, ...]:
    return told_short.claims_of(SOURCE, _text(data))


def read_file(data: bytes, **options: Any) -> tuple[list[Event], FileAccount]:
    return told_short.read_one(SOURCE, _text(data), _FORM, **options)


def messages_of(data: bytes, **options: Any) -> list[Message]:
    return [event for event in read_file(data, **options)[0] if isinstance(event, Message)]


def verdict(data: bytes, window: int = 1 << 22, zone: str | None = None) -> dict[str, Any]:
    return told_short.verdict_of(SOURCE, _text(data), _FORM, window=window, zone=zone)
