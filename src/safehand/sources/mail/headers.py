r"""The header of a mail: its fields in order, unfolded (RFC 5322 §2.2.3), and what they say.

    Header(b"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\nTo: a@example.org,\n b@example.org\n")
    header.people("from")      (Who("zoe@example.org", "Zoë"),)

Addresses and encoded words (RFC 2047) are read by the standard library, once for each text that stands there: the same
few hundred people write a mailbox.
"""

from __future__ import annotations

import binascii
import re
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses
from functools import lru_cache
from typing import Final, NamedTuple

from safehand.sources.decoding import decode

_FOLD: Final = re.compile(rb"\r?\n(?=[ \t])")
_FIELD: Final = re.compile(r"^([!-9;-~]+)[ \t]*:[ \t]*([^\n]*)\n", re.MULTILINE)
_LONGEST: Final = 16 << 10
"""Characters of a field whose encoded words and addresses are read. A longer one stands as it is."""
_BETWEEN: Final = re.compile(r"(\?=)\s+(?==\?)")


class Who(NamedTuple):
    """Somebody in a header: the address, and the name beside it."""

    address: str
    name: str | None


class Header:
    """A header. ``fields`` are name and value, in order, as text; ``odd`` are lines that are no field."""

    __slots__ = ("_values", "fields", "guessed", "odd")

    def __init__(self, raw: bytes) -> None:
        text, self.guessed = decode(_FOLD.sub(b"", raw) if b"\n " in raw or b"\n\t" in raw else raw)
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        self.fields: list[tuple[str, str]] = _FIELD.findall(text)
        if " \n" in text or "\t\n" in text or "\r" in text:
            self.fields = [(name, value.rstrip(" \t\r")) for name, value in self.fields]
        self.odd: list[str] = []
        if len(self.fields) != text.count("\n") or not text.endswith("\n"):
            self._line_by_line(text)
        self._values: dict[str, str | list[str]] = {}
        values = self._values
        for name, value in self.fields:
            low = name.lower()
            before = values.get(low)
            if before is None:
                values[low] = value
            elif type(before) is list:
                before.append(value)
            else:
                values[low] = [str(before), value]

    def _line_by_line(self, text: str) -> None:
        self.fields = []
        for line in text.split("\n"):
            match = _FIELD.fullmatch(line + "\n")
            if match is not None:
                self.fields.append((match[1], match[2].rstrip(" \t\r")))
            elif line.strip():
                self.odd.append(line)

    @property
    def are_single(self) -> bool:
        """Whether no field is given twice."""
        return len(self._values) == len(self.fields)

    def get(self, name: str) -> str | None:
        """The first field of this name (in lower case)."""
        found = self._values.get(name)
        return found[0] if type(found) is list else found  # type: ignore[return-value]  # mypy does not follow type()

    def words(self, name: str) -> str | None:
        """The first field of this name, its encoded words decoded."""
        found = self.get(name)
        return found if found is None or "=?" not in found else words_of(found)

    def people(self, *names: str) -> tuple[Who, ...]:
        """Everybody in the fields of these names."""
        found: tuple[Who, ...] = ()
        for name in names:
            values = self._values.get(name)
            if values is None:
                continue
            for value in values if isinstance(values, list) else [values]:
                found += people_of(value)
        return found


@lru_cache(maxsize=4096)
def people_of(value: str) -> tuple[Who, ...]:
    """The addresses of one field."""
    if len(value) > _LONGEST:
        return ()
    try:
        pairs = getaddresses([value])
    except (MessageError, ValueError, IndexError, RecursionError):
        return ()
    return tuple(Who(address, words_of(name) or None) for name, address in pairs if address)


@lru_cache(maxsize=4096)
def words_of(value: str) -> str:
    """``value`` with its encoded words decoded, as far as they can be; what cannot stays as it is."""
    if "=?" not in value or len(value) > _LONGEST:
        return value
    try:
        parts = decode_header(_BETWEEN.sub(r"\1 ", value))
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "strict") for part, charset in parts
        )
    except (MessageError, ValueError, LookupError, binascii.Error):
        return value
