r"""The words of an attributed string, as Apple's typedstream keeps it in ``attributedBody`` and in edits.

    \x04\x0bstreamtyped … NSString \x01\x94\x84\x01 + \x0e Edited message \x86 …

The first string of the archive is the text. Its length is one byte, or 0x81 and two, or 0x82 and four, the lowest byte
first. The rest says which stretch of it is a link, a mention, a file; it is not read.
"""

from __future__ import annotations

import re
from typing import Final

_STRING: Final = re.compile(rb"NSString\x01[\x84-\x9f](?:\x84)?\x01?\+", re.DOTALL)
_TWO, _FOUR = 0x81, 0x82


def typed_text(data: bytes) -> str | None:
    """The words, or None where there is no string that can be read."""
    if b"streamtyped" not in data[:16]:
        return None
    found = _STRING.search(data)
    if found is None or found.end() >= len(data):
        return None
    at = found.end()
    size = data[at]
    at += 1
    if size in {_TWO, _FOUR}:
        width = 2 if size == _TWO else 4
        size = int.from_bytes(data[at : at + width], "little")
        at += width
    elif size > _TWO:
        return None
    raw = data[at : at + size]
    try:
        return raw.decode() if len(raw) == size else None
    except UnicodeDecodeError:
        return None
