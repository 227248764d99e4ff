"""RSMF as it comes: a mail with ``X-RSMF-`` fields, to which ``rsmf.zip`` is attached in base64.

    X-RSMF-Version: 2.0.0
    Content-Type: multipart/mixed; boundary="b"

    --b
    Content-Disposition: attachment; filename=rsmf.zip
    Content-Transfer-Encoding: base64

    UEsDBBQAAAAIAOdx…
    --b--

``look_into`` finds where the base64 stands and how long every other attachment is, and decodes nothing. Parts inside of
parts are not looked into: no producer writes them. Why a mail is opened at all: docs/adr/0010.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from safehand.model.attachment import FileType, Registered
from safehand.sources.base64_file import Base64Place
from safehand.sources.contract import HEAD
from safehand.sources.mail.headers import Header
from safehand.sources.mail.parts import Type, type_of
from safehand.sources.text_members import file_type

ZIP: Final = "rsmf.zip"
MANIFEST: Final = "rsmf_manifest.json"
ENDINGS: Final = frozenset({"rsmf", "eml"})

ABSENT: Final = "No attachment of it is called rsmf.zip, so there is no manifest to read."
SEVERAL: Final = "More than one attachment is called rsmf.zip. None was opened."
UNEVEN: Final = "It is not written as base64 in lines of one length, as programs write it. It was not opened."

_VERSION: Final = "x-rsmf-version"
_PIECE: Final = 64 << 10
"""Bytes of a line that are held at once."""
_HEAD_LIMIT: Final = 64 << 10
_MOST: Final = 10_000
"""Attachments that are listed; what comes after them is not looked at."""
_END: Final = re.compile(rb"\r?\n(?=\r?\n)")
_LETTERS: Final = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Looked:
    """What is attached to an RSMF mail."""

    place: Base64Place | None
    """Where rsmf.zip stands, when it can be opened."""
    refused: str | None
    """Why it cannot."""
    others: tuple[Registered, ...]


def look_into(path: Path, container: str) -> Looked | None:
    """What is attached to the mail at ``path``, cited as ``container``. None when it is no mail of RSMF's."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        end = _END.search(head)
        header = Header(head[: end.end()]) if end is not None else None
        if end is None or header is None or header.get(_VERSION) is None:
            return None
        stream.seek(end.end())
        parts = list(_parts(stream, type_of(header).boundary, end.end()))
    zips = [part for part in parts if part.name.lower() == ZIP]
    others = tuple(_listed(part, container) for part in parts if part.name.lower() != ZIP)
    if len(zips) != 1:
        listed = tuple(_listed(part, container, SEVERAL) for part in zips)
        return Looked(None, SEVERAL if zips else ABSENT, (*others, *listed))
    place = zips[0].place()
    if place is None:
        return Looked(None, UNEVEN, (*others, _listed(zips[0], container, UNEVEN)))
    return Looked(place, None, others)


def _listed(part: _Part, container: str, refused: str | None = None) -> Registered:
    type_ = FileType.ARCHIVE if refused is not None else file_type(part.name)
    return Registered(name=part.name, type=type_, size=part.size, container=container, refused=refused)


@dataclass(slots=True)
class _Part:
    """One attachment while its lines go by."""

    name: str
    coded: bool
    """Base64."""
    start: int
    width: int = 0
    step: int = 0
    chars: int = 0
    pads: int = 0
    even: bool = True
    _line: int = 0
    _ended: bool = field(default=False)
    """A line shorter than the first was seen: nothing may follow it."""

    @property
    def size(self) -> int:
        """Bytes, decoded: by counting."""
        return max(0, self.chars // _GROUP * 3 - self.pads) if self.coded else self.chars

    def add(self, piece: bytes) -> None:
        """A line, or a part of one that is very long."""
        if not self.coded:
            self.chars += len(piece)
            return
        bare = piece.rstrip(b"\r\n")
        self.even = self.even and _LETTERS.fullmatch(bare) is not None and not (bare and self._ended)
        self.chars += len(bare)
        self.pads += bare.count(b"=")
        self._line += len(bare)
        if len(bare) < len(piece):
            self._end_line(len(piece) - len(bare))

    def _end_line(self, breaks: int) -> None:
        if not self.width and not self._line:
            self.start += breaks  # an empty line before the first
        elif not self.width:
            self.width, self.step = self._line, self._line + breaks
            self._ended = self.pads > 0
        elif self._line < self.width or self.pads:
            self.even = self.even and self._line <= self.width
            self._ended = True
        else:
            self.even = self.even and self._line == self.width and self._line + breaks == self.step
        self._line = 0

    def place(self) -> Base64Place | None:
        """Where it stands; None when its lines are not even."""
        if self._line:
            self._end_line(max(0, self.step - self.width))
        if not self.coded or not self.even or not self.width or self.pads > 2:
            return None
        whole = self.chars // _GROUP * _GROUP  # a file that was cut ends within a group
        return Base64Place(self.start, self.width, self.step, whole, self.pads if whole == self.chars else 0)


def _parts(stream: BinaryIO, boundary: bytes | None, at: int) -> Iterator[_Part]:
    """The attachments of the mail whose body begins at ``at``, each when it is over."""
    if boundary is None:
        return
    mark = b"--" + boundary.rstrip()
    part: _Part | None = None
    head: list[bytes] | None = None
    held = told = 0
    begins = True
    while (line := stream.readline(_PIECE)) and told < _MOST:
        at += len(line)
        if begins and line.startswith(mark) and line.rstrip() in (mark, mark + b"--"):
            if part is not None:
                told += 1
                yield part
            part, head, held = None, None if line.rstrip() != mark else [], 0
        elif head is not None and begins and line in (b"\n", b"\r\n"):
            part, head = _begun(type_of(Header(b"".join(head))), at), None
        elif head is not None:
            held += len(line)
            if held <= _HEAD_LIMIT:
                head.append(line)
        elif part is not None:
            part.add(line)
        begins = line.endswith(b"\n")
    if part is not None:
        yield part


def _begun(kind: Type, at: int) -> _Part | None:
    """A part that has a name is attached; the mail's own words have none."""
    return None if kind.name is None else _Part(kind.name, kind.encoding == "base64", at)
