"""Made-up conversations for the tests of case files: an allotment and a school, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from safehand.analysis.indicators.lists import WordList
from safehand.casefile.build import BuildSummary, build
from safehand.model.attachment import Registered
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, Reading, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount, Ledger, SegmentKind
from safehand.sources.contract import FileInMemory

KEY = bytes(range(32))
FILE = "data/0001.txt"
START = 1_767_225_600 * MICRO  # 2026-01-01T00:00:00Z
DAY = 86_400 * MICRO
HOUR = 3_600 * MICRO


def device(at: int) -> Instant:
    """A clock reading without a zone."""
    return Instant("as written", Basis.DEVICE_LOCAL, Precision.MINUTE, None, at - 14 * HOUR, at + 12 * HOUR, at)


def known(at: int) -> Instant:
    """An instant in UTC."""
    return utc_instant("as written", at, Precision.SECOND)


def either(first: int, second: int) -> Instant:
    """A reading whose day and month cannot be told apart."""
    readings = tuple(
        Reading(label, at, None, at - 14 * HOUR, at + 12 * HOUR)
        for label, at in (("day first", first), ("month first", second))
    )
    return Instant("03/04/2026", Basis.DEVICE_LOCAL, Precision.MINUTE, None, None, None, None, readings)


def message(number: int, text: str | None, *, sent: Instant, sender: str | None = "Priya", **more: object) -> Message:
    """One message; its span is ten bytes a message."""
    kind = Kind.TEXT if text is not None else Kind.SYSTEM
    span = Span(FILE, number * 10, number * 10 + 10)
    return Message(number, kind, sender, text, sent, span, **more)  # type: ignore[arg-type]


def conversation(
    messages: Iterable[Message], id_: str = "1", platform: str = "whatsapp", participants: Sequence[Participant] = ()
) -> Iterator[Event]:
    """The events of one conversation."""
    yield ConversationOpened(id_, platform, f"{platform}/test", "Allotment", ConversationKind.GROUP, (FILE,))
    count = 0
    for count, one in enumerate(messages, 1):  # noqa: B007  the count is wanted after the loop
        yield one
    yield ConversationClosed(id_, count, tuple(participants), ((Doubt.ZONE_UNKNOWN, count),))


def texts(*spoken: str, sender: str = "Priya") -> list[Message]:
    """Messages a minute apart."""
    return [
        message(number, text, sent=device(START + number * 60 * MICRO), sender=sender)
        for number, text in enumerate(spoken, 1)
    ]


WORDS_OF_A_LIST: Final = WordList("tokens 1")
"""Stands for the list that a desk has built: a case that was read without one says so on its first page."""


@dataclass
class Made:
    """What a test builds a case file from."""

    events: Iterable[Event] = ()
    data: bytes = b"the source file, as it came\n"
    files: tuple[FileInMemory, ...] = field(default=())
    register: tuple[Registered, ...] = ()
    words: WordList = WORDS_OF_A_LIST

    def build(self, path: Path, key: bytes = KEY) -> BuildSummary:
        """Build it."""
        files = self.files or (FileInMemory(FILE, "chat.txt", self.data),)
        return build(
            path,
            key,
            iter(self.events),
            files,
            lambda: tuple(account_of(file) for file in files),
            register=self.register,
            words=self.words,
        )


def account_of(file: FileInMemory) -> FileAccount:
    """A whole account of a file, as one segment."""
    ledger = Ledger(file.id)
    ledger.feed(file.data)
    ledger.mark(SegmentKind.MESSAGE, file.size)
    return ledger.close(file.size)
