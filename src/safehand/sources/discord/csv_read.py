"""A channel as DiscordChatExporter writes it as a table: one file, one conversation.

    AuthorID,Author,Date,Content,Attachments,Reactions
    "521…","priya","2026-01-04T19:02:11.4140000+00:00","The gate is open","","🥕 (2)"

No ids of messages, no answers, no edits. Acts of the platform stand there as if the account had said them, in the
program's own words, and nothing tells them apart. Older versions wrote the date in the culture of the machine
(written_times.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Kind, Message, Reaction
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.discord.csv_table import Places, Row, Table, as_extra
from safehand.sources.discord.moments import clock_of, moment_of
from safehand.sources.discord.package_message import files_of, kind_of
from safehand.sources.discord.written_times import WrittenTimes
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.thread import Thread

PLATFORM: Final = "discord"
DCE_CSV: Final = "discord/dce-csv"
NAMES: Final = ("AuthorID", "Author", "Date", "Content", "Attachments", "Reactions")

_KEPT: Final = NAMES[:4]
_FILE_NAME: Final = re.compile(
    r"(?:.*/)?(?P<title>[^/]*?) ?\[(?P<id>\d{15,20})\](?: ?\[part \d+\])?\.(?:csv|txt)", re.IGNORECASE | re.DOTALL
)
_REACTION: Final = re.compile(r"(.+?) \((\d{1,9})\)(?:,|\Z)", re.DOTALL)
_TEXT: Final = Kind.TEXT
_ABSENT: Final = (
    "This form has no answers, edits or ids of messages. "
    "Acts of the platform stand there as if an account had said them."
)


def called(name: str) -> tuple[str | None, str | None]:
    """Title and id of the channel, as DiscordChatExporter calls its files; nothing where it is called otherwise."""
    found = _FILE_NAME.fullmatch(name)
    return (None, None) if found is None else (found["title"] or None, found["id"])


def read_table(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """One conversation for each claimed file."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._clock = LocalClock(desk.options.zone, desk.options.zone_by)
        self._times = WrittenTimes(self._clock)
        title, native = called(file.name)
        self._thread = Thread(
            ConversationOpened(
                desk.next_conversation(), PLATFORM, DCE_CSV, title, ConversationKind.UNKNOWN, (file.id,),
                native_id=native,
            )
        )  # fmt: skip

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        desk, thread = self._desk, self._thread
        table = Table(self._file, NAMES, _KEPT)
        table.survey(desk, _is_message, self._stamp)
        order = self._times.decide(day_first=desk.options.day_first, by=desk.options.day_first_by)
        yield (thread.opened,)
        for rows in table.rows(desk.options.window):
            yield [self._message(row, table.places) for row in rows]
        yield (thread.closed([_ABSENT, *order, *table.tell(thread)]),)

    def _stamp(self, places: Places, row: Sequence[str]) -> str | None:
        date = places.value(row, "Date")
        if date[:4].isdecimal():
            return date
        self._times.see(date)
        return None

    def _message(self, row: Row, places: Places) -> Message:
        fields, value = row.fields, places.value
        key, name, text = value(fields, "AuthorID"), value(fields, "Author"), value(fields, "Content")
        sent, doubts = self._sent(value(fields, "Date"))
        span, thread = Span(self._file.id, row.start, row.end), self._thread
        kept = places.left(fields)
        if row.doubts:
            doubts = (*row.doubts, *doubts)
        files = files_of(kept.get("Attachments", ""), ",") if kept else ()
        reactions = _reactions(kept) if kept else ()
        if kept and kept.keys() - {"Attachments"}:
            doubts = (*doubts, Doubt.FIELD_NOT_READ)
        doubts = thread.take(key or name or None, name or None, sent, span, doubts)
        if not (kept or reactions):
            kind = _TEXT if text else Kind.EMPTY
            return Message(thread.count, kind, name or None, text or None, sent, span, doubts, key or None)
        kind = kind_of(text, files, known=not kept)
        return Message(
            thread.count, kind, name or None, text or None, sent, span, doubts, key or None,
            attachments=files, reactions=reactions, extra=as_extra(kept),
        )  # fmt: skip

    def _sent(self, date: str) -> tuple[Instant, tuple[Doubt, ...]]:
        sent = moment_of(date)
        if sent is not None:
            return sent, ()
        local = clock_of(date)
        if local is None:
            return self._times.read(date)
        sent = self._clock.instant(date, local, Precision.SECOND, Basis.EXPORTER_LOCAL)
        return sent, doubts_of(sent)


def _is_message(places: Places, row: Sequence[str]) -> bool:
    """With who wrote it, and when."""
    return bool(places.value(row, "Date")) and places.value(row, "AuthorID").isdecimal()


def _reactions(kept: dict[str, str]) -> tuple[Reaction, ...]:
    """``🥕 (2),👍 (1)``. What is not spelled so stays in ``kept``."""
    listed = kept.get("Reactions", "")
    found, at = [], 0
    while (match := _REACTION.match(listed, at)) is not None:
        found.append(Reaction(match[1], None, int(match[2])))
        at = match.end()
    if listed and at == len(listed):
        del kept["Reactions"]
    return tuple(found)
