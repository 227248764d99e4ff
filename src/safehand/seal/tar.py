"""The tar inside a package: POSIX ustar, with every field fixed but name, size and time.

    header   512 bytes: name, mode 0644, owner 0, group 0, size, time, "ustar" 00, the rest NUL or zero
    data     as it is, then NULs to a multiple of 512
    …
    end      1,024 NULs, and nothing after

One list of files, one tar: whoever writes it, the bytes are the same. A size of 8 GiB or more does not fit the eleven
octal digits of ustar and stands in base 256, as GNU tar, bsdtar, 7-Zip and Python read it. The field by field table is
docs/spec/package.md, "The tar".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)

LONGEST_NAME: Final = 100
"""Bytes of a name without ustar's second name field. Ours have at most 40."""

_OCTAL_LIMIT: Final = 8**11
_NUMBER: Final = re.compile(rb"[0-7]{11}\0")
_CHECKSUM_PLACE: Final = slice(148, 156)
_MAGIC: Final = b"ustar\x0000"


class MalformedHeader(ValueError):
    """The block is no tar header that could be ours: nothing after it can be told apart."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says of the file after it."""

    name: str
    size: int
    time: int
    """Seconds since 1970."""


def format_header(header: Header) -> bytes:
    """The 512 bytes. The inverse of parse_header."""
    name = header.name.encode("ascii")
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValueError("the name does not fit a tar header")
    block = (
        name.ljust(LONGEST_NAME, b"\0")
        + b"0000644\x00"  # mode
        + b"0000000\x00" * 2  # owner and group
        + _number(header.size)
        + _number(header.time)
        + b" " * 8  # the checksum counts itself as spaces
        + b"0"  # a regular file
        + bytes(100)  # link
        + _MAGIC
        + bytes(64)  # names of owner and group
        + b"0000000\x00" * 2  # device
        + bytes(167)  # second name field, and to the end of the block
    )
    checksum = b"%06o\0 " % sum(block)
    return block[: _CHECKSUM_PLACE.start] + checksum + block[_CHECKSUM_PLACE.stop :]


def parse_header(block: bytes) -> Header:
    """What ``block`` says, or MalformedHeader. Compare with format_header to know that it is as we write it."""
    name = block[:LONGEST_NAME].rstrip(b"\0")
    size, time = block[124:136], block[136:148]
    if len(block) != BLOCK or block[257:265] != _MAGIC or not name:
        raise MalformedHeader("no ustar header stands here")
    try:
        return Header(name.decode("ascii"), _parse_number(size), _parse_number(time))
    except ValueError as err:
        raise MalformedHeader("the name or the size cannot be read") from err


def padding(size: int) -> int:
    """How many NULs follow ``size`` bytes of data."""
    return -size % BLOCK


def tar_size(sizes: list[int]) -> int:
    """How long the tar of files of these sizes is."""
    return sum(BLOCK + size + padding(size) for size in sizes) + len(END)


def _number(value: int) -> bytes:
    if value < _OCTAL_LIMIT:
        return b"%011o\0" % value
    return b"\x80" + value.to_bytes(11, "big")


def _parse_number(field: bytes) -> int:
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    if _NUMBER.fullmatch(field) is None:
        raise MalformedHeader("a number is not as we write it")
    return int(field[:11], 8)
