"""The parts of a return of Kik: messages, told by conversation, and logs, which are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from safehand.errors import CannotRead
from safehand.model.conversation import Event
from safehand.sources.contract import HEAD, Claim, ReadingDesk, SourceFile
from safehand.sources.kik.claim import LOGS
from safehand.sources.kik.message import ContentForm
from safehand.sources.kik.table import delimiter_of, first_line
from safehand.sources.local_time import LocalClock
from safehand.sources.tables import TableReading, keep_whole
from safehand.sources.written_times import Times


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(_file(file, claim.form, desk) for file in claim.files)


def _file(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Event]:
    if form == LOGS:
        keep_whole(file, desk)
        return iter(())
    times = Times(LocalClock(desk.options.zone, desk.options.zone_by))
    return chain.from_iterable(TableReading(file, desk, ContentForm(form, _delimiter(file), times)).events())


def _delimiter(file: SourceFile) -> bytes:
    try:
        with file.open() as stream:
            return delimiter_of(first_line(stream.read(HEAD)) or b"")
    except OSError as error:
        raise CannotRead("It could not be opened.", where=file.id, todo="Check that it is still there.") from error
