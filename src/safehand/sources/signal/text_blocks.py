r"""signal-export's text cut into blocks: a header and all that stands before the next.

    [2024-01-15 10:30:00] Ada: hello  ⏎⏎[2024-01-15 10:31:00] Me: hi  ⏎⏎
    └──────────── block A ─────────────┘└──────────── block B ──────────┘

A file keeps to one style of header, the one of its first line: with seconds, or with a comma and none. A line in the
other style is somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from safehand.sources.accounting import Ledger
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW

CHUNK: Final = 128 << 10
"""Bytes read at a time, if the window allows."""

_ANY: Final = re.compile(rb"\[\d{4}-\d\d-\d\d(,?) \d\d:\d\d(:\d\d)?\] ")
_LONGEST_HEADER: Final = 32
_STYLES: Final = {
    (comma, seconds): re.compile(rb"\n\[(\d{4}-\d\d-\d\d" + comma + rb" \d\d:\d\d" + seconds + rb")\] ")
    for comma in (b"", b",")
    for seconds in (b"", rb":\d\d")
}
_USUAL: Final = (b"", rb":\d\d")
AROUND: Final = len(b"[] ")
"""Bytes of a header around its date."""


class Blocks(NamedTuple):
    """Blocks in a row. ``start`` is where the first begins; what comes before it belongs to no block."""

    start: int
    parts: list[bytes]
    """Date, body, date, body …, without the brackets and the blank of the header, and without the line break before
    the next. After the last of the file there is none that would not stand in the body."""
    end: int
    """Where the last ends."""
    last: bool
    """The file ends with them."""


def style_of(head: bytes) -> re.Pattern[bytes]:
    """What parts the blocks of a file that begins with ``head``."""
    match = _ANY.match(head)
    return _STYLES[_USUAL if match is None else (match[1], rb":\d\d" if match[2] else b"")]


def blocks(stream: BinaryIO, ledger: Ledger, window: int, bom: int, style: re.Pattern[bytes]) -> Iterator[Blocks]:
    """All blocks of a stream that stands after its byte order mark; every byte is fed to ``ledger``.

    A block longer than LONGEST_MESSAGE is left out: the next begins further on.
    """
    held = b"\n"  # so that a header at the very start stands behind a line break too
    start = bom - 1
    size = min(window, CHUNK)
    # A long block is read in ever longer pieces, or looking through it again would cost its square.
    while chunk := stream.read(max(size, min(len(held), WINDOW))):
        ledger.feed(chunk)
        held += chunk
        parts = style.split(held)
        end = start + len(held)
        if len(parts) > 3:
            held = b"\n[" + parts[-2] + b"] " + parts[-1]
            begin = start + len(parts[0]) + 1
            start = end - len(held)
            yield Blocks(begin, parts[1:-2], start + 1, last=False)
        elif len(held) > LONGEST_MESSAGE:
            held = held[-_LONGEST_HEADER:]
            start = end - len(held)
    parts = style.split(held)
    yield Blocks(start + len(parts[0]) + 1, parts[1:], start + len(held), last=True)
