"""Where parcels are collected from: this process, or a public node on another machine. One small face for both.

for waiting in source.waiting().parcels: …
source.pieces(waiting.parcel)             the sealed bytes
source.acknowledge(waiting.parcel, signed)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from safehand.errors import CannotRead
from safehand.seal.acknowledgement import Signed

MOST_PAGES: Final = 50
"""Hundreds of parcels that are asked for at one look: a node that lies could go on for ever."""


class NodeAway(CannotRead):
    """The public node does not answer. What lies there is collected when it does."""

    code = "node_away"


class NodeRefused(NodeAway):
    """The public node answers, and will not have this one thing. Others may go on."""

    code = "node_refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel that is to be collected. The node is not trusted: what it says is compared with the bytes."""

    parcel: str
    kind: str
    sha256: str
    size: int
    reference: str
    follows: str | None = None
    """The reference of the parcel that it adds to."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a node says there is."""

    parcels: tuple[Waiting, ...]
    """The most urgent first, each once."""
    odd: int = 0
    """Entries beside them that are nothing this desk understands: they keep no other from being collected."""


class ParcelSource(Protocol):
    """Somewhere parcels wait."""

    def waiting(self) -> Listed:
        """What is to be collected: all of it, as far as a node may go on (``MOST_PAGES``)."""

    def pieces(self, parcel: str) -> Iterator[bytes]:
        """The sealed bytes of one."""

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        """Say that the desk has it."""

    def tell(self, parcel: str, told: bytes) -> None:
        """Say how far it is, and which messages its holder is told: ``safehand.told/1``, canonical."""
