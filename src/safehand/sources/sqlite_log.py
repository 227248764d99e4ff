"""The log beside a database of SQLite, ``chat.db-wal``: pages that were changed and not yet written back.

    header   32 bytes: magic, version, size of a page, number, two salts, checksum
    frame    24 bytes: number of the page, pages of the database if this completes a change, salts, checksum; the page
    frame …

A frame counts when its salts are those of the header and the checksum, which runs through all frames before it, holds;
and when a frame that completes its change follows or is it (fileformat2.html, 4.1). What counts is newer than the page
in the database, and of two frames of one page the later. Behind the last such frame stand older ones, from before the
log was begun anew, or a change that was never completed, whose checksums SQLite writes last of all.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO, Final

HEADER: Final = 32
FRAME: Final = 24
_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}
_VERSION: Final = 3007000
_MASK: Final = 0xFFFFFFFF


@dataclass(slots=True)
class Log:
    """What a log holds. An empty one, or one that is none, holds nothing."""

    page_size: int = 0
    pages: dict[int, int] = field(default_factory=dict)
    """By number of the page: where its newest content stands in the log."""
    count: int = 0
    """Pages of the database as of the log; 0 where the log says nothing."""
    complete: int = 0
    """Where the last frame ends that counts."""
    is_log: bool = False


def read_log(stream: BinaryIO, page_size: int) -> Log:
    """The log in ``stream``, of a database with pages of ``page_size`` bytes."""
    head = stream.read(HEADER)
    if len(head) < HEADER:
        return Log()
    magic, version, size, _, one, two, first, second = struct.unpack(">8I", head)
    order = _MAGIC.get(magic)
    if order is None or version != _VERSION or size != page_size:
        return Log()
    sums = _checksum(head[:24], order, 0, 0)
    if sums != (first, second):
        return Log()
    log = Log(page_size, complete=HEADER, is_log=True)
    waiting: dict[int, int] = {}
    at = HEADER
    while True:
        frame = stream.read(FRAME + page_size)
        if len(frame) < FRAME + page_size:
            return log
        number, count, salt_one, salt_two, first, second = struct.unpack_from(">6I", frame)
        if (salt_one, salt_two) != (one, two) or number == 0:
            return log
        sums = _checksum(frame[:8], order, *sums)
        sums = _checksum(frame[FRAME:], order, *sums)
        if sums != (first, second):
            return log
        waiting[number] = at + FRAME
        at += len(frame)
        if count:
            log.pages.update(waiting)
            waiting.clear()
            log.count, log.complete = count, at


def _checksum(data: bytes, order: str, one: int, two: int) -> tuple[int, int]:
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & _MASK
        two = (two + odd + one) & _MASK
    return one, two
