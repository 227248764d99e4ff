"""Building a case file: the events of a reading go in one by one, and one encrypted file stands at the end, or nothing.

    summary = build(path, key, reading.events(), capture.files, reading.accounts)

Memory does not grow with the number of messages. Everything is written to ``<name>.part`` beside the place it will
stand, synced, and renamed: whoever finds a file at ``path`` finds a whole one. A ``.part`` left by a build that was
killed is encrypted like the rest; the next build takes its place. What is stored: schema.py.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, assert_never

import apsw

from safehand import __version__
from safehand.analysis.gap import Gap
from safehand.analysis.indicators.catalogue import VERSIONS
from safehand.analysis.indicators.lists import NO_WORDS, WordList
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.analysis.stated import gaps_of_bytes
from safehand.analysis.whole import Whole
from safehand.casefile.indicators import store_indicators
from safehand.casefile.schema import CHUNK, FORMAT, GATHERED, TABLES, TIMES, chunk_id
from safehand.casefile.store import cannot_write, open_to_write, told_writing
from safehand.casefile.whole import store_whole
from safehand.casefile.writing import ConversationWriter, encode
from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotRead, CannotWrite
from safehand.model.attachment import Registered
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.message import Message
from safehand.sources import READERS
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import CaptureNote, SourceFile

Progress: TypeAlias = Callable[[int], None]
"""Called now and then with the number of messages stored so far."""

Stated: TypeAlias = Callable[[set[str]], Sequence[Gap]]
"""Called once all is read, with the platforms of the conversations: gaps that follow from what was stated."""

PART: Final = ".part"
"""Ending of the name a case file is built under."""

_TOLD_EVERY: Final = 5_000
"""Messages between two calls of Progress: some ten a second."""


_MADE_BY: Final = (
    "INSERT INTO meta VALUES ('format', ?), ('safehand', ?), ('readers', ?), ('rules', ?), ('word_list', ?)"
)


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What was stored."""

    conversations: int
    messages: int
    accounts: int
    files: int
    bytes: int
    """Size of the case file."""


def build(  # noqa: PLR0913  what a case file is made of, each part once
    path: Path,
    key: bytes,
    events: Iterator[Event],
    files: Sequence[SourceFile],
    accounts: Callable[[], tuple[FileAccount, ...]],
    *,
    register: Sequence[Registered] = (),
    notes: Sequence[CaptureNote] = (),
    progress: Progress | None = None,
    stated: Stated | None = None,
    words: WordList | None = NO_WORDS,
) -> BuildSummary:
    """Build the case file at ``path``, in place of an older one. ``accounts`` is asked once ``events`` has ended.

    ``register`` and ``notes`` are those of the capture. ``words`` is the list that some indicators
    rest on; with None no rule is asked, and the case file says that nothing was looked at.
    """
    part = path.with_name(path.name + PART)
    with told_writing(path), _held(part):
        connection = open_to_write(part, key)
        try:
            connection.execute("BEGIN")
            connection.execute(TABLES)
            connection.execute(GATHERED)
            made_by = (FORMAT, __version__, READERS, VERSIONS, None if words is None else words.name)
            connection.execute(_MADE_BY, made_by)
            whole = Whole(_names(files, register))
            watch = None if words is None else IndicatorWatch(words, times_read)
            conversations = _store_events(connection, whole.watched(events), watch, progress)
            _store_files(connection, files, accounts())
            for gap in (*gaps_of_bytes(accounts()), *(stated(whole.platforms) if stated is not None else ())):
                whole.gaps.keep(gap)
            store_whole(connection, whole, conversations.numbers)
            _store_list(connection, "INSERT INTO register VALUES (?, ?)", register)
            _store_list(connection, "INSERT INTO notes VALUES (?, ?)", notes)
            connection.execute(TIMES)
            connection.execute("COMMIT")
            passed(Step.BUILD_STORED)
        finally:
            connection.close()
        _put_in_place(part, path)
    return BuildSummary(
        conversations.count, conversations.messages, len(conversations.cast), len(files), path.stat().st_size
    )


def _store_events(
    connection: apsw.Connection, events: Iterable[Event], watch: IndicatorWatch | None, progress: Progress | None
) -> ConversationWriter:
    writer = ConversationWriter(connection)
    stored = 0
    for event in events if watch is None else watch.watched(events):
        match event:
            case Message():
                writer.add(event)
                stored += 1
                if progress is not None and stored % _TOLD_EVERY == 0:
                    progress(stored)
            case ConversationOpened():
                writer.begin(event)
            case ConversationClosed():
                writer.end(event)
                if watch is not None:
                    store_indicators(connection, watch.take(), writer)
            case _:
                assert_never(event)
    writer.flush()
    if progress is not None:
        progress(stored)
    return writer


def _store_files(connection: apsw.Connection, files: Sequence[SourceFile], accounts: tuple[FileAccount, ...]) -> None:
    by_id = {account.file: account for account in accounts}
    for number, file in enumerate(files, 1):
        account = by_id.pop(file.id, None)
        row = (number, file.id, file.name, file.size, None if account is None else encode(account))
        connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", row)
        digest = hashlib.sha256()
        connection.executemany("INSERT INTO chunks VALUES (?, ?, ?)", _pieces(number, file, digest.update))
        if account is not None and digest.hexdigest() != account.sha256:
            # What an officer is shown beside a message must be what the message was read from.
            raise CannotRead(
                "The file is not what it was when it was read.",
                where=file.id,
                todo="Something changed it meanwhile. Read it again.",
            )
    if by_id:
        raise AssertionError(f"{len(by_id)} accounts are of files that were not handed over")


def _names(files: Sequence[SourceFile], register: Sequence[Registered]) -> list[str]:
    return [*(file.name for file in files), *(one.name for one in register)]


def _full(stream: BinaryIO, size: int) -> bytes:
    # A stream out of an archive may give less than was asked for; only the last chunk of a file may be short.
    piece = stream.read(size)
    while piece and len(piece) < size and (more := stream.read(size - len(piece))):
        piece += more
    return piece


def _store_list(connection: apsw.Connection, sql: str, values: Sequence[Registered] | Sequence[CaptureNote]) -> None:
    connection.executemany(sql, ((number, encode(value)) for number, value in enumerate(values, 1)))


def _pieces(number: int, file: SourceFile, hashed: Callable[[bytes], None]) -> Iterator[tuple[int, int, bytes]]:
    with file.open() as stream:
        at = lines = 0
        while piece := _full(stream, CHUNK):
            hashed(piece)
            yield chunk_id(number, at), lines, piece
            lines += piece.count(b"\n")
            at += 1


@contextmanager
def _held(part: Path) -> Iterator[None]:
    """Hold the part's name for one build, emptied; a second build of the same case file is refused, not mixed in."""
    import fcntl  # noqa: PLC0415  only a desk builds case files, and a holder's Windows has no fcntl

    try:
        hold = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as err:
        raise cannot_write(part) from err
    try:
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.path.samestat(os.fstat(hold), part.stat())
        except (BlockingIOError, FileNotFoundError):
            mine = False
        # Not the same file any more: another build renamed it into place between our open and our lock.
        if not mine:
            raise CannotWrite("This case file is being built already.", where=str(part), todo="Wait for that to end.")
        os.ftruncate(hold, 0)
        try:
            yield
        except BaseException:  # Ctrl-C too: half a case file must not stay; it is raised again
            part.unlink(missing_ok=True)
            raise
    finally:
        os.close(hold)


def _put_in_place(part: Path, path: Path) -> None:
    try:
        with part.open("rb") as whole:
            sync_file(whole.fileno(), Step.BUILD_SYNCED)
        part.replace(path)
        passed(Step.BUILD_RENAMED)
        sync_folder(path.parent, Step.BUILD_FOLDER_SYNCED)
    except OSError as err:
        raise cannot_write(path) from err
