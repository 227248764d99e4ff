"""Collecting where node and desk are one process: the node's own actions, called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.desk.handover.actions import (
    LISTED,
    accept_acknowledgement,
    find_parcel,
    parcel_store,
    parcels_waiting,
)
from safehand.desk.handover.desk_seen import see_desk
from safehand.desk.handover.models import Parcel
from safehand.desk.handover.progress import accept_told
from safehand.desk.intake.parcel_source import MOST_PAGES, Listed, NodeAway, Waiting
from safehand.seal.acknowledgement import Signed

_PIECE: Final = 1 << 20


class ParcelsHere:
    """The parcels of this process's own node."""

    def waiting(self) -> Listed:
        """As the node has them."""
        see_desk()
        return Listed(tuple(map(_waiting, parcels_waiting(most=MOST_PAGES * LISTED))))

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


def _waiting(parcel: Parcel) -> Waiting:
    follows = parcel.follows.reference if parcel.follows is not None else None
    return Waiting(parcel.pk, parcel.kind, parcel.sha256, parcel.size, parcel.reference, follows)
