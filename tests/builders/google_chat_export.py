"""Google Chat as Google Takeout writes it, made for tests: allotments, in the layout of the platform.

conversation("DM k6ox", [ALICE, BOB], [said(1, ALICE, "The gate is open")])
{"Google Chat/Groups/DM k6ox/group_info.json": b"…", "Google Chat/Groups/DM k6ox/messages.json": b"…"}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Object: TypeAlias = "dict[str, Value]"

ALICE: Object = {"name": "Alice", "email": "alice@example.org", "user_type": "Human"}
BOB: Object = {"name": "Bob", "email": "bob@example.org", "user_type": "Human"}

_BEGIN = datetime(2026, 1, 4, 10, 59, 50, tzinfo=UTC)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(moment: datetime) -> str:
    """``Sunday, January 4, 2026 at 10:59:50 AM UTC``, with the narrow space of newer exports."""
    half = "AM" if moment.hour < 12 else "PM"
    return (
        f"{_WEEKDAYS[moment.weekday()]}, {_MONTHS[moment.month - 1]} {moment.day}, {moment.year} at "
        f"{moment.hour % 12 or 12}:{moment.minute:02d}:{moment.second:02d}\u202f{half} UTC"
    )


def at(number: int) -> str:
    """The moment of message ``number``: a minute after the one before it."""
    return in_words(_BEGIN + timedelta(minutes=number))


def said(number: int, who: Value, text: str | None, **others: Value) -> Object:
    """A message, with the fields in the platform's order."""
    words: Object = {} if text is None else {"text": text}
    ids: Object = {"topic_id": f"t{number}", "message_id": f"k6ox/t{number}/m{number}"}
    return {"creator": who, "created_date": at(number), **words, **others, **ids}


def spelled(value: Value) -> bytes:
    """As Takeout spells it: two blanks a level, and some marks escaped, as Google's writer does."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    for mark in "<>&='":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text.encode()


def conversation(
    folder: str, members: Sequence[Value], messages: Sequence[Value], name: str | None = None
) -> dict[str, bytes]:
    """The two files of one conversation."""
    where = f"Takeout/Google Chat/Groups/{folder}"
    info: Object = {} if name is None else {"name": name}
    return {
        f"{where}/group_info.json": spelled({**info, "members": [*members]}),
        f"{where}/messages.json": spelled({"messages": [*messages]}),
    }


def account(who: Object, groups: Sequence[Value]) -> dict[str, bytes]:
    """The file that says whose account it is."""
    user: Object = {"user": who, "membership_info": [*groups]}
    return {"Takeout/Google Chat/Users/User 1/user_info.json": spelled(user)}
