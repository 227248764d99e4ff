"""Hangouts.json as Google Takeout writes it, made for tests: allotments, in the layout of the platform.

spelled(whole([talk("Ugx", [ALICE, BOB], [said(1, ALICE, "The gate is open")])]))
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Object: TypeAlias = "dict[str, Value]"
Who: TypeAlias = "tuple[str, str | None]"
"""Id and name of an account."""

ALICE: Who = ("101", "Alice")
BOB: Who = ("102", "Bob")

START = 1_767_524_390_123_456
"""2026-01-04T10:59:50.123456Z."""


def account(who: Who) -> Object:
    """Both ids, which are the same."""
    return {"gaia_id": who[0], "chat_id": who[0]}


def at(number: int) -> str:
    """The moment of event ``number``: a minute after the one before it."""
    return str(START + number * 60_000_000)


def words(text: str) -> Object:
    """A chat message of one stretch."""
    return content({"type": "TEXT", "text": text})


def content(*segments: Value, attachments: Sequence[Value] = ()) -> Object:
    """A chat message."""
    inner: Object = {"segment": [*segments]} if segments else {}
    if attachments:
        inner["attachment"] = [*attachments]
    return {"message_content": inner}


def event(number: int, who: Who, kind: str, *, native: str = "Ugx", owner: Who = ALICE, **others: Value) -> Object:
    """An event with the fields in the platform's order."""
    return {
        "conversation_id": {"id": native},
        "sender_id": account(who),
        "timestamp": at(number),
        "self_event_state": {"user_id": account(owner), "notification_level": "RING"},
        **others,
        "event_id": f"e{number}",
        "advances_sort_timestamp": True,
        "event_otr": "ON_THE_RECORD",
        "delivery_medium": {"medium_type": "BABEL_MEDIUM"},
        "event_type": kind,
        "event_version": at(number),
    }


def said(number: int, who: Who, text: str, native: str = "Ugx") -> Object:
    """A plain message."""
    return event(number, who, "REGULAR_CHAT_MESSAGE", native=native, chat_message=words(text))


def head(native: str, members: Sequence[Who], owner: Who = ALICE, **others: Value) -> Object:
    """What a conversation says of itself."""
    inner: Object = {
        "id": {"id": native},
        "type": "STICKY_ONE_TO_ONE" if len(members) < 3 else "GROUP",
        **others,
        "self_conversation_state": {
            "self_read_state": {"participant_id": account(owner), "latest_read_timestamp": at(0)},
            "status": "ACTIVE",
            "view": ["INBOX_VIEW"],
        },
        "participant_data": [
            {"id": account(who)} | ({} if who[1] is None else {"fallback_name": who[1]}) for who in members
        ],
        "otr_status": "ON_THE_RECORD",
    }
    return {"conversation_id": {"id": native}, "conversation": inner}


def talk(native: str, members: Sequence[Who], events: Sequence[Value], name: str | None = None) -> Object:
    """One conversation."""
    about = head(native, members) if name is None else head(native, members, name=name)
    return {"conversation": about, "events": [*events]}


def whole(talks: Sequence[Value]) -> Object:
    """The file."""
    return {"conversations": [*talks]}


def spelled(value: Value) -> bytes:
    """As Takeout spells it: two blanks a level, and a blank before each colon."""
    return json.dumps(value, indent=2, ensure_ascii=False, separators=(",", " : ")).encode()
