"""A table whose columns a person stated, as conversations: one, or one for each value of a column, oldest first.

    Date,From,Message                            time=1,sender=2,text=3, DD/MM/YYYY HH:MM, stated by the holder
    22/04/2023 10:00,Priya,The gate is open

The first row is the header, unless its time can be read: then it is a message like the others. A row whose time cannot
be read stays a message, and the doubt says so. What stands in columns that nobody stated is kept in ``extra``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import HEAD, Claim, ReadingDesk, SourceFile
from safehand.sources.csv_fields import Columns, is_torn, leftover, mended, rows_of
from safehand.sources.csv_records import Rows, scan_rows
from safehand.sources.csv_talks import NOT_A_MESSAGE, RowDamage, blocks
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.runs import Piece, Run
from safehand.sources.seen_names import SeenNames
from safehand.sources.table.shape import FORM, SOURCE_ID, shape_of
from safehand.sources.table_map import DELIMITERS, TableMap, map_of
from safehand.sources.thread import Thread
from safehand.sources.time_format import TimeFormat

_MOST_TALKS: Final = 100_000
"""Conversations a table may have: with more, the column that was stated is another."""

_ALL_SEEN: Final = 64
"""Rows of a conversation whose times tell which way it is written: the first of them, and then one in so many."""
_SOME_SEEN: Final = 16


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Map:
    """What was stated, made ready."""

    def __init__(self, table: TableMap, file: SourceFile, desk: ReadingDesk) -> None:
        place = {name: number - 1 for name, number in table.columns.items()}
        self.time, self.sender, self.text = place["time"], place["sender"], place["text"]
        self.box, self.native, self.to = (place.get(name, -1) for name in ("conversation", "id", "recipient"))
        self.stated = frozenset(place.values())
        self.reach = max(self.time, self.sender, self.text)
        self.by = table.by
        self._format = TimeFormat(table.time_format)
        self._clock = LocalClock(desk.options.zone, desk.options.zone_by)
        if table.delimiter is not None:
            self.delimiter = DELIMITERS[table.delimiter].encode()
        else:
            with file.open() as stream:
                shape = shape_of(stream.read(HEAD))
            self.delimiter = b"," if shape is None else shape.delimiter

    def instant(self, row: Sequence[str]) -> Instant:
        """When it was sent."""
        return self._format.instant(row[self.time], self._clock)

    def get(self, row: Sequence[str], place: int) -> str:
        """A field; empty where it was not stated or the row does not reach it."""
        return row[place] if 0 <= place < len(row) else ""


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        table = map_of(file)
        if table is None:
            raise CannotRead("Nobody has said which column of this table is what.", where=file.id)
        self._file = file
        self._desk = desk
        self._map = _Map(table, file, desk)
        self._talks: dict[str, Run] = {}
        self._columns = Columns([])
        self._width = 0
        self._damage = RowDamage()

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        if not self._talks:
            self._talks[""] = Run(self._file)
        for number, (key, run) in enumerate(self._talks.items()):
            yield from self._conversation(mended(key)[0], run, first=number == 0)

    def _survey(self) -> None:
        file, desk, damage = self._file, self._desk, self._damage
        for batch in scan_rows(
            file,
            desk.ledger(file),
            window=desk.options.window,
            delimiter=self._map.delimiter,
            broken=damage.broke,
        ):
            damage.loose += len(batch.loose)
            first = int(batch.first == 0 and self._header(batch))
            for index in range(first, len(batch.rows)):
                self._take(batch, index)

    def _header(self, batch: Rows) -> bool:
        """Look at the first row of the file. Whether it is a header."""
        row = batch.rows[0]
        self._width = len(row)
        if len(row) > self._map.reach and self._map.instant(row).basis is not Basis.NONE:
            self._columns = Columns([""] * self._width)
            return False
        self._columns = Columns(row)
        batch.tell(0, SegmentKind.HEADER)
        return True

    def _take(self, batch: Rows, index: int) -> None:
        row, known = batch.rows[index], self._map
        if len(row) <= known.reach or not (row[known.time] or row[known.sender] or row[known.text]):
            batch.refuse(index, NOT_A_MESSAGE)
            self._damage.refuse(is_cut=len(row) < self._width and batch.ends[index] == self._file.size)
            return
        key = known.get(row, known.box)
        run = self._talks.get(key)
        if run is None:
            if len(self._talks) >= _MOST_TALKS:
                raise CannotRead(
                    f"The column stated as the conversation has more than {_MOST_TALKS:,} values.",
                    where=self._file.id,
                    todo="Look at the table again: it may be another column.",
                )
            run = self._talks[key] = Run(self._file)
        run.add(batch.starts[index], batch.ends[index])
        count = len(run.spans)
        if count <= _ALL_SEEN or count % _SOME_SEEN == 0:
            order = known.instant(row).order_key()
            if order is not None:
                run.see(f"{order + _SHIFT:020d}")

    def _conversation(self, key: str, run: Run, *, first: bool) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                SOURCE_ID,
                FORM,
                key or None,
                ConversationKind.UNKNOWN,
                (self._file.id,),
                native_id=key or None,
            )
        )
        yield (thread.opened,)
        seen = SeenNames(far=False)
        for block in blocks([run], self._desk.options.window, _no_stamp):
            rows = rows_of([piece.raw for piece in block], self._map.delimiter)
            yield [self._message(row, piece, thread, seen) for row, piece in zip(rows, block, strict=True)]
        notes = [f"Which column is what, and how the times are written, was stated: {self._map.by}."]
        notes += self._damage.tell(thread) if first else ()
        yield (thread.closed(notes),)

    def _message(self, row: list[str], piece: Piece, thread: Thread, seen: SeenNames) -> Message:
        known = self._map
        span = Span(piece.file, piece.start, piece.end)
        doubts: tuple[Doubt, ...] = ()
        if is_torn(piece.raw):
            row = [mended(field)[0] for field in row]
            doubts = (Doubt.ENCODING_GUESSED,)
        sent = known.instant(row)
        if sent.utc is None:
            doubts = (*doubts, *doubts_of(sent)) if doubts or sent.basis is not Basis.DEVICE_LOCAL else _NO_ZONE
        sender, text, native, to = row[known.sender] or None, row[known.text] or None, "", ""
        if known.native >= 0 and (native := known.get(row, known.native)) and not seen.add(native):
            doubts = (*doubts, Doubt.DUPLICATE_OF)
        extra = None
        if len(row) != self._width:
            # One field more or less: the delimiter may stand in what somebody wrote.
            doubts = (*doubts, Doubt.SENDER_AMBIGUOUS)
        if len(row) > len(known.stated):
            extra = leftover(self._columns, row, [p for p in range(self._width) if p not in known.stated])
            doubts = doubts if extra is None else (*doubts, Doubt.FIELD_NOT_READ)
        doubts = thread.take(sender, sender, sent, span, doubts)
        if known.to >= 0 and (to := known.get(row, known.to)):
            thread.name(to, to, span)
        return Message(
            thread.count,
            Kind.TEXT if text else Kind.EMPTY,
            sender,
            text,
            sent,
            span,
            doubts,
            sender,
            native or None,
            recipients=(to,) if to else (),
            extra=extra,
        )


_NO_ZONE: Final = (Doubt.ZONE_UNKNOWN,)
_SHIFT: Final = 10**18
"""Added to moments, so that those before 1970 too have an order as text."""


def _no_stamp(piece: Piece) -> str:
    raise AssertionError(f"one run is not merged: {piece.start}")
