r"""imessage-exporter's text cut into blocks: a message with all that is written below it, or one event.

    May 17, 2022  5:29:42 PM⏎Me⏎Hello world⏎⏎May 17, 2022  5:31:00 PM⏎Priya⏎…
    └────────────── block A ─────────────────┘└── block B

A block begins with a date at the start of a line after an empty one, or at the start of the file, and runs to the next:
the tool ends each with an empty line. A date without an empty line before it is somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from safehand.sources.accounting import Ledger
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW
from safehand.sources.imessage.exporter_lines import DATE

CHUNK: Final = 128 << 10
"""Bytes read at a time, if the window allows."""

_HEADER: Final = {end: re.compile(end + end + rb"(" + DATE.encode() + rb")([^\r\n]*)") for end in (b"\n", b"\r\n")}

_LONGEST_HEADER: Final = 1 << 10
"""Bytes at the end of what is too long that are looked at again: the next header may have begun there."""


class Blocks(NamedTuple):
    """Blocks in a row. ``start`` is where the first begins; what comes before it belongs to no block."""

    start: int
    parts: list[bytes]
    """Date, rest of its line, body, and so on. A body begins with the end of that line. After each block stand two
    more line ends, which are in no part; only after the last of the file they are, if they stand there."""
    end: int
    """Where the last ends."""
    last: bool
    """The file ends with them."""


def blocks(stream: BinaryIO, ledger: Ledger, window: int, bom: int, line_end: bytes) -> Iterator[Blocks]:
    """All blocks of a stream that stands after its byte order mark; every byte is fed to ``ledger``.

    A block longer than LONGEST_MESSAGE is left out: the next begins further on.
    """
    split, gap = _HEADER[line_end].split, line_end * 2
    held = gap  # so that a date at the very start stands after an empty line too
    start = bom - len(gap)
    size = min(window, CHUNK)
    # A long block is read in ever longer pieces, or looking through it again would cost its square.
    while chunk := stream.read(max(size, min(len(held), WINDOW))):
        ledger.feed(chunk)
        held += chunk
        parts = split(held)
        end = start + len(held)
        if len(parts) > 4:
            held = gap + b"".join(parts[-3:])
            begin = start + len(parts[0]) + len(gap)
            start = end - len(held)
            yield Blocks(begin, parts[1:-3], start + len(gap), last=False)
        elif len(held) > LONGEST_MESSAGE:
            held = held[-_LONGEST_HEADER:]
            start = end - len(held)
    parts = split(held)
    yield Blocks(start + len(parts[0]) + len(gap), parts[1:], start + len(held), last=True)
