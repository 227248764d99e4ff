"""The tree is that of RFC 6962: roots and proofs of every size, against its own words, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from log_made import InMemory, entries_of, mth, path, proof
from safehand.errors import UsageError
from safehand.log.check import ProofFails, check_consistency, check_inclusion
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.tree import frontier, prove_consistency, prove_inclusion, root

MOST = 70
ENTRIES = entries_of(MOST)
LOG = InMemory(ENTRIES)
ROOTS = [mth(ENTRIES[:size]) for size in range(MOST + 1)]

# The tree that certificate-transparency's own tests have always used: eight entries, and the root at each size.
PUBLISHED = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLISHED_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_published_tree_has_its_published_roots() -> None:
    log = InMemory()
    assert root(0, log) == EMPTY_ROOT
    for size, (entry, published) in enumerate(zip(PUBLISHED, PUBLISHED_ROOTS, strict=True), 1):
        log.add([entry])
        assert root(size, log).hex() == published


# Its proofs, as the same tests have them (cpp/merkletree/merkle_tree_test.cc): leaf, size, path; old, new, proof.
_A, _B, _C, _D, _E, _F, _G = (
    bytes.fromhex(text)
    for text in (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    )
)
PUBLISHED_PATHS = [(0, 8, [_A, _B, _C]), (5, 8, [_D, _E, _F])]
PUBLISHED_PROOFS = [(1, 1, []), (1, 8, [_A, _B, _C]), (6, 8, [_G, _E, _F]), (2, 5, [_B, _D])]


def test_the_published_tree_has_its_published_proofs() -> None:
    log, roots = InMemory(PUBLISHED), [bytes.fromhex(text) for text in PUBLISHED_ROOTS]
    for index, size, published in PUBLISHED_PATHS:
        assert prove_inclusion(index, size, log) == published
        check_inclusion(leaf_hash(PUBLISHED[index]), index, size, published, roots[size - 1])
    for old, new, published in PUBLISHED_PROOFS:
        assert prove_consistency(old, new, log) == published
        check_consistency(old, roots[old - 1], new, roots[new - 1], published)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5)])
def test_an_empty_log_has_one_root(old: int, new: int) -> None:
    check_consistency(old, ROOTS[old], new, ROOTS[new], [])
    other = bytes(32)
    with pytest.raises(ProofFails):
        check_consistency(old, other, new, other if old == new else ROOTS[new], [])


def test_every_root_is_that_of_the_rfc() -> None:
    assert [root(size, LOG) for size in range(MOST + 1)] == ROOTS


@given(st.lists(st.integers(0, MOST), max_size=12))
def test_in_whatever_batches_it_grows_it_is_one_tree(cuts: list[int]) -> None:
    log = InMemory()
    for end in sorted(cuts):
        log.add(ENTRIES[log.size : end])
    assert log.kept == InMemory(ENTRIES[: log.size]).kept


def test_a_tree_of_so_many_leaves_is_kept_in_fewer_than_twice_as_many_nodes() -> None:
    assert len(LOG.kept) == 2 * MOST - len(frontier(MOST))


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_each_leaf_has_the_path_of_the_rfc_and_it_is_believed(size: int) -> None:
    for index in range(size):
        made = prove_inclusion(index, size, LOG)
        assert made == path(index, ENTRIES[:size])
        check_inclusion(leaf_hash(ENTRIES[index]), index, size, made, ROOTS[size])


@pytest.mark.parametrize("size", range(MOST + 1))
def test_each_earlier_tree_has_the_proof_of_the_rfc_and_it_is_believed(size: int) -> None:
    for old in range(size + 1):
        made = prove_consistency(old, size, LOG)
        assert made == ([] if old in (0, size) else proof(old, ENTRIES[:size]))
        check_consistency(old, ROOTS[old], size, ROOTS[size], made)


def test_a_proof_asks_the_store_once() -> None:
    log = InMemory(ENTRIES)
    log.asked = 0
    prove_inclusion(3, MOST, log)
    prove_consistency(33, MOST, log)
    root(MOST, log)
    assert log.asked == 3


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_an_entry_that_is_not_there_is_not_proved(index: int, size: int) -> None:
    with pytest.raises(UsageError):
        prove_inclusion(index, size, LOG)


@pytest.mark.parametrize(("old", "new"), [(-1, 5), (6, 5)])
def test_a_log_that_became_smaller_is_not_proved(old: int, new: int) -> None:
    with pytest.raises(UsageError):
        prove_consistency(old, new, LOG)


WRONGS = ("flip", "drop first", "drop last", "repeat", "swap", "add", "shorten a hash")


def _wrong(hashes: list[bytes], how: str, at: int) -> list[bytes]:
    made = list(hashes)
    at = at % len(made) if made else 0
    match how:
        case "flip" if made:
            made[at] = bytes([made[at][0] ^ 1]) + made[at][1:]
        case "drop first" if made:
            made.pop(0)
        case "drop last" if made:
            made.pop()
        case "repeat" if made:
            made.insert(at, made[at])
        case "swap" if len(made) > 1:
            other = (at + 1) % len(made)
            made[at], made[other] = made[other], made[at]
        case "shorten a hash" if made:
            made[at] = made[at][:-1]
        case _:
            made.append(bytes(32))
    return made


@given(st.integers(1, MOST), st.integers(0, 1 << 20), st.sampled_from(WRONGS), st.integers(0, 9))
def test_no_near_miss_of_a_path_is_believed(size: int, number: int, how: str, at: int) -> None:
    index = number % size
    made = _wrong(prove_inclusion(index, size, LOG), how, at)
    with pytest.raises(ProofFails):
        check_inclusion(leaf_hash(ENTRIES[index]), index, size, made, ROOTS[size])


@given(st.integers(1, MOST), st.integers(0, 1 << 20), st.sampled_from(WRONGS), st.integers(0, 9))
def test_no_near_miss_of_a_proof_of_consistency_is_believed(size: int, number: int, how: str, at: int) -> None:
    old = number % (size + 1)
    made = _wrong(prove_consistency(old, size, LOG), how, at)
    with pytest.raises(ProofFails):
        check_consistency(old, ROOTS[old], size, ROOTS[size], made)


@given(st.integers(2, MOST), st.integers(0, 1 << 20), st.integers(1, 1 << 20))
def test_a_path_shows_one_entry_at_one_place_in_one_tree(size: int, number: int, away: int) -> None:
    index = number % size
    made, leaf = prove_inclusion(index, size, LOG), leaf_hash(ENTRIES[index])
    other = (index + 1 + away % (size - 1)) % size
    for said in (
        (leaf_hash(ENTRIES[other]), index, size, ROOTS[size]),
        (leaf, other, size, ROOTS[size]),
        (leaf, index, size, ROOTS[size - 1]),
        (leaf, size + away, size, ROOTS[size]),
    ):
        with pytest.raises(ProofFails):
            check_inclusion(said[0], said[1], said[2], made, said[3])


@given(st.integers(2, MOST), st.integers(0, 1 << 20))
def test_a_log_that_was_forked_is_not_consistent(size: int, number: int) -> None:
    old = 1 + number % (size - 1)
    forked = InMemory([*ENTRIES[: old - 1], b"another row", *ENTRIES[old:size]])
    for made in (prove_consistency(old, size, LOG), prove_consistency(old, size, forked)):
        with pytest.raises(ProofFails):
            check_consistency(old, ROOTS[old], size, root(size, forked), made)
