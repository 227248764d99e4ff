"""Near misses of good input: a good file, and one to four small wrongs done to it. The same seed does the same.

    cut      a stretch is gone                         what a broken download leaves
    swap     two stretches stand in each other's place
    insert   a stretch of another file of the form, or a mark that means something to it, stands where none should
    repeat   a stretch stands twice
    flip     a few bits are others
    encode   the bytes are those of another encoding: UTF-16, Windows-1252 read as UTF-8, a byte order mark
    end      the file ends here

Random bytes never get past the first line of a form; these do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

MARKS: Final = (
    *(b"\n", b"\r\n", b"\r", b'"', b"'", b"\\", b"\\u", b"\\ud83d", b"\x00", b"\xff", b"\xe2\x80", b"\xef\xbb\xbf"),
    *(b"{", b"}", b"[", b"]", b",", b":", b";", b"\t", b"<", b">", b"</", b"/>", b"&", b"&#", b"&#55357;", b"&amp;"),
    *(b"-->", b"<!--", b"<![CDATA[", b"=", b"==", b"null", b"true", b"0", b"-1", b"1e999", b"9" * 30),
    *(b"From ", b"\n\n", b"--", b" - ", b": ", b"[[safehand left out 12 bytes]]", "\u202f".encode(), "\u200e".encode()),
    *("🥕".encode(), "ﬂ".encode(), "Ã©".encode(), b"18446744073709551616"),
    *(b"2026-01-09T22:27:01Z", b"09/01/2026, 22:27 - ", b"[1/1/26, 9:00:00] "),
)  # fmt: skip
"""Marks that mean something to one form or another."""

_LONGEST: Final = 200
"""Bytes of a stretch, at most: longer than a message, shorter than the corpus."""


def near_miss(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """``data`` with one to four wrongs done to it. ``others`` are good files of the same form."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        data = chance.choice(_WRONGS)(data, others, chance)
    return data


def _cut(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001  one shape for all
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _swap(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001
    a, b = _stretch(data, chance)
    c, d = _stretch(data, chance)
    if b > c:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    if chance.random() < 0.6 or not others:
        new = chance.choice(MARKS) * chance.choice((1, 1, 1, 2, 9))
    else:
        other = chance.choice(others)
        start, end = _stretch(other, chance)
        new = other[start:end]
    return data[:at] + new + data[at:]


def _repeat(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 5)) + data[end:]


def _flip(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _encode(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001
    start, end = (0, len(data)) if chance.random() < 0.3 else _stretch(data, chance)
    piece = data[start:end]
    match chance.randrange(4):
        case 0:
            piece = piece.decode("utf-8", "replace").encode("utf-16-le")
        case 1:
            piece = piece.decode("latin-1").encode("utf-8")
        case 2:
            piece = piece.decode("utf-8", "replace").encode("cp1252", "replace")
        case _:
            piece = b"\xef\xbb\xbf" + piece
    return data[:start] + piece + data[end:]


def _end(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:  # noqa: ARG001
    return data[: chance.randint(0, len(data))]


_WRONGS: Final[tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...]] = (
    _cut,
    _swap,
    _insert,
    _insert,
    _repeat,
    _flip,
    _encode,
    _end,
)


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 2, 3, 8, 20, 60, _LONGEST)))
