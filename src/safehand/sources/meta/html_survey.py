"""The first walk over a page of Meta's: where its messages stand, which way their times run, and what the head says.

    <title>Priya</title> … <h1>Priya</h1> … <main> <div …>Participants: Priya and Tom</div> <div … _a6-g …> … newest …

Pages are written newest first and told oldest first, as the JSON is: so each is walked twice, and what is kept of a
message between the two is where it stands. What stands before the messages is kept as text: who takes part, who asked
for the download and when, that the thread is a request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import HEAD, ReadingDesk, SourceFile
from safehand.sources.html_blocks import Block, Element
from safehand.sources.html_tokens import plain
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks
from safehand.sources.local_time import local_micros
from safehand.sources.meta.html_layout import BARE_OPENING, HAS_PARTS, PARTICIPANTS, opening_of
from safehand.sources.meta.html_message import information_of
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.meta.survey import Survey

_TIME: Final = re.compile(
    rb' class="(?:[^"<>]* )?(?:_a6-o|_2lem|_a72d)(?: [^"<>]*)?"[^<>]*>\s*(?:<(?:a|div)[^<>]*>\s*){0,3}([^<>]{6,80})<'
)
_LAST_WORDS: Final = re.compile(rb">\s*([^<>]{6,80}?)\s*</[a-z]+>\s*(?:</[a-z0-9]+>\s*)*\Z")

_MOMENT: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)Z", re.ASCII)

_MOST_LINES: Final = 64
"""Lines of a head that are kept. The list of members is one."""
_LONGEST_LINE: Final = 16_384
_ALL: Final = 64
_EVERY: Final = 64
"""Messages of which each is looked at in the beginning, and then one of so many."""
_TITLES: Final = ((None, "h1"), ("_a70e", None), ("_3b0d", None), (None, "title"))
"""Where the name of a thread stands, the surest first: class and name of the element."""


class Samples:
    """Which messages of a thread are looked at to tell which way its times run: by their number, and the last one.

    So it is the same ones however much is read at a time.
    """

    __slots__ = ("_count", "_last")

    def __init__(self) -> None:
        self._count = 0
        self._last: bytes | None = None

    def take(self, raws: Sequence[bytes], look: Callable[[bytes], None]) -> None:
        """The next messages."""
        first, self._count = self._count, self._count + len(raws)
        if first < _ALL:
            wanted: Iterable[int] = range(len(raws))
        else:
            wanted = range(-first % _EVERY, len(raws), _EVERY)
        self._last = raws[-1] if raws else self._last
        for index in wanted:
            if first + index < _ALL or not (first + index) % _EVERY:
                look(raws[index])
                if first + index == self._count - 1:
                    self._last = None

    def end(self, look: Callable[[bytes], None]) -> None:
        """There are no more."""
        if self._last is not None:
            look(self._last)


@dataclass(slots=True)
class Page:
    """One page, once walked."""

    survey: Survey
    is_bare: bool
    title: str | None = None
    title_span: Span | None = None
    lines: list[str] = field(default_factory=list)
    """What stands before the messages, without the title."""
    members_span: Span | None = None
    head_offset: int | None = None
    """Minutes that the clock of the head is ahead of UTC, where the head gives one moment by both."""
    samples: Samples = field(default_factory=Samples)
    has_begun: bool = False
    """A message was seen."""
    is_cut: bool = False
    skipped: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        """Who takes part, where the page says so in English: ``Participants: Priya, Tom and Zoë``."""
        for line in self.lines:
            if line.startswith(PARTICIPANTS):
                *most, last = line.removeprefix(PARTICIPANTS).strip().split(", ")
                before, _, after = last.rpartition(" and ")
                return tuple(name for name in (*most, before, after) if name)
        return ()


def survey_page(file: SourceFile, number: int | None, desk: ReadingDesk, times: PageTimes) -> Page:
    """Walk ``file`` from the front and account for every byte of it."""
    with file.open() as stream:
        opening = opening_of(stream.read(HEAD))
    page = Page(Survey(file, number), opening is BARE_OPENING)
    for event in scan_blocks(file, desk.ledger(file), opening, window=desk.options.window):
        match event:
            case Head(start=start, raw=bytes(raw)):
                _head(page, start, raw, times)
            case Blocks():
                _take(page, event, times)
            case Skipped():
                page.skipped += 1
            case End(truncated=truncated):
                page.is_cut = truncated
                page.samples.end(lambda raw: page.survey.see(_time_of(page, raw, times)))
            case _:
                pass
    return page


def _take(page: Page, batch: Blocks, times: PageTimes) -> None:
    told: set[int] = set()
    if not page.is_bare:
        for index, raw in enumerate(batch.raws):
            if HAS_PARTS.search(raw) is not None or _is_message(page, batch, index):
                page.has_begun = True
            else:
                told.add(index)
    spans = page.survey.spans
    if told:
        for index, (start, end) in enumerate(zip(batch.starts, batch.ends, strict=True)):
            if index not in told:
                spans.add_one(start, end)
    else:
        spans.add(batch)
    raws = [raw for index, raw in enumerate(batch.raws) if index not in told] if told else batch.raws
    page.samples.take(raws, lambda raw: page.survey.see(_time_of(page, raw, times)))


def _is_message(page: Page, batch: Blocks, index: int) -> bool:
    """Of a block in which no part of a message stands: whether it is one, cut off; what it is else is accounted for."""
    raw = batch.raws[index]
    words = information_of(raw)
    if words is None:
        return True
    if not words:
        batch.tell(index, SegmentKind.STRUCTURE)
        return False
    # A name alone, behind the first message or without an end, is what damage left of one.
    is_left = page.has_begun or index in batch.unclosed
    if not words.startswith(PARTICIPANTS) and is_left and b"_4t5o" not in raw:
        return True
    batch.tell(index, SegmentKind.METADATA)
    if words.startswith(PARTICIPANTS) and page.members_span is None:
        page.members_span = Span(page.survey.file.id, batch.starts[index], batch.ends[index])
    _keep(page, words)
    return False


def _time_of(page: Page, raw: bytes, times: PageTimes) -> int | None:
    found = (_LAST_WORDS if page.is_bare else _TIME).search(raw)
    return None if found is None else times.read(plain(found[1])[0].strip()).order


def _head(page: Page, start: int, raw: bytes, times: PageTimes) -> None:
    """What stands before the first block."""
    block = Block(raw)
    for moment in block.find_all(name="time"):
        utc = _MOMENT.fullmatch(moment.tag.attributes.get("datetime", ""))
        shown = times.read(moment.peek()).instant.local
        if utc is not None and shown is not None:
            page.head_offset = _minutes(utc, shown)
    title = _title(block)
    if title is not None:
        page.title = title.text()
        starts = _starts(block)
        at, end = starts[title.index], starts[min(title.end + 1, len(starts) - 1)]
        page.title_span = Span(page.survey.file.id, start + at, start + end)
    for name in ("style", "script"):
        for hidden in block.find_all(name=name):
            hidden.pass_over()
    for where, words in block.unread():
        if "@" not in where and words and words != page.title and not words.startswith("<!"):
            if words.startswith(PARTICIPANTS) and page.members_span is None:
                page.members_span = Span(page.survey.file.id, start, start + len(raw))
            _keep(page, words)


def _minutes(utc: re.Match[str], shown: int) -> int | None:
    """How far ``shown`` is ahead, if that is what a zone can be."""
    try:
        moment = local_micros(*map(int, utc.groups()))
    except ValueError:
        return None
    minutes, rest = divmod(shown - moment, 60 * MICRO)
    return minutes if not rest and -WEST_MOST <= shown - moment <= EAST_MOST else None


def _title(block: Block) -> Element | None:
    for class_, name in _TITLES:
        found = block.find(class_, name)
        if found is not None and (words := found.peek()) and not words.startswith(PARTICIPANTS):
            return found
    return None


def _starts(block: Block) -> list[int]:
    """The place of each tag."""
    places, at = [], len(block.lead)
    for tag, text in zip(block.tags, block.texts, strict=True):
        places.append(at)
        at += len(tag.raw) + len(text)
    return [*places, at]


def _keep(page: Page, words: str) -> None:
    if len(page.lines) < _MOST_LINES:
        page.lines.append(words[:_LONGEST_LINE])
