r"""An HTML export of any size, block by block, in constant memory, with the exact bytes of each.

    <html> … <div class="history"> <div class="message default" id="message7"> … </div> <div class="message …

    for event in scan_blocks(file, ledger, re.compile(rb'<div class="message (?:default|service)')):
        match event:
            case Head(raw=raw): ...              what stands before the first block: title, styles, who took part
            case Blocks():                       up to BATCH blocks, in the order of the file
                for start, end, raw in event.rows(): ...
            case Skipped(trouble=trouble): ...   a block that is longer than any message: accounted for as unparsed
            case End(truncated=truncated): ...

A block begins where ``opening`` matches, outside of comments, scripts and styles, and ends where **its own element**
ends. So ``opening`` names every kind of element that a reader wants to hear of: a message, a day divider, a link to the
next page, a footer. It begins with ``<``, lies within one tag, has no backreference, and is found when it is shorter
than REACH bytes. Elements of this kind do not stand inside each other: where one does, the outer one ends there. But
what a group called ``inside`` matches begins no block: `<div class="reply">` with the message in it, a part of another.

It feeds the ledger and marks every byte. The head is ``header``; a block is ``message``, or what ``Blocks.tell`` and
``refuse`` say before the next event is asked for; what stands behind the end of a block is ``structure``, and behind
the last one ``footer``; but if a page would show something of it, it is ``unparsed``, with its reason.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.batches import Batch
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile
from safehand.sources.html_blocks import Block, closings
from safehand.sources.html_tokens import tokenize
from safehand.sources.json_lexical import Window

BATCH: Final = 128
"""Blocks told at once: enough that a call costs nothing, few enough to stay in the processor's cache."""

REACH: Final = 1024
"""Bytes within which an opening is found. What begins closer to the end of a window is looked at in the next."""

_PIECE: Final = 512 << 10
"""Bytes read at a time, if the window allows it: they stay in the processor's cache."""

_LONGEST_HIDDEN: Final = 1 << 20
"""Bytes of a comment or a script. A longer one, or one without an end, hides nothing: it is more likely damage."""

_BOM: Final = b"\xef\xbb\xbf"
_HIDDEN: Final = rb"<(?P<hidden>!--|(?i:script|style|title|textarea)(?=[ \t\r\n\f/>]))"
_HIDDEN_ENDS: Final = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        (b"!--", rb"--!?>"),
        *((name, rb"</" + name + rb"(?=[ \t\r\n\f/>])") for name in (b"script", b"style", b"title", b"textarea")),
    )
}
_UNSEEN: Final = ("script", "style")
"""Elements of which no page shows anything."""

_COMMON: Final = (b"<div", b"<section", b"<article", b"<table")
"""How elements begin whose name is the beginning of no other's."""


class Trouble(StrEnum):
    """Why bytes could not be read. The value is the sentence the account gives as the reason."""

    TOO_LONG = "one block is longer than any message"
    HEAD_TOO_LONG = "what stands before the first message is longer than any page's head"
    OUTSIDE = "something that the page shows stands outside of any message"


@dataclass(slots=True)
class Head:
    """What stands before the first block. ``raw`` is None where that is too long to hold."""

    start: int
    end: int
    raw: bytes | None
    _told: SegmentKind | str = SegmentKind.HEADER

    def refuse(self, reason: str) -> None:
        """It is no page of this form; ``reason`` quotes nothing from it."""
        self._told = reason

    def settle(self, ledger: Ledger) -> None:
        """Account for it: the scanner's part."""
        if isinstance(self._told, SegmentKind):
            ledger.mark(self._told, self.end)
        else:
            ledger.fail(self.end, self._told)


@dataclass(slots=True)
class Blocks(Batch):
    """Blocks, one after another. The lists belong together."""

    follows: bytes | None = None
    """The name of elements that belong to the block they stand behind."""
    unclosed: set[int] = field(default_factory=set)
    """Indices of those whose element has no end before the next one begins, or the file ends."""
    _outside: dict[int, bytes] = field(default_factory=dict)
    """By index: what stands behind the block, if a page would show something of it."""
    _parts: dict[int, list[tuple[int, int, SegmentKind]]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, int, bytes]]:
        """Start, end and bytes of each."""
        return zip(self.starts, self.ends, self.raws, strict=True)

    def is_followed(self, index: int) -> bool:
        """Whether something stands behind the block that a page shows."""
        return index in self._outside

    def include(self, index: int) -> bytes:
        """What stands behind the block belongs to it after all, if a page shows any of it. Its bytes, with that."""
        behind = self._outside.pop(index, b"")
        self.ends[index] += len(behind)
        self.raws[index] += behind
        return self.raws[index]

    def part(self, index: int, parts: list[tuple[int, int, SegmentKind]]) -> None:
        """A block is several: start, end and kind of each, in order. What stands between them is structure."""
        self._parts[index] = parts

    def settle(self, ledger: Ledger) -> None:
        """Account for all of them: the scanner's part."""
        if not self._outside and not self._parts:
            Batch.settle(self, ledger)
            return
        for index, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            ledger.mark(SegmentKind.STRUCTURE, start)
            told = self._told.get(index, SegmentKind.MESSAGE)
            if isinstance(told, SegmentKind):
                for first, last, kind in self._parts.get(index, [(start, end, told)]):
                    ledger.mark(SegmentKind.STRUCTURE, first)
                    ledger.mark(kind, last)
                ledger.mark(SegmentKind.STRUCTURE, end)
            else:
                ledger.fail(end, told)
            if index in self._outside:
                ledger.fail(end + len(self._outside[index]), Trouble.OUTSIDE)

    def take(self, start: int, data: bytes, *, careful: bool) -> int:
        """A block and what stands behind it: the scanner's part. The length of the block alone."""
        end = own_end_with_care(data) if careful else own_end(data)
        if end is not None and self.follows is not None:
            end = _end_of_following(data, end, self.follows)
        if end is None:
            self.unclosed.add(len(self.starts))
            end = len(data)
        elif _shows(data[end:]):
            self._outside[len(self.starts)] = data[end:]
        self.starts.append(start)
        self.ends.append(start + end)
        self.raws.append(data[:end])
        return end


@dataclass(frozen=True, slots=True)
class Skipped:
    """Bytes that were not held; they stand in the account as unparsed."""

    start: int
    end: int
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class End:
    """The file is over."""

    truncated: bool
    """The last block has no end, or the page has none."""


HtmlEvent: TypeAlias = Head | Blocks | Skipped | End


def scan_blocks(
    file: SourceFile,
    ledger: Ledger,
    opening: re.Pattern[bytes],
    *,
    window: int = WINDOW,
    follows: bytes | None = None,
) -> Iterator[HtmlEvent]:
    """Walk ``file`` once, front to back. See the module. Raises CannotRead when the file cannot be read on."""
    with file.open() as stream:
        yield from _Scan(Window(stream, ledger, min(window, _PIECE)), ledger, opening, follows).events()


def own_end(raw: bytes) -> int | None:
    """Where the element ends that ``raw`` begins with. None when it does not.

    By counting, which is exact as long as each ``<div`` is a tag: where a comment or a script may hold another, the
    caller asks ``own_end_with_care``. One inside of an attribute's quotes, where no export writes it, costs the rest of
    its block.
    """
    name = next((name for name in _COMMON if raw.startswith(name)), None)
    if name is None:
        return own_end_with_care(raw)
    closing = b"</" + name[1:]
    pieces = raw.split(closing)
    pieces.pop()
    depth = 0
    for index, opened in enumerate([piece.count(name) for piece in pieces]):
        depth += opened - 1
        if not depth:
            last = sum(map(len, pieces[: index + 1])) + index * len(closing)
            return raw.find(b">", last) + 1 or None
    return None


def own_end_with_care(raw: bytes) -> int | None:
    """The same, by reading every tag."""
    tokens = tokenize(raw)
    end = closings(tokens.tags)[0] if tokens.tags and not tokens.lead else 0
    if end >= len(tokens.tags) or tokens.tags[end].name != tokens.tags[0].name:
        return None
    return tokens.starts()[end] + len(tokens.tags[end].raw)


def _end_of_following(data: bytes, end: int, name: bytes) -> int | None:
    """Where the last of the elements called ``name`` ends that stand right behind ``end``. None when it does not."""
    opening, closing = re.compile(rb"[ \t\r\n\f]*<" + name + rb"(?=[ \t\r\n\f/>])"), b"</" + name + b">"
    while (found := opening.match(data, end)) is not None:
        after = data.find(closing, found.end())
        if after < 0:
            return None
        end = after + len(closing)
    return end


def _shows(data: bytes) -> bool:
    """Whether a page shows anything of what stands behind a block."""
    if not data or data.isspace() or data.strip() == b"</div>":
        return False
    block = Block(data)
    for name in _UNSEEN:
        for element in block.find_all(name=name):
            element.pass_over()
    return bool(block.unread())


class _Scan:
    """One walk over a file."""

    def __init__(self, window: Window, ledger: Ledger, opening: re.Pattern[bytes], follows: bytes | None) -> None:
        self._follows = follows
        self._window = window
        self._ledger = ledger
        self._pattern = re.compile(_HIDDEN + rb"|(?:" + opening.pattern + rb")", opening.flags)
        self._inside = self._pattern.groupindex.get("inside", 0)
        self._looked = 0
        """How far the data of the window was looked at."""
        self._barren: dict[bytes, int] = {}
        """By kind of what hides: up to which byte of the file no end of it stands."""
        self._hidden: deque[int] = deque()
        """Where comments and scripts begin, of those that the blocks to come may hold."""
        self._head = True
        self._is_page = False
        """It begins as a whole page does, so it has an end."""

    def events(self) -> Iterator[HtmlEvent]:
        window = self._window
        while len(window.data) < len(_BOM) and window.more():
            pass
        if window.data.startswith(_BOM):
            window.at = self._looked = len(_BOM)
            self._ledger.mark(SegmentKind.BOM, window.place)
        while True:
            cuts = self._cuts()
            if self._head and cuts:
                yield from self._end_head(cuts[0])
                yield from self._blocks(cuts)
            elif cuts:
                yield from self._blocks([window.at, *cuts])
            if window.ended:
                break
            if len(window.data) - window.at > LONGEST_MESSAGE and self._looked > window.at:
                yield from self._skip()
            held = window.at
            window.more()
            self._looked -= held - window.at
        yield from self._last()

    def _cuts(self) -> list[int]:
        """Where blocks begin in the window, as far as it can be looked at."""
        window = self._window
        data, at = window.data, self._looked
        limit = len(data) if window.ended else len(data) - REACH
        cuts: list[int] = []
        while at < limit:
            found = self._pattern.search(data, at)
            if found is None or found.start() >= limit:
                at = limit
            elif found["hidden"] is not None:
                self._hidden.append(window.base + found.start())
                end = self._hidden_end(found)
                if end is None:
                    at = found.start()
                    break
                at = end
            else:
                if found.end() - found.start() < REACH and not (self._inside and found[self._inside]):
                    cuts.append(found.start())
                at = max(found.end(), found.start() + 1)
        self._looked = max(at, self._looked)
        return cuts

    def _hidden_end(self, found: re.Match[bytes]) -> int | None:
        """Where a comment or a script ends; None when the window does not tell yet."""
        window = self._window
        name = found["hidden"].lower()
        start = found.start() + 2
        stop = start + _LONGEST_HIDDEN
        # Looked for once: a thousand beginnings without an end would else be a thousand walks to the end.
        begin = max(start, self._barren.get(name, 0) - window.base - 16)
        end = _HIDDEN_ENDS[name].search(window.data, begin, stop)
        if end is not None:
            return end.end()
        self._barren[name] = window.base + min(stop, len(window.data))
        return found.end() if window.ended or stop <= len(window.data) else None

    def _end_head(self, cut: int) -> Iterator[HtmlEvent]:
        window = self._window
        self._head = False
        raw = window.data[window.at : cut]
        self._is_page = b"<html" in raw.lower()
        head = Head(window.place, window.base + cut, raw)
        yield head
        head.settle(self._ledger)
        window.at = cut

    def _blocks(self, bounds: list[int]) -> Iterator[HtmlEvent]:
        """The blocks between ``bounds``, of which the last begins one that is not all there yet."""
        window = self._window
        data, base = window.data, window.base
        for first in range(0, len(bounds) - 1, BATCH):
            batch = Blocks(follows=self._follows)
            for start, end in pairwise(bounds[first : first + BATCH + 1]):
                batch.take(base + start, data[start:end], careful=self._hides(base + start, base + end))
            yield batch
            batch.settle(self._ledger)
        window.at = bounds[-1]

    def _hides(self, start: int, end: int) -> bool:
        """Whether something in a block may be no markup, although it looks like it."""
        while self._hidden and self._hidden[0] < start:
            self._hidden.popleft()
        return bool(self._hidden) and self._hidden[0] < end

    def _skip(self) -> Iterator[HtmlEvent]:
        """What is longer than it may be: accounted for as it passes, up to the next block."""
        window, start = self._window, self._window.place
        trouble = Trouble.HEAD_TOO_LONG if self._head else Trouble.TOO_LONG
        self._ledger.mark(SegmentKind.STRUCTURE, start)
        cuts: list[int] = []
        while not cuts:
            window.at = self._looked
            self._ledger.fail(window.place, trouble)
            if window.ended:
                break
            self._looked = 0
            window.more()
            cuts = self._cuts()
        if cuts:
            window.at, self._looked = cuts[0], cuts[0] + 1
            self._ledger.fail(window.place, trouble)
        yield Skipped(start, window.place, trouble)
        if self._head:
            self._head = False
            yield Head(start, window.place, None)

    def _last(self) -> Iterator[HtmlEvent]:
        """The last block and what stands behind it; or a page without blocks."""
        window = self._window
        rest = window.data[window.at :]
        if self._head:
            yield from self._end_head(len(window.data))
            yield End(self._is_page and b"</html" not in rest.lower())
            return
        truncated = self._is_page
        if rest:
            batch = Blocks(follows=self._follows)
            end = batch.take(window.place, rest, careful=self._hides(window.place, window.base + len(window.data)))
            yield batch
            batch.settle(self._ledger)
            self._ledger.mark(SegmentKind.FOOTER, window.base + len(window.data))
            truncated = bool(batch.unclosed) or (self._is_page and b"</html" not in rest[end:].lower())
        yield End(truncated)
