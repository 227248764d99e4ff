"""The columns of Kik's messages: by their names, or by their places where a file has no header.

id,content_id,filename,message,sender_id,receiver_id,ip,port,parent_id,sent_at,sent_at_ts,app_name      since 2026
msg_id,…,…,body,sender_jid,receiver_jid,ip,port,…,sent_at                                                before it
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.csv_fields import Columns

NAMES: Final = (
    "id", "content_id", "filename", "message", "sender_id", "receiver_id", "ip", "port", "parent_id", "sent_at",
    "sent_at_ts", "app_name",
)  # fmt: skip
"""In this order since 2026; the ten columns before it stood in the same places."""

READ: Final = {
    "id": ("id", "msg_id"),
    "filename": ("filename",),
    "message": ("message", "body"),
    "sender": ("sender_id", "sender_jid"),
    "receiver": ("receiver_id", "receiver_jid"),
    "sent_at": ("sent_at",),
    "sent_at_ts": ("sent_at_ts",),
}
KEPT: Final = frozenset(("content_id", "ip", "port", "parent_id", "app_name"))

_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?([^\r\n]{1,8000})")


def first_line(head: bytes) -> bytes | None:
    """The first line without its byte order mark, if there is anything in it."""
    match = _LINE.match(head)
    return None if match is None else match[1]


def delimiter_of(line: bytes) -> bytes:
    """What parts the fields: tabs where there are more of them, else commas."""
    return b"\t" if line.count(b"\t") > line.count(b",") else b","


def is_header(row: list[str]) -> bool:
    """Whether a row names who sent, who received, and when."""
    columns = Columns(row)
    return all(any(columns.at(name) is not None for name in READ[key]) for key in ("sender", "receiver", "sent_at"))


def columns_of(row: list[str]) -> Columns:
    """The columns of a file without a header whose first row this is."""
    more = (f"column {place + 1}" for place in range(len(NAMES), len(row)))
    return Columns((*NAMES[: len(row)], *more))
