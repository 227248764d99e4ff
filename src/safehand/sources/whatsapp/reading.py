"""Reading: the second pass, which cuts the file into messages and accounts for every byte.

    header A │ text of A ⏎ header B │ text of B, first line ⏎ second line ⏎ header C …
    └──── message A ──────┘└──────────────── message B ────────────────────┘└──

A message runs from its header to the next header, line end included; its text is what stands there but for that line
end. Most messages take the quick way in ``_quickly``; one that is unusual in anything goes through ``_begin``, ``_add``
and ``_finish``, which know the whole grammar. Both give the same events (test_whatsapp_reading.py holds them to it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, WEST_MOST, Basis, Instant
from safehand.model.message import Kind, Message
from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, ReadOptions, SourceFile
from safehand.sources.local_time import DAY, LocalClock
from safehand.sources.whatsapp.decoding import decode, torn_end
from safehand.sources.whatsapp.flags import (
    ENCODING_GUESSED,
    HEADER_SUSPECT,
    OUT_OF_ORDER,
    SENDER_AMBIGUOUS,
    TOOL_GENERATED_TEXT,
    TRUNCATED_FILE,
    ZONE_UNKNOWN,
    doubts_in,
)
from safehand.sources.whatsapp.grammar import HEADER, NAME, Style, quick_of, style_of
from safehand.sources.whatsapp.kinds import ENDS, PHRASES, Described, describe, describe_platform_line, is_plain
from safehand.sources.whatsapp.marks import Marks
from safehand.sources.whatsapp.members import Member, Members
from safehand.sources.whatsapp.moments import Moments
from safehand.sources.whatsapp.names import Reading
from safehand.sources.whatsapp.regions import Region, regions
from safehand.sources.whatsapp.survey import Survey

BEFORE_FIRST: Final = "text before the first message"
TOO_LONG: Final = f"a message longer than {LONGEST_MESSAGE >> 20} MiB"
TORN: Final = "the file ends inside a character"

_BACK_A_LOT: Final = DAY
"""A step back in time that no export makes by itself: clocks change by an hour, and a journey is shown in one zone."""

_NAME_ALONE: Final = re.compile(rb"([^:\n]{1,256}):(\r?(?:\n|\Z)|\.\r?\Z)")
"""``NAME:`` with its space trimmed away, and ``NAME:.``, which phones wrote for a message that disappears."""


_TEXT: Final = Kind.TEXT
_SYSTEM: Final = Kind.SYSTEM
_LOCAL: Final = Basis.DEVICE_LOCAL
# As numbers, not bytes: CPython finds those ten times as fast.
_NEWLINE, _RETURN, _COLON, _MARK = b"\n\r:\x8e"
LEFT_TO_RIGHT: Final = "\u200e".encode()
_FIRST_OF_MARK: Final = LEFT_TO_RIGHT[0]


@dataclass(slots=True)
class _Pending:
    """A message whose end has not been seen."""

    start: int
    style: Style
    date: bytes
    time: bytes
    name: bytes | None
    pieces: list[bytes] = field(default_factory=list)
    size: int = 0
    flags: int = 0


class ChatReader:
    """Reads one file. ``messages`` once; then the rest."""

    def __init__(self, file: SourceFile, survey: Survey, ledger: Ledger, options: ReadOptions) -> None:
        self._file = file
        self._window = options.window
        self._names = survey.names
        self._styles = survey.styles
        self._language = survey.language
        self._quick, self._quick_style = survey.quick, survey.main
        self._marks = Marks(ledger, survey.encoding)
        clock = LocalClock(options.zone, options.zone_by)
        self._moments = {
            style: Moments(style, decision, clock, HEADER_SUSPECT if style != survey.main else 0)
            for style, decision in survey.styles.items()
        }
        self._members = Members()
        self._simple: dict[bytes, Member] = {}
        self._pending: _Pending | None = None
        self._blank = True
        self._batch: list[Message] = []
        self._number = 0
        self._previous = -1 << 62
        self._doubts: Counter[int] = Counter()
        self._guessed = False
        self.media_named = False

    @property
    def count(self) -> int:
        """Messages read."""
        return self._number

    def participants(self) -> tuple[Participant, ...]:
        """Everyone who wrote."""
        return self._members.participants()

    def doubts(self) -> Counter[Doubt]:
        """How many messages each doubt touches."""
        touched: Counter[Doubt] = Counter()
        for flags, messages in self._doubts.items():
            for doubt in doubts_in(flags):
                touched[doubt] += messages
        return touched

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
                yield self._settled()
        self._end(end)
        yield self._settled()
        marks.close(TORN)

    def _settled(self) -> list[Message]:
        batch = self._marks.place(self._batch)
        self._members.settle(batch)
        self._batch = []
        return batch

    def _see(self, region: Region) -> None:
        if self._quick is None or self._quick_style is None:
            self._add(region.data, region.start)
            return
        parts = self._quick.read.split(region.data)
        others = self._add(parts[0], region.start)
        if len(parts) > 1:
            start = region.start + len(parts[0]) + 1
            self._finish(start)
            start = self._quickly(self._quick_style, parts, start, returns=_RETURN in region.data)
            moment, rest, name, text = parts[-4:]
            others += self._begin(start, self._quick_style, self._header(moment, rest, name), text)
        if others > len(parts) // 4:
            self._quicken()

    def _quicken(self) -> None:
        """Most lines here are in another style: the file was joined. Make that style's pattern the quick one."""
        if self._pending is not None and self._pending.style != self._quick_style:
            header = HEADER.match(b"\n" + self._pending.date + self._pending.time)
            if header is not None:
                self._quick = quick_of(header, self._names.long_names())
                self._quick_style = style_of(header)

    def _quickly(  # noqa: C901, PLR0912, PLR0915  see the comment
        self, style: Style, parts: list[bytes], start: int, *, returns: bool
    ) -> int:
        """The whole messages of a region: all but the last. Gives the place where the last begins."""
        # One loop, almost without calls, for what most messages are: a known name, plain words, time that runs
        # forward. Each line in it was measured (benchmarks/whatsapp.py); whatever is rare goes to _nearly or _begin.
        file, moments = self._file.id, self._moments[style]
        days, minutes, rests, precision = moments.sure_days, moments.sure_minutes, moments.sure_rests, moments.precision
        simple, batch = self._simple, self._batch
        ends: list[int] = []
        number, previous = self._number, self._previous
        known_moment = known_core = known_rest = None
        date = b""
        day = clock = tail = None
        flags, doubts = ZONE_UNKNOWN, doubts_in(ZONE_UNKNOWN)
        counted, late = number, False
        end = start
        takes = iter(parts[1:-4])
        for moment, rest, name, text in zip(takes, takes, takes, takes, strict=True):
            if rest != known_rest or moment != known_moment:
                if moment != known_moment:
                    known_moment = moment
                    core = moment[3:] if moment[0] == _FIRST_OF_MARK else moment
                    if core != known_core:
                        known_core = core
                        clock = minutes.get(core[len(date) :]) if core.startswith(date) else None
                        if clock is None:
                            date = moments.date_in(core)
                            clock, day = minutes.get(core[len(date) :]), days.get(date)
                        if day is not None and clock is not None:
                            raw, base = day[0] + clock[0], day[1] + clock[1]
                if rest != known_rest:
                    known_rest, tail = rest, rests.get(rest)
                lead = len(moment) + len(rest) + 1
                if day is not None and clock is not None and tail is not None and flags == ZONE_UNKNOWN:
                    local = base + tail[1]
                    sent = Instant(raw + tail[0], _LOCAL, precision, None, local - EAST_MOST, local + WEST_MOST, local)
                else:
                    self._doubts[flags] += number - counted
                    time = core[len(date) :]
                    sent, flags = moments.read(date, time + rest)
                    moments.learn(time, rest)
                    doubts, counted = doubts_in(flags), number
                    local = previous if sent.local is None else sent.local
                    known_moment = known_core = known_rest = None  # what was learnt is looked up for the next
                    day = days.get(date)
                late = local < previous
            start = end
            end = start + lead + len(name) + len(text)
            body = text[:-1] if returns and text and text[-1] == _RETURN else text
            member = simple.get(name)
            if (
                member is not None
                and not late
                and body
                and (_NEWLINE not in body or (HEADER.search(body) is None and is_plain(body)))
                and (_COLON not in body or (body.find(b": ") < 0 and body.find(b"://") < 0))
                and (_MARK not in body or body.find(LEFT_TO_RIGHT) < 0)
                and body[-1] not in ENDS
                and body not in PHRASES
            ):
                try:
                    batch.append(
                        Message(number + 1, _TEXT, member.name, body.decode(), sent, Span(file, start, end), doubts)
                    )
                except UnicodeDecodeError:
                    pass
                else:
                    number += 1
                    member.messages += 1
                    ends.append(end)
                    previous = local
                    continue
            self._number, self._previous = number, previous
            kind = None if late else self._nearly(start, end, member, body, (sent, flags), whole=not name)
            if kind is not None and kind is not _SYSTEM:
                ends.append(end)
            else:
                self._marks.mark_messages(ends)
                ends.clear()
                if kind is None:
                    self._begin(start, style, self._header(moment, rest, name), text)
                    self._finish(end)
                else:
                    self._marks.mark(SegmentKind.EVENT, end)
            counted += self._number - number
            number, previous, late = self._number, self._previous, False
        self._doubts[flags] += number - counted
        self._number, self._previous = number, previous
        self._marks.mark_messages(ends)
        return end

    def _header(self, moment: bytes, rest: bytes, name: bytes) -> tuple[bytes, bytes, bytes | None]:
        """What the quick pattern gave, as date, time and name."""
        date = Moments.date_in(moment)
        return date, moment[len(date) :] + rest, name[:-2] if name else None

    def _nearly(
        self, start: int, end: int, member: Member | None, body: bytes, when: tuple[Instant, int], *, whole: bool
    ) -> Kind | None:
        """One message that is not plain words but has nothing else unusual. None: it has, and nothing was done.

        ``whole``: the line has no name. The caller accounts for its bytes.
        """
        if (
            (member is None and not whole)
            or not body
            or (_COLON in body and (body.find(b": ") >= 0 or whole))
            or (_NEWLINE in body and HEADER.search(body) is not None)
        ):
            return None
        try:
            words = body.decode()
        except UnicodeDecodeError:
            return None
        found = PHRASES.get(body) if member is not None else describe_platform_line(words, self._language)
        if found is None:
            found = describe(words, self._language)
        sent, flags = when
        if sent.local is not None:
            self._previous = sent.local
        self._number += 1
        name = None
        if member is not None:
            member.messages += 1
            name = member.name
        self._tell(self._number, name, words, sent, Span(self._file.id, start, end), flags, found)
        return found.kind

    def _begin(self, start: int, style: Style, header: tuple[bytes, bytes, bytes | None], text: bytes) -> int:
        """A message begins at ``start``. Gives how many more began in its text."""
        date, time, name = header
        self._pending = _Pending(start, style, date, time, name)
        return self._add(text, start + len(date) + len(time) + (0 if name is None else len(name) + 2))

    def _add(self, text: bytes, place: int) -> int:
        """Text that goes on, at ``place``, and may hold headers the quick pattern left alone. Gives how many."""
        cut = found = 0
        for header in HEADER.finditer(text):
            style = style_of(header)
            if style not in self._styles:
                if self._pending is not None:
                    self._pending.flags |= HEADER_SUSPECT
                continue
            self._hold(text[cut : header.start()])
            start = place + header.start() + 1
            self._finish(start)
            day = header["lead"] + header["date"]
            name = NAME.match(text, header.end())
            cut = name.end() if name else header.end()
            self._pending = _Pending(start, style, day, header["moment"][len(day) :], name[1] if name else None)
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
            self._emit(pending, end, b"".join(pending.pieces))

    def _end(self, end: int) -> None:
        """The file ends. Empty lines after the last message are nobody's; half a character is nobody's either."""
        pending = self._pending
        if pending is None or pending.size > LONGEST_MESSAGE:
            self._finish(end)
            return
        self._pending = None
        text = b"".join(pending.pieces)
        torn = 0 if self._guessed else torn_end(text)
        if torn:
            pending.flags |= TRUNCATED_FILE
            text = text[:-torn]
        lines = len(text) - len(text.rstrip(b"\r\n"))
        own = len(text) - lines + (_line_end(text[len(text) - lines :]))
        over = len(text) - own
        self._emit(pending, end - torn - over, text[:own].removesuffix(b"\n"))
        self._marks.mark(SegmentKind.BLANK, end - torn)
        if torn:
            self._marks.fail(end, TORN)

    def _emit(self, pending: _Pending, end: int, text: bytes) -> None:
        """One message, read in full."""
        sent, flags = self._moments[pending.style].read(pending.date, pending.time)
        flags |= pending.flags
        if sent.local is not None:
            if sent.local < self._previous:
                flags |= OUT_OF_ORDER | (HEADER_SUSPECT if self._previous - sent.local > _BACK_A_LOT else 0)
            self._previous = sent.local
        reading = self._whose(pending.name, text.removesuffix(b"\r"))
        words, guessed = decode(reading.text)
        sender, odd = (None, False) if reading.sender is None else decode(reading.sender)
        self._guessed |= guessed or odd
        flags |= (ENCODING_GUESSED if guessed or odd else 0) | (SENDER_AMBIGUOUS if reading.open else 0)
        found = (describe_platform_line if sender is None else describe)(words, self._language)
        if sender is None and reading.open and reading.text.endswith(b":."):
            found = found._replace(kind=Kind.EMPTY, action=None)
        if sender is not None:
            member = self._members.of(sender, len(self._batch))
            member.messages += 1
            if reading.sender is not None:
                self._remember(reading.sender, member)
        self._number += 1
        span = Span(self._file.id, pending.start, end)
        self._tell(self._number, sender, words, sent, span, flags, found)
        self._marks.mark(SegmentKind.EVENT if found.kind is Kind.SYSTEM else SegmentKind.MESSAGE, end)

    def _tell(
        self, number: int, sender: str | None, words: str, sent: Instant, span: Span, flags: int, found: Described
    ) -> None:
        """A message that is more than plain words joins the batch."""
        if found.tool:
            flags |= TOOL_GENERATED_TEXT
        if found.own and sender is not None:
            self._members.is_addressed(sender)
        if found.attachments and found.attachments[0].name is not None:
            self.media_named = True
        self._doubts[flags] += 1
        self._batch.append(
            Message(
                number,
                found.kind,
                sender,
                words,
                sent,
                span,
                doubts_in(flags),
                action=found.action,
                edited_mark=found.edited,
                attachments=found.attachments,
                call=found.call,
                poll=found.poll,
            )
        )

    def _remember(self, sender: bytes, member: Member) -> None:
        """Let the quick way know a name that needs no second thought."""
        name = sender + b": "
        if name not in self._simple and self._names.unquestioned(sender):
            self._simple[name] = member

    def _whose(self, name: bytes | None, text: bytes) -> Reading:
        if name is not None:
            return self._names.resolve(name, text)
        alone = _NAME_ALONE.match(text)
        if alone is None:
            return Reading(None, text, open=False)
        if alone[2].startswith(b"."):
            # Open, not a sender: "NAME:." is no header of the grammar, and a platform line may end so.
            return Reading(None, text, open=True)
        return Reading(alone[1], text[alone.end(1) + 1 :], open=not self._names.known(alone[1]))


def _line_end(lines: bytes) -> int:
    """Bytes of the first line end of some."""
    if lines.startswith(b"\r\n"):
        return 2
    return 1 if lines else 0
