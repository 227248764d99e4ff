"""Manifests of RSMF made for tests: allotments, with the keys of the published schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Object: TypeAlias = "dict[str, Value]"

ALICE: Object = {"id": "1", "display": "Alice", "email": "alice@example.org"}
BOB: Object = {"id": "2", "display": "Bob"}


def said(number: int, who: str, text: str, at: str, native: str = "c", **others: Value) -> Object:
    """A message."""
    return {
        "id": str(number),
        "participant": who,
        "timestamp": at,
        "type": "message",
        "conversation": native,
        "body": text,
        **others,
    }


def talk(native: str, people: Sequence[Value], **others: Value) -> Object:
    """A conversation."""
    return {"id": native, "platform": "skype", "type": "direct", "participants": [*people], **others}


def manifest(people: Sequence[Value], talks: Sequence[Value], events: Sequence[Value], **others: Value) -> Object:
    """The whole."""
    return {"version": "2.0.0", **others, "participants": [*people], "conversations": [*talks], "events": [*events]}


def spelled(value: Value) -> bytes:
    """With four blanks a level, as the samples of the schema's makers have them."""
    return json.dumps(value, indent=4, ensure_ascii=False).encode()
