"""Reading a case file: conversations, pages of whole days, one message, and the bytes it came from.

    with open_casefile(path, key) as casefile:
        for conversation in casefile.conversations(): ...
        page = casefile.day_page(1, 5000)          whole days around message 5000
        page.earlier, page.later                   a message on the page before and after, or None
        casefile.source_bytes("data/0001.txt", 312, 371)

What is not there is None, so that the desk can answer "not found". Nothing here writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import apsw
import msgspec

from safehand import __version__
from safehand.analysis.indicators.catalogue import VERSIONS
from safehand.casefile.clock import Clock, date_or_none
from safehand.casefile.days import ABOUT, PageSpan, Run, pages_of
from safehand.casefile.schema import CHUNK, FORMAT, LAST_CONVERSATION, NUMBER_BITS, chunk_id, place
from safehand.casefile.store import REBUILD, open_to_read, told
from safehand.casefile.views import (
    CaseConversation,
    CaseParticipant,
    DayPage,
    DaySection,
    Line,
    StoredFile,
)
from safehand.errors import CannotRead
from safehand.model.attachment import Registered
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.sources import READERS
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import CaptureNote

_T = TypeVar("_T")
_LAST_NUMBER: Final = (1 << NUMBER_BITS) - 1

_opened = msgspec.msgpack.Decoder(ConversationOpened).decode
_closed = msgspec.msgpack.Decoder(ConversationClosed).decode
_message = msgspec.msgpack.Decoder(Message).decode
_participant = msgspec.msgpack.Decoder(Participant).decode
_account = msgspec.msgpack.Decoder(FileAccount).decode
_note = msgspec.msgpack.Decoder(CaptureNote).decode
_registered = msgspec.msgpack.Decoder(Registered).decode

UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""How a file in UTF-16 begins. The byte of a newline is part of other characters there."""

_LINES: Final = (
    "SELECT place, letter, at, other, clock, gap, whole FROM messages LEFT JOIN accounts ON number = account "
    "WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?"
)


class CaseFile:
    """An open case file. Close it, or use it in a ``with``."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check(self) -> None:
        """Read every page: each is authenticated (store.py), and all are one whole. CannotRead, WrongKey: not."""
        with told(self.path):
            answer = self._connection.execute("PRAGMA quick_check(1)").fetchall()
        if answer != [("ok",)]:
            raise CannotRead("The case file is damaged.", where=str(self.path), todo=REBUILD)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, bindings: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of one query. For this package: its tables are a promise only within one format number."""
        with told(self.path):
            return self._connection.execute(sql, bindings).fetchall()

    def stream(self, sql: str, bindings: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The same, one row at a time, where there may be millions."""
        with told(self.path):
            yield from self._connection.execute(sql, bindings)

    # -- what there is

    def is_read_as_now(self) -> bool:
        """Whether this version of Safehand, with these readers and rules, built it. Another may make other rows."""
        stored = dict(self.rows("SELECT name, value FROM meta"))
        made_by = (stored.get("safehand"), stored.get("readers"), stored.get("rules"))
        return made_by == (__version__, READERS, VERSIONS)

    def conversations(self) -> tuple[CaseConversation, ...]:
        """Every conversation, in the order it was read."""
        return tuple(_conversation(row) for row in self.rows(f"{_CONVERSATIONS} ORDER BY number"))

    def conversation(self, number: int) -> CaseConversation | None:
        """Conversation ``number``, or None."""
        if not _can_be(number):
            return None
        return _first(self.rows(f"{_CONVERSATIONS} WHERE number = ?", (number,)), _conversation)

    def participants(self, conversation: int | None = None) -> tuple[CaseParticipant, ...]:
        """Who takes part in a conversation, or in any, by letter."""
        rows = self.rows(
            "SELECT conversation, account, letter, participant FROM participants JOIN accounts ON number = account "
            "WHERE ?1 IS NULL OR conversation = ?1 ORDER BY account, conversation, position",
            (conversation if conversation is None or _can_be(conversation) else 0,),
        )
        return tuple(CaseParticipant(letter, where, _participant(stored)) for where, _, letter, stored in rows)

    def files(self) -> tuple[StoredFile, ...]:
        """The source files, in the order they were handed over."""
        rows = self.rows("SELECT number, id, name, size FROM files ORDER BY number")
        return tuple(StoredFile(*row) for row in rows)

    def accounts(self) -> tuple[FileAccount, ...]:
        """The account of every source file: which bytes are what, and what could not be read."""
        rows = self.rows("SELECT account FROM files WHERE account IS NOT NULL ORDER BY number")
        return tuple(_account(stored) for (stored,) in rows)

    def register(self) -> tuple[Registered, ...]:
        """The files that were listed and never opened."""
        return tuple(_registered(stored) for (stored,) in self.rows("SELECT registered FROM register ORDER BY number"))

    def notes(self) -> tuple[CaptureNote, ...]:
        """What is worth saying about how the files came."""
        return tuple(_note(stored) for (stored,) in self.rows("SELECT note FROM notes ORDER BY number"))

    def doubts(self, conversation: int | None = None) -> dict[Doubt, int]:
        """Each doubt about a conversation, or about all, with how many messages or files it touches; sorted by code."""
        counts: dict[Doubt, int] = {}
        for one in self.conversations():
            if conversation in {None, one.number}:
                for doubt, count in one.closed.doubts:
                    counts[doubt] = counts.get(doubt, 0) + count
        return dict(sorted(counts.items()))

    # -- messages

    def message(self, conversation: int, number: int) -> Line | None:
        """One message, or None."""
        lines = self.page(conversation, number, 1)
        return lines[0] if lines and lines[0].number == number else None

    def page(self, conversation: int, first: int, limit: int) -> tuple[Line, ...]:
        """Up to ``limit`` messages from number ``first`` on."""
        return self._lines(conversation, first, _LAST_NUMBER, limit)

    def neighbours(self, conversation: int, number: int) -> tuple[int | None, int | None]:
        """The number of the message before and of the one after."""
        if not (_can_be(conversation) and 0 <= number <= _LAST_NUMBER):
            return None, None
        here, low, high = place(conversation, number), place(conversation, 0), place(conversation, _LAST_NUMBER)
        before = self.rows("SELECT max(place) FROM messages WHERE place >= ? AND place < ?", (low, here))
        after = self.rows("SELECT min(place) FROM messages WHERE place > ? AND place <= ?", (here, high))
        return _number(before[0][0]), _number(after[0][0])

    def day_page(self, conversation: int, number: int, about: int = ABOUT) -> DayPage | None:
        """The page of whole days that message ``number`` stands on, or None. A single very long day is cut in parts."""
        if not (_can_be(conversation) and 0 < number <= _LAST_NUMBER):
            return None
        span = self._page_span(conversation, number, about)
        if span is None:
            return None
        lines = self._lines(conversation, span.first, span.last, span.last - span.first + 1)
        sections = tuple(_section(run, span, lines) for run in self._runs(conversation, span.first, span.last))
        earlier, _ = self.neighbours(conversation, span.first)
        _, later = self.neighbours(conversation, span.last)
        return DayPage(conversation, span.first, span.last, sections, earlier, later, span.part, span.parts)

    # -- the source

    def source_bytes(self, file: str, start: int, end: int) -> bytes | None:
        """Bytes ``start`` to ``end`` of a source file as it came, less where the file ends sooner; None if unknown."""
        if not 0 <= start <= end:
            return None
        found = self.rows("SELECT number, size FROM files WHERE id = ?", (file,))
        if not found:
            return None
        number, size = found[0]
        start, end = min(start, size), min(end, size)
        first = start // CHUNK
        rows = self.rows(
            "SELECT bytes FROM chunks WHERE id BETWEEN ? AND ? ORDER BY id",
            (chunk_id(number, first), chunk_id(number, max(first, (end - 1) // CHUNK))),
        )
        whole = b"".join(piece for (piece,) in rows)
        return whole[start - first * CHUNK : end - first * CHUNK]

    def line_numbers(self, file: str, positions: Sequence[int]) -> dict[int, int]:
        """On which line, counted from 1, each byte of a source file stands. Empty for a file not known, or in UTF-16.

        Lines end at the byte 0A, as ``wc -l`` and every editor count a file in UTF-8.
        """
        found = self.rows("SELECT number FROM files WHERE id = ?", (file,))
        if not found or not positions or (self.source_bytes(file, 0, 2) or b"") in UTF16_MARKS:
            return {}
        by_chunk: defaultdict[int, list[int]] = defaultdict(list)
        for position in positions:
            by_chunk[position // CHUNK].append(position)
        numbers: dict[int, int] = {}
        for chunk, here in by_chunk.items():
            for before, piece in self.rows(
                "SELECT lines, bytes FROM chunks WHERE id = ?", (chunk_id(found[0][0], chunk),)
            ):
                line, counted = before + 1, 0  # counted from one to the next: each byte is looked at once
                for at in sorted(here):
                    line += piece.count(b"\n", counted, at - chunk * CHUNK)
                    counted = at - chunk * CHUNK
                    numbers[at] = line
        return numbers

    def _lines(self, conversation: int, first: int, last: int, limit: int) -> tuple[Line, ...]:
        if not _can_be(conversation):
            return ()
        low = place(conversation, min(max(first, 0), _LAST_NUMBER))
        return tuple(line_of(row) for row in self.rows(_LINES, (low, place(conversation, last), max(limit, 0))))

    def _page_span(self, conversation: int, number: int, about: int) -> PageSpan | None:
        if about == ABOUT:
            rows = self.rows(
                "SELECT first, last, part, parts FROM pages WHERE conversation = ? AND first <= ? "
                "ORDER BY first DESC LIMIT 1",
                (conversation, number),
            )
            spans: Iterator[PageSpan] = (PageSpan(*row) for row in rows)
        else:
            spans = pages_of(self._runs(conversation, 0, _LAST_NUMBER), about)
        return next((span for span in spans if span.first <= number <= span.last), None)

    def _runs(self, conversation: int, first: int, last: int) -> Iterator[Run]:
        rows = self.stream(
            "SELECT first, last, day, other, clock FROM runs WHERE conversation = ?1 AND first <= ?3 AND first >= "
            "coalesce((SELECT max(first) FROM runs WHERE conversation = ?1 AND first <= ?2), 0) ORDER BY first",
            (conversation, first, last),
        )
        return (Run(first, last, day, other, Clock(clock)) for first, last, day, other, clock in rows)


_CONVERSATIONS: Final = (
    "SELECT number, opened, closed, messages, first_at, first_clock, last_at, last_clock FROM conversations"
)


def _can_be(conversation: int) -> bool:
    # An address may hold any number of digits, and SQLite takes 63 bits.
    return 0 < conversation <= LAST_CONVERSATION


def open_casefile(path: Path, key: bytes) -> CaseFile:
    """Open the case file at ``path``: CannotRead if it is missing, damaged or of another format; WrongKey."""
    casefile = CaseFile(open_to_read(path, key), path)
    stored = casefile.rows("SELECT value FROM meta WHERE name = 'format'")
    if stored != [(FORMAT,)]:
        casefile.close()
        raise CannotRead("The case file was built by another version.", where=str(path), todo=REBUILD)
    return casefile


def line_of(row: tuple[Any, ...]) -> Line:
    """A row of _LINES as a line of the reader."""
    key, letter, at, other, clock, gap, whole = row
    return Line(key & _LAST_NUMBER, letter, at, other, Clock(clock), gap, _message(whole))


def _section(run: Run, span: PageSpan, lines: tuple[Line, ...]) -> DaySection:
    first, last = max(run.first, span.first), min(run.last, span.last)
    here = tuple(line for line in lines if first <= line.number <= last)
    whole = (first, last) == (run.first, run.last)
    return DaySection(date_or_none(run.day), date_or_none(run.other), run.clock, first, last, here, whole)


def _conversation(row: tuple[Any, ...]) -> CaseConversation:
    number, opened, closed, messages, first_at, first_clock, last_at, last_clock = row
    return CaseConversation(
        number,
        _opened(opened),
        _closed(closed),
        messages,
        first_at,
        Clock(first_clock),
        last_at,
        Clock(last_clock),
    )


def _first(rows: list[tuple[Any, ...]], make: Callable[[tuple[Any, ...]], _T]) -> _T | None:
    return make(rows[0]) if rows else None


def _number(found: int | None) -> int | None:
    return None if found is None else found & _LAST_NUMBER
