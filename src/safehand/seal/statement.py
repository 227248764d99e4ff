"""The statement: what is in a package and what the holder declares, in the one spelling that is signed.

    {"attachments":[…],"capture":{…},"declarations":{…},"exclusions":[…],"holder":{…},"images":{…},"items":[
     {"container":null,"id":"data/0001.txt","kind":"RAW","modified":"2026-11-20T18:04:11Z","name":"_chat.txt",
      "removed":[],"sha256":"b5bb…","size":48211,"source_size":48211}],…,"schema":"safehand.statement/1",…}

It rests on the bytes and the holder's answers alone: no reader of platforms has a say in it, so that a second sealer
can make the same bytes. Its SHA-256 is the package's id. The format is docs/spec/statement.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safehand.model.attachment import Registered
from safehand.seal.answers import Answers, State

SCHEMA: Final = "safehand.statement/1"


class ItemKind(StrEnum):
    """Whether an item's bytes are the source's own."""

    RAW = "RAW"
    DERIVED = "DERIVED"
    """Something was left out; ``removed`` says what and where."""


class Why(StrEnum):
    """Why a stretch of a source file was left out."""

    EMBEDDED = "embedded"
    """It may be a picture, written as text (domain.md F5.4)."""
    EXCLUDED = "excluded"
    """The holder left it out (domain.md F10.8)."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Bytes ``start`` to ``end`` (not included) of the source file, for which a marker stands in the item."""

    start: int
    end: int
    why: Why


@dataclass(frozen=True, slots=True)
class Item:
    """One file of data/: what it is called here, what it was called, and what it holds."""

    id: str
    """``data/0001.txt``: how spans cite it."""
    name: str
    """As the platform named it, with ``/`` between folders."""
    name_raw: str | None
    container: str | None
    """The name of the archive it came out of, without its folders."""
    modified: str | None
    size: int
    sha256: str
    source_size: int
    removed: tuple[Removed, ...] = ()

    @property
    def kind(self) -> ItemKind:
        """RAW, unless something was left out."""
        return ItemKind.DERIVED if self.removed else ItemKind.RAW


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the holder left out, counted: lines ``first_line`` to ``last_line`` of an item, or a whole file."""

    name: str
    container: str | None
    reason: str
    bytes: int
    item: str | None = None
    """The id of the item that it was left out of; None when the whole file was left out."""
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and with what it was sealed: handed in, so that the same values give the same bytes."""

    system: str
    """The operating system and its version: ``Linux 6.1``."""
    zone: str | None
    """The IANA name of the machine's zone, when it is known."""
    tool: str = "safehand"
    version: str = "0.1.0"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed."""

    sealed: str
    """RFC 3339, UTC, whole seconds."""
    machine: Machine
    items: tuple[Item, ...]
    attachments: tuple[Registered, ...]
    exclusions: tuple[Exclusion, ...]
    answers: Answers
    notes: tuple[str, ...] = ()

    @property
    def images_possible(self) -> bool:
        """Whether the desk must expect pictures on the device: everything but a plain "no" (domain.md F5.5)."""
        answer = self.answers.given.get("images.present")
        return answer is None or answer.state is not State.NO


def format_statement(statement: Statement) -> bytes:
    """The one spelling: canonical JSON, UTF-8, no final newline. The inverse of parse_statement."""
    raise NotImplementedError


def parse_statement(data: bytes) -> Statement:
    """Read a statement back: only what format_statement writes is accepted."""
    raise NotImplementedError
