"""Reddit's tables, by the names in their headers: their order and number differ with the date of the request.

message_id,created_at,updated_at,username,message,…,channel_url,subreddit,channel_name,conversation_type    CHATS
id,permalink,thread_id,date,ip,from,to,subject,body                                                         MAIL
id,permalink,thread_id,date,ip,from,to                                                                      HEADERS
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safehand.sources.csv_records import Columns

SOURCE_ID: Final = "reddit"


@dataclass(frozen=True, slots=True)
class Form:
    """What the columns of one form are called. None where it has no such column."""

    id: str
    what: str
    """What stands in it, to be read after "Reddit's"."""
    native: str
    sent: str
    sender: str
    text: str | None
    box: str
    """What tells conversations apart."""
    needs: frozenset[str]
    title: str
    to: str | None = None
    parent: str | None = None
    kind: str | None = None
    silent: tuple[str, ...] = ()
    """Columns that are known and have no place: they are kept as they stand, without a doubt."""
    said_once: tuple[str, ...] = ()
    """Columns that say the same of every message of a conversation."""


CHATS: Final = Form(
    id="reddit/chat-history-csv",
    what="chat history",
    native="message_id",
    sent="created_at",
    sender="username",
    text="message",
    box="channel_url",
    needs=frozenset({"message_id", "created_at", "username", "message", "channel_url"}),
    title="channel_name",
    parent="thread_parent_message_id",
    kind="conversation_type",
    silent=("updated_at",),
    said_once=("subreddit",),
)

MAIL: Final = Form(
    id="reddit/messages-csv",
    what="private messages",
    native="id",
    sent="date",
    sender="from",
    text="body",
    box="thread_id",
    needs=frozenset({"id", "permalink", "thread_id", "date", "from", "to", "body"}),
    title="subject",
    to="to",
    silent=("permalink", "ip"),
)

HEADERS: Final = Form(
    id="reddit/message-headers-csv",
    what="private messages without their words",
    native="id",
    sent="date",
    sender="from",
    text=None,
    box="thread_id",
    needs=frozenset({"id", "permalink", "thread_id", "date", "from", "to"}),
    title="subject",
    to="to",
    silent=("permalink", "ip"),
)

FORMS: Final = (CHATS, MAIL, HEADERS)
"""The more particular first."""


def form_of(header: Sequence[str]) -> Form | None:
    """Whose header it is."""
    columns = Columns(header)
    return next((form for form in FORMS if all(columns.at(name) is not None for name in form.needs)), None)
