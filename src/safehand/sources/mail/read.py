"""Mailboxes and mails, thread by thread.

Pass 1 accounts for every byte and notes where each mail stands and which thread it belongs to (mbox.py, threads.py);
pass 2 reads one thread after the other, its mails in the order of the files. Of a mail of any size no more is held than
its header, its text up to the longest message, and a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Final

import msgspec

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.local_time import LocalClock
from safehand.sources.mail.body import read_body
from safehand.sources.mail.dates import Dates
from safehand.sources.mail.headers import Header, Who
from safehand.sources.mail.mbox import HEAD_LIMIT, mails_of
from safehand.sources.mail.message import Mail, lines_in, quick_body, read_mail
from safehand.sources.mail.threads import IN_DOUBT, Threads
from safehand.sources.mail.threads import Thread as Linked
from safehand.sources.places import BLOCK, changed
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

PLATFORM: Final = "mail"
MBOX: Final = "mail/mbox"
EML: Final = "mail/eml"

_BOM: Final = b"\xef\xbb\xbf"
_CHUNK: Final = 512 << 10
_REACH: Final = 2000
"""Ids that are compared letter by letter: the same mail twice stands in one thread, and so near."""
_PIECE: Final = 64 << 10
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_NO_MAIL: Final = "no header of a mail stands there"
_QUOTED: Final = "A mailbox puts “>” before a line that begins with “From”. Such lines, told as they stand:"
_ORDER: Final = (
    "The mails of this thread stand in another order; they are told by their dates, which the senders' computers wrote."
)


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The threads of the claimed files."""
    return chain.from_iterable(_Reading(claim, desk).events())


class _Reading:
    """All files of a claim while they are read."""

    def __init__(self, claim: Claim, desk: ReadingDesk) -> None:
        self._claim = claim
        self._desk = desk
        self._dates = Dates(LocalClock(desk.options.zone, desk.options.zone_by))
        self._threads = Threads(self._dates)
        self._seen = SeenNames(_REACH)
        self._open: tuple[int, BinaryIO] | None = None

    def events(self) -> Iterator[Sequence[Event]]:
        """Every thread, opened and closed, some mails at a time."""
        for index, file in enumerate(self._claim.files):
            if self._claim.form == EML:
                self._account_for(index, file)
            else:
                for found in mails_of(file, self._desk.ledger(file), self._desk.options.window):
                    self._threads.add(index, found.start, found.end, found.head, in_doubt=found.in_doubt)
        try:
            for first in self._threads.first_of_each():
                yield from self._thread(first)
        finally:
            if self._open is not None:
                self._open[1].close()
        if not len(self._threads):
            opened = self._opened(tuple(file.id for file in self._claim.files), None, None)
            yield (opened, Thread(opened).closed(("No mail was found here.",)))

    def _account_for(self, index: int, file: SourceFile) -> None:
        """Pass 1 of a file that is one mail."""
        ledger = self._desk.ledger(file)
        head = b""
        with file.open() as stream:
            while chunk := stream.read(min(self._desk.options.window, _CHUNK)):
                ledger.feed(chunk)
                head += chunk[: HEAD_LIMIT - len(head)]
        end = ledger.fed
        start = len(_BOM) if head.startswith(_BOM) else 0
        ledger.mark(SegmentKind.BOM, start)
        if _FIELD.match(head, start):
            ledger.mark(SegmentKind.MESSAGE, end)
            self._threads.add(index, start, end, head[start:])
        elif not head.strip():
            ledger.mark(SegmentKind.BLANK, end)
        else:
            ledger.fail(end, _NO_MAIL)

    def _thread(self, first: int) -> Iterator[Sequence[Event]]:
        threads, files = self._threads, self._claim.files
        linked = threads.thread(first)
        indices = dict.fromkeys(threads.files[index] & ~IN_DOUBT for index in linked.mails)
        thread: Thread | None = None
        named: set[Who] = set()
        quoted = 0
        block: list[Event] = []
        for place, index in enumerate(linked.mails):
            mail = self._mail(index, linked, place)
            if thread is None:
                ids = tuple(files[at].id for at in indices)
                opened = self._opened(ids, mail.header.words("subject"), mail.message.native_id)
                thread = Thread(opened)
                block.append(opened)
            quoted += mail.quoted
            block.append(_taken(thread, mail, named))
            if len(block) >= BLOCK:
                yield block
                block = []
        if thread is not None:
            block.append(thread.closed(_notes(quoted, moved=linked.moved)))
        yield block

    def _opened(self, files: tuple[str, ...], title: str | None, native: str | None) -> ConversationOpened:
        return ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            self._claim.form,
            title or None,
            ConversationKind.UNKNOWN,
            files,
            native_id=native,
        )

    def _mail(self, index: int, linked: Linked, place: int) -> Mail:
        """The mail at ``index``, read from its bytes: ``place`` of its thread."""
        threads = self._threads
        at = threads.files[index]
        file = self._claim.files[at & ~IN_DOUBT]
        start, end = threads.starts[index], threads.ends[index]
        stream = self._stream(at & ~IN_DOUBT, file)
        data = _read_at(stream, start, min(end - start, HEAD_LIMIT), file)
        size, skip = _header_size(data)
        header = Header(data[:size])
        rest = data[size + skip :]
        if len(data) == end - start:
            body = quick_body(header, rest) or read_body(header, lines_in(rest))
        else:
            body = read_body(header, _lines(stream, rest, end - start - len(data), file))
        span = Span(file.id, start, end)
        return read_mail(header, body, span, self._dates, self._seen, (linked, place), in_doubt=bool(at & IN_DOUBT))

    def _stream(self, index: int, file: SourceFile) -> BinaryIO:
        if self._open is None or self._open[0] != index:
            if self._open is not None:
                self._open[1].close()
            self._open = index, file.open()
        return self._open[1]


def _taken(thread: Thread, mail: Mail, named: set[Who]) -> Message:
    """The message of ``mail`` with its number; everybody whom the mail names is known from here on."""
    message, sender = mail.message, mail.sender
    key = None if sender is None else sender.address
    name = None if sender is None else message.sender
    doubts = thread.take(key, name, message.sent, message.span, message.doubts)
    for who in mail.named:
        if who not in named:
            named.add(who)
            thread.name(who.address, who.name or who.address, message.span)
    return msgspec.structs.replace(message, number=thread.count, doubts=doubts)


def _notes(quoted: int, *, moved: bool) -> list[str]:
    notes = [_ORDER] if moved else []
    if quoted:
        notes.append(f"{_QUOTED} {quoted}.")
    return notes


def _read_at(stream: BinaryIO, start: int, size: int, file: SourceFile) -> bytes:
    try:
        stream.seek(start)
        data = stream.read(size)
    except OSError as err:
        raise CannotRead("The file could not be read a second time.", where=file.id) from err
    if len(data) != size:
        raise changed(file)
    return data


def _header_size(data: bytes) -> tuple[int, int]:
    """Bytes of the header, and of the empty line behind it."""
    if data.startswith((b"\n", b"\r\n")):
        return 0, 1 if data.startswith(b"\n") else 2
    plain = data.find(b"\n\n")
    other = data.find(b"\n\r\n", 0, plain if plain >= 0 else len(data))
    if other >= 0:
        return other + 1, 2
    return (len(data), 0) if plain < 0 else (plain + 1, 1)


def _lines(stream: BinaryIO, begun: bytes, left: int, file: SourceFile) -> Iterator[bytes]:
    """The lines of ``begun`` and the ``left`` bytes that the stream stands before; a very long one in pieces."""
    rest = begun
    while True:
        *whole, rest = rest.split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(rest) > HEAD_LIMIT:
            yield rest
            rest = b""
        if not left:
            break
        try:
            chunk = stream.read(min(_PIECE, left))
        except OSError as err:
            raise CannotRead("The file could not be read a second time.", where=file.id) from err
        if not chunk:
            raise changed(file)
        left -= len(chunk)
        rest += chunk
    if rest:
        yield rest
