"""Reading: the second pass, which cuts the file into messages and accounts for every byte.

    header A │ text of A ⏎ header B │ text of B, first line ⏎ second line ⏎ header C …
    └──── message A ──────┘└──────────────── message B ────────────────────┘└──

A message runs from its header to the next header, line end included; its text is what stands there but for that line
end. The file's own style has a pattern that cuts a window in one go (quick.py); what the pattern leaves alone may hold
headers in another spelling or another style, and is looked through with the whole grammar here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, ReadOptions, SourceFile
from safehand.sources.decoding import torn_end
from safehand.sources.local_time import LocalClock
from safehand.sources.whatsapp.flags import HEADER_SUSPECT, TRUNCATED_FILE
from safehand.sources.whatsapp.grammar import HEADER, NAME, Style, quick_of, style_of
from safehand.sources.whatsapp.marks import Marks
from safehand.sources.whatsapp.moments import Moments
from safehand.sources.whatsapp.quick import RETURN, head_of, quickly
from safehand.sources.whatsapp.regions import Region, regions
from safehand.sources.whatsapp.survey import Survey
from safehand.sources.whatsapp.telling import Head, Telling, When

BEFORE_FIRST: Final = "text before the first message"
TOO_LONG: Final = f"a message longer than {LONGEST_MESSAGE >> 20} MiB"
TORN: Final = "the file ends inside a character"


@dataclass(slots=True)
class _Pending:
    """A message whose end has not been seen."""

    start: int
    style: Style
    head: Head
    pieces: list[bytes] = field(default_factory=list)
    size: int = 0
    flags: int = 0
    when: When | None = None
    """Where it has been read already."""


class ChatReader:
    """Reads one file. ``batches`` once; then the rest."""

    def __init__(self, file: SourceFile, survey: Survey, ledger: Ledger, options: ReadOptions) -> None:
        self._file = file
        self._window = options.window
        self._names = survey.names
        self._quick, self._style = survey.quick, survey.main
        self._marks = Marks(ledger, survey.encoding)
        self._telling = Telling(file.id, survey, self._marks)
        clock = LocalClock(options.zone, options.zone_by)
        self._moments = {
            style: Moments(style, decision, clock, HEADER_SUSPECT if style != survey.main else 0)
            for style, decision in survey.styles.items()
        }
        self._pending: _Pending | None = None
        self._blank = True

    @property
    def count(self) -> int:
        """Messages read."""
        return self._telling.number

    @property
    def media_named(self) -> bool:
        """Whether a message names a file: the export was made with media."""
        return self._telling.media_named

    def participants(self) -> tuple[Participant, ...]:
        """Everyone who wrote."""
        return self._telling.members.participants()

    def doubts(self) -> Counter[Doubt]:
        """How many messages each doubt touches."""
        return self._telling.doubts()

    def batches(self) -> Iterator[list[Message]]:
        """Every message, in file order, a window's worth at a time. Afterwards every byte stands in the ledger."""
        end = 0
        marks = self._marks
        with self._file.open() as stream:
            for region in regions(stream, marks.encoding, self._window, marks.feed, marks.places):
                if end == 0:
                    marks.open()
                end = region.start + len(region.data)
                self._see(region)
                yield self._telling.settle()
        self._end(end)
        yield self._telling.settle()
        marks.close(TORN)

    def _see(self, region: Region) -> None:
        if self._quick is None or self._style is None:
            self._add(region.data, region.start)
            return
        parts = self._quick.read.split(region.data)
        others = self._add(parts[0], region.start)
        if len(parts) > 1:
            start = region.start + len(parts[0]) + 1
            self._finish(start)
            moments, returns = self._moments[self._style], RETURN in region.data
            start = quickly(self._telling, moments, parts, start, self._slowly, returns=returns)
            moment, rest, name, text = parts[-4:]
            others += self._begin(start, head_of(moment, rest, name), text)
        if others > len(parts) // 4:
            self._quicken()

    def _quicken(self) -> None:
        """Most lines here are in another style: the file was joined. Make that style's pattern the quick one."""
        pending = self._pending
        header = None
        if pending is not None and pending.style != self._style:
            header = HEADER.match(b"\n" + pending.head.date + pending.head.time)
        if header is not None:
            self._quick, self._style = quick_of(header, self._names.long_names()), style_of(header)

    def _slowly(self, start: int, end: int, head: Head, text: bytes, when: When) -> None:
        self._begin(start, head, text, when)
        self._finish(end)

    def _begin(self, start: int, head: Head, text: bytes, when: When | None = None) -> int:
        """A message in the quick style begins at ``start``. Gives how many more began in its text."""
        if self._style is None:
            raise AssertionError("only a style's own pattern begins messages here")
        self._pending = _Pending(start, self._style, head, when=when)
        return self._add(text, start + head.size)

    def _add(self, text: bytes, place: int) -> int:
        """Text that goes on, at ``place``, and may hold headers the quick pattern left alone. Gives how many."""
        cut = found = 0
        for header in HEADER.finditer(text):
            style = style_of(header)
            if style not in self._moments:
                if self._pending is not None:
                    self._pending.flags |= HEADER_SUSPECT
                continue
            self._hold(text[cut : header.start()])
            start = place + header.start() + 1
            self._finish(start)
            day = header["lead"] + header["date"]
            name = NAME.match(text, header.end())
            cut = name.end() if name else header.end()
            head = Head(day, header["moment"][len(day) :], name[1] if name else None)
            self._pending = _Pending(start, style, head)
            found += 1
        self._hold(text[cut:])
        return found

    def _hold(self, piece: bytes) -> None:
        pending = self._pending
        if pending is None:
            self._blank = self._blank and not piece.strip()
            return
        pending.size += len(piece)
        if pending.size > LONGEST_MESSAGE:
            pending.pieces.clear()
        else:
            pending.pieces.append(piece)

    def _finish(self, end: int) -> None:
        """What is pending ends where the next message begins, or with the file."""
        pending, self._pending = self._pending, None
        if pending is None:
            if self._blank:
                self._marks.mark(SegmentKind.BLANK, end)
            else:
                self._marks.fail(end, BEFORE_FIRST)
        elif pending.size > LONGEST_MESSAGE:
            self._marks.fail(end, TOO_LONG)
        else:
            self._tell(pending, end, b"".join(pending.pieces))

    def _tell(self, pending: _Pending, end: int, text: bytes) -> None:
        head = pending.head
        when = pending.when or self._moments[pending.style].read(head.date, head.time)
        self._telling.tell_whole(pending.start, end, when, head, text, pending.flags)

    def _end(self, end: int) -> None:
        """The file ends. Empty lines after the last message are nobody's; half a character is nobody's either."""
        pending = self._pending
        if pending is None or pending.size > LONGEST_MESSAGE:
            self._finish(end)
            return
        self._pending = None
        text = b"".join(pending.pieces)
        # Where bytes had to be guessed before, a last one above 0x7F is a letter of that encoding, not half of one.
        torn = 0 if self._telling.guessed else torn_end(text)
        if torn:
            pending.flags |= TRUNCATED_FILE
            text = text[:-torn]
        words = text.rstrip(b"\r\n")
        line_end = _first_line_end(text[len(words) :])
        over = len(text) - len(words) - len(line_end)
        self._tell(pending, end - torn - over, words)
        self._marks.mark(SegmentKind.BLANK, end - torn)
        if torn:
            self._marks.fail(end, TORN)


def _first_line_end(ends: bytes) -> bytes:
    """The first of some line ends. A carriage return alone is one too: nothing else could be meant at a file's end."""
    return ends[:2] if ends.startswith(b"\r\n") else ends[:1]
