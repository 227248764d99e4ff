"""One row of the private messages in a return of Roblox.

    id,message_type_id,subject,body,author_id,author_name,recipient_id,recipient_name,…,created_time (UTC seconds),…

They are more like letters: each has a subject, which stands in ``extra``, because the model has no place for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import ConversationKind
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.csv_fields import COMMA, Columns
from safehand.sources.seen_names import SeenNames
from safehand.sources.tables import Fields, Head, Look, Row, Said
from safehand.sources.thread import Thread
from safehand.sources.written_times import seconds_instant

_CREATED: Final = "created_time (UTC seconds)"
_READ: Final = {
    "id": ("id",),
    "body": ("body",),
    "author": ("author_id",),
    "author_name": ("author_name",),
    "recipient": ("recipient_id",),
    "recipient_name": ("recipient_name",),
    "created": (_CREATED,),
}
_KEPT: Final = frozenset(
    ("message_type_id", "subject", "is_system_message", "is_read", "is_archived", "updated_time (utc seconds)")
)
_TRUE: Final = frozenset(("1", "true", "t", "yes"))
_REACH: Final = 2_000
NOT_A_ROW: Final = "a row without an author, a recipient and words"


class PrivateForm:
    """Private messages: a conversation for each two accounts."""

    platform = "roblox"
    delimiter = COMMA

    def __init__(self, form: str) -> None:
        self.form = form
        self._fields = Fields(Columns(()), _READ, _KEPT)
        self._begun = False
        self._seen = SeenNames(_REACH, far=False)
        self._thread: Thread | None = None

    def look(self, row: Row) -> Look:
        """The header, an empty row, or a message."""
        if not self._begun:
            self._begun = True
            columns = Columns(row)
            self._fields = Fields(columns, _READ, _KEPT)
            return columns
        if not any(row):
            return SegmentKind.BLANK
        _, body, author, _, recipient, _, created = self._fields.pick(row)
        if not author and not recipient and not body:
            return NOT_A_ROW
        sent = seconds_instant(created)
        return Said(" ".join(sorted((author, recipient))), None if sent is None else sent.utc)

    def head(self, key: str) -> Head:
        """Between whom; the file gives it no id of its own."""
        del key
        return Head(kind=ConversationKind.DIRECT, section="messages")

    def message(
        self,
        row: Row,
        columns: Columns | None,  # noqa: ARG002
        span: Span,
        thread: Thread,
        doubts: tuple[Doubt, ...],
    ) -> Message:
        """The next message."""
        if thread is not self._thread:
            self._thread, self._seen = thread, SeenNames(_REACH, far=False)
        native, body, author, name, recipient, recipient_name, created = self._fields.pick(row)
        sent = seconds_instant(created) or unknown_instant(created)
        found: list[Doubt] = [] if sent.utc is not None else [Doubt.TIME_UNREADABLE]
        left = self._fields.left(row)
        found += left.doubts + doubts
        if native and not self._seen.add(native):
            found.append(Doubt.DUPLICATE_OF)
        system = self._fields.kept(row, "is_system_message").casefold() in _TRUE
        doubts = thread.take(author or name or None, name or None, sent, span, tuple(found))
        if recipient and recipient not in thread.accounts:
            thread.name(recipient, recipient_name or None, span)
        return Message(
            thread.count,
            Kind.SYSTEM if system else Kind.TEXT if body else Kind.EMPTY,
            name or author or None,
            body or None,
            sent,
            span,
            doubts,
            author or None,
            native or None,
            recipients=(recipient_name or recipient,) if recipient_name or recipient else (),
            extra=left.text,
        )

    def notes(self, thread: Thread) -> Iterator[str]:
        """Nothing but what every table has."""
        del thread
        return iter(())
