"""The tiles of the log in the desk's database: a row a place, written again as its tile grows (log/tiled.py, Tiles)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from safehand.desk.custody.models import LogTile
from safehand.log.hashes import LENGTH
from safehand.log.tiles import Tile

_AT_A_TIME = 500


class KeptTiles:
    """tiled.Tiles."""

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        """Of each, its beginning as wide as it is asked for; nothing where it is not there. One question."""
        wanted: defaultdict[int, set[int]] = defaultdict(set)
        for tile in tiles:
            wanted[tile.level].add(tile.index)
        places = Q()
        for level, indexes in wanted.items():
            places |= Q(level=level, index__in=indexes)
        rows = LogTile.objects.filter(places).values_list("level", "index", "hashes") if wanted else ()
        found = {(level, index): bytes(hashes) for level, index, hashes in rows}
        return [found.get((tile.level, tile.index), b"")[: LENGTH * tile.width] for tile in tiles]

    def keep(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        """In the transaction of the checkpoint that speaks of them."""
        LogTile.objects.bulk_create(
            [LogTile(level=tile.level, index=tile.index, hashes=data) for tile, data in tiles],
            batch_size=_AT_A_TIME,
            update_conflicts=True,
            unique_fields=["level", "index"],
            update_fields=["hashes"],
        )
