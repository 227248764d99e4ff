"""Which conversations are handed over: the holder picks, and the rest is left out, counted and ranged.

    [only]
    conversations = [2, 5]            as ``safehand read`` numbers them
    reason = "The others are with people who have nothing to do with this."

    pick(capture, Only((2, 5), "…"))  →  Picked(whole={"friends.json", …}, removed={"result.json": [Removed(48, 812)]},
                                                left_out=(LeftConversation("telegram/json", 4_811, …), …))

A whole account download holds hundreds of conversations, and nearly all of them are nobody's business here. A file
that none of the picked conversations is read from is left out whole. Of a file that several are read from, the
messages of the others are left out, a stretch for each run of them, and their titles where the source has a place for
one; and what stands beside the messages and none of those picked needs, where the reader knows it (sources/beside.py).
What else such a file says of the others stays, and with it that they were there.

This is the one place where sealing asks the readers. What they answer are places of bytes: the statement says them, and
whoever checks it needs no reader.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from safehand.errors import CannotRead, UsageError
from safehand.model.conversation import ConversationOpened
from safehand.model.instant import Instant, Precision, format_utc
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.seal.periods import Only
from safehand.seal.picked import LeftConversation, Picked
from safehand.seal.removed import Removed, Why
from safehand.sources.beside import Beside
from safehand.sources.contract import Capture, ReadOptions, SourceFile
from safehand.sources.reading import Reading
from safehand.sources.table_map import TableMap

MOST_STRETCHES: Final = 20_000
"""Stretches that may be left out of one file: the statement lists each, and is read by people too."""

_BETWEEN: Final = re.compile(rb"[\s,]*")
"""What may stand between two messages of which nothing would be left."""
_COMMA_AFTER: Final = re.compile(rb"\s*,\s*")
_COMMA_BEFORE: Final = re.compile(rb",\s*\Z")
_ELEMENT: Final = re.compile(rb"<[^<>]*>\s*([^<>\s][^<>]*?)\s*(?:</[a-zA-Z0-9]+>\s*)?")
"""A title on a page: an element with nothing but words in it, or its beginning."""
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\[{]|window\.)")
_LOOK: Final = 4096
"""Bytes beside a stretch in which a comma is looked for."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A pick, resolved: files to leave out, stretches of others, and what is said of it."""

    whole: frozenset[str]
    removed: dict[str, tuple[Removed, ...]]
    said: Picked

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out after all."""
        return not self.said.left_out and not self.whole


def pick(capture: Capture, only: Only, tables: tuple[TableMap, ...] = ()) -> Pick:
    """Read ``capture`` once and find the bytes. UsageError for a number that no conversation has."""
    wanted, beside = frozenset(map(str, only.conversations)), Beside()
    found = _Found(wanted)
    for event in Reading(capture, ReadOptions(tables=tables), beside=beside).events():
        if type(event) is Message:
            found.add(event)
        elif type(event) is ConversationOpened:
            found.open(event)
    unknown = sorted(set(only.conversations) - set(range(1, found.count + 1)))
    if unknown:
        raise UsageError(
            f"There is no conversation {', '.join(map(str, unknown))}; there are {found.count}.",
            where="only.conversations",
            todo="safehand read lists them with their numbers.",
        )
    if found.left_out:
        for span in beside.needless(wanted):
            found.leave(span)
    kept = [file for file in capture.files if file.id in found.kept]
    whole = [file for file in capture.files if file.id not in found.kept]
    removed = {file.id: _stretches(file, found.places[file.id]) for file in kept if file.id in found.places}
    return Pick(
        frozenset(file.id for file in whole),
        removed,
        Picked(
            reason=only.reason,
            conversations=len(set(only.conversations)),
            left_out=tuple(one.said() for one in found.left_out),
            files=len(whole),
            bytes=sum(file.size for file in whole),
            stretches_bytes=sum(one.end - one.start for all_ in removed.values() for one in all_),
        ),
    )


class _Left:
    """A conversation that is left out, while it goes by."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.messages = 0
        self.earliest: int | None = None
        self.latest: int | None = None

    def add(self, sent: Instant) -> None:
        self.messages += 1
        if sent.earliest is not None and (self.earliest is None or sent.earliest < self.earliest):
            self.earliest = sent.earliest
        if sent.latest is not None and (self.latest is None or sent.latest > self.latest):
            self.latest = sent.latest

    def said(self) -> LeftConversation:
        return LeftConversation(
            form=self.form, messages=self.messages, earliest=_moment(self.earliest), latest=_moment(self.latest)
        )


class _Found:
    """What passed so far."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._is_kept = False
        self.count = 0
        self.kept: set[str] = set()
        self.left_out: list[_Left] = []
        self.places: dict[str, _Places] = {}

    def open(self, opened: ConversationOpened) -> None:
        self.count += 1
        self._is_kept = opened.id in self._wanted
        if self._is_kept:
            self.kept.update(opened.files)
            return
        self.left_out.append(_Left(opened.form))
        if opened.title_span is not None:
            title = opened.title_span
            self.places.setdefault(title.file, _Places()).titles.append((title.start, title.end))

    def add(self, message: Message) -> None:
        if self._is_kept:
            self.kept.add(message.span.file)
            return
        self.left_out[-1].add(message.sent)
        self.leave(message.span)

    def leave(self, span: Span) -> None:
        """What stands here is left out."""
        places = self.places.setdefault(span.file, _Places())
        places.starts.append(span.start)
        places.ends.append(span.end)


class _Places:
    """Where messages that are left out, and what goes with them, stand in one file: sixteen bytes each."""

    __slots__ = ("ends", "starts", "titles")

    def __init__(self) -> None:
        self.starts = array("Q")
        self.ends = array("Q")
        self.titles: list[tuple[int, int]] = []

    def in_order(self) -> Iterator[tuple[int, int]]:
        starts, ends = self.starts, self.ends
        for at in sorted(range(len(starts)), key=starts.__getitem__):
            yield starts[at], ends[at]


def _stretches(file: SourceFile, places: _Places) -> tuple[Removed, ...]:
    """The runs of ``places``, with the comma that would be left over, and the titles."""
    try:
        with file.open() as stream:
            head = stream.read(_LOOK)
            is_json = _JSON.match(head) is not None
            found_at = places.in_order()
            if head.startswith(b"From "):  # a mailbox: the line that parts two letters goes with the one it begins
                found_at = (_letter(stream, start, end) for start, end in found_at)
            runs = list(_runs(file, stream, found_at))
            if is_json:
                runs = [_with_comma(stream, *run) for run in runs]
            titles = [inside for title in places.titles if (inside := _inside(stream, *title)) is not None]
    except OSError as err:
        raise CannotRead("The file could not be read to its end.", where=file.id, todo=err.strerror or "") from err
    found = sorted([*runs, *titles])
    apart: list[tuple[int, int]] = []
    for one in found:
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    return tuple(Removed(start, end, Why.EXCLUDED) for start, end in apart)


def _runs(file: SourceFile, stream: BinaryIO, places: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    count = 0
    for start, end in places:
        if run is not None and start <= run[1]:
            run = run[0], max(end, run[1])
        elif run is not None and start - run[1] <= _LOOK and _is_between(stream, run[1], start):
            run = run[0], end
        else:
            if run is not None:
                yield run
            run = start, end
            count += 1
            if count > MOST_STRETCHES:
                raise UsageError(
                    f"The messages of the others stand in more than {MOST_STRETCHES:,} places among those picked.",
                    where=file.id,
                    todo="Hand the file over whole, or export the one conversation alone.",
                )
    if run is not None:
        yield run


def _letter(stream: BinaryIO, start: int, end: int) -> tuple[int, int]:
    """A letter with the line before it, if that is one that parts letters (RFC 4155).

    Its last line break stays: the next parting line has an empty line before it.
    """
    look = min(start, _LOOK)
    stream.seek(start - look)
    before = stream.read(look)
    line = before.rfind(b"\n", 0, max(0, len(before) - 1)) + 1
    stream.seek(end - 1)
    ends_line = stream.read(1) == b"\n" and end - 1 > start
    return start - look + line if before.startswith(b"From ", line) else start, end - ends_line


def _is_between(stream: BinaryIO, start: int, end: int) -> bool:
    stream.seek(start)
    return _BETWEEN.fullmatch(stream.read(end - start)) is not None


def _with_comma(stream: BinaryIO, start: int, end: int) -> tuple[int, int]:
    """A stretch of elements with the comma after it, or before it where it is the last: then the array stays one."""
    stream.seek(end)
    after = _COMMA_AFTER.match(stream.read(_LOOK))
    if after is not None:
        return start, end + after.end()
    look = min(start, _LOOK)
    stream.seek(start - look)
    before = _COMMA_BEFORE.search(stream.read(look))
    return start if before is None else start - (look - before.start()), end


def _inside(stream: BinaryIO, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a title stand: between its quotes, or in its element."""
    stream.seek(start)
    title = stream.read(end - start)
    if len(title) > 2 and title[:1] == title[-1:] == b'"':
        return start + 1, end - 1
    words = _ELEMENT.fullmatch(title)
    return None if words is None else (start + words.start(1), start + words.end(1))


def _moment(micros: int | None) -> str | None:
    try:
        return None if micros is None else format_utc(micros, Precision.SECOND)
    except OverflowError:  # a time outside of the years that have a spelling
        return None
