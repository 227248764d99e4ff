"""The one-file verifier believes an offline receipt of the log for the reasons that Safehand has, and no others."""

from __future__ import annotations

import base64
import random
import struct
from pathlib import Path

import pytest

from log_made import ORIGIN, InMemory, key_of, signed, verifier_of
from safehand.errors import SafehandError
from safehand.log.commitment import Opening, commit, format_opening, parse_opening
from safehand.log.hashes import leaf_hash
from safehand.log.note import Note, Signature, cosign, format_note, format_signature, sign
from safehand.log.policy import parse_policy
from safehand.log.proof_file import LogProof, check_log_proof, format_log_proof, parse_log_proof
from safehand.log.tree import prove_consistency, prove_inclusion, root
from safehand.log.vkey import Kind, format_vkey
from safehand.log.witness_request import Request, format_request
from verifier_copy import loaded, run, told

MODULE = loaded()
LOG_KEY, NORTH, SOUTH = (key_of(seed) for seed in range(3))
OPENINGS = [Opening(bytes([number] * 32), f'{{"sequence":{number + 1}}}'.encode()) for number in range(21)]
LEAVES = [commit(opening) for opening in OPENINGS]
LOG = InMemory(LEAVES)
AT = 13
NORTH_ID = verifier_of("north.example", NORTH, Kind.COSIGNATURE).key_id.hex()
POLICY = f"""log {format_vkey(verifier_of(ORIGIN, LOG_KEY))}
witness north {format_vkey(verifier_of("north.example", NORTH, Kind.COSIGNATURE))}
witness south {format_vkey(verifier_of("south.example", SOUTH, Kind.COSIGNATURE))} https://south.example
group both all north south
quorum both
"""


def receipt(*names: str, extra: bytes | None = None, index: int = AT) -> str:
    note, keys = signed(LOG, LOG_KEY), {"north": NORTH, "south": SOUTH}
    lines = tuple(cosign(note.text, f"{name}.example", keys[name], 1_764_300_000) for name in names)
    proof = tuple(prove_inclusion(index, LOG.size, LOG))
    return format_log_proof(LogProof(index, proof, Note(note.text, note.signatures + lines), extra))


WHOLE = receipt("north", "south", extra=format_opening(OPENINGS[AT]))
BARE = receipt("north", "south")


def asked(folder: Path, proof: str, *arguments: str | Path, policy: str = POLICY) -> tuple[int, str]:
    (folder / "13.tlog-proof").write_text(proof, "utf-8")
    (folder / "policy.txt").write_text(policy, "utf-8")
    return told(MODULE, "proof", folder / "13.tlog-proof", "--policy", folder / "policy.txt", *arguments)


def test_alone_in_a_folder_it_checks_a_receipt(tmp_path: Path) -> None:
    (tmp_path / "13.tlog-proof").write_text(WHOLE, "utf-8")
    (tmp_path / "policy.txt").write_text(POLICY, "utf-8")
    code, words = run(tmp_path, "proof", "13.tlog-proof", "--policy", "policy.txt")
    assert code == 0, words
    assert 'The leaf was made of this entry: {"sequence":14}' in words
    assert "It is entry 13 (counted from 0) of 21 in the log plot14.example/log" in words
    assert "Witness north says that it saw it at 2025-11-28T03:20:00Z." in words
    assert "WRONG" not in words


def test_the_entry_may_come_beside_the_proof_or_not_be_shown_at_all(tmp_path: Path) -> None:
    entry, leaf, other = tmp_path / "entry.json", tmp_path / "leaf", tmp_path / "other"
    entry.write_bytes(OPENINGS[AT].entry)
    leaf.write_bytes(LEAVES[AT])
    other.write_bytes(LEAVES[AT + 1])
    salt = OPENINGS[AT].salt.hex()
    assert asked(tmp_path, BARE, "--entry", entry, "--salt", salt)[0] == 0
    code, words = asked(tmp_path, BARE, "--leaf", leaf)
    assert (code, "not checked  Which entry the leaf was made of" in words) == (0, True)
    assert asked(tmp_path, BARE, "--leaf", other)[0] == 1
    assert asked(tmp_path, BARE, "--entry", entry, "--salt", salt[:-1] + "0")[0] == 1
    assert asked(tmp_path, BARE, "--entry", entry, "--salt", salt[:-1])[0] == 1
    assert asked(tmp_path, BARE, "--entry", entry)[0] == 1
    assert asked(tmp_path, BARE)[0] == 1


def test_a_quorum_that_is_not_met_is_wrong_and_none_is_said(tmp_path: Path) -> None:
    alone = receipt("north", extra=format_opening(OPENINGS[AT]))
    code, words = asked(tmp_path, alone)
    assert (code, "Too few witnesses saw it." in words) == (1, True)
    assert asked(tmp_path, alone, policy=POLICY.replace("both all", "both any"))[0] == 0
    assert asked(tmp_path, alone, policy=POLICY.replace("both all", "both 1"))[0] == 0
    code, words = asked(tmp_path, alone, policy=POLICY.replace("quorum both", "quorum none"))
    assert (code, "the policy asks for no witness" in words) == (0, True)
    assert asked(tmp_path, alone, policy=POLICY.replace("quorum both", "quorum south"))[0] == 1


def test_every_change_of_one_character_of_a_receipt_is_seen(tmp_path: Path) -> None:
    for at in range(0, len(WHOLE), 19):
        for other in ("A", "\n"):
            changed = WHOLE[:at] + other + WHOLE[at + 1 :]
            if changed != WHOLE:
                assert asked(tmp_path, changed)[0] == 1, at


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index 13", "index 013"),
        ("index 13", "index 14"),
        ("index 13", "index -1"),
        ("index 13\n", ""),
        ("@v1", "@v2"),
        ("\n21\n", "\n22\n"),
        ("— plot14", "- plot14"),
        ("— plot14", "—  plot14"),
        ("\n\n—", "\n—"),
        ("plot14.example/log\n21", "plot15.example/log\n21"),
    ],
)
def test_near_misses_of_a_receipt_are_wrong(old: str, new: str, tmp_path: Path) -> None:
    assert old in WHOLE
    assert asked(tmp_path, WHOLE.replace(old, new))[0] == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quorum both\n", ""),
        ("quorum both\n", "quorum both\nquorum both\n"),
        ("quorum both", "quorum others"),
        ("both all", "both 3"),
        ("both all", "both 0"),
        ("north south\n", "north north\n"),
        ("north south\n", "north none\n"),
        ("north south\n", "north south\ngroup more any north\n"),
        ("north south\n", "north east\n"),
        (f"north.example+{NORTH_ID}", f"north.example+{NORTH_ID[::-1]}"),
        ("group both", "group north"),
        ("witness south", "witness north"),
        ("log plot", "logs plot"),
        ("quorum both\n", "quorum both"),
        ("quorum both\n", "quorum both\r\n"),
        ("log plot14.example/log", "log plot15.example/log"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_wrong(old: str, new: str, tmp_path: Path) -> None:
    assert old in POLICY
    assert asked(tmp_path, WHOLE, policy=POLICY.replace(old, new))[0] == 1


def test_a_log_signs_for_its_own_origin_alone(tmp_path: Path) -> None:
    key = format_vkey(verifier_of("elsewhere.example", LOG_KEY))
    code, words = asked(tmp_path, WHOLE, policy=POLICY.replace(POLICY.split("\n", 1)[0], f"log {key}"))
    assert (code, "No log of the policy signed this under its own name." in words) == (1, True)

    text = signed(LOG, LOG_KEY).text
    other = Note(text, (sign(text, "elsewhere.example", LOG_KEY),))
    proof = format_log_proof(LogProof(AT, tuple(prove_inclusion(AT, 21, LOG)), other, format_opening(OPENINGS[AT])))
    line = POLICY.split("\n", 1)[0]
    code, words = asked(tmp_path, proof, policy=f"{line}\n".replace(line, f"log {key}") + "quorum none\n")
    assert (code, "No log of the policy signed this under its own name." in words) == (1, True)


def test_a_witness_names_a_time_that_can_be(tmp_path: Path) -> None:
    text, south = signed(LOG, LOG_KEY).text, verifier_of("south.example", SOUTH, Kind.COSIGNATURE)
    seconds = 1 << 63
    data = struct.pack(">Q", seconds) + SOUTH.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
    line = format_signature(Signature("south.example", south.key_id, data))
    assert asked(tmp_path, receipt("north", extra=format_opening(OPENINGS[AT])) + line)[0] == 1
    assert MODULE.moment((1 << 63) - 1) == "9223372036854775807 seconds after 1970"


def test_a_proof_goes_up_to_the_root_and_no_further() -> None:
    for index, size, proof in ((0, 3, []), (0, 1, [bytes(32)]), (3, 3, [bytes(32)] * 2), (0, 0, []), (0, 2, [b"x"])):
        with pytest.raises(MODULE.Wrong):
            MODULE.root_of(bytes(32), index, size, proof)


CHARACTERS = "A0 \n\t+=—\x7f\u00a0\u0085\u2028é"
WORDS: tuple[list[str], ...] = (
    [],
    ["none"],
    ["all"],
    ["any"],
    ["1"],
    ["2"],
    ["x\u00a0y"],
    ["#"],
    ["http://a"],
    ["none", "x"],
)


def near_miss(text: str, dice: random.Random) -> str:
    """The text with one small wrong done to it."""
    at, lines = dice.randrange(len(text)), text.split("\n")
    line = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + dice.choice(CHARACTERS) + text[at:]
        case 2:
            return text[:at] + dice.choice(CHARACTERS) + text[at + 1 :]
        case 3:
            lines.insert(line, lines[line])
        case 4:
            del lines[line]
        case _:
            words = lines[line].split(" ")
            place = dice.randrange(len(words))
            words[place : place + 1] = dice.choice(WORDS)
            lines[line] = " ".join(words)
    return "\n".join(lines)


def believed(proof: str, policy: str) -> bool:
    """What Safehand itself says."""
    try:
        read = parse_log_proof(proof)
        leaf = leaf_hash(commit(parse_opening(read.extra or b"")))
        check_log_proof(read, leaf, parse_policy(policy.encode()))
    except SafehandError:
        return False
    return True


def test_of_every_near_miss_it_says_what_safehand_says(tmp_path: Path) -> None:
    dice, said = random.Random(13), set()
    for _ in range(300):
        proof, policy = WHOLE, POLICY
        if dice.random() < 0.5:
            proof = near_miss(proof, dice)
        else:
            policy = near_miss(policy, dice)
        is_believed = believed(proof, policy)
        assert (asked(tmp_path, proof, policy=policy)[0] == 0) is is_believed, (proof, policy)
        said.add(is_believed)
    assert said == {True, False}


# From one checkpoint to the next.


def newer_told(folder: Path, older: str, newer: str, policy: str = POLICY) -> tuple[int, str]:
    (folder / "older.txt").write_text(older, "utf-8")
    (folder / "newer.txt").write_text(newer, "utf-8")
    (folder / "policy.txt").write_text(policy, "utf-8")
    files = [folder / name for name in ("newer.txt", "older.txt", "policy.txt")]
    return told(MODULE, "consistency", files[0], "--older", files[1], "--policy", files[2])


def seen_note(log: InMemory, *names: str) -> Note:
    note, keys = signed(log, LOG_KEY), {"north": NORTH, "south": SOUTH}
    lines = tuple(cosign(note.text, f"{name}.example", keys[name], 1_764_300_000) for name in names)
    return Note(note.text, note.signatures + lines)


def request(old: int, log: InMemory = LOG) -> str:
    proof = tuple(prove_consistency(old, log.size, log))
    return format_request(Request(old, proof, seen_note(log, "north", "south")))


@pytest.mark.parametrize("old", [0, 1, 8, 13, 20, 21])
def test_a_log_that_goes_on_from_what_was_lodged_is_right(old: int, tmp_path: Path) -> None:
    code, words = newer_told(tmp_path, format_note(signed(InMemory(LEAVES[:old]), LOG_KEY)), request(old))
    assert code == 0, words
    assert f"begins with the {old} of before" in words


def test_a_log_that_does_not_go_on_is_wrong(tmp_path: Path) -> None:
    older, newer = format_note(signed(InMemory(LEAVES[:13]), LOG_KEY)), request(13)
    forked = InMemory([*LEAVES[:5], LEAVES[0], *LEAVES[6:]])
    lines = newer.split("\n")
    for changed in (
        request(13, forked),
        request(12),
        newer.replace("old 13", "old 12"),
        newer.replace("old 13", "old 013"),
        "\n".join([lines[0], *lines[2:]]),
        "\n".join([lines[0], lines[2], lines[1], *lines[3:]]),
        newer.replace("old 13\n", ""),
        format_request(Request(13, tuple(prove_consistency(13, 21, LOG)), seen_note(LOG, "north"))),
    ):
        assert newer_told(tmp_path, older, changed)[0] == 1, changed
    assert newer_told(tmp_path, older, newer)[0] == 0
    for lodged in (
        format_note(signed(InMemory(LEAVES[:12]), LOG_KEY)),
        format_note(signed(InMemory(LEAVES[:13]), SOUTH)),
        format_note(signed(InMemory(LEAVES[:13]), LOG_KEY)).replace("plot14", "plot15"),
    ):
        assert newer_told(tmp_path, lodged, newer)[0] == 1, lodged


def test_a_checkpoint_names_a_root(tmp_path: Path) -> None:
    for root_hash in (b"", bytes(31), bytes(33)):
        text = f"{ORIGIN}\n5\n{base64.b64encode(root_hash).decode()}\n"
        newer = "old 0\n\n" + text + "\n" + format_signature(sign(text, ORIGIN, LOG_KEY))
        older = format_note(signed(InMemory(), LOG_KEY))
        policy = POLICY.replace("quorum both", "quorum none")
        assert newer_told(tmp_path, older, newer, policy=policy)[0] == 1


def test_of_every_two_sizes_it_says_what_safehand_says() -> None:
    roots = [root(size, LOG) for size in range(22)]
    for new in range(22):
        for old in range(new + 1):
            proof = prove_consistency(old, new, LOG)
            assert MODULE.goes_on(old, roots[old], new, roots[new], proof)
            other = bytes(32)
            for wrong in (
                (old, other, new, roots[new], proof),
                (old, roots[old], new, other, proof),
                (old, roots[old], new, roots[new], [*proof, other]),
                (old, roots[old], new, roots[new], proof[1:]) if proof else (old + 1, roots[old], old, roots[old], []),
                (old, roots[old], new, roots[new], [other, *proof[1:]]),
            ):
                if old == 0 and wrong[3] == other and new:
                    continue  # every log goes on from an empty one
                assert not MODULE.goes_on(*wrong), wrong


def test_every_entry_of_every_place_is_proved(tmp_path: Path) -> None:
    for index in range(len(LEAVES)):
        proof = receipt("north", "south", extra=format_opening(OPENINGS[index]), index=index)
        assert asked(tmp_path, proof)[0] == 0
