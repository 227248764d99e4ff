"""How large a log is and what its root is, as the text that a log signs (c2sp.org/tlog-checkpoint).

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

Which log, how many entries, and the hash over all of them in base64. Lines after those three say nothing that anybody
can check: they are kept, and we write none.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.log.hashes import LENGTH

LARGEST_SIZE: Final = (1 << 63) - 1
_SIZE: Final = re.compile("0|[1-9][0-9]{0,18}", re.ASCII)
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one size."""

    origin: str
    size: int
    root: bytes
    """32 bytes."""
    extensions: tuple[str, ...] = ()
    """Further lines, as they stand."""


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """The text that is signed, with its last newline. UsageError for what could not be read back."""
    lines = [checkpoint.origin, str(checkpoint.size), base64.b64encode(checkpoint.root).decode("ascii")]
    text = "".join(f"{line}\n" for line in (*lines, *checkpoint.extensions))
    try:
        same = parse_checkpoint(text) == checkpoint
    except CannotRead as err:
        raise UsageError("This is no checkpoint that could be read back.") from err
    if not same:
        raise UsageError("This is no checkpoint that could be read back.")
    return text


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note back, or CannotRead. The inverse of format_checkpoint."""
    lines = text.split("\n")
    if lines.pop() or len(lines) < _LINES or not all(lines):
        raise _no_checkpoint()
    origin, size, root, *extensions = lines
    return Checkpoint(origin, read_size(size), read_hash(root), tuple(extensions))


def read_size(text: str) -> int:
    """Decimal digits without a leading zero, below 2^63; or CannotRead."""
    if not _SIZE.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise _no_checkpoint()
    return int(text)


def read_hash(text: str) -> bytes:
    """The base64 of 32 bytes, in its one spelling; or CannotRead."""
    try:
        value = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as err:
        raise _no_checkpoint() from err
    if len(value) != LENGTH or base64.b64encode(value).decode("ascii") != text:
        raise _no_checkpoint()
    return value


def _no_checkpoint() -> CannotRead:
    return CannotRead("This is no checkpoint of a log.", todo="See c2sp.org/tlog-checkpoint.")
