"""One message of a return of Kik.

    11,,,cafÃ© later?,me_abc@talk.kik.com,robin_xyz@talk.kik.com,203.0.113.5,5222,,1629194400000

Older files show UTF-8 as Latin-1: both spellings are kept. A file that went with a message is a name and never opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import ConversationKind
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Attachment, Kind, MediaState, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.csv_fields import Columns
from safehand.sources.kik.table import KEPT, READ, columns_of, is_header
from safehand.sources.meta.mojibake import Mending
from safehand.sources.seen_names import SeenNames
from safehand.sources.tables import Fields, Head, Look, Row, Said, left_of
from safehand.sources.thread import Thread
from safehand.sources.written_times import Times, clock_reading, millis_of

NOT_A_ROW: Final = "a row without a sender, a receiver and words"
_GROUPS: Final = "@groups.kik.com"
_QUARTER: Final = 900 * 1_000_000
_WEST: Final = -12 * 3600 * 1_000_000
_EAST: Final = 14 * 3600 * 1_000_000
_SECOND: Final = 1_000_000
_REACH: Final = 2_000


class ContentForm:
    """Messages with their text: a conversation for each two accounts, and for each group."""

    platform = "kik"

    def __init__(self, form: str, delimiter: bytes, times: Times) -> None:
        self.form = form
        self.delimiter = delimiter
        self._times = times
        self._fields = Fields(Columns(()), READ, KEPT)
        self._mending = Mending()
        self._keys: dict[tuple[str, str], str] = {}
        self._begun = False
        self._seen = SeenNames(_REACH, far=False)
        self._thread: Thread | None = None

    def look(self, row: Row) -> Look:
        """The header, if the file has one; else a message."""
        if not self._begun:
            self._begun = True
            named = is_header(row)
            columns = Columns(row) if named else columns_of(row)
            self._fields = Fields(columns, READ, KEPT)
            if named:
                return columns
        if not any(row):
            return SegmentKind.BLANK
        _, filename, message, sender, receiver, sent_at, sent_at_ts = self._fields.pick(row)
        if not sender and not receiver and not message and not filename:
            return NOT_A_ROW
        millis = millis_of(sent_at_ts)
        when = millis * 1000 if millis is not None else self._times.read(sent_at)[0].order_key()
        key = self._keys.get((sender, receiver))
        if key is None:
            key = receiver if receiver.endswith(_GROUPS) else " ".join(sorted((sender, receiver)))
            self._keys[sender, receiver] = key
        return Said(key, when)

    def head(self, key: str) -> Head:
        """Which group, or which two accounts."""
        if key.endswith(_GROUPS) and " " not in key:
            return Head(kind=ConversationKind.GROUP, native_id=key)
        return Head(kind=ConversationKind.DIRECT)

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
        fields = self._fields
        native, filename, body, sender, receiver, sent_at, sent_at_ts = fields.pick(row)
        sent, of_time = self._sent(sent_at, sent_at_ts)
        left = fields.left(row)
        if sent_at_ts and millis_of(sent_at_ts) is None:
            left = left_of({**left.values, "sent_at_ts": sent_at_ts}, (Doubt.FIELD_NOT_READ,))
        doubts = of_time + left.doubts + doubts
        if native and not self._seen.add(native):
            doubts += (Doubt.DUPLICATE_OF,)
        text, as_it_stood = body, None
        if not body.isascii():
            text = self._mending.repair(body)
            if text is not body:
                as_it_stood = body
                doubts += (Doubt.TEXT_REPAIRED,)
        doubts = thread.take(sender or None, sender or None, sent, span, doubts)
        if receiver not in thread.accounts and receiver and not receiver.endswith(_GROUPS):
            thread.name(receiver, receiver, span)
        return Message(
            thread.count,
            Kind.MEDIA if filename else Kind.TEXT if text else Kind.EMPTY,
            sender or None,
            text or None,
            sent,
            span,
            doubts,
            sender or None,
            native or None,
            as_it_stood,
            attachments=(Attachment(MediaState.NAMED, filename),) if filename else (),
            recipients=(receiver,) if receiver else (),
            extra=left.text,
        )

    def notes(self, thread: Thread) -> Iterator[str]:
        """What the whole conversation was written in."""
        if thread.doubts[Doubt.TEXT_REPAIRED]:
            yield "Letters were written as the bytes they are made of, and put together; what stood there is kept."

    def _sent(self, written: str, millis_text: str) -> tuple[Instant, tuple[Doubt, ...]]:
        """When: by the count of milliseconds where there is one, held against the time in words."""
        millis = millis_of(millis_text)
        if millis is None:
            return self._times.read(written)
        micros = millis * 1000
        sent = Instant(written or millis_text, Basis.UTC, Precision.MILLISECOND, micros, micros, micros)
        return sent, self._held_against(written, micros // _SECOND * _SECOND)

    def _held_against(self, written: str, second: int) -> tuple[Doubt, ...]:
        if not written or clock_reading(written) == second:
            return ()
        found, _ = self._times.read(written)
        if found.basis is Basis.NONE:
            return (Doubt.TIME_UNREADABLE,)
        if found.utc is None and found.local is not None:
            apart = found.local - second
            agree = _WEST <= apart <= _EAST and (apart + _SECOND) % _QUARTER < 2 * _SECOND
        else:
            agree = abs((found.utc or 0) - second) < _SECOND
        return () if agree else (Doubt.TIMES_DISAGREE,)
