"""A log as files in a folder, as it is published (c2sp.org/tlog-tiles): any web server can give them out.

    checkpoint                      signed; written last, and the one file that changes
    tile/0/x001/x234/067            written once
    tile/entries/000.p/17

Each file is written under another name, forced to the disk, and renamed; then the folders are. A tile that the
checkpoint here speaks of is never written otherwise than it stands. A partial tile goes when the full one is there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from safehand.errors import CannotRead, CannotWrite, CheckFailed, UsageError
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.hashes import LENGTH
from safehand.log.note import Note, format_note, parse_note
from safehand.log.tiled import no_tile
from safehand.log.tiles import HEIGHT, WIDTH, Tile, format_entries, format_tile_path, parse_entries
from safehand.log.whole_file import sync_all, write_whole

CHECKPOINT: Final = "checkpoint"


class TileChanged(CheckFailed):
    """A tile that was signed for would have been written otherwise."""

    code = "tile_changed"


class TileFolder:
    """Tiles in a folder: tiled.Tiles, and what a log needs to grow there. One process writes at a time."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is there; what is below it is made as needed."""
        self._folder = folder

    def signed(self) -> Note | None:
        """The newest checkpoint, with its signatures; None before the first. CannotRead when it is damaged."""
        try:
            data = (self._folder / CHECKPOINT).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as err:
            raise CannotRead("The checkpoint of the log cannot be read.", where=CHECKPOINT) from err
        try:
            return parse_note(data.decode("utf-8"))
        except UnicodeDecodeError as err:
            raise CannotRead("This is no signed note. It is no UTF-8.", where=CHECKPOINT) from err

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        """The bytes of each. TileMissing where one is not there, nor the full one in its place."""
        return [self._read(tile) for tile in tiles]

    def keep(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        """On the disk for good, when this returns. TileChanged, CannotWrite."""
        signed = self.signed()
        size = parse_checkpoint(signed.text).size if signed is not None else 0
        new = [(tile, data) for tile, data in tiles if not self._is_settled(tile, data, size)]
        try:
            sync_all(
                {folder for tile, data in new for folder in write_whole(self._folder / format_tile_path(tile), data)}
            )
        except OSError as err:
            raise _cannot_write() from err
        for tile, _ in new:  # only now: before, a power cut could have left neither the full one nor the partial ones
            if tile.width == WIDTH:
                shutil.rmtree(self._folder / f"{format_tile_path(tile)}.p", ignore_errors=True)

    def publish(self, note: Note) -> None:
        """Take the place of the checkpoint before. UsageError when it does not go on from that, CannotWrite."""
        signed, after = self.signed(), parse_checkpoint(note.text)
        before = parse_checkpoint(signed.text) if signed is not None else replace(after, size=0)
        is_same = (after.size, after.root) == (before.size, before.root) or after.size > before.size
        if after.origin != before.origin or (signed is not None and not is_same):
            raise UsageError("A checkpoint follows one of the same log that is smaller.")
        try:
            sync_all(write_whole(self._folder / CHECKPOINT, format_note(note).encode()))
        except OSError as err:
            raise _cannot_write() from err

    def _is_settled(self, tile: Tile, data: bytes, size: int) -> bool:
        """It stands there, and was signed for. TileChanged where it stands there otherwise."""
        path = self._folder / format_tile_path(tile)
        if _leaves(tile) > size or not path.exists():
            return False
        if path.read_bytes() != data:
            raise TileChanged("A tile that was signed for is not written again.", where=format_tile_path(tile))
        return True

    def _read(self, tile: Tile) -> bytes:
        full = Tile(tile.level, tile.index, of_entries=tile.of_entries)
        try:
            return self._bytes(tile)
        except FileNotFoundError:
            try:
                data = self._bytes(full)
            except FileNotFoundError as err:
                raise no_tile(tile) from err
        return format_entries(parse_entries(data)[: tile.width]) if tile.of_entries else data[: LENGTH * tile.width]

    def _bytes(self, tile: Tile) -> bytes:
        path = format_tile_path(tile)
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as err:
            raise CannotRead("A tile of the log cannot be read.", where=path) from err


def _leaves(tile: Tile) -> int:
    """How large a log is when it has this tile, at least."""
    return (tile.index * WIDTH + tile.width) << (HEIGHT * tile.level)


def _cannot_write() -> CannotWrite:
    return CannotWrite("The log could not be written: the disk may be full.", todo="The checkpoint is as it was.")
