"""The log as files for everybody (c2sp.org/tlog-tiles), in a folder that any web server gives out: no name in them.

    publish_when_due()     a chore of the workers: the newest checkpoint, or a signature under it, is not there yet
    publish_now()          the task: tiles, bundles of leaves, what dates the log, and last of all the checkpoint

Off unless a unit sets a folder (settings/published.py). What is there already has to be the beginning of this log, or
nothing is written: a reader who has the older checkpoint would have been shown two logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.asking import asking_of, claim, failed, went_well
from safehand.desk.custody.giving import dated_files
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import bytes_of
from safehand.desk.custody.models import CustodyEntry, LogAsking
from safehand.desk.custody.proving import newest_of_any
from safehand.desk.custody.signed_log import SignedLog, newest
from safehand.errors import CannotRead, CannotWrite, CheckFailed, SafehandError
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.commitment import Opening, commit
from safehand.log.hashes import leaf_hash
from safehand.log.tile_folder import TileFolder
from safehand.log.tiled import TiledNodes, read_whole
from safehand.log.tiles import WIDTH, Tile, format_entries, tiles_of
from safehand.log.tree import root
from safehand.log.whole_file import sync_all, write_whole

PUBLISH: Final = "publish"
"""What it is called among what is asked (models.LogAsking)."""

_AT_ONCE: Final = 64
"""Tiles that are held in memory: half a megabyte."""


class OtherLogPublished(CheckFailed):
    """What lies in the folder is no beginning of this log."""

    code = "other_log_published"


def publish_when_due(clock: Clock = system_clock) -> None:
    """A chore. A task does it: thousands of files may be written the first time."""
    from safehand.desk.custody.tasks import publish_log  # noqa: PLC0415  it imports this module

    folder: Path | None = settings.PUBLISHED
    signed = newest() if folder is not None else None
    if folder is None or signed is None:
        return
    if not _is_there(folder, signed) and claim(PUBLISH, clock):
        publish_log.enqueue()


def publish_now(clock: Clock = system_clock) -> bool:
    """Write what is not there yet. Whether all of it is; where not, it is tried again after a while."""
    folder: Path | None = settings.PUBLISHED
    if folder is None:
        return False
    asking_of(PUBLISH, clock)
    try:
        _publish(folder, newest_of_any())
    except (SafehandError, OSError) as problem:
        found = problem.found if isinstance(problem, SafehandError) else "The folder cannot be written to."
        failed(PUBLISH, found, clock)
        return False
    went_well(PUBLISH, clock)
    return True


def not_published() -> LogAsking | None:
    """How it goes, where it does not go well."""
    if settings.PUBLISHED is None:
        return None
    return LogAsking.objects.filter(whom=PUBLISH, tries__gt=0).first()


def problems_of_publishing() -> Iterator[str]:
    """For ``safehand desk check``."""
    asking = not_published()
    if asking is not None:
        yield f"custody log: It could not be published, tried {asking.tries} times. {asking.answer}"


def _is_there(folder: Path, signed: SignedLog) -> bool:
    """The checkpoint with all who signed it, and what dates it, which comes later."""
    dated = dated_files(signed.checkpoint.size)
    try:
        same = all((folder / name).read_bytes() == data for name, data in dated.items())
        return same and TileFolder(folder).signed() == signed.note
    except (OSError, CannotRead):
        return False


def _publish(path: Path, signed: SignedLog) -> None:
    folder, size = TileFolder(path), signed.checkpoint.size
    before = _published(folder, signed)
    new = iter([*tiles_of(size, after=before)])
    while batch := list(islice(new, _AT_ONCE)):
        folder.keep(zip(batch, read_whole(KeptTiles(), batch), strict=True))
    bundles = _bundles(size, before)
    while some := list(islice(bundles, _AT_ONCE)):
        folder.keep(some)
    try:
        files = dated_files(size)
        sync_all({changed for name, data in files.items() for changed in write_whole(path / name, data)})
    except OSError as err:
        raise CannotWrite("The log could not be published: the disk may be full.") from err
    folder.publish(signed.note)


def _published(folder: TileFolder, signed: SignedLog) -> int:
    """How many entries lie there already."""
    there = folder.signed()
    if there is None:
        return 0
    before, size = parse_checkpoint(there.text), signed.checkpoint.size
    is_ours = before.origin == signed.checkpoint.origin and before.size <= size
    if not is_ours or root(before.size, TiledNodes(KeptTiles(), size)) != before.root:
        raise OtherLogPublished("What is published is no beginning of this log. Nothing was written over it.")
    return before.size


def _bundles(size: int, before: int) -> Iterator[tuple[Tile, bytes]]:
    """The leaves from the bundle on that is not full yet, each compared with the tile of its hashes."""
    first = before // WIDTH
    if before == size:
        return
    rows = CustodyEntry.objects.filter(sequence__gt=first * WIDTH, sequence__lte=size).order_by("sequence")
    columns = rows.values_list("salt", "canonical").iterator(chunk_size=WIDTH)
    leaves = (commit(Opening(bytes_of(salt), bytes_of(canonical))) for salt, canonical in columns)
    for index in range(first, -(-size // WIDTH)):
        part = list(islice(leaves, WIDTH))
        tile = Tile(0, index, min(WIDTH, size - index * WIDTH))
        if b"".join(map(leaf_hash, part)) != read_whole(KeptTiles(), [tile])[0]:
            raise OtherLogPublished("Entries are not what was signed. See what is wrong: safehand desk check.")
        yield Tile(0, index, tile.width, of_entries=True), format_entries(part)
