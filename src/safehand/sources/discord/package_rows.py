"""A channel of Discord's package as a table, as it was until about 2024.

    ID,Timestamp,Contents,Attachments
    897870239797215243,2021-10-13 15:35:46.614000+00:00,"my only 10/10, so far",

The same as in JSON (package_message.py), but that the time has its offset and its microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.discord.csv_table import Places, Row, Table, as_extra
from safehand.sources.discord.package_message import Teller, files_of, kind_of, number_of, stamp_of_id
from safehand.sources.thread import Thread

NAMES: Final = ("ID", "Timestamp", "Contents", "Attachments")
_KEPT: Final = NAMES[:3]


class PackageTable:
    """messages.csv of one channel."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file.id
        self._table = Table(file, NAMES, _KEPT)

    def survey(self, desk: ReadingDesk) -> None:
        """Pass 1."""
        self._table.survey(desk, _is_message, _stamp)

    def messages(self, teller: Teller, window: int) -> Iterator[Sequence[Message]]:
        """Pass 2."""
        for rows in self._table.rows(window):
            yield [_message(row, self._table.places, self._file, teller) for row in rows]

    def tell(self, thread: Thread) -> Iterator[str]:
        """What could not be read."""
        return self._table.tell(thread)


def _message(row: Row, places: Places, file: str, teller: Teller) -> Message:
    fields = row.fields
    native, text = places.value(fields, "ID"), places.value(fields, "Contents")
    number = number_of(native)
    sent, doubts = teller.sent(places.value(fields, "Timestamp"), number)
    kept = places.left(fields)
    if row.doubts:
        doubts = (*row.doubts, *doubts)
    if teller.repeats(number):
        doubts = (*doubts, Doubt.DUPLICATE_OF)
    span = Span(file, row.start, row.end)
    if not kept:
        return teller.count(kind_of(text, (), known=True), text or None, sent, span, doubts, native or None)
    files = files_of(kept.get("Attachments", ""))
    if kept.keys() - {"Attachments"}:
        doubts = (*doubts, Doubt.FIELD_NOT_READ)
    message = teller.count(kind_of(text, files, known=False), text or None, sent, span, doubts, native or None)
    return msgspec.structs.replace(message, attachments=files, extra=as_extra(kept))


def _is_message(places: Places, row: Sequence[str]) -> bool:
    """With an id, or a time."""
    return number_of(places.value(row, "ID")) is not None or places.value(row, "Timestamp")[:4].isdecimal()


def _stamp(places: Places, row: Sequence[str]) -> str | None:
    return stamp_of_id(number_of(places.value(row, "ID")))
