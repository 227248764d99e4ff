"""A capture in memory, read to its end, with all that the reading told; and its account of every byte, checked.

found, reading = told(in_memory({"_chat.txt": b"..."}))
check_account(found, reading, capture)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from promise_samples import NAMES, WORD
from safehand.model.conversation import Event
from safehand.model.message import Message
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Capture, FileInMemory, ReadOptions, SourceFile
from safehand.sources.reading import Reading
from table_made import stated


def in_memory(files: dict[str, bytes]) -> Capture:
    return Capture(tuple(stated(FileInMemory(name, name, data)) for name, data in files.items()))


@dataclass
class Told:
    """All that one reading told."""

    events: list[Event]
    segments: dict[str, list[tuple[SegmentKind, int, int]]] = field(default_factory=dict)

    @property
    def messages(self) -> list[Message]:
        return [event for event in self.events if isinstance(event, Message)]


def told(capture: Capture, options: ReadOptions | None = None) -> tuple[Told, Reading]:
    found = Told([])

    def sink(file: str, kind: SegmentKind, start: int, end: int) -> None:
        found.segments.setdefault(file, []).append((kind, start, end))

    reading = Reading(capture, options, sink)
    found.events.extend(reading.events())
    return found, reading


def bytes_of(file: SourceFile) -> bytes:
    with file.open() as stream:
        return stream.read()


def check_account(found: Told, reading: Reading, capture: Capture) -> None:
    for file, account in zip(capture.files, reading.accounts(), strict=True):
        data = bytes_of(file)
        assert account.bytes == file.size == len(data)
        assert account.sha256 == hashlib.sha256(data).hexdigest()
        assert sum(tally.bytes for tally in account.segments.values()) == len(data)
        segments = found.segments.get(file.id, [])
        assert b"".join(data[start:end] for _, start, end in segments) == data
        assert all(start < end for _, start, end in segments)
        counted = {
            kind: sum(1 for found_, _, _ in segments if found_ == kind) for kind in {kind for kind, _, _ in segments}
        }
        assert {kind: tally.count for kind, tally in account.segments.items()} == counted
        for gap in account.unparsed:
            assert gap.reason
            assert not WORD.search(gap.reason.encode())
            assert not any(name in gap.reason for name in NAMES)
