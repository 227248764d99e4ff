"""The parts of a return of Kik: messages, told by conversation, and logs, which are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator

from safehand.errors import CannotRead
from safehand.model.conversation import Event
from safehand.sources.contract import HEAD, Claim, ReadingDesk, SourceFile
from safehand.sources.kik.claim import LOGS
from safehand.sources.kik.message import ContentForm
from safehand.sources.kik.table import delimiter_of, first_line
from safehand.sources.tables import read_tables


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return read_tables(claim, desk, LOGS, lambda file, times: ContentForm(claim.form, _delimiter(file), times))


def _delimiter(file: SourceFile) -> bytes:
    try:
        with file.open() as stream:
            return delimiter_of(first_line(stream.read(HEAD)) or b"")
    except OSError as error:
        raise CannotRead("It could not be opened.", where=file.id, todo="Check that it is still there.") from error
