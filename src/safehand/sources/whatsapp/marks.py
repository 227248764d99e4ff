"""Marks: what the reader found, written into the ledger in the file's own places.

A file in UTF-16 is read as UTF-8, so its places are translated here, once, for the ledger and for spans alike. A file
in UTF-8 passes straight through.
"""

from __future__ import annotations

import msgspec

from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.whatsapp.regions import Encoding, Places


class Marks:
    """The ledger of one file, spoken to in places of its UTF-8 text."""

    def __init__(self, ledger: Ledger, encoding: Encoding) -> None:
        self.places = Places(encoding) if encoding.codec else None
        self._ledger = ledger
        self._known = {0: encoding.bom}
        self.encoding = encoding

    def open(self) -> None:
        """Account for the mark at the front of the file."""
        self._ledger.mark(SegmentKind.BOM, self.encoding.bom)

    def feed(self, data: bytes) -> None:
        """The next bytes of the file as it is."""
        self._ledger.feed(data)

    def mark(self, kind: SegmentKind, end: int) -> None:
        """Everything up to ``end`` is of one kind."""
        self._ledger.mark(kind, self._original(end))

    def mark_messages(self, ends: list[int]) -> None:
        """Messages, one after another."""
        if self.places is not None:
            ends = [self._original(end) for end in ends]
        self._ledger.mark_many(SegmentKind.MESSAGE, ends)

    def fail(self, end: int, reason: str) -> None:
        """Everything up to ``end`` could not be read."""
        self._ledger.fail(self._original(end), reason)

    def close(self, reason: str) -> None:
        """What was fed and belongs to no segment could not be read."""
        if self._ledger.position < self._ledger.fed:
            self._ledger.fail(self._ledger.fed, reason)

    def place(self, batch: list[Message]) -> list[Message]:
        """The messages with spans in the file as it is. Their ends have been marked."""
        if self.places is None or not batch:
            return batch
        known = self._known
        placed = [
            msgspec.structs.replace(
                message, span=Span(message.span.file, known[message.span.start], known[message.span.end])
            )
            for message in batch
        ]
        last = max(known)
        self._known = {last: known[last]}
        return placed

    def _original(self, place: int) -> int:
        if self.places is None:
            return place
        if place not in self._known:
            self._known[place] = self.places.original(place)
        return self._known[place]
