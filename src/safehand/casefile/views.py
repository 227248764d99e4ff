"""What a case file gives: frozen values for the reader, each beside the words of the screen that shows it.

DayPage            "Messages 4,801 to 5,012", with links to earlier and later
└── DaySection     a day heading, and the clock it is by
    └── Line       one message: its letter, its clock reading, the gap before it
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from safehand.casefile.clock import Clock
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.message import Message
from safehand.model.people import Participant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def clock_reading(at: int | None) -> datetime | None:
    """A stored reading as date and time of day, without a zone: ``Clock`` says whose clock it is."""
    return None if at is None else _EPOCH + timedelta(microseconds=at)


class Line(msgspec.Struct, frozen=True):
    """One message as the reader shows it."""

    number: int
    letter: str | None
    """The account that wrote it; None where the platform itself speaks."""
    at: int | None
    """The clock's reading in microseconds as if it were UTC; ``shown`` is the same for people."""
    other: int | None
    """The second reading, where the order of day and month is not known."""
    clock: Clock
    gap: int | None
    """Seconds since the message before; negative where the source is out of order; None where it cannot be said."""
    message: Message

    @property
    def shown(self) -> datetime | None:
        """The clock's reading."""
        return clock_reading(self.at)

    @property
    def shown_other(self) -> datetime | None:
        """The second reading."""
        return clock_reading(self.other)


class DaySection(msgspec.Struct, frozen=True):
    """The messages of one day on this page."""

    day: date | None
    other: date | None
    """The second reading of the day, where the order of day and month is not known."""
    clock: Clock
    first: int
    last: int
    lines: tuple[Line, ...]
    whole: bool
    """False where the day was too long for one page: see DayPage.part."""


class DayPage(msgspec.Struct, frozen=True):
    """A page of whole days."""

    conversation: int
    first: int
    last: int
    sections: tuple[DaySection, ...]
    earlier: int | None
    """The last message of the page before."""
    later: int | None
    """The first message of the page after."""
    part: int
    parts: int
    """Above 1 where a single day was cut: this page is part ``part`` of it."""


class CaseParticipant(msgspec.Struct, frozen=True):
    """An account in a conversation."""

    letter: str
    conversation: int
    participant: Participant


class CaseConversation(msgspec.Struct, frozen=True):
    """A conversation as it was read, with its earliest and latest clock reading."""

    number: int
    opened: ConversationOpened
    closed: ConversationClosed
    messages: int
    first_at: int | None
    first_clock: Clock
    last_at: int | None
    last_clock: Clock

    @property
    def first_shown(self) -> datetime | None:
        """The earliest clock reading."""
        return clock_reading(self.first_at)

    @property
    def last_shown(self) -> datetime | None:
        """The latest clock reading."""
        return clock_reading(self.last_at)


class StoredFile(msgspec.Struct, frozen=True):
    """A source file whose bytes the case file holds."""

    number: int
    id: str
    name: str
    size: int
