"""Writing conversations into a case file, in batches: the rows of messages, days, pages, participants and both indexes.

The rows go in as they come, a few thousand at a time, so that SQLite works and Python does not wait between rows; a
batch is cut short when it holds much text, so that a chat of very long messages needs no more memory than another.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, TypeAlias

import apsw
import msgspec

from safehand.analysis.conduct.watch import ConductWatch
from safehand.casefile.blocks import NOBODY, NUMBER_OF, Blocks
from safehand.casefile.clock import NOWHERE, Clock, Wall, wall_of
from safehand.casefile.days import Run, RunBuilder, pages_of
from safehand.casefile.letters import Cast, letter_of
from safehand.casefile.schema import NUMBER_BITS
from safehand.casefile.tempo import Tempo
from safehand.casefile.terms import also_text, signs_text, words_text
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.instant import Instant, seconds_between
from safehand.model.message import Message

encode: Final = msgspec.msgpack.Encoder().encode
"""How a value of the model stands in a row. The same value has one spelling: structs keep their order."""

_BATCH: Final = 4_096
"""Rows handed to SQLite at once."""

_BATCH_BYTES: Final = 4 << 20
"""Bytes of messages handed over at once, if that comes first."""

# Looking a member up on its class costs as much as two calls; these are asked of every message.
_UK: Final = Clock.UK
_DEVICE: Final = Clock.DEVICE

_Row: TypeAlias = tuple["int | bytes | None", ...]
_Indexed: TypeAlias = tuple[int, "str | None", "str | None"]


class ConversationWriter:
    """Takes conversations as they are read. ``count``, ``messages`` and ``cast`` tell what went in."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.count = 0
        self.messages = 0
        self.cast = Cast()
        self.numbers: dict[str, int] = {}
        """The number of each conversation, by the id the reader gave it."""
        self._connection = connection
        self._opened: ConversationOpened | None = None
        self._rows: list[_Row] = []
        self._words: list[_Indexed] = []
        self._signs: list[_Indexed] = []
        self._run_rows: list[_Row] = []
        self._bytes = 0
        self._lettered = 0
        self._places = 0
        self._runs = RunBuilder()
        self._conduct = ConductWatch()
        self._tempo = Tempo(connection)
        self._blocks = Blocks(connection)
        self._clocks = Counter[Clock]()
        self._last_number = 0
        self._in_conversation = 0
        self._sent: Instant | None = None
        self._first = self._last = NOWHERE

    def begin(self, opened: ConversationOpened) -> None:
        """A conversation begins; its number is the next one."""
        if self._opened is not None:
            raise AssertionError("a conversation was opened inside another")
        self.count += 1
        self.numbers[opened.id] = self.count
        self._opened = opened
        self._start()
        self._tempo.begin(self.count)
        self._blocks.begin(self.count)
        self.cast.enter(opened.platform, self.count)

    def add(self, message: Message) -> None:
        """The next message of the conversation."""
        number = message.number
        if self._opened is None or number <= self._last_number:
            raise AssertionError("a message stands outside its conversation or out of its order")
        sent = message.sent
        wall = wall_of(sent)
        at, clock = wall.at, wall.clock
        whole = encode(message)
        key = self._places | number
        account = self.cast.of_message(message)
        # Reckoned once, for the row and for all that count silences.
        since = None if self._sent is None else seconds_between(self._sent, sent)
        in_time = at if clock is _DEVICE else sent.utc if clock is _UK else None
        self._clocks[clock] += 1
        kind = NUMBER_OF[message.kind]
        self._rows.append((key, account, at, wall.other, clock, since, in_time, kind, whole))
        self._blocks.add(number, account or NOBODY, kind)
        self._index(key, message.text, also_text(message))
        self._conduct.see(message, account, at, since)
        self._place_in_day(number, wall)
        self._tempo.add(message, account, wall, since)
        self._last_number = number
        self._sent = sent
        self._in_conversation += 1
        self._bytes += len(whole)
        if len(self._rows) >= _BATCH or self._bytes >= _BATCH_BYTES:
            self.flush()

    def end(self, closed: ConversationClosed) -> None:
        """The conversation ends."""
        opened = self._opened
        if opened is None or closed.id != opened.id or closed.messages != self._in_conversation:
            raise AssertionError("a conversation was closed that is not this one, or with another number of messages")
        self._keep_run(self._runs.end())
        self.flush()
        first, last = self._first, self._last
        row = (
            *(self.count, opened.id, encode(opened), encode(closed), closed.messages),
            *(first.at, int(first.clock), last.at, int(last.clock)),
        )
        self._connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._store_participants(closed)
        self._store_pages()
        self._store_conduct()
        self._tempo.end(self._clocks)
        self._blocks.end()
        self._store_clocks()
        self.messages += closed.messages
        self._opened = None

    def flush(self) -> None:
        """Hand what is waiting to SQLite."""
        many = self._connection.executemany
        many("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows)
        many("INSERT INTO words (rowid, text, also) VALUES (?, ?, ?)", self._words)
        many("INSERT INTO signs (rowid, text, also) VALUES (?, ?, ?)", self._signs)
        many("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", self._run_rows)
        for waiting in (self._rows, self._words, self._signs, self._run_rows):
            waiting.clear()
        self._bytes = 0

    def _index(self, key: int, text: str | None, also: str | None) -> None:
        if also is None and text and text.isascii():  # as most are: words alone, as they stand
            self._words.append((key, text, None))
        elif text or also:
            self._words.append((key, words_text(text), words_text(also)))
            signs = signs_text(text), signs_text(also)
            if signs != (None, None):
                self._signs.append((key, *signs))

    def _start(self) -> None:
        self._places = self.count << NUMBER_BITS
        self._runs = RunBuilder()
        self._conduct = ConductWatch()
        self._clocks = Counter[Clock]()
        self._last_number = 0
        self._in_conversation = 0
        self._sent = None
        self._first = self._last = NOWHERE

    def _place_in_day(self, number: int, wall: Wall) -> None:
        run = self._runs.add(number, wall)
        if run is not None:
            self._keep_run(run)
        at, first, last = wall.at, self._first.at, self._last.at
        if at is None:
            return
        if first is None or at < first:
            self._first = wall
        if last is None or at >= last:
            self._last = wall

    def _keep_run(self, run: Run | None) -> None:
        if run is not None:
            row = (self.count, run.first, run.last, run.day, run.other, int(run.clock), run.undated)
            self._run_rows.append(row)

    def _store_participants(self, closed: ConversationClosed) -> None:
        rows = (
            (self.count, position, self.cast.of_participant(participant), encode(participant))
            for position, participant in enumerate(closed.participants, 1)
        )
        self._connection.executemany("INSERT INTO participants VALUES (?, ?, ?, ?)", rows)
        # Accounts that wrote and are in no list of participants have their letter all the same.
        letters = ((number, letter_of(number)) for number in range(self._lettered + 1, len(self.cast) + 1))
        self._connection.executemany("INSERT INTO accounts VALUES (?, ?)", letters)
        self._lettered = len(self.cast)

    def _store_pages(self) -> None:
        runs = self._connection.execute(
            "SELECT first, last, day, other, clock FROM runs WHERE conversation = ? ORDER BY first", (self.count,)
        )
        pages = pages_of(Run(*row) for row in runs)
        self._connection.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?)",
            ((self.count, page.first, page.last, page.part, page.parts) for page in pages),
        )

    def _store_conduct(self) -> None:
        sides = self._conduct.sides()
        rows = ((self.count, account, encode(side)) for account, side in sides.items())
        self._connection.executemany("INSERT INTO conduct VALUES (?, ?, ?)", rows)

    def _store_clocks(self) -> None:
        rows = ((self.count, clock, messages) for clock, messages in self._clocks.items())
        self._connection.executemany("INSERT INTO clocks VALUES (?, ?, ?)", rows)
