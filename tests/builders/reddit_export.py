"""Reddit's own data, made for tests: allotments, in the layout of the platform.

    table(CHATS, [chat("robin", "The gate is open", at(1))])
    table(MAIL, [mail("robin", "me_user", "The gate is open", at(1), thread="t1")])

CHATS and MAIL are the columns in the platform's order; a row is a dict by them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

Row = dict[str, str]

CHATS = (
    "message_id", "created_at", "updated_at", "username", "message", "thread_parent_message_id", "channel_url",
    "subreddit", "channel_name", "conversation_type",
)  # fmt: skip
MAIL = ("id", "permalink", "thread_id", "date", "ip", "from", "to", "subject", "body")
HEADERS = MAIL[:7]

_START = datetime(2023, 4, 22, 10, 0, 0, tzinfo=UTC)


def at(number: int) -> str:
    """The moment of message ``number``: a minute after the one before it."""
    return spelled(_START + timedelta(minutes=number))


def spelled(moment: datetime) -> str:
    """As the platform spells a moment."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def chat(who: str, words: str, when: str, *, native: str = "", channel: str = "room/1", **others: str) -> Row:
    """A row of chat_history.csv."""
    return {
        "message_id": native or f"${when}{who}",
        "created_at": when,
        "updated_at": when,
        "username": who,
        "message": words,
        "channel_url": channel,
        "conversation_type": "direct",
        **others,
    }


def mail(who: str, to: str, words: str, when: str, *, native: str, thread: str = "", subject: str = "") -> Row:
    """A row of messages.csv."""
    link = f"https://www.reddit.com/message/messages/{native}"
    return {
        "id": native, "permalink": link, "thread_id": thread, "date": when, "from": who, "to": to, "subject": subject,
        "body": words,
    }  # fmt: skip


def table(columns: Sequence[str], rows: Iterable[Row], line_break: str = "\n") -> bytes:
    """As the platform spells it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator=line_break)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
