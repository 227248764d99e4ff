"""The parts of a return of Roblox: chat records, private messages, and what is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.local_time import LocalClock
from safehand.sources.roblox.chat import ChatForm
from safehand.sources.roblox.private import PrivateForm
from safehand.sources.tables import TableForm, TableReading, keep_whole
from safehand.sources.written_times import Times

CHAT: Final = "roblox/chat-csv"
MESSAGES: Final = "roblox/messages-csv"
OTHER: Final = "roblox/other-csv"


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(_file(file, claim.form, desk) for file in claim.files)


def _file(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Event]:
    if form == OTHER:
        keep_whole(file, desk)
        return iter(())
    return chain.from_iterable(TableReading(file, desk, _form(form, desk)).events())


def _form(form: str, desk: ReadingDesk) -> TableForm:
    if form == MESSAGES:
        return PrivateForm(form)
    return ChatForm(form, Times(LocalClock(desk.options.zone, desk.options.zone_by)))
