"""Is the record whole? Every message is asked as it goes by, whatever the source; the same questions of each.

    watch = GapWatch(register_names, silence=14 * DAY)
    for event in watch.watched(reading.events()): …
    watch.found()          the gaps, in the order of the conversations
    watch.counts           {("1", GapKind.DELETED): 3, …}    all of them, the unlisted too

The watch holds a bounded number of gaps, the last instant of the conversation that is open, and of each file the
message that stands furthest in it. What a reader doubts about a conversation as a whole (``ConversationClosed.doubts``)
is told as a gap too where it means that something may be missing. A file that is cut short is told at the message
before the cut: a form that is written newest first has lost its oldest, and of many conversations it is the last that
was cut, whichever the reader said it of. What the statement says of other places is stated.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from safehand.analysis.gap import LISTED, Gap, GapKind
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant
from safehand.model.message import Kind, MediaState, Message
from safehand.model.span import Span

DAY: Final = 86_400

SILENCE: Final = 14 * DAY
"""Seconds without a message that are told unless another length is asked for: two weeks, longer than most holidays."""

_OF_MESSAGES: Final = {
    Doubt.OUT_OF_ORDER: GapKind.TIME_BACK,
    Doubt.REPLY_TARGET_MISSING: GapKind.REPLY_TO_NOTHING,
    Doubt.TEXT_FILTERED: GapKind.FILTERED,
}
"""Doubts of one message that mean that something may be missing."""

_OF_THE_WHOLE: Final = {
    Doubt.CLIPPED_AT_CAP: GapKind.AT_CAP,
    Doubt.TRUNCATED_FILE: GapKind.CUT_SHORT,
    Doubt.FILE_MISSING: GapKind.PART_MISSING,
    Doubt.COUNT_MISMATCH: GapKind.COUNT_DIFFERS,
    Doubt.ONE_SIDED: GapKind.ONE_SIDED,
}
"""Doubts about a conversation as a whole that mean it."""

_LEFT: Final = {MediaState.OMITTED: GapKind.MEDIA_LEFT_OUT, MediaState.MISSING: GapKind.MEDIA_MISSING}
"""What the source says of a file that it does not bring."""

_DELETED: Final = Kind.DELETED
"""Looking a member up on its class costs as much as two calls, and this is asked of every message."""

_PLATFORM_SPEAKS: Final = frozenset({Kind.SYSTEM, Kind.CALL})


class GapWatch:
    """Looks at the events of a reading as they go by."""

    def __init__(self, listed_names: Iterable[str] = (), silence: int = SILENCE) -> None:
        """``listed_names`` are the names of all files of the capture; ``silence`` is in seconds."""
        self.counts: Counter[tuple[str | None, GapKind]] = Counter()
        """Gaps by conversation and kind, those that are not listed too."""
        self._names = frozenset(_last_part(name) for name in listed_names)
        self._silence = silence * MICRO
        self._gaps: list[Gap] = []
        self._open: str | None = None
        self._first: Message | None = None
        self._last: Message | None = None
        self._files: tuple[str, ...] = ()
        self._spoken = False
        self._sent: Instant | None = None
        self._order: dict[str | None, int] = {None: 0}
        """Conversations in the order in which they came."""
        self._furthest: dict[str, tuple[int, Gap]] = {}
        """Of each file: where the message ends that stands last in it, and what is told if the file ends there."""
        self._file = ""
        self._far: Message | None = None
        """The same of the file and the conversation that are being read."""
        self._far_end = -1
        self._cuts: list[tuple[Gap, tuple[str, ...]]] = []

    def watched(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events, looked at."""
        for event in events:
            if type(event) is Message:
                self._message(event)
            elif isinstance(event, ConversationOpened):
                self._begin(event)
            elif isinstance(event, ConversationClosed):
                self._end(event)
            yield event
        self._settle()

    def found(self) -> tuple[Gap, ...]:
        """Every listed gap so far: conversation by conversation, each in the order of its messages."""
        return tuple(self._gaps)

    def _begin(self, opened: ConversationOpened) -> None:
        self._open = opened.id
        self._files = opened.files
        self._order.setdefault(opened.id, len(self._order))
        self._first = self._last = None
        self._sent = None
        self._spoken = False

    def _message(self, message: Message) -> None:
        self._silent_before(message)
        # Nine messages in ten have none of these; each is one comparison.
        if message.doubts:
            for doubt in message.doubts:
                kind = _OF_MESSAGES.get(doubt)
                if kind is not None:
                    self._tell(kind, message)
        if message.kind is _DELETED:
            self._tell(GapKind.DELETED, message)
        if message.edited_mark or message.edited is not None or message.revisions:
            self._tell(GapKind.EDITED, message)
        if message.attachments:
            self._attachments(message)
        if not self._spoken and message.kind not in _PLATFORM_SPEAKS:
            self._spoken = True
            if message.reply is not None or message.kind is Kind.REACTION_NOTICE:
                self._tell(GapKind.OPENS_WITH_REPLY, message)
        self._stands(message)

    def _stands(self, message: Message) -> None:
        """Where it stands: in its conversation, and in its file."""
        if self._first is None:
            self._first = message
        self._last = message
        span = message.span
        if span.file != self._file:
            self._keep_furthest()
            self._file = span.file
        if span.end > self._far_end:
            self._far, self._far_end = message, span.end

    def _keep_furthest(self) -> None:
        """The file or the conversation is another from here on."""
        far = self._far
        if far is not None and self._far_end > self._furthest.get(self._file, (-1, None))[0]:
            self._furthest[self._file] = self._far_end, Gap(GapKind.CUT_SHORT, self._open, far.number, far.span)
        self._far, self._far_end = None, -1

    def _silent_before(self, message: Message) -> None:
        sent, before = message.sent, self._sent
        if sent.utc is None and sent.local is None:
            self._sent = None  # somebody wrote in between, nobody knows when: no silence is claimed across it
            return
        self._sent = sent
        if before is None:
            return
        if sent.utc is not None and before.utc is not None:
            gap = sent.utc - before.utc
        elif sent.utc is None and before.utc is None and sent.local is not None and before.local is not None:
            gap = sent.local - before.local
        else:
            return  # two clocks that are not known to agree: no silence is claimed
        if gap >= self._silence:
            self._tell(GapKind.SILENCE, message, seconds=gap // MICRO)

    def _attachments(self, message: Message) -> None:
        for one in message.attachments:
            left = _LEFT.get(one.state)
            if left is not None:
                if one.name is None or _last_part(one.name) not in self._names:
                    self._tell(left, message)
            elif one.state is MediaState.NAMED and one.name is not None and _last_part(one.name) not in self._names:
                self._tell(GapKind.MEDIA_NOT_LISTED, message)

    def _end(self, closed: ConversationClosed) -> None:
        self._keep_furthest()
        for doubt, count in closed.doubts:
            kind = _OF_THE_WHOLE.get(doubt)
            if kind is GapKind.CUT_SHORT:
                self._cuts.append((Gap(kind, closed.id, *self._place(kind), count=count), self._files))
            elif kind is not None:
                self.keep(Gap(kind, closed.id, *self._place(kind), count=count))
        self._open = self._first = self._last = None

    def _settle(self) -> None:
        """Every file has been read: tell those that were cut short at the message before the cut."""
        for told, files in self._cuts:
            # Of several files of one conversation nothing says which was cut.
            place = self._furthest.get(files[0]) if len(files) == 1 else None
            self.keep(told if place is None else msgspec.structs.replace(place[1], count=told.count))
        if self._cuts:
            self._cuts.clear()
            self._gaps.sort(key=lambda gap: self._order.get(gap.conversation, 0))

    def _place(self, kind: GapKind) -> tuple[int | None, Span | None]:
        """Where something about the whole is looked for: at its beginning, at its end, or all over it.

        Of a conversation in several files the whole is told where it begins: a span is of one file.
        """
        first, last = self._first, self._last
        if first is None or last is None:
            return None, None
        if kind is GapKind.AT_CAP:
            return first.number, first.span
        if kind is GapKind.CUT_SHORT:
            return last.number, last.span
        if first.span.file != last.span.file:
            return None, first.span
        ends = (first.span.start, first.span.end, last.span.start, last.span.end)
        return None, Span(first.span.file, min(ends), max(ends))

    def _tell(self, kind: GapKind, message: Message, seconds: int | None = None) -> None:
        self.keep(Gap(kind, self._open, message.number, message.span, seconds))

    def keep(self, gap: Gap) -> None:
        """Count a gap, and list it if there is room. For those that follow from what was stated, too."""
        key = (gap.conversation, gap.kind)
        self.counts[key] += 1
        if self.counts[key] <= LISTED:
            self._gaps.append(gap)


def _last_part(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
