"""The first pass over one file: where each message stands, which way its times run, and the thread's own fields.

    {"participants": […], "messages": [ {…}, {…}, {…} ], "title": "Allotment", "thread_path": "inbox/allotment_1"}
                                        └ spans: sixteen bytes a message

A thread is written newest first and read oldest first, so it is walked once from the front, to find and to account for
every byte, and once from the back, to read (read.py). Only the times are decoded here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.json_events import EACH, Broken, Elements, Field, Opened, Trouble
from safehand.sources.json_fields import Odd
from safehand.sources.json_windows import scan
from safehand.sources.places import Spans

_EVENTS: Final = ("Subscribe", "Unsubscribe")
"""Types of message that the platform writes: somebody was added, or left."""

_NOT_A_MESSAGE: Final = "an element that is no object, where messages stand"


class _Glimpse(msgspec.Struct, gc=False):
    """What the first pass needs of a message. Any type: what is wrong with a value is told in the second pass."""

    timestamp_ms: Any = None
    timestamp: Any = None
    type: Any = None


_decode: Final = msgspec.json.Decoder(_Glimpse).decode


@dataclass(slots=True)
class Survey:
    """One file of a thread, once surveyed. Instants are milliseconds, None where no time could be read."""

    file: SourceFile
    number: int | None
    spans: Spans = field(default_factory=Spans)
    first: int | None = None
    """The time of the first message in the file that has one."""
    last: int | None = None
    """And of the last."""
    rises: int = 0
    """How often a later sample of the file is a later time: evidence that the oldest stands first."""
    falls: int = 0
    fields: dict[str, Field] = field(default_factory=dict)
    repeated: int = 0
    """Keys of the thread that stand there twice."""
    troubles: list[Trouble] = field(default_factory=list)
    found: bool = False
    """A list of messages stands there."""
    refused: int = 0
    """Elements of that list that are no messages."""

    @property
    def is_damaged(self) -> bool:
        """Whether some of its bytes could not be read."""
        return bool(self.troubles or self.refused)

    @property
    def count(self) -> int:
        """How many messages."""
        return len(self.spans)

    @property
    def earliest(self) -> int | None:
        """The earlier of the times at its two ends."""
        return None if self.first is None or self.last is None else min(self.first, self.last)

    def see(self, stamp: object) -> None:
        """Take a sample: the time of a message further on in the file."""
        if not isinstance(stamp, int) or isinstance(stamp, bool):
            return
        if self.last is not None:
            self.rises += stamp > self.last
            self.falls += stamp < self.last
        if self.first is None:
            self.first = stamp
        self.last = stamp


def survey(file: SourceFile, number: int | None, desk: ReadingDesk) -> Survey:
    """Walk ``file`` from the front, account for every byte of it, and remember where its messages stand."""
    found = Survey(file, number)
    for event in scan(file, desk.ledger(file), [("messages", EACH)], decode=_decode, window=desk.options.window):
        match event:
            case Elements():
                _take(found, event)
            case Field(path=(str(key),)):
                found.repeated += event.repeated
                found.fields[key] = event
            case Opened(path=("messages",)):
                found.repeated += event.repeated
                found.found = True
            case Broken(trouble=trouble):
                found.troubles.append(trouble)
            case _:
                pass
    return found


def _take(found: Survey, batch: Elements) -> None:
    values = batch.values
    odd = [index for index, value in enumerate(values) if value.__class__ is not _Glimpse]
    for index in odd:
        values[index] = _glimpse(values[index])
        if values[index] is None:
            batch.refuse(index, _NOT_A_MESSAGE)
            found.refused += 1
    for index, value in enumerate(values):
        if value is not None and value.type is not None and value.type in _EVENTS:
            batch.tell(index, SegmentKind.EVENT)
    if None in values:
        for start, end, _, value in batch.rows():
            if value is not None:
                found.spans.add_one(start, end)
        values = [value for value in values if value is not None]
    else:
        found.spans.add(batch)
    # Two samples a batch are enough to tell the direction, and the ends of the file are among them.
    for value in (values[0], values[-1]) if len(values) > 1 else values:
        found.see(value.timestamp_ms if value.timestamp_ms is not None else value.timestamp)


def _glimpse(value: object) -> _Glimpse | None:
    """Of a message that only a lenient reader reads. None for what is no message."""
    if not isinstance(value, Odd) or not isinstance(value.value, dict):
        return None
    fields = value.value
    return _Glimpse(fields.get("timestamp_ms"), fields.get("timestamp"), fields.get("type"))
