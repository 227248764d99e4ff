"""What looks for the canary finds it, however little of it there is and however it was written."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable

import pytest

from canary import BACKWARDS, CANARY, SPARSE, forms_in

NOISE = random.Random("noise").randbytes(50_000)
SOME = CANARY[4321 : 4321 + 40]


def zipped(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"the gate is open " * 40 + data)
    return made.getvalue()


LEAKS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "hexadecimal": lambda data: data.hex().encode(),
    "HEXADECIMAL": lambda data: data.hex().upper().encode(),
    "base64": base64.b64encode,
    "base64 after one byte": lambda data: base64.b64encode(b"a" + data),
    "base64 after two bytes": lambda data: base64.b64encode(b"ab" + data),
    "base64url": base64.urlsafe_b64encode,
    "base32": base64.b32encode,
    "a list of numbers": lambda data: json.dumps(list(data)).encode(),
    "a list without blanks": lambda data: json.dumps(list(data), separators=(",", ":")).encode(),
    "percent": lambda data: "".join(f"%{byte:02X}" for byte in data).encode(),
    "a JavaScript string": lambda data: data.decode("latin-1").encode("utf-16-le"),
    "a JavaScript string, sent": lambda data: data.decode("latin-1").encode(),
    "base64 in UTF-16": lambda data: base64.b64encode(data).decode().encode("utf-16-le"),
    "hexadecimal in UTF-16, the other way round": lambda data: data.hex().encode().decode().encode("utf-16-be"),
    "gzip": lambda data: gzip.compress(b"the gate is open " * 40 + data),
    "zlib": lambda data: zlib.compress(b"the gate is open " * 40 + base64.b64encode(data)),
    "ZIP": zipped,
}


@pytest.mark.parametrize("how", LEAKS)
@pytest.mark.parametrize("part", [SOME, BACKWARDS[777:817]], ids=["the picture", "the sound"])
def test_forty_bytes_of_it_are_found(how: str, part: bytes) -> None:
    for before in (b"", NOISE[:33], NOISE):
        assert forms_in(before + LEAKS[how](part) + NOISE[:99]), how


def test_where_it_is_not_nothing_is_found() -> None:
    assert forms_in(b"") == set()
    for noise in (NOISE, base64.b64encode(NOISE), NOISE.hex().encode(), zlib.compress(NOISE), CANARY[:32]):
        assert forms_in(noise) == set()


def test_any_stretch_of_memory_with_some_of_it_holds_one_that_is_looked_for() -> None:
    for at in range(40, len(CANARY) - 520, 499):
        assert any(each in CANARY[at : at + 520] for each in SPARSE)
