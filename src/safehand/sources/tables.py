"""A table as conversations: each row a message, told conversation by conversation, oldest first.

    return read_tables(claim, desk, LOGS, lambda file, times: ChatForm(…, times))

A form says of each row what it is (``look``): a header, a stretch of the account, or what was said and in which
conversation; and makes the messages. What every table has the same stands here: two passes, the account of bytes, what
could not be read. A file may have several headers (Snapchat's returns do): a row belongs to the last one before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, Protocol, TypeAlias

import msgspec

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.digest import CHUNK
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.csv_fields import Columns, mended, split_rows
from safehand.sources.csv_records import CUT, Rows, scan_rows
from safehand.sources.decoding import decode
from safehand.sources.local_time import LocalClock
from safehand.sources.places import Piece
from safehand.sources.thread import Thread
from safehand.sources.timed_places import TimedSpans
from safehand.sources.written_times import Times

Row: TypeAlias = list[str]

_MOST_LOOSE: Final = 10_000
"""Rows of a file that are doubted for their quotes; a file of more is written otherwise than RFC 4180 throughout."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """A row is a message: of which conversation, and when, in microseconds of whatever clock."""

    key: str
    micros: int | None


Look: TypeAlias = Said | Columns | SegmentKind | str
"""A message, a header, a segment of the account, or the reason why it could not be read."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a conversation before its first message."""

    title: str | None = None
    kind: ConversationKind = ConversationKind.UNKNOWN
    section: str | None = None
    native_id: str | None = None


class TableForm(Protocol):
    """What a form of table is asked."""

    platform: str
    form: str
    delimiter: bytes

    def look(self, row: Row) -> Look:
        """Pass 1: what a row is, in the order of the file."""

    def head(self, key: str) -> Head:
        """The conversation of that key."""

    def message(
        self, row: Row, columns: Columns | None, span: Span, thread: Thread, doubts: tuple[Doubt, ...]
    ) -> Message:
        """Pass 2: the next message. ``doubts``: what is in doubt about the row itself."""

    def notes(self, thread: Thread) -> Iterable[str]:
        """What is to be said of a conversation that was read."""


class TableReading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk, form: TableForm) -> None:
        self._file = file
        self._desk = desk
        self._form = form
        self._boxes: dict[str, TimedSpans] = {}
        self._header_starts: list[int] = []
        self._headers: list[Columns] = []
        self._broken: list[str] = []
        self._refused = 0
        self._loose: set[int] = set()
        """Where rows begin that have a quote where RFC 4180 has none."""

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        empty = not self._boxes
        if empty:
            self._boxes[""] = TimedSpans()
        for number, (key, box) in enumerate(self._boxes.items()):
            yield from self._conversation(Head() if empty else self._form.head(key), box, first=number == 0)

    def _survey(self) -> None:
        ledger, window = self._desk.ledger(self._file), self._desk.options.window
        for batch in scan_rows(
            self._file, ledger, window=window, delimiter=self._form.delimiter, broken=self._broken.append
        ):
            self._take(batch)

    def _take(self, batch: Rows) -> None:
        look, boxes = self._form.look, self._boxes
        if batch.loose and len(self._loose) < _MOST_LOOSE:
            self._loose.update(batch.starts[index] for index in batch.loose)
        for index, row in enumerate(batch.rows):
            if index in batch.torn:
                row = [mended(field)[0] for field in row]  # noqa: PLW2901
            # A row of blanks is what a veil leaves of one (veil.py), and never a message.
            found = look(row) if len(row) > 1 or row[0].strip() else SegmentKind.BLANK
            if type(found) is Said:
                box = boxes.get(found.key)
                if box is None:
                    box = boxes[found.key] = TimedSpans()
                box.add(batch.starts[index], batch.ends[index], found.micros)
            else:
                self._account(batch, index, found)

    def _account(self, batch: Rows, index: int, found: Look) -> None:
        match found:
            case Columns():
                self._header_starts.append(batch.starts[index])
                self._headers.append(found)
                batch.width = len(found)
                batch.tell(index, SegmentKind.HEADER)
            case SegmentKind():
                batch.tell(index, found)
            case str():
                batch.refuse(index, found)
                self._refused += 1
            case Said():
                raise AssertionError("a message is not accounted for here")

    def _conversation(self, head: Head, box: TimedSpans, *, first: bool) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                self._form.platform,
                self._form.form,
                head.title,
                head.kind,
                (self._file.id,),
                head.section,
                head.native_id,
            )
        )
        yield (thread.opened,)
        for pieces in box.oldest_first(self._file, self._desk.options.window):
            yield self._messages(pieces, thread)
        notes = [*self._form.notes(thread), *self._told(thread, box, first=first)]  # some doubt, so they go first
        yield (thread.closed(notes),)

    def _messages(self, pieces: Sequence[Piece], thread: Thread) -> list[Message]:
        texts = [decode(raw) for _, _, raw in pieces]
        rows = split_rows([text for text, _ in texts], self._form.delimiter.decode())
        message, file = self._form.message, self._file.id
        if len(self._headers) == 1 and not self._loose and not any(guessed for _, guessed in texts):
            (columns,) = self._headers
            return [
                message(row, columns, Span(file, start, end), thread, ())
                for (start, end, _), row in zip(pieces, rows, strict=True)
            ]
        return [
            message(row, self._columns(start), Span(file, start, end), thread, self._doubts(start, guessed=guessed))
            for (start, end, _), row, (_, guessed) in zip(pieces, rows, texts, strict=True)
        ]

    def _doubts(self, start: int, *, guessed: bool) -> tuple[Doubt, ...]:
        """Bytes that are no UTF-8, and quotes where a table has none."""
        found = _GUESSED if guessed else ()
        return (*found, *_SUSPECT) if start in self._loose else found

    def _columns(self, start: int) -> Columns | None:
        place = bisect_right(self._header_starts, start)
        return self._headers[place - 1] if place else None

    def _told(self, thread: Thread, box: TimedSpans, *, first: bool) -> Iterator[str]:
        if not thread.count:
            yield "No messages were found in this file."
        if not box.in_order:
            yield "The rows stand in the file in another order; they are told in the order of their times."
        if not first:
            return
        if CUT in self._broken:
            thread.doubt(Doubt.TRUNCATED_FILE)
        if self._broken:
            yield f"Places that could not be read: {len(self._broken)}. The account says where."
        if self._refused:
            yield f"Rows that are no messages: {self._refused}. The account says where."


class Left(NamedTuple):
    """What of a row has no place in the model."""

    values: dict[str, str | Row]
    """By the name of the column. Rows share it: it is not to be changed."""
    text: str | None
    """The same as a JSON object."""
    doubts: tuple[Doubt, ...]


class Fields:
    """The columns of one header by what they mean, and what is left over of a row.

    ``read`` names for each meaning the ways it has been spelled, ``kept`` those that are known and have no place.
    """

    __slots__ = ("_kept", "_left", "_pick", "_places", "_rest", "_seen", "_unknown", "width")

    def __init__(self, columns: Columns, read: Mapping[str, tuple[str, ...]], kept: frozenset[str]) -> None:
        self.width = len(columns)
        self._places = [
            next((found for name in names if (found := columns.at(name)) is not None), None) for names in read.values()
        ]
        taken = set(self._places)
        self._left = tuple((name, place) for place, name in enumerate(columns.names) if place not in taken)
        self._kept = {name.strip().casefold(): place for name, place in reversed(self._left)}
        self._unknown = frozenset(place for name, place in self._left if name.strip().casefold() not in kept)
        whole = len(self._places) > 1 and None not in self._places
        self._pick = itemgetter(*self._places) if whole else None
        self._rest = itemgetter(*(place for _, place in self._left)) if self._left else None
        self._seen: dict[object, Left] = {}

    def pick(self, row: Row) -> tuple[str, ...]:
        """What stands in the columns that are read, in the order of ``read``; nothing where there is none."""
        if self._pick is not None and len(row) == self.width:
            return self._pick(row)  # type: ignore[no-any-return]  # of one column it would be no tuple
        return tuple(row[place] if place is not None and place < len(row) else "" for place in self._places)

    def kept(self, row: Row, name: str) -> str:
        """What stands in a column that has no place in the model; ``name`` in lower case."""
        place = self._kept.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def left(self, row: Row) -> Left:
        """What has no place in the model. The whole row where it is not as wide as the header."""
        if len(row) != self.width:
            return left_of({"fields": row}, _NOT_READ)
        if self._rest is None:
            return _NOTHING
        key = self._rest(row)  # flags and days: thousands of rows have the same
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            found = self._seen[key] = self._look(row)
        return found

    def _look(self, row: Row) -> Left:
        found: dict[str, str | Row] = {}
        doubts: tuple[Doubt, ...] = ()
        for name, place in self._left:
            value = row[place]
            if value:
                if place in self._unknown:
                    doubts = _NOT_READ
                found[name if name not in found else f"{name} {place + 1}"] = value
        return left_of(found, doubts)


def left_of(values: dict[str, str | Row], doubts: tuple[Doubt, ...] = ()) -> Left:
    """The same with its text."""
    return Left(values, _encode(values).decode() if values else None, doubts)


_GUESSED: Final[tuple[Doubt, ...]] = (Doubt.ENCODING_GUESSED,)
_SUSPECT: Final = (Doubt.HEADER_SUSPECT,)
_NOT_READ: Final = (Doubt.FIELD_NOT_READ,)
_NOTHING: Final = Left({}, None, ())
_REMEMBERED: Final = 1024
_encode: Final = msgspec.json.Encoder().encode


def read_tables(
    claim: Claim, desk: ReadingDesk, whole: str, form_of: Callable[[SourceFile, Times], TableForm]
) -> Iterator[Event]:
    """The conversations of the claimed files, each a table. Files of the form ``whole`` hold none, and are kept."""
    return chain.from_iterable(_blocks(claim, desk, whole, form_of))


def _blocks(
    claim: Claim, desk: ReadingDesk, whole: str, form_of: Callable[[SourceFile, Times], TableForm]
) -> Iterator[Sequence[Event]]:
    for file in claim.files:
        if claim.form == whole:
            keep_whole(file, desk)
        else:
            times = Times(LocalClock(desk.options.zone, desk.options.zone_by))
            yield from TableReading(file, desk, form_of(file, times)).events()


def keep_whole(file: SourceFile, desk: ReadingDesk, kind: SegmentKind = SegmentKind.METADATA) -> None:
    """Account for a file that belongs to what was handed over and holds no messages: its bytes are one segment."""
    ledger = desk.ledger(file)
    try:
        with file.open() as stream:
            while chunk := stream.read(CHUNK):
                ledger.feed(chunk)
    except OSError as error:
        raise CannotRead("It could not be read to its end.", where=file.id, todo="Check the disk.") from error
    ledger.mark(kind, ledger.fed)
