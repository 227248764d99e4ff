r"""Bytes that should be UTF-8 and are not: kept readable, never thrown away, and said so.

    b"caf\xe9 at nine"     →  "café at nine", guessed: the byte is read as Windows-1252 would
    b"K\xc3\xb6ln caf\xe9"  →  "Köln café", guessed: what is valid UTF-8 stays what it is

Guessing an encoding from statistics calls Western European text Chinese (formats.md 2.6); one fixed rule does not.
"""

from __future__ import annotations

import codecs
from typing import Final

_HANDLER: Final = "safehand-windows-1252"


def _windows_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)  # five bytes stand for nothing there; Latin-1 keeps them apart


_CHARACTERS: Final = tuple(_windows_1252(byte) for byte in range(256))


def _read_on(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_CHARACTERS[byte] for byte in error.object[error.start : error.end]), error.end


# The codec machinery calls it by name, in one pass whatever the number of wrong bytes.
codecs.register_error(_HANDLER, _read_on)


def decode(data: bytes) -> tuple[str, bool]:
    """The text of ``data``, and whether any of it had to be guessed."""
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("utf-8", _HANDLER), True


def torn_end(data: bytes) -> int:
    """How many bytes at the end are the beginning of a character whose rest is not there: 0 to 3."""
    for size in range(1, min(4, len(data) + 1)):
        lead = data[-size]
        if lead >= 0xC2:
            try:
                text = codecs.getincrementaldecoder("utf-8")().decode(data[-size:], final=False)
            except UnicodeDecodeError:
                return 0
            return size if text == "" else 0
        if lead < 0x80:
            return 0
    return 0
