"""Collecting where node and desk are one process: the node's own actions, called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from safehand.desk.handover.actions import accept_acknowledgement, find_parcel, parcel_store, parcels_waiting
from safehand.desk.handover.desk_seen import see_desk
from safehand.desk.handover.progress import accept_told
from safehand.desk.intake.parcel_source import NodeAway, Waiting
from safehand.seal.acknowledgement import Signed

_PIECE: Final = 1 << 20


class ParcelsHere:
    """The parcels of this process's own node."""

    def waiting(self) -> Sequence[Waiting]:
        """As the node has them."""
        see_desk()
        return [
            Waiting(
                each.pk,
                each.kind,
                each.sha256,
                each.size,
                each.reference,
                each.follows.reference if each.follows is not None else None,
            )
            for each in parcels_waiting()
        ]

    def pieces(self, parcel: str) -> Iterator[bytes]:
        """From the node's store."""
        try:
            with parcel_store().path(find_parcel(parcel).sha256).open("rb") as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except OSError as err:
            raise NodeAway("A parcel cannot be read from the node's store.", where=parcel) from err

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        """The node keeps it, and lets the bytes go."""
        accept_acknowledgement(find_parcel(parcel), signed)

    def tell(self, parcel: str, told: bytes) -> None:
        """The node keeps it for whoever has the check code."""
        accept_told(find_parcel(parcel), told)
