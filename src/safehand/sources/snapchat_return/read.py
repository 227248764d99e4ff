"""The parts of a return of Snapchat: conversations, and what is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.local_time import LocalClock
from safehand.sources.snapchat_return.claim import OTHER
from safehand.sources.snapchat_return.message import ConversationsForm
from safehand.sources.tables import TableReading, keep_whole
from safehand.sources.written_times import Times


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(_file(file, claim.form, desk) for file in claim.files)


def _file(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Event]:
    if form == OTHER:
        keep_whole(file, desk)
        return iter(())
    times = Times(LocalClock(desk.options.zone, desk.options.zone_by))
    return chain.from_iterable(TableReading(file, desk, ConversationsForm(form, times)).events())
