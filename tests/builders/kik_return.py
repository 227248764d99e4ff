"""Parts of a return of Kik, made for tests: allotments, in the layouts of the platform.

content([said(1, ME, ROBIN, "The gate is open")])        since 2026
older([said(1, ME, ROBIN, "cafÃ©")])                     before it
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from roblox_return import field

Row = dict[str, str]

COLUMNS = (
    "id", "content_id", "filename", "message", "sender_id", "receiver_id", "ip", "port", "parent_id", "sent_at",
    "sent_at_ts", "app_name",
)  # fmt: skip
OLDER = ("msg_id", "x", "y", "body", "sender_jid", "receiver_jid", "ip", "port", "z", "sent_at")
ME, ROBIN, CLUB = "me_abc@talk.kik.com", "robin_xyz@talk.kik.com", "1099@groups.kik.com"
START = datetime(2026, 1, 4, 19, 2, 11, 414_000, tzinfo=UTC)


def at(number: int) -> datetime:
    """The moment of row ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def millis(moment: datetime) -> str:
    """As Kik counts."""
    return str(int(moment.timestamp() * 1000))


def said(number: int, sender: str, receiver: str, message: str, *, when: datetime | None = None, **others: str) -> Row:
    """A row since 2026."""
    moment = at(number) if when is None else when
    return {
        "id": str(9000 + number), "content_id": "", "filename": "", "message": message, "sender_id": sender,
        "receiver_id": receiver, "ip": "203.0.113.5", "port": "5222", "parent_id": "",
        "sent_at": f"{moment:%Y-%m-%d %H:%M:%S}", "sent_at_ts": millis(moment), "app_name": "", **others,
    }  # fmt: skip


def content(rows: Sequence[Row], *, delimiter: str = ",", columns: Sequence[str] = COLUMNS) -> bytes:
    """data-text.csv since 2026."""
    lines = [delimiter.join(columns)]
    lines += [delimiter.join(field(row.get(name, "")) for name in columns) for row in rows]
    return ("".join(line + "\n" for line in lines)).encode()


def older(rows: Sequence[Row], *, header: bool = True, delimiter: str = ",") -> bytes:
    """…data-text.csv before 2026: UTF-8 shown as Latin-1, the time in milliseconds."""
    made = [
        [row["id"], "", "", row["message"].encode().decode("latin-1"), row["sender_id"], row["receiver_id"],
         row["ip"], row["port"], "", row["sent_at_ts"]]
        for row in rows
    ]  # fmt: skip
    lines = [delimiter.join(OLDER)] if header else []
    lines += [delimiter.join(map(field, row)) for row in made]
    return ("".join(line + "\r\n" for line in lines)).encode()
