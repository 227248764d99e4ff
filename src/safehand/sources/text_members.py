"""Text members: which files of an export may be read. All others are listed by name and never opened.

    WhatsApp Chat with Priya.txt      text
    IMG-20260104-WA0003.jpg           image      listed, never opened
    __MACOSX/._chat.txt               never read, whatever its ending

The rule is published as data/text-members.json, with a reason beside each row, because whoever seals must make the
same choice: the command line today, a web page later. It looks at the ending of the name in ASCII lower case and at
nothing else. When a text member is opened, ``what_it_is_instead`` looks at its first bytes: a picture that somebody
called chat.txt is listed too.

A picture or a video is never opened because copying one can be an offence, even to report it (domain.md 5.1).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from safehand.model.attachment import FileType

SCHEMA: Final = "safehand.text-members/1"


class NameRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that is never read: by any part of its path, or by its last part. All in ASCII lower case."""

    why: str
    part: str | None = None
    prefix: str | None = None
    last: str | None = None

    def meets(self, parts: list[str]) -> bool:
        """Whether this rule is about a name of these ``parts`` (in ASCII lower case)."""
        if self.part is not None:
            return self.part in parts
        if self.prefix is not None:
            return parts[-1].startswith(self.prefix)
        return parts[-1] == self.last


class TypeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of file and the endings that mean it."""

    type: FileType
    endings: tuple[str, ...]
    why: str


class Magic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How files of one kind begin: every pair of place and bytes (in hexadecimal) must stand there."""

    name: str
    type: FileType
    at: tuple[tuple[int, str], ...]
    why: str = ""

    def meets(self, head: bytes) -> bool:
        """Whether a file that begins with ``head`` is of this kind."""
        return all(head.startswith(bytes.fromhex(digits), place) for place, digits in self.at)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The published table. ``version`` grows with every change of a row."""

    schema: str
    version: int
    about: tuple[str, ...]
    never_read: tuple[NameRule, ...]
    types: tuple[TypeRow, ...]
    look_at: int
    magics: tuple[Magic, ...]


@cache
def table() -> Table:
    """The published table, as this version ships it."""
    data = (resources.files("safehand.sources") / "data" / "text-members.json").read_bytes()
    return msgspec.json.decode(data, type=Table)


def is_text_member(name: str) -> bool:
    """Whether a file of this name is text and may be read. ``name`` may hold folders."""
    return why_never_read(name) is None and file_type(name) is FileType.TEXT


def file_type(name: str) -> FileType:
    """What the ending says a file is. Nothing else is asked."""
    return _types().get(ending(name), FileType.OTHER)


def why_never_read(name: str) -> str | None:
    """Why a file of this name is never read, whatever its ending; or None."""
    parts = _parts(name)
    return next((rule.why for rule in table().never_read if rule.meets(parts)), None)


def ending(name: str) -> str:
    """What follows the last dot of the name's last part, in ASCII lower case; empty when there is no dot.

    Only A to Z are changed: ``str.lower`` would make the Kelvin sign a k, and other languages' libraries differ.
    """
    _, dot, last = _parts(name)[-1].rpartition(".")
    return last if dot else ""


def what_it_is_instead(head: bytes) -> Magic | None:
    """What a file named as text truly is when it begins as a picture, a film, an archive …; None for text.

    ``head`` is at least the first ``table().look_at`` bytes, or the whole of a shorter file.
    """
    return next((magic for magic in table().magics if magic.meets(head)), None)


_SEPARATOR: Final = re.compile(r"[/\\]")
_ASCII_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _parts(name: str) -> list[str]:
    return _SEPARATOR.split(name.translate(_ASCII_LOWER))


@cache
def _types() -> dict[str, FileType]:
    return {ending: row.type for row in table().types for ending in row.endings}
