r"""sigtop's text cut into messages: a heading, and then blocks that an empty line parts.

    Conversation: Ada (+447700900123)⏎⏎From: Ada (+447700900123)⏎Type: incoming⏎Sent: …⏎…⏎⏎From: You⏎Type: outgoing⏎…

A block begins behind an empty line with ``From:`` and ``Type:``, or with ``Type:`` alone where the platform speaks, and
a time below it. All of this can be typed by a person, too: the form has no way to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from safehand.sources.accounting import Ledger
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW

CHUNK: Final = 128 << 10
"""Bytes read at a time, if the window allows."""

GAP: Final = b"\n\n"
_HEADER: Final = re.compile(rb"\n\n(?=(?:From: [^\n]{1,1024}\n)?Type: [a-z][a-z0-9-]{0,60}\n(?:Sent|Received): )")
_LONGEST_HEADER: Final = 1 << 11
"""Bytes at the end of what was read that may be the beginning of a header whose rest is still to come."""


class Blocks(NamedTuple):
    """Blocks in a row, without the two line breaks behind each."""

    start: int
    """Where the first begins."""
    parts: list[bytes]
    last: bool
    """The file ends with them: behind the last of them no line breaks are taken off."""


def blocks(stream: BinaryIO, ledger: Ledger, window: int, bom: int) -> Iterator[Blocks]:
    """All blocks of a stream that stands after its byte order mark, the heading (or nothing) the first of them.

    Every byte is fed to ``ledger``. Of a block longer than LONGEST_MESSAGE only the end is handed over.
    """
    held = b""
    start = bom
    size = min(window, CHUNK)
    looked = 0
    # A long block is read in ever longer pieces, or looking through it again would cost its square.
    while chunk := stream.read(max(size, min(len(held), WINDOW))):
        ledger.feed(chunk)
        held += chunk
        parts = _split(held, looked)
        if len(parts) > 1:
            held = parts.pop()
            yield Blocks(start, parts, last=False)
            start += sum(map(len, parts)) + len(GAP) * len(parts)
        elif len(held) > LONGEST_MESSAGE:
            start += len(held) - _LONGEST_HEADER
            held = held[-_LONGEST_HEADER:]
        looked = max(0, len(held) - _LONGEST_HEADER)
    yield Blocks(start, [held], last=True)


def _split(held: bytes, looked: int) -> list[bytes]:
    """Parts of ``held``; nothing before ``looked`` begins a block."""
    if not looked:
        return _HEADER.split(held)
    first, *others = _HEADER.split(held[looked:])
    return [held[:looked] + first, *others]
