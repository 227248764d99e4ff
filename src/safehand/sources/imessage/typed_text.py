r"""The words of an attributed string, as Apple's typedstream keeps it in ``attributedBody`` and in edits.

    \x04\x0bstreamtyped … NSString \x01\x94\x84\x01 + \x0e Edited message \x86 …

The first string of the archive is the text. Its length is one byte, or 0x81 and two, or 0x82 and four, the lowest byte
first. The rest says which stretch of it is a link, a mention, a file; it is not read.
"""

from __future__ import annotations

import re
from typing import Final

_STRING: Final = re.compile(rb"NSString\x01[\x84-\x9f](?:\x84)?\x01?\+", re.DOTALL)
_ONE_BYTE, _TWO, _FOUR = 0x80, 0x81, 0x82


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


def holds_text(body: bytes, text: str) -> bool:
    """Whether ``text`` stands in ``body`` as a string of its length: the quick way to see that it says the same."""
    raw = text.encode("utf-8", "replace")
    size = len(raw)
    if size < _ONE_BYTE:
        return bytes([size]) + raw in body
    mark, width = (_TWO, 2) if size < 1 << 16 else (_FOUR, 4)
    return bytes([mark]) + size.to_bytes(width, "little") + raw in body
