"""One row of Roblox's chat records.

    2026-01-05T10:00:00.123Z,2026-01-05,c1,chat/game/public,1,blocky,nice tower,0,0,0,1

Text that Roblox's filter met (``####``) stands as it stands: what was typed is not in the file. Where only the flags
speak of the filter, which side of it ``text`` is from is not known, and doubted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.csv_fields import COMMA, Columns
from safehand.sources.tables import Fields, Head, Look, Row, Said, left_of
from safehand.sources.thread import Thread
from safehand.sources.written_times import Times

_READ: Final = {name: (name,) for name in ("ts", "conversation_id", "user_id", "name", "text")}
_KEPT: Final = frozenset(("ds", "convo_type", "is_filtered_o13", "is_filtered_u13", "is_rewritten", "request_user_id"))
_FLAGS: Final = ("is_filtered_o13", "is_filtered_u13", "is_rewritten")
_UNFILTERED: Final = frozenset((None, "0", "false", "False", "FALSE", "f", "null", "None"))
_FILTERED: Final = (Doubt.TEXT_FILTERED,)
NOT_A_ROW: Final = "a row without a conversation and without words"
_WORDS_GONE: Final = (
    "Where Roblox’s filter met words, the file has other signs in their place; what was typed is not in it."
)
_OWNER: Final = "The return was asked for the account that is marked as its owner here (request_user_id)."


class ChatForm:
    """Chat records: a conversation for each conversation_id."""

    platform = "roblox"
    delimiter = COMMA

    def __init__(self, form: str, times: Times) -> None:
        self.form = form
        self._times = times
        self._fields = Fields(Columns(()), _READ, _KEPT)
        self._begun = False
        self._sections: dict[str, str] = {}
        self._asked: set[str] = set()

    def look(self, row: Row) -> Look:
        """The header, an empty row between two conversations, or a message."""
        if not self._begun:
            self._begun = True
            columns = Columns(row)
            self._fields = Fields(columns, _READ, _KEPT)
            return columns
        if not any(row):
            return SegmentKind.BLANK
        fields = self._fields
        ts, key, _, _, text = fields.pick(row)
        if not key and not text:
            return NOT_A_ROW
        if key not in self._sections:
            self._sections[key] = fields.kept(row, "convo_type")
        asked = fields.kept(row, "request_user_id")
        if asked:
            self._asked.add(asked)
        return Said(key, self._times.read(ts)[0].order_key())

    def head(self, key: str) -> Head:
        """Which it is; the kind of chat stands in each row, and the first one's is told."""
        return Head(section=self._sections.get(key) or None, native_id=key or None)

    def message(
        self,
        row: Row,
        columns: Columns | None,  # noqa: ARG002
        span: Span,
        thread: Thread,
        doubts: tuple[Doubt, ...],
    ) -> Message:
        """The next message."""
        ts, _, user, name, text = self._fields.pick(row)
        sent, of_time = self._times.read(ts)
        left = self._fields.left(row)
        if sent.basis is Basis.NONE and ts:
            left = left_of({**left.values, "ts": ts}, left.doubts)
        doubts = of_time + left.doubts + doubts
        if "##" in text or not _UNFILTERED.issuperset(map(left.values.get, _FLAGS)):
            doubts += _FILTERED
        doubts = thread.take(user or name or None, name or None, sent, span, doubts)
        return Message(
            thread.count,
            Kind.TEXT if text else Kind.EMPTY,
            name or user or None,
            text or None,
            sent,
            span,
            doubts,
            user or None,
            extra=left.text,
        )

    def notes(self, thread: Thread) -> Iterator[str]:
        """What the columns say of the whole."""
        for asked in self._asked & thread.accounts.keys():
            thread.accounts[asked].is_owner = True
            yield _OWNER
        if thread.doubts[Doubt.TEXT_FILTERED]:
            yield _WORDS_GONE
