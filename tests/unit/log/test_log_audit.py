"""Whatever is done to a log's entries, tiles or checkpoints is found and named, and what was not done is not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log_made import ORIGIN, InMemory, TilesInMemory, entries_of, grown
from safehand.log.audit import Finding, Found, audit
from safehand.log.checkpoint import Checkpoint
from safehand.log.differences import Change, Difference, differences
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.tiles import Tile, format_tile_path, tiles_of
from safehand.log.tree import root

SIZE = 600
ENTRIES = entries_of(SIZE)
NAIVE = InMemory(ENTRIES)


def at(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, root(size, NAIVE))


def told(
    entries: Sequence[bytes], checkpoints: Sequence[Checkpoint] = (at(SIZE),), tiles: TilesInMemory | None = None
) -> list[tuple[str, str]]:
    tiles = tiles if tiles is not None else grown(SIZE)
    found = audit(entries, checkpoints, size=SIZE, tiles=tiles).findings
    return [(one.found.value, f"{one.where} {one.is_at}".strip()) for one in found]


def test_a_log_as_it_was_is_sound() -> None:
    checkpoints = [at(size) for size in (SIZE, 0, 1, 255, 256, 599)]
    report = audit(iter(ENTRIES), checkpoints, size=SIZE, tiles=grown(SIZE))
    assert report.is_sound
    assert (report.entries, report.root) == (SIZE, at(SIZE).root)
    assert [one.size for one in report.holds] == [0, 1, 255, 256, 599, SIZE]


def test_a_log_that_was_compared_with_nothing_is_not_called_sound() -> None:
    assert not audit(ENTRIES, []).is_sound
    assert not audit([], []).is_sound
    assert audit([], [Checkpoint(ORIGIN, 0, EMPTY_ROOT)]).is_sound


def test_entries_that_wait_for_the_next_checkpoint_are_no_finding() -> None:
    assert told([*ENTRIES, b"new 1", b"new 2"]) == []


@pytest.mark.parametrize("index", [0, 1, 255, 256, 500, 599])
def test_an_entry_that_was_changed_removed_or_added_is_named(index: int) -> None:
    changed = [*ENTRIES[:index], b"another row", *ENTRIES[index + 1 :]]
    assert told(changed) == [("entry_changed", f"entry {index}")]
    assert told([*ENTRIES[:index], *ENTRIES[index + 1 :]]) == [("entry_removed", f"entry {index}")]
    assert told([*ENTRIES[:index], b"another row", *ENTRIES[index:]]) == [("entry_added", f"entry {index}")]


def test_an_entry_that_stands_elsewhere_is_named_with_both_places() -> None:
    moved = [*ENTRIES[:10], ENTRIES[400], *ENTRIES[10:400], *ENTRIES[401:]]
    assert told(moved) == [("entry_reordered", "entry 400 entry 10")]
    swapped = [*ENTRIES]
    swapped[7], swapped[8] = swapped[8], swapped[7]
    assert told(swapped) in (
        [("entry_reordered", "entry 7 entry 8")],
        [("entry_reordered", "entry 8 entry 7")],
    )


def test_several_things_that_were_done_are_all_named() -> None:
    done = [*ENTRIES]
    done[300] = b"another row"
    done.insert(200, b"one more")
    del done[100]
    assert told(done) == [
        ("entry_removed", "entry 100"),
        ("entry_added", "entry 199"),
        ("entry_changed", "entry 300"),
    ]


def test_entries_cut_off_the_end_are_named() -> None:
    assert told(ENTRIES[:597]) == [("entry_removed", f"entry {index}") for index in (597, 598, 599)]


def test_a_removed_entry_is_named_though_newer_ones_wait() -> None:
    assert told([*ENTRIES[:41], *ENTRIES[42:], b"new 1", b"new 2"]) == [("entry_removed", "entry 41")]


@pytest.mark.parametrize("tile", list(tiles_of(SIZE)))
def test_a_tile_that_was_changed_or_is_missing_is_named_and_no_entry_is_accused(tile: Tile) -> None:
    tiles = grown(SIZE)
    tiles.kept[tile] = bytes(32) + tiles.kept[tile][32:]
    assert told(ENTRIES, tiles=tiles) == [("tile_changed", format_tile_path(tile))]
    del tiles.kept[tile]
    assert told(ENTRIES, tiles=tiles) == [("tile_missing", format_tile_path(tile))]


def test_a_tile_that_was_cut_is_missing() -> None:
    tiles = grown(SIZE)
    tiles.kept[Tile(0, 1)] = tiles.kept[Tile(0, 1)][:-1]
    assert told(ENTRIES, tiles=tiles) == [("tile_missing", "tile/0/001")]


def test_a_log_made_again_from_changed_entries_is_a_fork_and_the_checkpoints_say_since_when() -> None:
    done = [*ENTRIES[:300], b"another row", *ENTRIES[301:]]
    tiles = TilesInMemory()
    forked = InMemory(done)
    for tile in tiles_of(SIZE):
        tiles.keep([(tile, b"".join(forked.read(tile.nodes)))])
    report = audit(done, [at(size) for size in (100, 299, 300, 301, 600)], size=SIZE, tiles=tiles)
    assert [one.size for one in report.holds] == [100, 299, 300]
    assert report.findings == tuple(
        Finding(Found.FORKED, f"size {size}", "", at(size), root(size, forked), 300) for size in (301, 600)
    )


def test_a_log_that_became_smaller_with_its_tiles_is_found_by_a_checkpoint_from_outside() -> None:
    report = audit(ENTRIES[:500], [at(500), at(600)], size=500, tiles=grown(500))
    assert report.findings == (Finding(Found.FORKED, "size 600", "", at(600), None, 500),)


def test_a_checkpoint_of_another_log_is_a_fork() -> None:
    other = Checkpoint(ORIGIN, 600, bytes(32))
    report = audit(ENTRIES, [at(600), other], size=SIZE, tiles=grown(SIZE))
    assert report.findings == (Finding(Found.FORKED, "size 600", "", other, at(600).root, 600),)
    assert report.holds == (at(600),)


def test_without_tiles_the_checkpoints_alone_tell() -> None:
    done = [*ENTRIES[:300], b"another row", *ENTRIES[301:]]
    assert audit(ENTRIES, [at(600)]).is_sound
    (one,) = audit(done, [at(300), at(600)]).findings
    assert (one.found, one.where, one.since) == (Found.FORKED, "size 600", 300)


def test_what_holds_later_says_nothing_of_since_when() -> None:
    other = Checkpoint(ORIGIN, 300, bytes(32))
    (one,) = audit(ENTRIES, [other, at(100), at(600)], size=SIZE, tiles=grown(SIZE)).findings
    assert (one.where, one.since) == ("size 300", 100)


def test_without_a_checkpoint_the_tiles_are_believed_and_nothing_is_sound() -> None:
    done = [*ENTRIES[:7], b"another row", *ENTRIES[8:]]
    report = audit(done, [], size=SIZE, tiles=grown(SIZE))
    assert report.findings[0] == Finding(Found.CHANGED, "entry 7")


def test_of_entries_under_a_tile_that_is_missing_nothing_is_made_up() -> None:
    tiles = grown(SIZE)
    del tiles.kept[Tile(0, 1)]
    done = [*ENTRIES[:7], b"another row", *ENTRIES[8:300], *ENTRIES[512:]]
    assert told(done, tiles=tiles) == [
        ("tile_missing", "tile/0/001"),
        ("entry_changed", "entry 7"),
        ("forked", "size 600"),
    ]
    assert told(done, [], tiles=tiles)[0] == ("tile_missing", "tile/0/001")


DEEDS = ("change", "remove", "add", "move", "swap", "cut", "tile", "lose a tile", "checkpoint")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DEEDS), st.integers(0, 1 << 30))
def test_no_tampering_passes(deed: str, number: int) -> None:
    dice = random.Random(number)
    entries, tiles, checkpoints = [*ENTRIES], grown(SIZE), [at(dice.randrange(1, SIZE)), at(SIZE)]
    index, other = dice.sample(range(SIZE), 2)
    tile = dice.choice(list(tiles_of(SIZE)))
    match deed:
        case "change":
            entries[index] += b"!"
        case "remove":
            del entries[index]
        case "add":
            entries.insert(index, b"one more")
        case "move":
            entries.insert(other, entries.pop(index))
        case "swap":
            entries[index], entries[other] = entries[other], entries[index]
        case "cut":
            del entries[index:]
        case "tile":
            data = bytearray(tiles.kept[tile])
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            tiles.kept[tile] = bytes(data)
        case "lose a tile":
            del tiles.kept[tile]
        case _:
            checkpoints[0] = Checkpoint(ORIGIN, checkpoints[0].size, at(index).root)
            checkpoints = checkpoints if index != checkpoints[0].size else [Checkpoint(ORIGIN, 700, bytes(32))]
    report = audit(entries, checkpoints, size=SIZE, tiles=tiles)
    assert report.findings
    assert not report.is_sound


def test_the_least_that_was_done_is_told_of_every_small_case() -> None:
    """Every way to lay out up to four of five entries anew: what is told is exactly what differs."""
    hashes = [leaf_hash(bytes([at])) for at in range(5)]
    kept = hashes[:4]
    for many in range(5):
        for order in itertools.permutations(hashes, many):
            found = differences(b"".join(kept), b"".join(order))
            by = {change: [one for one in found if one.change is change] for change in Change}
            gone = {one.kept for one in (*by[Change.REMOVED], *by[Change.CHANGED])}
            new = {one.found for one in (*by[Change.ADDED], *by[Change.CHANGED])}
            assert gone == {at for at, value in enumerate(kept) if value not in order}
            assert new == {at for at, value in enumerate(order) if value not in kept}
            common = [kept.index(value) for value in order if value in kept]
            still = max(
                (many for many in range(len(common), 0, -1) if _rises(common, many)),
                default=0,
            )
            assert len(by[Change.REORDERED]) == len(common) - still
            for one in by[Change.REORDERED]:
                assert kept[one.kept or 0] == order[one.found or 0]


def _rises(places: Sequence[int], many: int) -> bool:
    return any(list(row) == sorted(row) for row in itertools.combinations(places, many))


def test_entries_that_are_the_same_are_counted_one_for_one() -> None:
    a, b = leaf_hash(b"a"), leaf_hash(b"b")
    assert differences(a + a + b, a + b) == (Difference(Change.REMOVED, 1, None),)
    assert differences(a + b, a + a + b) == (Difference(Change.ADDED, None, 1),)
    assert differences(a, a) == ()
    assert differences(b"", a) == (Difference(Change.ADDED, None, 0),)
