"""Reading what was claimed, each form its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.imessage.claim import DATABASE, EXPORTER_PAGE
from safehand.sources.imessage.database import read_database
from safehand.sources.imessage.exporter_pages import read_page
from safehand.sources.imessage.exporter_text import read_text


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """Every conversation of the claimed files."""
    if claim.form == DATABASE:
        return read_database(claim, desk)
    return chain.from_iterable(chain.from_iterable(_read_file(file, claim.form, desk) for file in claim.files))


def _read_file(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    return read_page(file, form, desk) if form == EXPORTER_PAGE else read_text(file, form, desk)
