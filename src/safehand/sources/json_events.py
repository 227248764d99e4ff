"""What ``json_windows.scan`` tells, and the patterns it is asked with. Opened and used there; the words are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias

from safehand.sources.batches import Batch

BATCH: Final = 128
"""Elements told at once: enough that a call costs nothing, few enough to stay in the processor's cache."""

FIELD_LIMIT: Final = 1 << 20
"""Bytes of a field outside of the arrays that are handed over. A longer one is measured and not held."""


class Each(Enum):
    """The type of EACH."""

    EACH = "each"


EACH: Final = Each.EACH
"""In a pattern: every element of the array that stands here."""


class AnyKey(Enum):
    """The type of ANY."""

    ANY = "any"


ANY: Final = AnyKey.ANY
"""In a pattern: every key of the object that stands here, for objects whose keys are names or ids."""

Path: TypeAlias = tuple[str | int, ...]
Pattern: TypeAlias = tuple[str | Each | AnyKey, ...]


class Trouble(StrEnum):
    """Why bytes could not be read. The value is the sentence the account gives as the reason."""

    EMPTY = "the file holds nothing"
    TRUNCATED = "the file ends before its JSON does"
    DAMAGED = "not valid JSON"
    TOO_LONG = "one element is longer than any message"
    TOO_DEEP = "nested too deeply"
    AFTER_END = "bytes after the end of the JSON"


@dataclass(frozen=True, slots=True)
class Opened:
    """A container on the way to the elements begins."""

    path: Path
    start: int
    repeated: bool = False
    """Its key stood in the same object before."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A container on the way has ended, before byte ``end``."""

    path: Path
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value outside of the arrays. ``raw`` is None when it is longer than FIELD_LIMIT."""

    path: Path
    start: int
    end: int
    raw: bytes | None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that could not be read; they stand in the account as unparsed. Empty when something is only missing."""

    path: Path
    """The container it happened in."""
    start: int
    end: int
    trouble: Trouble


@dataclass(slots=True)
class Elements(Batch):
    """Elements of one array, one after another. The lists belong together; ``rows`` walks them."""

    pattern: int
    """Which of the patterns it answers."""
    path: Path
    """Of the array."""
    first: int
    """The index of the first of them in the array; elements that could not be read have none."""
    values: list[Any] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, int, bytes, Any]]:
        """Start, end, bytes and value of each."""
        return zip(self.starts, self.ends, self.raws, self.values, strict=True)


JsonEvent: TypeAlias = Opened | Closed | Field | Elements | Broken


class Node:
    """A place in the tree of patterns: ``keys`` of an object and ``any`` other key of it, or ``each`` of an array;
    ``pattern`` where one ends.
    """

    __slots__ = ("any", "each", "keys", "pattern")

    def __init__(self) -> None:
        self.keys: dict[str, Node] = {}
        self.any: Node | None = None
        self.each: Node | None = None
        self.pattern: int | None = None


def tree_of(patterns: Sequence[Pattern]) -> Node:
    """The patterns as one tree, so that each key is looked up once."""
    root = Node()
    for index, pattern in enumerate(patterns):
        node = root
        for step in pattern:
            if isinstance(step, str):
                node = node.keys.setdefault(step, Node())
            elif step is ANY:
                node.any = node = node.any or Node()
            else:
                node.each = node = node.each or Node()
        node.pattern = index
    return root


def keys_of(patterns: Iterable[Pattern]) -> frozenset[str]:
    """Every key that stands in a pattern."""
    return frozenset(step for pattern in patterns for step in pattern if isinstance(step, str))
