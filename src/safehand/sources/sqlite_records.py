"""Records of SQLite: a row's values in the bytes of its cell (sqlite.org/fileformat2.html, 2.1: Record Format).

    header size, a number for each column that says its type and length, then the values one after another
    4  0 23 15  "hello" "a"                  (NULL, "hello", "a")

Numbers are written in one to nine bytes, seven bits in each, the highest first. Only what is asked for is decoded.
"""

from __future__ import annotations

import re
import struct
from itertools import accumulate
from typing import Final, TypeAlias

Value: TypeAlias = int | float | str | bytes | None
"""A text that is not valid in the database's encoding is bytes."""

ENCODINGS: Final = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}

_NO_TYPE: Final = 255
_SIZES: Final = bytes(
    (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, _NO_TYPE, _NO_TYPE)[kind] if kind < 12 else (kind - 12) >> 1 for kind in range(256)
)
"""Bytes of a value by its type: 10 and 11 are no types, and from 12 on the type says the length."""
_SEVERAL: Final = re.compile(rb"[\x80-\xff]+[\x00-\x7f]?", re.DOTALL)
_TOLD: Final = re.compile(rb"[^\x00\x08]", re.DOTALL)
_IN_LARGE: Final = b"\x7f"
_FIRST_LENGTH: Final = 12
_LONGEST: Final = 9
_HIGH: Final = 0x80


class DamagedError(Exception):
    """Bytes that are not what the format asks for. It never leaves a reader; ``reason`` quotes nothing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at ``at``, and where it ends."""
    try:
        byte = data[at]
        if byte < _HIGH:
            return byte, at + 1
        value = 0
        for place in range(at, at + _LONGEST - 1):
            byte = data[place]
            value = value << 7 | byte & 0x7F
            if byte < _HIGH:
                return value, place + 1
        return value << 8 | data[at + _LONGEST - 1], at + _LONGEST
    except IndexError:
        raise DamagedError("a number ends behind its page") from None


def signed(value: int) -> int:
    """A rowid: the number as 64 bits with a sign."""
    return value - (1 << 64) if value >> 63 else value


class Record:
    """One record: where its values stand, and what they are when asked."""

    __slots__ = ("_data", "_kinds", "_large", "_places")

    def __init__(self, data: bytes) -> None:
        """``data`` is the whole record. DamagedError where its head does not fit it."""
        self._data = data
        end, at = varint(data, 0)
        if not at <= end <= len(data):
            raise DamagedError("the head of a row is longer than the row")
        kinds = data[at:end]
        self._large: dict[int, int] = {}
        # A row of Messages has ninety columns, nearly all of them one byte here: they are not looked at one by one.
        if not kinds.isascii():
            kinds = self._shortened(kinds)
        sizes: bytes | list[int] = kinds.translate(_SIZES)
        if _NO_TYPE in sizes:
            raise DamagedError("a row with a type that there is not")
        if self._large:
            sizes = list(sizes)
            for column, kind in self._large.items():
                sizes[column] = (kind - _FIRST_LENGTH) >> 1
        self._kinds = kinds
        self._places = list(accumulate(sizes, initial=end))
        if self._places[-1] > len(data):
            raise DamagedError("the values of a row are longer than the row")

    def _shortened(self, kinds: bytes) -> bytes:
        """One byte for each column: types that take several are kept beside, and ``_IN_LARGE`` stands for them."""
        parts: list[bytes] = []
        done = column = 0
        for found in _SEVERAL.finditer(kinds):
            start, end = found.span()
            kind, stop = varint(kinds, start)
            if stop != end:
                raise DamagedError("a row with a type that there is not")
            column += start - done
            self._large[column] = kind
            parts += (kinds[done:start], _IN_LARGE)
            done = end
            column += 1
        parts.append(kinds[done:])
        return b"".join(parts)

    def __len__(self) -> int:
        return len(self._kinds)

    def told(self, names: tuple[str, ...], encoding: str) -> dict[str, Value]:
        """By its name, each value but NULL and 0: of a hundred columns, few have one."""
        # What a row has beyond the names was made by statements that are not in the schema: it has no name.
        return {
            names[column]: self.value(column, encoding)
            for column in [found.start() for found in _TOLD.finditer(self._kinds)]
            if column < len(names)
        }

    def value(self, column: int, encoding: str = "utf-8") -> Value:  # noqa: PLR0911  one for each kind of type
        """The value of a column; None also where the row was written before there was such a column."""
        if column >= len(self._kinds):
            return None
        kind = self._large.get(column, self._kinds[column])
        raw = self._data[self._places[column] : self._places[column + 1]]
        if kind >= _FIRST_LENGTH:
            if not kind & 1:
                return raw
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return raw
        if kind in {8, 9}:
            return kind - 8
        if kind == 7:
            value: float = struct.unpack(">d", raw)[0]
            return value
        return int.from_bytes(raw, "big", signed=True) if kind else None
