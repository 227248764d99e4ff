"""Reading a capture: every conversation in it as one stream, and an account of every byte of every file.

    reading = Reading(capture)
    for event in reading.events(): ...      conversations opened, messages, conversations closed
    reading.accounts()                      one FileAccount a file, in the capture's order, once all events were taken

What no source claims is accounted for too: the whole file is ``unparsed``, with the reason, and its hash.

A source that fails in the middle of a file does not take the others with it, nor what it read before: the rest of the
file is ``unparsed`` with the reason, the open conversation is closed with the doubt ``truncated_file``, and the next
claim is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from safehand.errors import CannotRead, SafehandError, UsageError
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.digest import CHUNK
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.sources import SOURCES
from safehand.sources.accounting import FileAccount, Ledger, SegmentKind, SegmentSink
from safehand.sources.beside import Beside
from safehand.sources.contract import Capture, CaptureNote, Claim, ReadingDesk, ReadOptions, Source, SourceFile
from safehand.sources.recognise import Recognised, recognise
from safehand.sources.table_map import with_tables
from safehand.sources.veil import say_left_out, with_veils

NOT_KNOWN: Final = "no form of conversation that this version knows"
"""Why a file that nobody claims stands unparsed."""

LEFT_OVER: Final = "the reader of this form ended before the file did"
"""Why the end of a file stands unparsed when its reader stopped without a word. It is a fault of ours."""


class Reading:
    """One reading of a capture: ``events`` may be asked for once, ``accounts`` after it.

    ``recognised`` tells beforehand what will be read. ``sink`` is told every segment of every file,
    ``beside`` what stands beside the messages and who needs it.
    """

    def __init__(
        self,
        capture: Capture,
        options: ReadOptions | None = None,
        sink: SegmentSink | None = None,
        *,
        sources: Sequence[Source] | None = None,
        beside: Beside | None = None,
    ) -> None:
        capture = with_veils(capture)
        tables = () if options is None else options.tables
        if tables:
            capture = replace(capture, files=with_tables(capture.files, tables))
        self._capture = capture
        self._table = {source.id: source for source in (SOURCES if sources is None else sources)}
        self._sink = _Sink(sink or _no_sink)
        self._desk = ReadingDesk(
            options=options or ReadOptions(),
            sink=None if sink is None else self._sink,
            register=capture.register,
            beside=beside,
        )
        self.recognised: Recognised = recognise(capture, sources)
        self._accounts: tuple[FileAccount, ...] | None = None
        self._begun = False
        self._before = 0

    def events(self) -> Iterator[Event]:
        """Every conversation of the capture, one after the other, in the order of its files."""
        if self._begun:
            raise UsageError("A reading is read once. Make a new one to read again.")
        self._begun = True
        notes = _by_file(self._capture.notes)
        for claim in self.recognised.claims:
            events = self._claim(claim, notes)
            veils = {file.id: self._capture.veils[file.id] for file in claim.files if self._capture.veils.get(file.id)}
            yield from say_left_out(events, veils) if veils else events
        reasons = {known.file.id: known.reason for known in self.recognised.known}
        reasons |= {file.id: NOT_KNOWN for file in self.recognised.unknown}
        self._accounts = tuple(
            self._finish(file, reasons.get(file.id, LEFT_OVER)).close(file.size) for file in self._capture.files
        )

    def accounts(self) -> tuple[FileAccount, ...]:
        """The account of every file, in the capture's order."""
        if self._accounts is None:
            raise UsageError("The account of a reading is whole only when all its events were taken.")
        return self._accounts

    def _claim(self, claim: Claim, notes: dict[str, list[CaptureNote]]) -> Iterator[Event]:
        seen = _Seen()
        self._before = self._desk.conversations
        try:
            yield from _watched(self._table[claim.source].read(claim, self._desk), seen, notes)
        except SafehandError as error:
            self._sink.raise_again(error)
            reason = f"reading stopped: {error.found}"
        except Exception as error:  # noqa: BLE001  a fault in one reader must not cost what the others can read
            self._sink.raise_again(error)
            reason = f"reading stopped: a fault in the reader ({type(error).__name__})"
        else:
            return
        for file in claim.files:
            self._finish(file, reason)
        if seen.opened is not None:
            yield _with_notes(self._closed(claim, seen, seen.opened, reason), notes, seen.opened.files)

    def _closed(self, claim: Claim, seen: _Seen, opened: ConversationOpened, reason: str) -> ConversationClosed:
        return ConversationClosed(
            id=opened.id,
            messages=0 if seen.last is None else seen.last.number,
            participants=self._people(claim, opened),
            doubts=((Doubt.TRUNCATED_FILE, 1),),
            notes=(f"{reason[0].upper()}{reason[1:]}. What came after it is accounted for and not read.",),
        )

    def _people(self, claim: Claim, opened: ConversationOpened) -> tuple[Participant, ...]:
        """Who wrote before the reader failed: read once more, because counting all along would cost every reading."""
        counts: Counter[str] = Counter()
        firsts: dict[str, Message] = {}
        current = None
        desk = ReadingDesk(options=self._desk.options, register=self._desk.register)
        desk.conversations = self._before
        with suppress(Exception):  # the same fault again, at the same place
            for event in self._table[claim.source].read(claim, desk):
                if isinstance(event, ConversationOpened):
                    current = event.id
                elif isinstance(event, Message) and current == opened.id and event.sender is not None:
                    key = event.sender_id or event.sender
                    counts[key] += 1
                    firsts.setdefault(key, event)
        return tuple(
            Participant(key, (first.sender or key,), counts[key], first_seen=first.span)
            for key, first in firsts.items()
        )

    def _finish(self, file: SourceFile, reason: str) -> Ledger:
        """The ledger of ``file``, with what was not read of it hashed and accounted for."""
        ledger = self._desk.ledger(file)
        if ledger.fed < file.size:
            try:
                with file.open() as stream:
                    stream.seek(ledger.fed)
                    while chunk := stream.read(CHUNK):
                        ledger.feed(chunk)
            except OSError as error:
                raise CannotRead(
                    "It could not be read to its end.", where=file.id, todo="Check the disk, and read it again."
                ) from error
        if ledger.position < file.size:
            ledger.fail(file.size, reason)
        return ledger


def _no_sink(file: str, kind: SegmentKind, start: int, end: int) -> None:
    """Nobody wants to know."""


class _Sink:
    """The sink that was handed in. What goes wrong in it (a full disk, a closed pipe) is no fault of a reader."""

    __slots__ = ("_error", "_sink")

    def __init__(self, sink: SegmentSink) -> None:
        self._sink = sink
        self._error: Exception | None = None

    def __call__(self, file: str, kind: SegmentKind, start: int, end: int) -> None:
        try:
            self._sink(file, kind, start, end)
        except Exception as error:
            self._error = error
            raise

    def raise_again(self, error: Exception) -> None:
        if error is self._error:
            raise error


@dataclass(slots=True)
class _Seen:
    """What passed of the conversation that is open: enough to close it when its reader fails."""

    opened: ConversationOpened | None = None
    last: Message | None = None


def _watched(events: Iterator[Event], seen: _Seen, notes: dict[str, list[CaptureNote]]) -> Iterator[Event]:
    """The same events, with what the capture says of their files, noted in ``seen`` as they pass."""
    files: tuple[str, ...] = ()
    for event in events:
        # Several hundred thousand times a second: for a message nothing is done but this.
        if type(event) is Message:
            seen.last = event
            yield event
        elif isinstance(event, ConversationClosed):
            seen.opened = None
            yield _with_notes(event, notes, files)
        elif isinstance(event, ConversationOpened):
            seen.opened, seen.last, files = event, None, event.files
            yield event


def _by_file(notes: Sequence[CaptureNote]) -> dict[str, list[CaptureNote]]:
    found: dict[str, list[CaptureNote]] = {}
    for note in notes:
        found.setdefault(note.file, []).append(note)
    return found


def _with_notes(
    closed: ConversationClosed, notes: dict[str, list[CaptureNote]], files: Sequence[str]
) -> ConversationClosed:
    """``closed`` with what the capture says of the files it was read from."""
    about = [note for file in files for note in notes.get(file, ())]
    if not about:
        return closed
    doubts = Counter(dict(closed.doubts))
    doubts.update(note.doubt for note in about if note.doubt is not None)
    words = tuple(note.words for note in about)
    return msgspec.structs.replace(closed, doubts=tuple(sorted(doubts.items())), notes=(*closed.notes, *words))
