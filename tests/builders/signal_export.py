"""What signal-export writes, built for tests: lines of data.json, and blocks of chat.md.

line("Ada", "hello", moment)      {"date": "2026-01-04T19:02:11", "sender": "Ada", "body": "hello  ", …}
block("Ada", "hello", moment)     "[2026-01-04 19:02:11] Ada: hello  \\n\\n"
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

Object = dict[str, object]

START = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def said(who: str, body: str, moment: datetime, **others: object) -> Object:
    """One message of data.json; ``None`` takes a field away."""
    usual: Object = {
        "date": moment.replace(tzinfo=None).isoformat(),
        "sender": who,
        "body": body + "  ",
        "quote": "",
        "sticker": None,
        "reactions": [],
        "attachments": [],
        "deleted": False,
        "call": False,
        "missed": False,
    }
    return {**usual, **others}


def spelled(messages: Iterable[Object], line_end: str = "\n") -> bytes:
    """The whole data.json."""
    return "".join(json.dumps(one, ensure_ascii=False) + line_end for one in messages).encode("utf-8")


def block(who: str, body: str, moment: datetime, *, quote: str = "", behind: str = "") -> str:
    """One message of chat.md: ``quote`` before what was said, ``behind`` after it."""
    return f"[{moment:%Y-%m-%d %H:%M:%S}] {who}: {quote}{body}  {behind}\n\n"


def old_block(who: str, body: str, moment: datetime) -> str:
    """One message of index.md, as the program wrote in its first years."""
    return f"[{moment:%Y-%m-%d, %H:%M}] {who}: {body}  \n"
