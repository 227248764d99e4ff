"""What a scan of JSON told, in one value that two scans can be compared by.

told = scanned(b'{"messages": [{"n": 1}]}')
told.elements      [(14, 22, {"n": 1})]
told.unparsed      ()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from safehand.sources.accounting import FileAccount, Ledger, SegmentKind, Unparsed
from safehand.sources.contract import FileInMemory
from safehand.sources.json_windows import EACH, Broken, Closed, Elements, Field, Opened, Path, Pattern, scan

MESSAGES: tuple[Pattern, ...] = (("messages", EACH),)


@dataclass
class Scanned:
    """Everything a scan told, without where one batch ended and the next began."""

    elements: list[tuple[int, int, Any]] = field(default_factory=list)
    places: list[tuple[int, Path, int]] = field(default_factory=list)
    """Of each element: pattern, path of the array, index."""
    fields: list[Field] = field(default_factory=list)
    containers: list[Opened | Closed] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    segments: list[tuple[SegmentKind, int, int]] = field(default_factory=list)
    account: FileAccount | None = None

    @property
    def values(self) -> list[Any]:
        return [value for _, _, value in self.elements]

    @property
    def unparsed(self) -> tuple[Unparsed, ...]:
        return self.account.unparsed if self.account else ()


def scanned(data: bytes, patterns: Sequence[Pattern] = MESSAGES, window: int = 1 << 22) -> Scanned:
    """Scan ``data``, and check on the way that every byte of it stands in one segment."""
    told = Scanned()
    ledger = Ledger("f", lambda _, kind, start, end: told.segments.append((kind, start, end)))
    for event in scan(FileInMemory("f", "f", data), ledger, patterns, window=window):
        match event:
            case Elements():
                for index, (start, end, raw, value) in enumerate(event.rows()):
                    assert raw == data[start:end]
                    told.elements.append((start, end, value))
                    told.places.append((event.pattern, event.path, event.first + index))
            case Field():
                assert event.raw is None or event.raw == data[event.start : event.end]
                told.fields.append(event)
            case Broken():
                told.broken.append(event)
            case Opened() | Closed():
                told.containers.append(event)
    told.account = ledger.close(len(data))
    assert b"".join(data[start:end] for _, start, end in told.segments) == data
    assert told.account.sha256 == sha256(data).hexdigest()
    assert [(start, end) for kind, start, end in told.segments if kind is SegmentKind.MESSAGE] == [
        (start, end) for start, end, _ in told.elements
    ]
    return told
