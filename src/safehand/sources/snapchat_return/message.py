"""One row of Snapchat's conversations, and what stands between the tables of the file.

    TEXT,chat,c1,m1,,Allotments,priya_k,u1,robin_k,u2,The gate is open,,false,true,Wed Aug 19 12:00:00 UTC 2021,…

The file is one table or several: each a legend, a row of ``=``, a header, and rows. A file that went with a message is
a name (``b~…``) and never opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from safehand.model.conversation import ConversationKind
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.csv_fields import COMMA, Columns
from safehand.sources.seen_names import SeenNames
from safehand.sources.snapchat_return.table import KEPT, READ, is_header
from safehand.sources.tables import Fields, Head, Look, Row, Said, left_of
from safehand.sources.thread import Thread
from safehand.sources.written_times import Times

NOT_A_ROW: Final = "a row without a conversation, a sender and words"
_RULE: Final = frozenset("=")
_LEAST: Final = 5
"""Signs of a row that parts a legend from its table, at least."""
_SEVERAL: Final = ";"
_REACH: Final = 2_000
"""Ids compared letter by letter, for a row that stands twice; an answer is looked for among all."""
_TEXT, _MEDIA, _EMPTY, _NO_TIME = Kind.TEXT, Kind.MEDIA, Kind.EMPTY, Basis.NONE
_KINDS: Final = {"true": ConversationKind.DIRECT, "false": ConversationKind.GROUP}


class _Where(Enum):
    BEFORE = auto()
    """Before any table, or in a legend."""
    HEADER = auto()
    """Behind a row of ``=``."""
    ROWS = auto()
    OTHER = auto()
    """In a table that holds no messages."""


_ROWS: Final = _Where.ROWS


class ConversationsForm:
    """Conversations by their id; where a file has none, by the two accounts."""

    platform = "snapchat"
    delimiter = COMMA

    def __init__(self, form: str, times: Times) -> None:
        self.form = form
        self._times = times
        self._fields = Fields(Columns(()), READ, KEPT)
        self._columns: Columns | None = None
        self._where = _Where.BEFORE
        self._first = True
        self._heads: dict[str, Head] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._seen = SeenNames(_REACH)
        self._thread: Thread | None = None

    def look(self, row: Row) -> Look:
        """What a row is, by where in the file it stands."""
        first, self._first = self._first, False
        if row[0][:1] == "=" and _is_rule(row):
            self._where = _Where.HEADER
            return SegmentKind.STRUCTURE
        if self._where is _ROWS:
            return self._row(row)
        if not any(row):
            return SegmentKind.BLANK
        if first or self._where is _Where.HEADER:
            columns = Columns(row)
            if is_header(columns):
                self._where = _Where.ROWS
                self._use(columns)
                return columns
            self._where = _Where.BEFORE if first else _Where.OTHER
        return SegmentKind.METADATA

    def _row(self, row: Row) -> Look:
        if len(row) == 1:  # the legend of the next table
            return SegmentKind.METADATA
        if not any(row):
            return SegmentKind.BLANK
        key, _, _, sender, sender_id, recipient, recipient_id, text, media, time = self._fields.pick(row)
        if not key:
            if not (sender or sender_id or recipient or recipient_id or text or media):
                return NOT_A_ROW
            key = " ".join(sorted((sender or sender_id, recipient or recipient_id)))
            if key not in self._heads:
                self._heads[key] = Head(kind=ConversationKind.DIRECT)
        elif key not in self._heads:
            kind = _KINDS.get(self._fields.kept(row, "is_one_on_one").casefold(), ConversationKind.UNKNOWN)
            self._heads[key] = Head(self._fields.kept(row, "conversation_title") or None, kind, native_id=key)
        return Said(key, self._times.read(time)[0].order_key())

    def head(self, key: str) -> Head:
        """As its first row has it."""
        return self._heads.get(key, Head())

    def message(
        self, row: Row, columns: Columns | None, span: Span, thread: Thread, doubts: tuple[Doubt, ...]
    ) -> Message:
        """The next message."""
        if columns is not self._columns and columns is not None:
            self._use(columns)
        if thread is not self._thread:
            self._thread, self._seen = thread, SeenNames(_REACH)
        _, native, answers, sender, sender_id, recipient, recipient_id, text, media, time = self._fields.pick(row)
        sent, of_time = self._times.read(time)
        left = self._fields.left(row)
        if sent.basis is _NO_TIME and time:
            left = left_of({**left.values, "timestamp": time}, left.doubts)
        doubts = of_time + left.doubts + doubts
        reply = None
        if answers:
            known = answers in self._seen
            reply = Reply(answers, match=Match.EXACT if known else Match.NONE)
            doubts += () if known else (Doubt.REPLY_TARGET_MISSING,)
        if native and not self._seen.add(native):
            doubts += (Doubt.DUPLICATE_OF,)
        doubts = thread.take(sender_id or sender or None, sender or None, sent, span, doubts)
        key = recipient_id or recipient
        if key not in thread.accounts and key:
            thread.name(key, recipient or None, span)
        return Message(
            thread.count,
            _MEDIA if media else _TEXT if text else _EMPTY,
            sender or sender_id or None,
            text or None,
            sent,
            span,
            doubts,
            sender_id or None,
            native or None,
            attachments=_attachments(media) if media else (),
            reply=reply,
            recipients=(recipient or recipient_id,) if key else (),
            extra=left.text,
        )

    def notes(self, thread: Thread) -> Iterator[str]:
        """Nothing but what every table has."""
        del thread
        return iter(())

    def _use(self, columns: Columns) -> None:
        self._columns = columns
        self._fields = Fields(columns, READ, KEPT)


def _is_rule(row: Row) -> bool:
    return any(len(cell) >= _LEAST and set(cell) == _RULE for cell in row)


def _attachments(media: str) -> tuple[Attachment, ...]:
    names = (name.strip() for name in media.split(_SEVERAL))
    return tuple(Attachment(MediaState.NAMED, name) for name in names if name)
