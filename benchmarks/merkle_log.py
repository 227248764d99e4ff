"""The log: entries that are added a second, a proof out of ten million, and an audit of the whole.

    .venv/bin/python benchmarks/merkle_log.py

Adding is in batches, each on the disk for good, checkpoint signed and all, before the next begins: that is what a desk
waits for. Proofs are read out of files in a folder, each checked. The floor of all three is SHA-256 itself: two hashes
an entry. Entries are as long as the leaves of custody entries.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from make_whatsapp import SEED
from measure import Figure, arguments, say, scratch_of, tell
from safehand.log.audit import audit
from safehand.log.check import check_inclusion
from safehand.log.checkpoint import Checkpoint, format_checkpoint
from safehand.log.growing import bundle, grow
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.note import Note, sign
from safehand.log.tile_folder import TileFolder
from safehand.log.tiled import TiledNodes
from safehand.log.tiles import format_tile_path
from safehand.log.tree import prove_inclusion

ORIGIN = "plot14.example/log"
BATCH = 1_000
MOST_ADDED = 100_000
FLOOR = "two SHA-256 an entry"
GROWN = 10_000_000
"""Entries of the log that proofs are made out of (issue 6, section 1)."""
AT_ONCE = 64 * 256
PROOFS = 500


def entries(first: int, many: int) -> Iterator[bytes]:
    """So many, each other than the rest."""
    return (b"safehand.leaf/1 %064x\n" % number for number in range(first, first + many))


def added(folder: Path, many: int) -> float:
    """Wall seconds for adding so many in batches."""
    store, key = TileFolder(folder), Ed25519PrivateKey.from_private_bytes(bytes(32))
    checkpoint = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    begun = time.perf_counter()
    while checkpoint.size < many:
        new = list(entries(checkpoint.size, min(BATCH, many - checkpoint.size)))
        after = grow(checkpoint, list(map(leaf_hash, new)), store)
        store.keep([*after.tiles, *bundle(checkpoint.size, new, store)])
        text = format_checkpoint(after.checkpoint)
        store.publish(Note(text, (sign(text, ORIGIN, key),)))
        checkpoint = after.checkpoint
    return time.perf_counter() - begun


def grown(folder: Path, size: int) -> Checkpoint:
    """The tiles of a log of so many, written without waiting for the disk."""
    store, checkpoint = TileFolder(folder), Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    while checkpoint.size < size:
        new = entries(checkpoint.size, min(AT_ONCE, size - checkpoint.size))
        after = grow(checkpoint, list(map(leaf_hash, new)), store)
        for tile, data in after.tiles:
            path = folder / format_tile_path(tile)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        checkpoint = after.checkpoint
    return checkpoint


def proofs(folder: Path, checkpoint: Checkpoint) -> list[float]:
    """Wall milliseconds of each of many proofs, sorted."""
    nodes, dice = TiledNodes(TileFolder(folder), checkpoint.size), random.Random(SEED)
    took = []
    for _ in range(PROOFS):
        index = dice.randrange(checkpoint.size)
        begun = time.perf_counter()
        made = prove_inclusion(index, checkpoint.size, nodes)
        took.append(1_000 * (time.perf_counter() - begun))
        (entry,) = entries(index, 1)
        check_inclusion(leaf_hash(entry), index, checkpoint.size, made, checkpoint.root)
    return sorted(took)


def floor_of(many: int) -> float:
    """CPU seconds of two SHA-256 an entry."""
    data = bytes(65)
    begun = time.process_time()
    for _ in range(2 * many):
        hashlib.sha256(data).digest()
    return time.process_time() - begun


def main() -> None:
    """Measure, and print a figure a line."""
    options = arguments("the log: adding, proving, auditing").parse_args()
    many, folder = options.messages, scratch_of(options)
    folders = {name: folder / name for name in ("added", "audited", "large")}
    for one in folders.values():
        one.mkdir()
    floor = floor_of(many) / many
    tell(_appending(folders["added"], min(many, MOST_ADDED), floor))
    tell(_auditing(folders["audited"], many, floor))
    say(f"growing a log of {GROWN} entries")
    times = proofs(folders["large"], grown(folders["large"], GROWN))
    for part, name in ((50, "half of"), (95, "95 % of")):
        what = f"{name} proofs of inclusion out of {GROWN:,} entries, from files, are made within"
        tell(Figure(f"log.inclusion.p{part}", what, times[part * (PROOFS - 1) // 100], "ms", "less", target=5))


def _appending(folder: Path, many: int, floor: float) -> Figure:
    say(f"adding {many} entries")
    took = added(folder, many)
    return Figure(
        "log.append",
        f"entries added a second, in batches of {BATCH:,}, each signed and on the disk before the next",
        many / took,
        "entries/s",
        "more",
        target=5_000,
        floor=FLOOR,
        ratio=took / (floor * many),
    )


def _auditing(folder: Path, many: int, floor: float) -> Figure:
    say(f"auditing {many} entries")
    head, tiles = grown(folder, many), TileFolder(folder)
    begun = time.process_time()
    report = audit(entries(0, many), [head], size=many, tiles=tiles)
    seconds = time.process_time() - begun
    if not report.is_sound:
        raise SystemExit("The audit found what was not done.")
    return Figure(
        "log.audit",
        f"CPU time for computing a log of {many:,} entries again and comparing every tile",
        seconds,
        "s",
        "less",
        target=15 if many <= 1_000_000 else None,
        floor=FLOOR,
        ratio=seconds / (floor * many),
    )


if __name__ == "__main__":
    main()
