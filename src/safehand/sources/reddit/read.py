"""Reddit's tables as conversations: chats by their channel, private messages by their thread, oldest first.

    message_id,created_at,…,channel_url                      id,…,thread_id,…,from,to,subject,body
        → one conversation for each channel                      → one for each thread

Rows of all conversations stand mixed. Pass 1 accounts for every byte of every file and notes where each message stands;
pass 2 reads each conversation by itself. A row of message_headers.csv whose message stands in messages.csv says
nothing new: it is metadata. One whose message stands nowhere is a message without words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.csv_fields import mended, rows_of
from safehand.sources.csv_records import Rows, scan_rows
from safehand.sources.csv_talks import NOT_A_MESSAGE, RowDamage, blocks
from safehand.sources.reddit.forms import CHATS, HEADERS, SOURCE_ID, form_of
from safehand.sources.reddit.message import Grid, Opening, Reader, stamp_of
from safehand.sources.runs import Piece, Run
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

_NO_HEADER: Final = "rows under no header of Reddit's"
_NEAR: Final = 512
"""Ids of private messages that are kept letter by letter, for the lists of headers; the others by a hash."""
_WORDLESS: Final = "Some of these messages are known by the list of their headers alone, without their words."


class _Talk:
    """One conversation as pass 1 sees it."""

    __slots__ = ("oldest", "run", "runs", "stamp", "wordless")

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.run: Run | None = None
        """Of the file that is being walked."""
        self.stamp: str | None = None
        """Of the oldest message so far."""
        self.oldest: tuple[Grid, Sequence[str], Span] | None = None
        """Its words open the conversation."""
        self.wordless = False
        """Whether a list of headers alone knows of some of it."""

    def add(self, file: SourceFile, grid: Grid, row: Sequence[str], start: int, end: int) -> None:
        run = self.run
        if run is None or run.file is not file:
            run = self.run = self.runs.setdefault(file.id, Run(file))
        run.spans.add_one(start, end)
        stamp = stamp_of(row[grid.sent])
        if stamp:
            run.see(stamp)
            if self.stamp is None or stamp < self.stamp:
                self.stamp = stamp
                self.oldest = grid, row, Span(file.id, start, end)
        elif self.oldest is None:
            self.oldest = grid, row, Span(file.id, start, end)

    def opening(self) -> Opening:
        """What its oldest message says of it."""
        if self.oldest is None:
            return Opening()
        grid, row, span = self.oldest
        title, kind = (mended(grid.get(row, place))[0] for place in (grid.title, grid.kind))
        once = {grid.columns.label(place): mended(grid.get(row, place))[0] for place in grid.once}
        return Opening(grid, title, kind, once, span)


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(_Reading(claim, desk).events())


class _Reading:
    """The files of one claim while they are read."""

    def __init__(self, claim: Claim, desk: ReadingDesk) -> None:
        self._claim = claim
        self._desk = desk
        self._talks: dict[str, _Talk] = {}
        self._grids: dict[str, Grid] = {}
        self._damage = RowDamage()
        self._ids = SeenNames(_NEAR)
        self._again = 0

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        for file in self._claim.files:
            self._survey(file)
        if not self._talks:
            self._talks[""] = _Talk()
        for number, (key, talk) in enumerate(self._talks.items()):
            yield from self._conversation(mended(key)[0], talk, first=number == 0)

    def _survey(self, file: SourceFile) -> None:
        desk, damage = self._desk, self._damage
        for batch in scan_rows(file, desk.ledger(file), window=desk.options.window, broken=damage.broke):
            damage.loose += len(batch.loose)
            first = 0
            if batch.first == 0:
                first = 1
                form = form_of(batch.rows[0])
                if form is not None:
                    batch.tell(0, SegmentKind.HEADER)
                    self._grids[file.id] = Grid(form, batch.rows[0])
                else:
                    batch.refuse(0, _NO_HEADER)
            grid = self._grids.get(file.id)
            if grid is None:
                for index in range(first, len(batch.rows)):
                    batch.refuse(index, _NO_HEADER)
                    damage.refused += 1
            else:
                self._take_all(file, grid, batch, first)

    def _take_all(self, file: SourceFile, grid: Grid, batch: Rows, first: int) -> None:
        talks, reach, sent, box = self._talks, grid.reach, grid.sent, grid.box
        is_plain = grid.form is CHATS
        for index, (row, start, end) in enumerate(zip(batch.rows, batch.starts, batch.ends, strict=True)):
            if index < first:
                continue
            talk = talks.get(row[box]) if is_plain and len(row) > reach and row[sent] else None
            if talk is None:
                self._take(file, grid, batch, index)
            else:
                talk.add(file, grid, row, start, end)

    def _take(self, file: SourceFile, grid: Grid, batch: Rows, index: int) -> None:
        row = batch.rows[index]
        if not grid.is_message(row):
            batch.refuse(index, NOT_A_MESSAGE)
            self._damage.refuse(is_cut=len(row) < grid.width and batch.ends[index] == file.size)
            return
        native = row[grid.native] if grid.native < len(row) else ""
        if grid.form is HEADERS:
            if native and native in self._ids:
                batch.tell(index, SegmentKind.METADATA)
                self._again += 1
                return
        elif grid.form is not CHATS and native:
            self._ids.add(native)
        key = grid.box_of(row)
        talk = self._talks.get(key)
        if talk is None:
            talk = self._talks[key] = _Talk()
        talk.wordless |= grid.form is HEADERS
        talk.add(file, grid, row, batch.starts[index], batch.ends[index])

    def _conversation(self, key: str, talk: _Talk, *, first: bool) -> Iterator[Sequence[Event]]:
        opening = talk.opening()
        thread = Thread(self._opened(key, talk, opening))
        yield (thread.opened,)
        reader = Reader(thread, opening, SeenNames(), self._grids.__getitem__)
        runs = list(talk.runs.values())
        for block in blocks(runs, self._desk.options.window, self._stamp) if runs else ():
            rows = rows_of([piece.raw for piece in block])
            yield [
                reader.read(row, piece.raw, Span(piece.file, piece.start, piece.end))
                for row, piece in zip(rows, block, strict=True)
            ]
        notes = [_WORDLESS] if talk.wordless else []
        notes += self._told(thread) if first else ()
        yield (thread.closed(notes),)

    def _stamp(self, piece: Piece) -> str:
        grid = self._grids[piece.file]
        return stamp_of(grid.get(rows_of([piece.raw])[0], grid.sent))

    def _opened(self, key: str, talk: _Talk, opening: Opening) -> ConversationOpened:
        extra = {name: said for name, said in opening.once.items() if said}
        kind = ConversationKind.UNKNOWN
        if opening.grid is not None:
            kind = _kind(opening.grid, opening.kind)
            if kind is ConversationKind.UNKNOWN and opening.kind:
                extra[opening.grid.columns.label(opening.grid.kind)] = opening.kind
        return ConversationOpened(
            self._desk.next_conversation(),
            SOURCE_ID,
            self._claim.form,
            opening.title or None,
            kind,
            tuple(talk.runs) or tuple(file.id for file in self._claim.files),
            native_id=key or None,
            title_span=opening.span if opening.title else None,
            extra=orjson.dumps(extra).decode() if extra else None,
        )

    def _told(self, thread: Thread) -> Iterator[str]:
        if self._again:
            yield f"Rows of a list of headers that say again what a message says: {self._again}."
        yield from self._damage.tell(thread)


def _kind(grid: Grid, words: str) -> ConversationKind:
    """By the platform's word for it; private messages are between two."""
    if grid.form is not CHATS:
        return ConversationKind.DIRECT
    word = words.casefold()
    if "direct" in word:
        return ConversationKind.DIRECT
    return ConversationKind.GROUP if "group" in word else ConversationKind.UNKNOWN
