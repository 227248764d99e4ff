"""Whose file is this? Every source of the table is asked, and the more certain claim stands.

    recognised = recognise(capture)
    recognised.claims       WhatsApp: _chat.txt, "every line starts as WhatsApp for iPhone writes it"
    recognised.known        Snapchat: chat_history.json, known and not read by this version
    recognised.unknown      notes.md

A file is read by one source alone. Where two claim it, the more certain wins, then the one that stands first in the
table; the other is asked again about what is left. A form we know and do not read (known.py) is a claim like the
others, except that a reader's claim of the same certainty goes before it.

Only the first 64 KiB of each file are looked at (contract.HEAD), a few files at a time.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from safehand.errors import ArchiveRefused, CannotRead, KnownButNotRead, NotRecognised
from safehand.sources import SOURCES
from safehand.sources.contract import HEAD, Capture, Certainty, Claim, Probe, Source, SourceFile
from safehand.sources.known import MARKS, NAMES, NOT_TEXT, READ_NOT, TABLE, TABLE_UTF16, Mark, NameMark
from safehand.sources.table.shape import is_table

_HEADS_HELD: Final = 256
"""Heads of files held in memory at a time: 16 MiB, so that an export of ten thousand small files needs no more."""

_RANK: Final = {Certainty.CERTAIN: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2}


@dataclass(frozen=True, slots=True)
class Known:
    """A file of a form we know and do not read."""

    file: SourceFile
    mark: Mark

    @property
    def reason(self) -> str:
        """Why its bytes stand unparsed in the account."""
        if self.mark.why != READ_NOT:
            return f"{self.mark.platform}: {self.mark.what}, and {self.mark.why}"
        return f"{self.mark.platform}: {self.mark.what}, which this version does not read"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that was not opened and is known by its name."""

    name: str
    mark: NameMark


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a capture holds, each file once: claimed, known, or unknown; and what is known of those not opened."""

    claims: tuple[Claim, ...]
    known: tuple[Known, ...]
    unknown: tuple[SourceFile, ...]
    listed: tuple[Listed, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """All of it in plain words, without a name or a handle."""
        titles = {source.id: source.title for source in SOURCES}
        said = [
            f"{titles.get(claim.source, claim.source)}: {_files(len(claim.files))} will be read. {_sentence(claim.why)}"
            for claim in self.claims
        ]
        return (*said, *self.sentences_not_read())

    def sentences_not_read(self) -> tuple[str, ...]:
        """Those of them that say what will not be read, and which platform it is."""
        known = Counter((one.mark.platform, one.mark.what, one.mark.why) for one in self.known)
        said = [f"{platform}: {_files(count)}, {what}: {_why(why)}." for (platform, what, why), count in known.items()]
        counted = Counter((listed.mark.platform, listed.mark.what) for listed in self.listed)
        said += [
            f"{platform}: {_files(count)} not opened. This is {what}." for (platform, what), count in counted.items()
        ]
        if self.unknown:
            said.append(f"{_files(len(self.unknown))} of no form that this version knows.")
        return tuple(said)


def recognise(capture: Capture, sources: Sequence[Source] | None = None) -> Recognised:
    """Ask every source of the table (or ``sources``) whose the files of ``capture`` are."""
    table = SOURCES if sources is None else tuple(sources)
    probes = _Probes(capture.files)
    place = {file.id: number for number, file in enumerate(capture.files)}
    marked = {probe.file.id: mark for probe in probes.all if (mark := _mark_of(probe)) is not None}
    taken: set[str] = set()
    claims: list[Claim] = []
    waiting: list[tuple[int, int, int, int, Claim]] = []
    count = itertools.count()  # so that two claims are never compared themselves

    def ask(order: int, probes: tuple[Probe, ...]) -> None:
        for claim in table[order].claim(probes):
            rank = _RANK[claim.certainty]
            heapq.heappush(waiting, (rank, order, place[claim.files[0].id], next(count), claim))

    for order in range(len(table)):
        ask(order, probes.all)
    while waiting:
        _, order, _, _, claim = heapq.heappop(waiting)
        contested = {file.id for file in claim.files if file.id in taken or _is_marked(marked.get(file.id), claim)}
        if not contested:
            taken |= {file.id for file in claim.files}
            claims.append(claim)
        elif left := [file for file in claim.files if file.id not in contested]:
            ask(order, probes.of(left))  # fewer files each time, so this ends
    claims.sort(key=lambda claim: place[claim.files[0].id])
    free = [file for file in capture.files if file.id not in taken]
    return Recognised(
        claims=tuple(claims),
        known=tuple(Known(file, marked[file.id]) for file in free if file.id in marked),
        unknown=tuple(file for file in free if file.id not in marked),
        listed=tuple(
            Listed(one.name, mark) for one in capture.register for mark in NAMES if mark.name.search(one.name)
        ),
    )


def require_readable(capture: Capture, recognised: Recognised) -> None:
    """Raise when nothing at all can be read, saying what it is instead and what a person may do."""
    if recognised.claims:
        return
    if recognised.known:
        first = recognised.known[0]
        others = sorted({known.mark.platform for known in recognised.known} - {first.mark.platform})
        also = f" There are also files of {', '.join(others)}." if others else ""
        raise KnownButNotRead(
            f"This is {_called(first.mark)}, and {first.mark.why}.{also}",
            where=first.file.id,
            todo=first.mark.todo,
        )
    if recognised.listed:
        mark = recognised.listed[0].mark
        raise KnownButNotRead(f"This is {mark.what}, and it is not opened.", todo=mark.todo)
    for one in capture.register:
        if one.refused is not None:
            if one.container is None:
                raise CannotRead(one.refused, where=one.name)
            raise ArchiveRefused(f"No text in it can be read. {one.refused}", where=one.container)
    _require_text(capture)
    files = capture.files
    raise NotRecognised(
        "It is no export of a conversation that this version knows."
        if len(files) == 1
        else f"None of the {len(files)} files is an export of a conversation that this version knows.",
        where=files[0].id,
        todo=f"Safehand reads {_titles()}. Hand over the file as the app made it, not a copy of its text.",
    )


def _require_text(capture: Capture) -> None:
    if any(file.size for file in capture.files):
        return
    if capture.files:
        empty = {file.id for file in capture.files}
        broken = next((note for note in capture.notes if note.file in empty and note.doubt is not None), None)
        if broken is not None:  # nothing came out of it, which is not the same as nothing being in it
            raise CannotRead(
                f"No text in it can be read. {broken.words}",
                where=broken.file,
                todo="Copy the file again from where it came from, or export the chat again.",
            )
        raise NotRecognised(
            "The file is empty.", where=capture.files[0].id, todo="Export it again and look at its size first."
        )
    types = Counter(one.type for one in capture.register)
    if not types:
        raise NotRecognised("There is no file in it.", todo=f"Safehand reads {_titles()}.")
    what, todo = NOT_TEXT.get(types.most_common(1)[0][0], ("files of other kinds", f"Safehand reads {_titles()}."))
    raise NotRecognised(f"There is no text in it, only {what}. They were not opened.", todo=todo)


def _why(why: str) -> str:
    return "known to this version and not read by it" if why == READ_NOT else why


def _titles() -> str:
    return ", ".join(source.title for source in SOURCES if not source.desk_only)


def _called(mark: Mark) -> str:
    return mark.what if mark.platform.casefold() in mark.what.casefold() else f"{mark.what} ({mark.platform})"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _mark_of(probe: Probe) -> Mark | None:
    head = probe.head
    found = next((mark for mark in MARKS if mark.meets(probe.file.name, head)), None)
    if found is None and TABLE_UTF16.meets(probe.file.name, head):
        return TABLE_UTF16
    return TABLE if found is None and is_table(probe.file.name, head) else found


def _is_marked(mark: Mark | None, claim: Claim) -> bool:
    """Whether a form we do not read is more certain than ``claim``."""
    return mark is not None and _RANK[mark.certainty] < _RANK[claim.certainty]


class _LateProbe(Probe):
    """A probe that reads its head when somebody looks at it: ten thousand heads at once would be 640 MB."""

    __slots__ = ("_read",)

    def __init__(self, file: SourceFile, read: Callable[[], bytes]) -> None:
        object.__setattr__(self, "file", file)
        object.__setattr__(self, "_read", read)

    @property
    def head(self) -> bytes:
        read: Callable[[], bytes] = object.__getattribute__(self, "_read")
        return read()


class _Probes:
    def __init__(self, files: tuple[SourceFile, ...]) -> None:
        head = lru_cache(_HEADS_HELD)(lambda number: _head(files[number]))
        self.all: tuple[Probe, ...] = tuple(
            _LateProbe(file, partial(head, number)) for number, file in enumerate(files)
        )
        self._by_id = {probe.file.id: probe for probe in self.all}

    def of(self, files: Sequence[SourceFile]) -> tuple[Probe, ...]:
        return tuple(self._by_id[file.id] for file in files)


def _head(file: SourceFile) -> bytes:
    try:
        with file.open() as stream:
            return stream.read(HEAD)
    except OSError as error:
        raise CannotRead(
            "It could not be opened.", where=file.id, todo="Check that it is still there, and that it may be read."
        ) from error
