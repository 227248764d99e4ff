"""Parts of a return of Roblox, made for tests: allotments, in the layout of the platform.

chat([[said("1", "blocky", "The gate is open", at(1))], [said("2", "", "####", at(2))]])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

Row = dict[str, str]

COLUMNS = (
    "ts", "ds", "conversation_id", "convo_type", "user_id", "name", "text", "is_filtered_o13", "is_filtered_u13",
    "is_rewritten", "request_user_id",
)  # fmt: skip
LETTERS = (
    "id", "message_type_id", "subject", "body", "author_id", "author_name", "recipient_id", "recipient_name",
    "is_system_message", "is_read", "is_archived", "created_time (UTC seconds)", "updated_time (UTC seconds)",
)  # fmt: skip
NAME = "Chat records of the Roblox user 1.csv"
START = datetime(2026, 1, 5, 10, 0, 0, tzinfo=UTC)


def at(number: int) -> datetime:
    """The moment of row ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def said(user: str, name: str, text: str, moment: datetime, *, where: str = "c1", **others: str) -> Row:
    """A row of the chat records."""
    return {
        "ts": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z", "ds": f"{moment:%Y-%m-%d}",
        "conversation_id": where, "convo_type": "chat/app", "user_id": user, "name": name, "text": text,
        "is_filtered_o13": "0", "is_filtered_u13": "0", "is_rewritten": "0", "request_user_id": "1", **others,
    }  # fmt: skip


def letter(number: int, author: tuple[str, str], recipient: tuple[str, str], body: str, **others: str) -> Row:
    """A row of the private messages."""
    seconds = str(int(at(number).timestamp()))
    return {
        "id": str(7000 + number), "message_type_id": "1", "subject": "Seeds", "body": body, "author_id": author[0],
        "author_name": author[1], "recipient_id": recipient[0], "recipient_name": recipient[1],
        "is_system_message": "0", "is_read": "1", "is_archived": "0", "created_time (UTC seconds)": seconds,
        "updated_time (UTC seconds)": seconds, **others,
    }  # fmt: skip


def field(value: str) -> str:
    """A field as RFC 4180 spells it."""
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"\r\n') else value


def table(columns: Sequence[str], rows: Sequence[Row | None], *, line: str = "\n", bom: str = "\ufeff") -> bytes:
    """The whole file; None is an empty row between two conversations."""
    lines = [",".join(map(field, columns))]
    lines += ["," * (len(columns) - 1) if row is None else ",".join(field(row.get(c, "")) for c in columns)
              for row in rows]  # fmt: skip
    return (bom + "".join(one + line for one in lines)).encode()


def chat(groups: Sequence[Sequence[Row]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Chat records: an empty row stands between two groups."""
    rows: list[Row | None] = []
    for group in groups:
        rows += [None, *group] if rows else group
    return table(columns, rows)
