r"""signal-export's text, ``chat.md`` or ``index.md``: its blocks become messages, and every byte is accounted for.

    [2024-01-15 10:30:00] Ada: hello  ⏎⏎
    [2024-01-15 10:31:00] Me: ⏎⏎> hello⏎⏎hi  ⏎(- Ada: 👍 -)⏎⏎
    [2019-12-24, 12:23] Ada: hello  ⏎                                   as the program wrote until 2021

Written oldest first. The form is plain text, and so a message that was pasted or typed in its style cannot be told
from one: a doubt about every file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from safehand.model.conversation import Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.decoding import decode, torn_end
from safehand.sources.lines import begin_text
from safehand.sources.local_time import LocalClock
from safehand.sources.signal.export_parts import NOBODY, PADDING, clock_note, name_owner, opened
from safehand.sources.signal.export_words import HEADER_LIKE, Words, read_words
from safehand.sources.signal.moments import Moments
from safehand.sources.signal.text_blocks import AROUND, Blocks, blocks, style_of
from safehand.sources.thread import Thread

EXPORT_TEXT: Final = "signal/export-text"

BEFORE_FIRST: Final = "text before the first message"
TOO_LONG: Final = "a message longer than this version reads"
TORN: Final = "the file ends inside a character"
FORGED: Final = "This form is plain text: a message pasted or typed in its style cannot be told from one."

_HEAD: Final = 400
_TEXT: Final = Kind.TEXT
_MARKS: Final = (b"\n(", b"\n>", b"\n[", b"](", b"\r")
"""What the program may have written into a message: looked at closely."""
_OWN_WORDS: Final = b"(IOM"
"""First letters of what it says of deleted messages and calls."""
_NAMES_KEPT: Final = 10_000


def read_text(file: SourceFile, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one file, a window's worth of events at a time."""
    with file.open() as stream:
        ledger = desk.ledger(file)
        bom, head = begin_text(stream, ledger, _HEAD)
        thread = opened(file, EXPORT_TEXT, desk)
        reader = _Reader(thread, ledger, Moments(LocalClock(desk.options.zone, desk.options.zone_by)))
        yield (thread.opened,)
        for found in blocks(stream, ledger, desk.options.window, bom, style_of(head)):
            yield reader.read(found)
        reader.settle()
        name_owner(thread)
        thread.doubt(Doubt.FORGED_POSSIBLE)
        yield (thread.closed((FORGED, *clock_note(desk, thread))),)


class _Reader:
    """Makes messages of blocks."""

    __slots__ = ("_file", "_first", "_found", "_ledger", "_moments", "_names", "_thread", "_usual", "_usually")

    def __init__(self, thread: Thread, ledger: Ledger, moments: Moments) -> None:
        self._thread = thread
        self._ledger = ledger
        self._file = ledger.file
        self._moments = moments
        self._usual, self._usually = moments.usual, 0
        self._names: dict[bytes, str] = {}
        self._found: list[Message] = []
        self._first = True

    def settle(self) -> None:
        """Count what is in doubt about nearly every message: once, at the end."""
        for doubt in self._usual:
            self._thread.doubt(doubt, self._usually)

    def read(self, given: Blocks) -> list[Message]:
        """The messages of some blocks. What stands before them is accounted for as unparsed."""
        found = self._found = []
        ledger, parts = self._ledger, given.parts
        self._skip(given.start if parts else given.end)
        ends: list[int] = []
        start = given.start
        last = len(parts) - 2 if given.last else -1
        for place in range(0, len(parts), 2):
            date, body = parts[place], parts[place + 1]
            end = given.end if place == last else start + AROUND + len(date) + len(body) + 1
            # The last may be cut short, which the short way does not ask.
            message = None if place == last else self._plain(start, end, date, body)
            if message is None:
                ledger.mark_many(SegmentKind.MESSAGE, ends)
                ends.clear()
                self._any(start, end, date, body, is_last=place == last)
            else:
                found.append(message)
                ends.append(end)
            start = end
        ledger.mark_many(SegmentKind.MESSAGE, ends)
        return found

    def _skip(self, end: int) -> None:
        if end > self._ledger.position:
            self._ledger.fail(end, BEFORE_FIRST if self._first else TOO_LONG)
        self._first = False

    def _plain(self, start: int, end: int, date: bytes, body: bytes) -> Message | None:
        """The short way: plain words behind a name. None for anything else."""
        name, _, words = body.rstrip(b"\n").partition(b": ")
        if not words or words[0] in _OWN_WORDS or any(mark in body for mark in _MARKS):
            return None
        sender = self._names.get(name) or self._name(name)
        if sender is None:
            return None
        sent, doubts = self._moments.read(date.decode())
        if doubts is not self._usual:
            return None
        try:
            text = words.decode().removesuffix(PADDING)
        except UnicodeDecodeError:
            return None
        if not text:
            return None
        self._usually += 1
        span = Span(self._file, start, end)
        late = self._thread.take(sender, sender, sent, span)
        return Message(self._thread.count, _TEXT, sender, text, sent, span, (*doubts, *late) if late else doubts)

    def _name(self, name: bytes) -> str | None:
        """A name that needs no second thought; few are many times the same."""
        if not name or b"\n" in name or name == NOBODY.encode() or len(self._names) >= _NAMES_KEPT:
            return None
        try:
            found = self._names[name] = name.decode()
        except UnicodeDecodeError:
            return None
        return found

    def _any(self, start: int, end: int, date: bytes, body: bytes, *, is_last: bool) -> None:
        torn = torn_end(body) if is_last else 0
        whole = body[: len(body) - torn] if is_last else body + b"\n"
        said, guessed = decode(whole.replace(b"\r\n", b"\n"))
        sent, doubts = self._moments.read(date.decode())
        name, written = _parted(said)
        words = Words(said.strip("\n") or None) if name is None else read_words(written)
        extra = {} if words.sticker is None else {"sticker": words.sticker}
        found = [*doubts]
        if guessed:
            found.append(Doubt.ENCODING_GUESSED)
        if name is None or HEADER_LIKE.search(said):
            found.append(Doubt.HEADER_SUSPECT)
        if words.tool:
            found.append(Doubt.TOOL_GENERATED_TEXT)
        if is_last and not body.endswith(b"\n"):
            found.append(Doubt.TRUNCATED_FILE)
        if name == NOBODY:
            name, extra = None, {**extra, "sender": NOBODY}
        span = Span(self._file, start, end - torn)
        taken = self._thread.take(name, name, sent, span, tuple(found))
        self._found.append(
            Message(
                self._thread.count,
                words.kind,
                name,
                words.text,
                sent,
                span,
                taken,
                attachments=tuple(words.attachments),
                reactions=tuple(words.reactions),
                reply=Reply(None, words.quoted) if words.quoted else None,
                call=words.call,
                extra=json.dumps(extra, ensure_ascii=False) if extra else None,
            )
        )
        self._ledger.mark(SegmentKind.EVENT if words.kind is Kind.CALL else SegmentKind.MESSAGE, span.end)
        if torn:
            self._ledger.fail(end, TORN)


def _parted(said: str) -> tuple[str | None, str]:
    """The name and what stands behind it; no name where the first line has none."""
    first, rest = said.partition("\n")[0], said.rstrip("\n")
    name, colon, _ = first.partition(": ")
    if not colon:
        name, colon, _ = first.partition(":")
        if not colon or len(name) + 1 != len(first):
            return None, rest
    return (name, rest[len(name) + len(colon) :]) if name else (None, rest)
