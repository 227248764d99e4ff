"""A picture of nothing, and whether any stretch of it is anywhere: as it is, written as text, packed, or in memory.

    CANARY                 bytes by a seed, with a PNG's beginning
    forms_in(data)         the names of the forms in which some of it is in there; empty where none is

Any 40 bytes of it in a row are found in every form; what is packed (ZIP, gzip, zlib) is unpacked and looked through.
"""

from __future__ import annotations

import base64
import random
import re
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Final

CANARY: Final = b"\x89PNG\r\n\x1a\n" + random.Random("canary").randbytes(20_000)
BACKWARDS: Final = CANARY[::-1]
"""What stands for a sound."""

_WIDTH: Final = 16
"""Bytes of a stretch that is looked for, in whatever form: chance does not write one in all the data of the world."""

_OWN: Final = 32
"""Bytes of the beginning that are not looked for: every PNG begins so."""

_MOST_UNPACKED: Final = 8 << 20
_PACKED: Final = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")


def _texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """As programs write bytes in text: every other spelling of it begins from one of these."""
    yield "hexadecimal", data.hex().encode()
    yield "HEXADECIMAL", data.hex().upper().encode()
    for at in range(3):
        yield "base64", base64.b64encode(data[at:])
        yield "base64url", base64.urlsafe_b64encode(data[at:])
    for at in range(5):
        yield "base32", base64.b32encode(data[at:])
    yield "numbers", ",".join(map(str, data)).encode()
    yield "numbers in lines", ", ".join(map(str, data)).encode()
    yield "percent", "".join(f"%{byte:02X}" for byte in data).encode()
    yield "escapes", "".join(f"\\x{byte:02x}" for byte in data).encode()
    yield "letters", data.decode("latin-1").encode("utf-8")


def _forms(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "as it is", data
    yield "letters of two bytes", data.decode("latin-1").encode("utf-16-le")
    for name, text in _texts(data):
        yield name, text
        if name != "letters":
            yield f"{name} in UTF-16", text.decode("ascii").encode("utf-16-le")
            yield f"{name} in UTF-16, the other way round", text.decode("ascii").encode("utf-16-be")


@cache
def _stretches() -> dict[bytes, str]:
    """Each stretch that is looked for, and the form it is of."""
    found: dict[bytes, str] = {}
    for whole in (CANARY[_OWN:], BACKWARDS[:-_OWN]):
        for name, data in _forms(whole):
            found |= {data[at : at + _WIDTH]: name for at in range(0, len(data) - _WIDTH, _WIDTH)}
    return found


def forms_in(data: bytes) -> set[str]:
    """In which forms some of the canary is in ``data``, or in what is packed in it."""
    found = _plainly_in(data)
    for unpacked in _unpacked(data):
        found |= {f"packed, {name}" for name in _plainly_in(unpacked)}
    return found


def _plainly_in(data: bytes) -> set[str]:
    known = _stretches()
    return {known[data[at : at + _WIDTH]] for at in range(len(data) - _WIDTH + 1) if data[at : at + _WIDTH] in known}


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Everything in it that begins as something packed does and unpacks to something."""
    for beginning in _PACKED.finditer(data):
        at = beginning.start()
        if beginning[0] == b"PK\x03\x04":
            at += (
                30
                + int.from_bytes(data[at + 26 : at + 28], "little")
                + int.from_bytes(data[at + 28 : at + 30], "little")
            )
        unpack = zlib.decompressobj(-15 if beginning[0] == b"PK\x03\x04" else 47)
        try:
            got = unpack.decompress(data[at:], _MOST_UNPACKED)
        except zlib.error:
            continue
        if got:
            yield got


SPARSE: Final = tuple(CANARY[at : at + _WIDTH] for at in range(_OWN, len(CANARY) - _WIDTH, 500))
"""For very much data, as the memory of a program: any 520 bytes of it as it is hold one of these."""
