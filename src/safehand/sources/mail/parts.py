"""The parts of a mail with several (RFC 2046 §5.1), line by line, in constant memory.

    parts_of(header, lines)      Part("text/plain", data=b"Hello"), Part("image/jpeg", name="bread.jpg", size=48211)

Text that is shown is kept, up to the longest message; of everything else only its name, type and length. Nothing that
is attached is decoded, not even to know how long it is: four characters of base64 stand for three bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message as Fields
from functools import lru_cache
from typing import Final, NamedTuple

from safehand.sources.contract import LONGEST_MESSAGE
from safehand.sources.mail.headers import Header, words_of

_MOST_PARTS: Final = 10_000
_DEEPEST: Final = 100
_HEAD_LIMIT: Final = 64 << 10
_LONGEST: Final = 4096
"""Characters of a type with its parameters that are read: the standard library needs the square of their number."""
_BEGINNING: Final = 64
"""Bytes of an attachment that are looked at, for the mark that sealing leaves."""


class Type(NamedTuple):
    """What the fields of a part say it is."""

    type: str
    charset: str | None = None
    boundary: bytes | None = None
    name: str | None = None
    attached: bool = False
    encoding: str = "7bit"


@dataclass(slots=True)
class Part:
    """One part that holds no other."""

    type: Type
    data: bytearray | None
    """The bytes as they stand, of text that is shown; else None."""
    choice: int = 0
    """The innermost multipart/alternative it stands in, counted from 1: its texts say one thing in several ways."""
    size: int = 0
    """Bytes as they stand, without line breaks where it is base64."""
    pads: int = 0
    beginning: bytes = b""
    whole: bool = True
    """All of the text was kept."""

    def add(self, line: bytes) -> None:
        """One line more."""
        if self.data is not None:
            if len(self.data) + len(line) > LONGEST_MESSAGE:
                self.whole = False
            else:
                self.data += line
        elif self.type.encoding == "base64":
            bare = line.strip()
            self.size += len(bare)
            self.pads = len(bare) - len(bare.rstrip(b"="))
        else:
            self.size += len(line)
        if len(self.beginning) < _BEGINNING:
            self.beginning += line[:_BEGINNING]

    @property
    def length(self) -> int:
        """Bytes of the attachment, decoded: by counting."""
        return max(0, self.size * 3 // 4 - self.pads) if self.type.encoding == "base64" else self.size


@dataclass(slots=True)
class Parts:
    """All parts of a mail."""

    parts: list[Part] = field(default_factory=list)
    closed: bool = True
    """The last boundary stands there."""
    left_out: int = 0
    """Parts past the number that is told."""
    beside: bytearray = field(default_factory=bytearray)
    """What stands before the first part, between two or behind the last: no program shows it."""
    whole: bool = True
    """All of that was kept."""


def type_of(header: Header) -> Type:
    """What a header says of what follows it."""
    content, disposition = header.get("content-type") or "", header.get("content-disposition") or ""
    if len(content) + len(disposition) > _LONGEST:
        return Type("application/octet-stream")
    return _type(content, disposition, (header.get("content-transfer-encoding") or "")[:_LONGEST])


@lru_cache(maxsize=1024)
def _type(content: str, disposition: str, encoding: str) -> Type:
    coded = encoding.strip().lower() or "7bit"
    fields = Fields()
    try:
        fields["Content-Type"] = content or "text/plain"
        if disposition:
            fields["Content-Disposition"] = disposition
        boundary = fields.get_boundary()
        name = fields.get_filename()
        return Type(
            fields.get_content_type(),
            fields.get_content_charset(),
            boundary.encode("utf-8", "surrogateescape") if boundary else None,
            words_of(name) if name else None,
            fields.get_content_disposition() == "attachment",
            coded,
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return Type("application/octet-stream", encoding=coded)


def parts_of(header: Header, lines: Iterable[bytes]) -> Parts:
    """The parts of the mail with this ``header``, whose body ``lines`` are."""
    return _Walk(type_of(header)).over(lines)


class _Walk:
    """One walk over a body. ``_boundaries`` are those of the parts that are open, the outermost first."""

    def __init__(self, kind: Type) -> None:
        self._found = Parts()
        self._boundaries: list[bytes] = []
        self._choices: list[int] = []
        """For each of them, the choice that is open there."""
        self._begun = 0
        self._part: Part | None = None
        self._head: list[bytes] | None = None
        self._head_size = 0
        self._begin(kind)

    def over(self, lines: Iterable[bytes]) -> Parts:
        for line in lines:
            if self._boundaries and line.startswith(b"--") and self._is_boundary(line.rstrip()):
                continue
            if self._head is not None:
                self._add_to_head(line)
            elif self._part is not None:
                self._part.add(line)
            elif len(self._found.beside) + len(line) <= _HEAD_LIMIT:
                self._found.beside += line
            else:
                self._found.whole = False
        if self._head is not None:
            self._end_head()
        self._found.closed = not self._boundaries
        return self._found

    def _is_boundary(self, line: bytes) -> bool:
        for depth in range(len(self._boundaries) - 1, -1, -1):
            boundary = self._boundaries[depth]
            if line == boundary:
                del self._boundaries[depth + 1 :], self._choices[depth + 1 :]
                self._next()
                self._head, self._head_size = [], 0
                return True
            if line == boundary + b"--":
                del self._boundaries[depth:], self._choices[depth:]
                self._next()
                return True
        return False

    def _next(self) -> None:
        """The part before a boundary ends; the line break before it is the boundary's."""
        part = self._part
        if part is not None and part.data is not None:
            if part.data.endswith(b"\r\n"):
                del part.data[-2:]
            elif part.data.endswith(b"\n"):
                del part.data[-1:]
        self._part = None
        self._head = None

    def _add_to_head(self, line: bytes) -> None:
        if self._head is None:
            return
        if line in (b"\n", b"\r\n"):
            self._end_head()
            return
        self._head_size += len(line)
        if self._head_size <= _HEAD_LIMIT:
            self._head.append(line)

    def _end_head(self) -> None:
        kind = type_of(Header(b"".join(self._head or ())))
        self._head = None
        self._begin(kind)

    def _begin(self, kind: Type) -> None:
        choice = self._choices[-1] if self._choices else 0
        if kind.type.startswith("multipart/") and kind.boundary and len(self._boundaries) < _DEEPEST:
            self._boundaries.append(b"--" + kind.boundary.rstrip())
            if kind.type == "multipart/alternative":
                self._begun += 1
                choice = self._begun
            self._choices.append(choice)
            return
        if len(self._found.parts) >= _MOST_PARTS:
            self._found.left_out += 1
            return
        shown = kind.type in ("text/plain", "text/html") and not kind.attached and kind.name is None
        self._part = Part(kind, bytearray() if shown else None, choice)
        self._found.parts.append(self._part)
