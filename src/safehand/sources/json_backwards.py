"""Elements in reverse: for files that are written newest first.

    spans = Spans()
    for event in scan(file, ledger, patterns):          pass 1: every byte accounted for, where each element stands
        if isinstance(event, Elements): spans.add(event)
    for rows in read_backwards(file, spans):            pass 2: the last element first
        for start, end, raw, value in rows: ...

Sixteen bytes are kept for an element; pass 2 holds one window of the file at a time. Elements that were refused in
pass 1 are left out by adding only those wanted: ``spans.add_one``.

The bytes alone, from either end, for a form whose direction only its times tell: places.read_again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import orjson

from safehand.sources.contract import WINDOW, SourceFile
from safehand.sources.json_elements import NOTHING, value_of
from safehand.sources.places import Spans, changed, read_again

Row: TypeAlias = tuple[int, int, bytes, Any]
"""Start, end, bytes, value."""


def read_backwards(
    file: SourceFile,
    spans: Spans,
    *,
    window: int = WINDOW,
    decode: Callable[[bytes], Any] = orjson.loads,
) -> Iterator[list[Row]]:
    """The elements of ``spans``, last first. CannotRead when the file is no longer what pass 1 saw."""
    for pieces in read_again(file, spans, window=window, reverse=True):
        rows: list[Row] = []
        for start, end, raw in pieces:
            value = value_of(raw, decode)
            if value is NOTHING:
                raise changed(file)
            rows.append((start, end, raw, value))
        yield rows
