"""Checkpoints, tiles, proofs and policies: read back as they were written, and nothing near to one is taken for one."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from log_made import ORIGIN, InMemory, entries_of, key_of, signed, verifier_of
from safehand.errors import CannotRead, UsageError
from safehand.log.check import ProofFails
from safehand.log.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from safehand.log.hashes import leaf_hash
from safehand.log.note import Note, NotSigned, cosign, parse_note
from safehand.log.policy import Group, Listed, Policy, check_signed, format_policy, parse_policy
from safehand.log.proof_file import LogProof, check_log_proof, format_log_proof, parse_log_proof
from safehand.log.tiles import Tile, format_entries, format_tile_path, parse_entries, parse_tile_path, tiles_of
from safehand.log.tree import prove_inclusion
from safehand.log.vkey import Kind, format_vkey

# c2sp.org/tlog-checkpoint v1.0.0 and c2sp.org/tlog-cosignature v1.0.1, the first example of each.
PUBLISHED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
TEXT = PUBLISHED.partition("\n\n")[0] + "\n"


def test_the_published_checkpoint_is_read() -> None:
    note = parse_note(PUBLISHED)
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert format_checkpoint(checkpoint) == note.text


@given(
    st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]), min_size=1),
    st.integers(0, (1 << 63) - 1),
    st.binary(min_size=32, max_size=32),
)
def test_a_checkpoint_is_read_back_as_it_was_written(origin: str, size: int, value: bytes) -> None:
    checkpoint = Checkpoint(origin, size, value)
    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


def test_further_lines_are_kept() -> None:
    checkpoint = parse_checkpoint(f"{TEXT}one more\n")
    assert checkpoint.extensions == ("one more",)
    assert format_checkpoint(checkpoint) == f"{TEXT}one more\n"


NO_CHECKPOINTS = {
    "nothing": "",
    "no last newline": TEXT[:-1],
    "an empty line": f"{TEXT}\n",
    "two lines": "\n".join(TEXT.split("\n")[:2]) + "\n",
    "no origin": "\n" + TEXT.split("\n", 1)[1],
    "a zero before it": TEXT.replace("20852163", "020852163"),
    "a sign": TEXT.replace("20852163", "+20852163"),
    "digits of another script": TEXT.replace("20852163", "٢٠"),
    "2^63": TEXT.replace("20852163", str(1 << 63)),
    "a short root": TEXT.replace("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "CsUY"),
    "another spelling of the root": TEXT.replace("q2I=", "q2J="),
}


@pytest.mark.parametrize("name", NO_CHECKPOINTS)
def test_what_is_not_exactly_a_checkpoint_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_checkpoint(NO_CHECKPOINTS[name])


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("", 1, bytes(32)),
        Checkpoint("a\nb", 1, bytes(32)),
        Checkpoint("a", -1, bytes(32)),
        Checkpoint("a", 1, b""),
        Checkpoint("a", 1, bytes(32), ("",)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(checkpoint: Checkpoint) -> None:
    with pytest.raises(UsageError):
        format_checkpoint(checkpoint)


# c2sp.org/tlog-tiles: the path of index 1234067, and the tiles of a tree of 70,000 and of 256.
def test_tiles_lie_where_the_specification_says() -> None:
    assert format_tile_path(Tile(0, 1_234_067)) == "tile/0/x001/x234/067"
    assert format_tile_path(Tile(2, 5, 17)) == "tile/2/005.p/17"
    assert format_tile_path(Tile(0, 1_000, 3, of_entries=True)) == "tile/entries/x001/000.p/3"
    found = list(tiles_of(70_000))
    assert sum(tile.level == 0 and tile.width == 256 for tile in found) == 273
    partial = [(tile.level, tile.width) for tile in found if tile.width < 256]
    assert partial == [(0, 112), (1, 17), (2, 1)]
    assert sum(tile.level == 1 and tile.width == 256 for tile in found) == 1
    assert [(tile.level, tile.width) for tile in tiles_of(256)] == [(0, 256), (1, 1)]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 63), st.integers(0, 10**15), st.integers(1, 256), st.booleans())
def test_a_path_of_a_tile_is_read_back(level: int, index: int, width: int, of_entries: bool) -> None:  # noqa: FBT001
    tile = Tile(0 if of_entries else level, index, width, of_entries)
    assert parse_tile_path(format_tile_path(tile)) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/00/001",
        "tile/64/001",
        "tile/0/x000/001",
        "tile/0/x001/x002",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/257",
        "/tile/0/001",
        "tile/0/001/",
        "tile/entries/1",
        "tile/-1/001",
        "tile/0/٠٠١",
    ],
)
def test_what_is_no_path_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(CannotRead):
        parse_tile_path(path)


def test_the_tiles_after_a_tree_are_those_that_a_larger_one_has_besides() -> None:
    for after in (0, 1, 255, 256, 257, 600):
        for size in range(after, 700, 13):
            new = set(tiles_of(size)) - set(tiles_of(after))
            assert set(tiles_of(size, after=after)) == new


def test_a_tile_holds_the_hashes_of_its_nodes() -> None:
    log = InMemory(entries_of(600))
    for tile in tiles_of(600):
        assert len(log.read(tile.nodes)) == tile.width


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=256))
def test_a_bundle_of_entries_is_read_back(entries: list[bytes]) -> None:
    data = format_entries(entries)
    assert parse_entries(data) == entries
    for cut in (data[:-1], data + b"\0"):
        with pytest.raises(CannotRead):
            parse_entries(cut)


def test_no_bundle_is_empty_or_holds_too_much() -> None:
    for entries in ([], [b""] * 257, [bytes(65_536)]):
        with pytest.raises(UsageError):
            format_entries(entries)
    for data in (b"", b"\0\0" * 257):
        with pytest.raises(CannotRead):
            parse_entries(data)


LOG_KEY, NORTH, SOUTH, WEST = (key_of(seed) for seed in range(4))
ENTRIES = entries_of(37)
LOG = InMemory(ENTRIES)
POLICY = f"""# two units of three have to have seen it
log {format_vkey(verifier_of(ORIGIN, LOG_KEY))} https://plot14.example

witness north {format_vkey(verifier_of("north.example", NORTH, Kind.COSIGNATURE))}
witness\tsouth {format_vkey(verifier_of("south.example", SOUTH, Kind.COSIGNATURE))}  https://south.example
  witness west {format_vkey(verifier_of("west.example", WEST, Kind.COSIGNATURE))}
group valley any north south
group all-of-it all valley west
quorum all-of-it
"""


def seen_by(*names: str) -> Note:
    """The log's checkpoint, with these witnesses on it."""
    keys = {"north": NORTH, "south": SOUTH, "west": WEST}
    note = signed(LOG, LOG_KEY)
    lines = tuple(cosign(note.text, f"{name}.example", keys[name], 1_764_300_000) for name in names)
    return Note(note.text, note.signatures + lines)


def receipt(index: int, *names: str) -> LogProof:
    return LogProof(index, tuple(prove_inclusion(index, LOG.size, LOG)), seen_by(*names))


def test_a_policy_is_read_as_it_says_and_written_back() -> None:
    policy = parse_policy(POLICY.encode())
    assert (len(policy.logs), list(policy.witnesses), list(policy.groups)) == (
        1,
        ["north", "south", "west"],
        ["valley", "all-of-it"],
    )
    assert policy.groups["valley"].least == 1
    assert policy.groups["all-of-it"].least == 2
    assert parse_policy(format_policy(policy)) == policy


NORTH_LISTED = Listed(verifier_of("north.example", NORTH, Kind.COSIGNATURE))


@pytest.mark.parametrize(
    "policy",
    [
        Policy((), {}, {}, ""),
        Policy((), {}, {}, "north"),
        Policy((), {"no rth": NORTH_LISTED}, {}, "none"),
        Policy((), {"north": Listed(NORTH_LISTED.key, "https://a b")}, {}, "none"),
        Policy((), {"north": Listed(NORTH_LISTED.key, "https://a\nquorum none")}, {}, "none"),
        Policy((), {"north": NORTH_LISTED}, {"all": Group(2, ("north",))}, "all"),
        Policy((NORTH_LISTED,), {}, {}, "none"),
        Policy((), {"\ud800": NORTH_LISTED}, {}, "none"),
    ],
)
def test_a_policy_that_could_not_be_read_back_is_not_written(policy: Policy) -> None:
    with pytest.raises(UsageError):
        format_policy(policy)


@pytest.mark.parametrize(
    ("names", "enough"),
    [
        ((), False),
        (("north",), False),
        (("west",), False),
        (("north", "south"), False),
        (("north", "west"), True),
        (("south", "west"), True),
        (("north", "south", "west"), True),
    ],
)
def test_a_quorum_is_met_by_whom_it_names(names: tuple[str, ...], enough: bool) -> None:  # noqa: FBT001
    policy = parse_policy(POLICY.encode())
    if enough:
        assert check_signed(seen_by(*names), policy) == LOG.checkpoint
    else:
        with pytest.raises(NotSigned, match="Too few"):
            check_signed(seen_by(*names), policy)


def test_without_a_quorum_the_logs_own_word_is_enough_and_needed() -> None:
    key = format_vkey(verifier_of(ORIGIN, LOG_KEY))
    policy = parse_policy(f"log {key}\nquorum none\n".encode())
    assert check_signed(seen_by(), policy) == LOG.checkpoint
    with pytest.raises(NotSigned):
        check_signed(signed(LOG, LOG_KEY, "another.example"), policy)
    with pytest.raises(NotSigned):
        check_signed(seen_by(), parse_policy(b"quorum none\n"))


def test_a_log_signs_for_its_own_origin_alone() -> None:
    key = format_vkey(verifier_of("another.example", LOG_KEY))
    policy = parse_policy(f"log {key}\nquorum none\n".encode())
    with pytest.raises(NotSigned):
        check_signed(signed(LOG, LOG_KEY, "another.example"), policy)


_LOG_LINE = f"log {format_vkey(verifier_of(ORIGIN, LOG_KEY))}"
_WITNESS = format_vkey(verifier_of("north.example", NORTH, Kind.COSIGNATURE))
NO_POLICIES = {
    "nothing": "",
    "no quorum": f"{_LOG_LINE}\n",
    "two quorums": "quorum none\nquorum none\n",
    "a quorum of nobody": "quorum north\n",
    "a quorum before it is defined": f"quorum north\nwitness north {_WITNESS}\n",
    "a log twice": f"{_LOG_LINE}\n{_LOG_LINE}\nquorum none\n",
    "a witness twice": f"witness a {_WITNESS}\nwitness b {_WITNESS}\nquorum none\n",
    "two of one name": f"witness a {_WITNESS}\ngroup a 1 a\nquorum a\n",
    "a name that is none": f"witness none {_WITNESS}\nquorum none\n",
    "a witness's key for a log": f"log {_WITNESS}\nquorum none\n",
    "a log's key for a witness": f"witness a {_LOG_LINE[4:]}\nquorum none\n",
    "a group of nobody": "group a any\nquorum a\n",
    "a group of too many": f"witness a {_WITNESS}\ngroup b 2 a\nquorum b\n",
    "a group of none": f"witness a {_WITNESS}\ngroup b 0 a\nquorum b\n",
    "a member that counts twice": f"witness a {_WITNESS}\ngroup b any a\ngroup c any a\nquorum c\n",
    "a member twice": f"witness a {_WITNESS}\ngroup b any a a\nquorum b\n",
    "a group with none in it": f"witness a {_WITNESS}\ngroup b any a none\nquorum b\n",
    "a word nobody knows": "logs x\nquorum none\n",
    "a word too many": f"{_LOG_LINE} https://a b\nquorum none\n",
    "a carriage return": "quorum none\r\n",
    "a last line that is cut": "quorum none",
}


@pytest.mark.parametrize("name", NO_POLICIES)
def test_what_cannot_be_meant_is_no_policy(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_policy(NO_POLICIES[name].encode())


def test_bytes_above_ascii_are_taken_as_they_are() -> None:
    data = b"# \xff\n" + f"witness \xe9 {_WITNESS}\nquorum \xe9\n".encode("latin-1")
    policy = parse_policy(data)
    assert parse_policy(format_policy(policy)) == policy
    assert format_policy(policy).startswith(b"witness \xe9 ")


@pytest.mark.parametrize("extra", [None, b"", b"salt and entry"])
def test_a_receipt_is_read_back_and_shows_what_it_is_for(extra: bytes | None) -> None:
    made = receipt(20, "north", "west")
    made = LogProof(made.index, made.hashes, made.signed, extra)
    text = format_log_proof(made)
    assert text.startswith(
        "c2sp.org/tlog-proof@v1\n"
        + ("" if extra is None else f"extra {base64.b64encode(extra).decode()}\n")
        + "index 20\n"
    )
    assert parse_log_proof(text) == made
    policy = parse_policy(POLICY.encode())
    assert check_log_proof(made, leaf_hash(ENTRIES[20]), policy) == LOG.checkpoint
    with pytest.raises(ProofFails):
        check_log_proof(made, leaf_hash(ENTRIES[21]), policy)
    with pytest.raises(NotSigned):
        check_log_proof(receipt(20), leaf_hash(ENTRIES[20]), policy)


def test_every_change_of_one_character_of_a_receipt_is_seen() -> None:
    text, policy = format_log_proof(receipt(20, "north", "west")), parse_policy(POLICY.encode())
    for at in range(len(text)):
        changed = text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :]
        with pytest.raises((CannotRead, ProofFails, NotSigned)):
            check_log_proof(parse_log_proof(changed), leaf_hash(ENTRIES[20]), policy)


GOOD = format_log_proof(receipt(20))
NO_PROOFS = {
    "nothing": "",
    "another version": GOOD.replace("@v1", "@v2"),
    "no index": GOOD.replace("index 20\n", ""),
    "an index with a zero": GOOD.replace("index 20", "index 020"),
    "two indexes": GOOD.replace("index 20\n", "index 20\nindex 20\n"),
    "extra after the index": GOOD.replace("index 20\n", "index 20\nextra AA==\n"),
    "extra that is no base64": GOOD.replace("index 20\n", "extra A\nindex 20\n"),
    "another spelling of extra": GOOD.replace("index 20\n", "extra AB==\nindex 20\n"),
    "no checkpoint": GOOD.partition("\n\n")[0] + "\n",
    "a note that is no checkpoint": GOOD.partition("\n\n")[0] + "\n\n" + "text\n\n" + GOOD.rsplit("\n\n", 1)[1],
    "too many hashes": GOOD.replace("index 20\n", "index 20\n" + "A" * 43 + "=\n" * 1 + ("A" * 43 + "=\n") * 63),
}


@pytest.mark.parametrize("name", NO_PROOFS)
def test_what_is_not_exactly_a_receipt_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_log_proof(NO_PROOFS[name])
