"""Where parcels are collected from: this process, or a public node on another machine. One small face for both.

for waiting in source.waiting(): …
source.pieces(waiting.parcel)             the sealed bytes
source.acknowledge(waiting.parcel, signed)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from safehand.errors import CannotRead
from safehand.seal.acknowledgement import Signed


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


class ParcelSource(Protocol):
    """Somewhere parcels wait."""

    def waiting(self) -> Sequence[Waiting]:
        """What is to be collected, the most urgent first."""

    def pieces(self, parcel: str) -> Iterator[bytes]:
        """The sealed bytes of one."""

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        """Say that the desk has it."""

    def tell(self, parcel: str, told: bytes) -> None:
        """Say how far it is, and which messages its holder is told: ``safehand.told/1``, canonical."""
