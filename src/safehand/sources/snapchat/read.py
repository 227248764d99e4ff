"""Snapchat's own data: each form with what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, Protocol

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.snapchat.chats import CHATS, ChatReading
from safehand.sources.snapchat.page import PAGE, PageReading
from safehand.sources.snapchat.sections import SECTIONS, SectionReading


class _Reading(Protocol):
    """One file while it is read."""

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""


_READINGS: Final[dict[str, Callable[[SourceFile, ReadingDesk], _Reading]]] = {
    CHATS: ChatReading,
    SECTIONS: SectionReading,
    PAGE: PageReading,
}


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    reading = _READINGS.get(claim.form, ChatReading)
    return chain.from_iterable(chain.from_iterable(reading(file, desk).events() for file in claim.files))
