"""A return of Snapchat, made for tests: allotments, in the layout of the platform.

conversations([said(1, PRIYA, ROBIN, "The gate is open")])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from roblox_return import field

Row = dict[str, str]
Who = tuple[str, str]

COLUMNS = (
    "content_type", "message_type", "conversation_id", "message_id", "reply_to_message_id", "conversation_title",
    "sender_username", "sender_user_id", "recipient_username", "recipient_user_id", "text", "media_id", "is_saved",
    "is_one_on_one", "timestamp", "group_member_usernames", "reactions", "saved_by", "upload_ip", "source_port_number",
)  # fmt: skip
NEWER = (*COLUMNS[:10], "is_encrypted", "is_topic_chat", *COLUMNS[10:])
OLDER = ("id", "from", "to", "body", "href", "media_id", "saved", "timestamp")
LEGEND = 'What was said on Snapchat.\ncontent_type: what it is\n"text": the words, as they were sent'
RULE = "==========================="
PRIYA, ROBIN = ("priya_k", "u-1"), ("robin_k", "u-2")
START = datetime(2026, 4, 11, 4, 2, 0, tzinfo=UTC)


def at(number: int) -> datetime:
    """The moment of row ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def older_time(moment: datetime) -> str:
    """As returns before 2026 write a time: Wed Aug 19 12:00:00 UTC 2021."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    name = f"{days[moment.weekday()]} {months[moment.month - 1]}"
    return f"{name} {moment.day:02d} {moment:%H:%M:%S} UTC {moment.year}"


def said(number: int, sender: Who, recipient: Who, text: str, *, when: datetime | None = None, **others: str) -> Row:
    """A row."""
    moment = at(number) if when is None else when
    return {
        "content_type": "TEXT", "message_type": "CHAT", "conversation_id": "c1", "message_id": f"m{number}",
        "sender_username": sender[0], "sender_user_id": sender[1], "recipient_username": recipient[0],
        "recipient_user_id": recipient[1], "text": text, "is_saved": "false", "is_one_on_one": "true",
        "timestamp": f"{moment:%Y-%m-%d %H:%M:%S} UTC", "is_encrypted": "false", "is_topic_chat": "false", **others,
    }  # fmt: skip


def table(rows: Sequence[Row], columns: Sequence[str] = COLUMNS, *, legend: str = LEGEND, line: str = "\n") -> bytes:
    """One table, with what stands above it."""
    lines = ['"' + legend.replace('"', '""') + '"', RULE] if legend else []
    lines += [",".join(columns), *(",".join(field(row.get(name, "")) for name in columns) for row in rows)]
    return "".join(one + line for one in lines).encode()


def conversations(*tables: Sequence[Row], columns: Sequence[str] = COLUMNS) -> bytes:
    """conversations.csv."""
    return b"\n".join(table(rows, columns) for rows in tables)
