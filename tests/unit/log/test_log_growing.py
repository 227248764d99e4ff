"""A log that is kept as tiles is the tree of RFC 6962, in whatever batches it grew, and never goes on from damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log_made import ORIGIN, InMemory, TilesInMemory, entries_of, grown, key_of, mth, signed
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.log.check import check_consistency, check_inclusion
from safehand.log.checkpoint import Checkpoint, format_checkpoint
from safehand.log.growing import EdgeChanged, bundle, grow
from safehand.log.hashes import EMPTY_ROOT, fold_complete, leaf_hash
from safehand.log.note import Note, sign
from safehand.log.tile_folder import TileChanged, TileFolder
from safehand.log.tiled import TiledNodes, TileMissing, tile_at
from safehand.log.tiles import Tile, format_tile_path, parse_entries, tiles_of
from safehand.log.tree import Node, prove_consistency, prove_inclusion, root

MOST = 1_300
ENTRIES = entries_of(MOST)
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
NAIVE = InMemory(ENTRIES)
START = Checkpoint(ORIGIN, 0, EMPTY_ROOT)


def test_a_complete_subtree_is_folded_as_the_rfc_has_it() -> None:
    for many in (1, 2, 4, 256):
        assert fold_complete(b"".join(LEAVES[:many])) == mth(ENTRIES[:many])


@settings(max_examples=40)
@given(st.lists(st.integers(0, MOST), max_size=6))
def test_in_whatever_batches_it_grows_it_has_the_roots_and_the_tiles_of_one_tree(cuts: list[int]) -> None:
    checkpoint, tiles = START, TilesInMemory()
    for end in [*sorted(cuts), MOST]:
        after = grow(checkpoint, LEAVES[checkpoint.size : end], tiles)
        assert [tile for tile, _ in after.tiles] == list(tiles_of(end, after=checkpoint.size))
        assert (after.checkpoint.size, after.checkpoint.root) == (end, root(end, NAIVE))
        tiles.keep(after.tiles)
        checkpoint = after.checkpoint
    for tile in tiles_of(MOST):
        assert tiles.read([tile]) == [b"".join(NAIVE.read(tile.nodes))]


@given(st.integers(1, MOST), st.integers(0, 1 << 20))
def test_proofs_out_of_tiles_are_those_of_the_tree(size: int, number: int) -> None:
    nodes = TiledNodes(WHOLE, size)
    index, old = number % size, number % (size + 1)
    path = prove_inclusion(index, size, nodes)
    assert path == prove_inclusion(index, size, NAIVE)
    check_inclusion(LEAVES[index], index, size, path, root(size, nodes))
    proof = prove_consistency(old, size, nodes)
    assert proof == prove_consistency(old, size, NAIVE)
    check_consistency(old, root(old, nodes), size, root(size, nodes), proof)


WHOLE = TilesInMemory()
WHOLE.keep(grow(START, LEAVES, WHOLE).tiles)


def test_a_proof_asks_for_its_tiles_once() -> None:
    WHOLE.asked = 0
    prove_inclusion(700, MOST, TiledNodes(WHOLE, MOST))
    assert WHOLE.asked == 1


def test_a_node_that_is_not_complete_yet_is_not_made_up() -> None:
    nodes = TiledNodes(WHOLE, 300)
    assert nodes.read([Node(5, 8)]) == NAIVE.read([Node(5, 8)])
    for node in (Node(5, 9), Node(0, 300), Node(8, 1), Node(9, 0)):
        with pytest.raises(UsageError):
            nodes.read([node])


def test_a_log_does_not_go_on_from_an_edge_that_was_not_signed() -> None:
    for tile in (Tile(0, 2, 88), Tile(1, 0, 2)):
        for at in range(0, 32 * tile.width, 97):
            tiles = TilesInMemory()
            tiles.keep(GROWN_600.items())
            data = bytearray(tiles.kept[tile])
            data[at] ^= 1
            tiles.kept[tile] = bytes(data)
            with pytest.raises(EdgeChanged):
                grow(NAIVE_600, LEAVES[600:700], tiles)
    with pytest.raises(EdgeChanged):
        grow(replace(NAIVE_600, size=599), LEAVES[600:700], grown(600))


GROWN_600 = grown(600).kept
NAIVE_600 = Checkpoint(ORIGIN, 600, root(600, NAIVE))


def test_a_log_does_not_go_on_without_its_edge() -> None:
    tiles = grown(600)
    del tiles.kept[Tile(0, 2, 88)]
    with pytest.raises(TileMissing):
        grow(NAIVE_600, LEAVES[600:700], tiles)
    tiles.kept[Tile(0, 2, 88)] = bytes(87 * 32)
    with pytest.raises(TileMissing):
        grow(NAIVE_600, LEAVES[600:700], tiles)


def test_a_leaf_is_a_hash() -> None:
    with pytest.raises(UsageError):
        grow(START, [LEAVES[0], LEAVES[1][:-1]], TilesInMemory())


def test_a_batch_of_nothing_changes_nothing() -> None:
    assert grow(NAIVE_600, [], grown(600)).tiles == ()
    assert grow(NAIVE_600, [], grown(600)).checkpoint == NAIVE_600
    assert list(bundle(600, [], WHOLE)) == []


def test_what_is_signed_has_no_further_lines_of_the_one_before() -> None:
    before = replace(NAIVE_600, extensions=("one more",))
    assert grow(before, LEAVES[600:601], grown(600)).checkpoint.extensions == ()


def test_no_tile_stands_where_a_log_has_none() -> None:
    assert tile_at(0, 2, 600) == Tile(0, 2, 88)
    assert tile_at(1, 0, 600) == Tile(1, 0, 2)
    for level, index in ((0, 3), (1, 1), (2, 0)):
        with pytest.raises(UsageError):
            tile_at(level, index, 600)


class TilesInATable:
    """As a desk's database would keep them: a row a place, which is written again as its tile grows."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE tile (level, number, hashes, PRIMARY KEY (level, number)) WITHOUT ROWID")

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        found: dict[tuple[int, int], bytes] = {}
        for level in {tile.level for tile in tiles}:
            numbers = [tile.index for tile in tiles if tile.level == level]
            marks = ",".join("?" * len(numbers))
            asked = f"SELECT level, number, hashes FROM tile WHERE level = ? AND number IN ({marks})"  # noqa: S608
            found |= {row[:2]: row[2] for row in self._database.execute(asked, (level, *numbers))}
        return [found.get((tile.level, tile.index), b"")[: 32 * tile.width] for tile in tiles]

    def keep(self, tiles: Sequence[tuple[Tile, bytes]]) -> None:
        rows = [(tile.level, tile.index, data) for tile, data in tiles]
        self._database.executemany("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", rows)


def test_a_table_of_a_database_keeps_a_log_as_well_and_answers_for_every_size_it_had() -> None:
    table, checkpoint = TilesInATable(), START
    for end in (3, 256, 300, 700, MOST):
        after = grow(checkpoint, LEAVES[checkpoint.size : end], table)
        table.keep(after.tiles)
        checkpoint = after.checkpoint
    for size in (1, 3, 255, 256, 257, 300, 699, MOST):
        assert root(size, TiledNodes(table, size)) == root(size, NAIVE)
        path = prove_inclusion(size - 1, size, TiledNodes(table, size))
        assert path == prove_inclusion(size - 1, size, NAIVE)
    with pytest.raises(TileMissing):
        root(MOST + 300, TiledNodes(table, MOST + 300))


# In a folder, as it is published.


def _append(folder: Path, ends: Sequence[int]) -> TileFolder:
    store = TileFolder(folder)
    checkpoint = START
    for end in ends:
        new = ENTRIES[checkpoint.size : end]
        after = grow(checkpoint, [leaf_hash(entry) for entry in new], store)
        store.keep([*after.tiles, *bundle(checkpoint.size, new, store)])
        checkpoint = after.checkpoint
        store.publish(signed(InMemory(ENTRIES[:end]), key_of(0)))
    return store


def test_a_folder_holds_the_log_as_any_server_can_give_it_out(tmp_path: Path) -> None:
    store = _append(tmp_path, [3, 255, 256, 600])
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        "checkpoint",
        *("tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/1", "tile/1/000.p/2"),
        *("tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"),
    }
    assert store.read(list(tiles_of(600))) == WHOLE.read(list(tiles_of(600)))
    bundles = store.read([Tile(0, 0, of_entries=True), Tile(0, 1, of_entries=True), Tile(0, 2, 88, of_entries=True)])
    assert [entry for data in bundles for entry in parse_entries(data)] == ENTRIES[:600]


def test_a_partial_tile_that_went_is_answered_out_of_the_full_one(tmp_path: Path) -> None:
    store = _append(tmp_path, [3, 600])
    assert store.read([Tile(0, 0, 3)]) == [b"".join(LEAVES[:3])]
    (data,) = store.read([Tile(0, 0, 3, of_entries=True)])
    assert parse_entries(data) == ENTRIES[:3]
    for tile in (Tile(0, 2, 87), Tile(0, 3), Tile(0, 3, of_entries=True)):
        with pytest.raises(TileMissing):
            store.read([tile])


def test_what_was_signed_for_is_never_written_otherwise(tmp_path: Path) -> None:
    store = _append(tmp_path, [600])
    for tile in tiles_of(600):
        (data,) = store.read([tile])
        store.keep([(tile, data)])
        with pytest.raises(TileChanged):
            store.keep([(tile, bytes(len(data)))])
        assert store.read([tile]) == [data]


def test_a_bundle_that_is_not_of_its_leaves_is_not_gone_on_with(tmp_path: Path) -> None:
    store = _append(tmp_path, [600])
    path = tmp_path / format_tile_path(Tile(0, 2, 88, of_entries=True))
    whole = path.read_bytes()
    for data in (whole.replace(b"row 599", b"row 598"), whole + whole[: 2 + len(ENTRIES[512])]):
        path.write_bytes(data)
        with pytest.raises(EdgeChanged):
            list(bundle(600, ENTRIES[600:601], store))
    path.write_bytes(whole[:-1])
    with pytest.raises(CannotRead):
        list(bundle(600, ENTRIES[600:601], store))


def test_what_stopped_before_it_was_signed_is_taken_again(tmp_path: Path) -> None:
    store = _append(tmp_path, [600])
    other = grow(NAIVE_600, [leaf_hash(b"another row")] * 200, store)
    store.keep(other.tiles)  # … and here it stopped
    after = grow(NAIVE_600, LEAVES[600:800], store)
    store.keep(after.tiles)
    assert store.read(list(tiles_of(800))) == WHOLE.read(list(tiles_of(800)))


def test_the_checkpoint_of_a_folder_is_read_back_and_damage_is_no_checkpoint(tmp_path: Path) -> None:
    assert TileFolder(tmp_path).signed() is None
    store = _append(tmp_path, [5])
    assert store.signed() == signed(InMemory(ENTRIES[:5]), key_of(0))
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    with pytest.raises(CannotRead):
        store.signed()


def test_no_checkpoint_takes_the_place_of_a_larger_or_another_one(tmp_path: Path) -> None:
    store, key = _append(tmp_path, [600]), key_of(0)
    store.publish(signed(InMemory(ENTRIES[:600]), key))
    forked = InMemory([*ENTRIES[:599], b"another row"])
    text = format_checkpoint(replace(NAIVE_600, origin="elsewhere.example/log", size=700))
    for note in (
        signed(InMemory(ENTRIES[:599]), key),
        signed(forked, key),
        Note(text, (sign(text, "elsewhere.example/log", key),)),
    ):
        with pytest.raises(UsageError):
            store.publish(note)
    assert store.signed() == signed(InMemory(ENTRIES[:600]), key)


def test_a_tile_that_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path) -> None:
    store = _append(tmp_path, [600])
    path = tmp_path / format_tile_path(Tile(0, 1))
    path.unlink()
    path.mkdir()
    with pytest.raises(CannotRead):
        store.read([Tile(0, 1)])


def test_a_folder_that_cannot_be_written_says_so_and_leaves_the_checkpoint(tmp_path: Path) -> None:
    store = _append(tmp_path, [5])
    before = (tmp_path / "checkpoint").read_bytes()
    tile = Tile(0, 0, 7)
    (tmp_path / format_tile_path(tile)).with_name(".7.new").mkdir()  # what stands in the way stands for a full disk
    with pytest.raises(CannotWrite):
        store.keep([(tile, bytes(7 * 32))])
    assert (tmp_path / "checkpoint").read_bytes() == before
