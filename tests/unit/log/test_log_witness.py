"""A witness answers as c2sp.org/tlog-witness has it, never signs for a log that was taken back, and shows why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from log_made import ORIGIN, InMemory, entries_of, grown, key_of, signed, verifier_of
from safehand.errors import CannotRead, UsageError
from safehand.log.check import ProofFails
from safehand.log.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from safehand.log.hashes import EMPTY_ROOT
from safehand.log.note import (
    Note,
    NotSigned,
    Signature,
    cosign,
    format_note,
    format_signature,
    parse_note,
    sign,
    signed_by,
)
from safehand.log.split_view import SplitView, check_split_view, compare, format_split_view, parse_split_view
from safehand.log.tiled import TiledNodes
from safehand.log.tree import prove_consistency, root
from safehand.log.vkey import Kind
from safehand.log.witness import SIZE_TYPE, Answer, Status, Witness, answer, checkpoint_path
from safehand.log.witness_request import Request, format_request, parse_request, with_cosignatures

MOST = 40
NAIVE = InMemory(entries_of(MOST))
FORK = InMemory([*entries_of(19), b"another row", *entries_of(MOST)[20:]])
LOG_KEY, OTHER_KEY, WITNESS_KEY = (key_of(seed) for seed in range(3))
LOG = verifier_of(ORIGIN, LOG_KEY)
NORTH = verifier_of("north.example", WITNESS_KEY, Kind.COSIGNATURE)
WITNESS = Witness("north.example", WITNESS_KEY, {ORIGIN: (LOG,)})
NOW = 1_764_300_000


def note_of(size: int, log: InMemory = NAIVE, **other: object) -> Note:
    checkpoint = replace(Checkpoint(ORIGIN, size, root(size, log)), **other)  # type: ignore[arg-type]
    text = format_checkpoint(checkpoint)
    return Note(text, (sign(text, ORIGIN, LOG_KEY),))


def request(old: int, new: int, log: InMemory = NAIVE) -> Request:
    return Request(old, tuple(prove_consistency(old, new, log)), note_of(new, log))


def ask(request: Request, last: int | None) -> Answer:
    """What the witness answers when it saw ``last`` entries last."""
    seen = {} if last is None else {ORIGIN: note_of(last)}
    return answer(format_request(request).encode(), seen, WITNESS, NOW)


# The first example of "add-checkpoint".
PUBLISHED = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""  # noqa: E501


def test_the_published_request_is_read_and_written_back() -> None:
    read = parse_request(PUBLISHED)
    assert (read.old, len(read.proof), parse_checkpoint(read.signed.text).size) == (20_852_014, 4, 20_852_163)
    assert format_request(read) == PUBLISHED


NO_REQUESTS = {
    "nothing": "",
    "no old size": PUBLISHED.split("\n", 1)[1],
    "another word": PUBLISHED.replace("old ", "Old "),
    "two spaces": PUBLISHED.replace("old ", "old  "),
    "a zero before it": PUBLISHED.replace("old 2", "old 02"),
    "a hash too short": PUBLISHED.replace("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=", "PlRN"),
    "another spelling of a hash": PUBLISHED.replace("Dpkaw=", "Dpkax="),
    "no empty line": PUBLISHED.replace("\n\nexample", "\nexample"),
    "no checkpoint": PUBLISHED.replace("\n20852163\n", "\n"),
    "nobody signed": PUBLISHED[: PUBLISHED.index("—")],
    "the last line is cut": PUBLISHED[:-1],
    "too many hashes": "old 1\n" + ("A" * 43 + "=\n") * 64 + PUBLISHED[PUBLISHED.index("\n\n") + 1 :],
}


@pytest.mark.parametrize("name", NO_REQUESTS)
def test_what_is_not_exactly_a_request_is_malformed(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_request(NO_REQUESTS[name])
    assert answer(NO_REQUESTS[name].encode(), {}, WITNESS, NOW) == Answer(Status.MALFORMED)


def test_as_many_hashes_as_the_specification_allows_are_read() -> None:
    text = "old 1\n" + ("A" * 43 + "=\n") * 63 + PUBLISHED[PUBLISHED.index("\n\n") + 1 :]
    assert len(parse_request(text).proof) == 63


def test_what_is_no_utf8_is_malformed() -> None:
    assert answer(PUBLISHED.encode()[:-20] + b"\xff\n", {}, WITNESS, NOW).status is Status.MALFORMED


def test_what_could_not_be_read_back_is_not_asked() -> None:
    for wrong in (Request(-1, (), note_of(3)), Request(1, (b"x",), note_of(3)), Request(1, (), Note("text\n", ()))):
        with pytest.raises(UsageError):
            format_request(wrong)


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_log_that_goes_on_is_signed_and_kept(first: int, second: int) -> None:
    old, new = sorted((first, second))
    answered = ask(request(old, new), old or None)
    assert answered.status is Status.SIGNED
    assert answered.seen is not None
    assert parse_checkpoint(answered.seen.text) == Checkpoint(ORIGIN, new, root(new, NAIVE))
    assert signed_by(answered.seen, [LOG, NORTH]) == {LOG: None, NORTH: NOW}
    assert (answered.evidence, answered.refused) == (None, None)
    theirs = with_cosignatures(note_of(new), answered.body, [NORTH])
    assert theirs == answered.seen
    assert parse_note(format_note(theirs)) == theirs


def test_a_log_that_was_never_seen_begins_at_nothing() -> None:
    assert ask(request(0, 20), None).status is Status.SIGNED
    assert ask(request(0, 0), None).status is Status.SIGNED
    assert ask(request(5, 20), None) == Answer(Status.OTHER_SIZE, "0\n", SIZE_TYPE)
    assert ask(replace(request(0, 20), proof=(bytes(32),)), None).status is Status.NOT_CONSISTENT


def test_a_log_of_nothing_has_the_root_of_nothing() -> None:
    answered = ask(Request(0, (), note_of(0, root=bytes(32))), None)
    assert answered.status is Status.NOT_CONSISTENT
    assert note_of(0).text.split("\n")[2] == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    assert root(0, NAIVE) == EMPTY_ROOT


@pytest.mark.parametrize("old", [0, 1, 19, 21, 40])
def test_another_size_than_was_seen_is_told_the_one_that_was(old: int) -> None:
    assert ask(request(old, MOST), 20) == Answer(Status.OTHER_SIZE, "20\n", SIZE_TYPE)


def test_an_old_size_above_the_checkpoint_is_malformed() -> None:
    assert ask(Request(20, (), note_of(19)), 20) == Answer(Status.MALFORMED)


def test_a_log_that_nobody_listed_is_not_known() -> None:
    other = note_of(20, origin="elsewhere.example/log")
    assert ask(Request(0, (), other), None) == Answer(Status.UNKNOWN_LOG)


def test_who_did_not_sign_is_refused_and_strangers_lines_are_left_out() -> None:
    text = note_of(20).text
    good, stranger = sign(text, ORIGIN, LOG_KEY), sign(text, ORIGIN, OTHER_KEY)
    wrong = Signature(good.name, good.key_id, bytes(64))
    for lines in ((stranger,), (wrong,), (good, wrong), (cosign(text, ORIGIN, LOG_KEY, NOW),)):
        assert ask(Request(0, (), Note(text, lines)), None) == Answer(Status.NOT_SIGNED)
    answered = ask(Request(0, (), Note(text, (stranger, good, good))), None)
    assert answered.status is Status.SIGNED
    assert answered.seen is not None
    assert answered.seen.signatures[:-1] == (good,)


@given(st.integers(1, MOST), st.integers(0, 9), st.sampled_from(["flip", "drop", "add"]))
def test_no_near_miss_of_a_proof_is_signed_and_the_request_is_kept(new: int, at: int, how: str) -> None:
    old = 1 + new // 2 if new > 1 else 1
    asked = request(old, new)
    proof = list(asked.proof)
    match how:
        case "flip" if proof:
            at %= len(proof)
            proof[at] = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        case "drop" if proof:
            proof.pop(at % len(proof))
        case _:
            proof.append(bytes(32))
    answered = ask(replace(asked, proof=tuple(proof)), old)
    assert answered == Answer(Status.NOT_CONSISTENT, refused=replace(asked, proof=tuple(proof)))


@given(st.integers(20, MOST), st.integers(20, MOST))
def test_a_log_that_was_forked_is_never_signed(first: int, second: int) -> None:
    old, new = sorted((first, second))
    answered = ask(request(old, new, FORK), old)
    assert answered.status is Status.NOT_CONSISTENT
    assert answered.seen is None
    assert (answered.evidence is not None) == (old == new)


def test_a_fork_at_one_size_is_shown_with_both_checkpoints_whatever_is_answered() -> None:
    for old, status in ((30, Status.NOT_CONSISTENT), (3, Status.OTHER_SIZE), (31, Status.MALFORMED)):
        answered = ask(Request(old, (), note_of(30, FORK)), 30)
        assert answered.status is status
        assert answered.evidence == SplitView(note_of(30), note_of(30, FORK))
        check_split_view(answered.evidence, [LOG])


def test_the_same_checkpoint_again_is_signed_again() -> None:
    assert ask(request(20, 20), 20).status is Status.SIGNED


def test_monitors_find_what_was_signed_under_the_hash_of_the_origin() -> None:
    assert checkpoint_path("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/checkpoint"


def test_of_an_answer_only_lines_of_who_is_believed_are_taken() -> None:
    note = note_of(20)
    mine = cosign(note.text, "north.example", WITNESS_KEY, NOW)
    stranger = cosign(note.text, "south.example", OTHER_KEY, NOW)
    body = format_signature(stranger) + format_signature(mine)
    assert with_cosignatures(note, body, [NORTH]).signatures == (*note.signatures, mine)
    assert with_cosignatures(Note(note.text, (*note.signatures, mine)), body, [NORTH]).signatures.count(mine) == 1
    with pytest.raises(NotSigned):
        with_cosignatures(note, format_signature(stranger), [NORTH])
    with pytest.raises(NotSigned):
        with_cosignatures(note_of(21), body, [NORTH])
    for wrong in ("", "\n", body[:-1], body + "\n", "20\n", body * 9):
        with pytest.raises(CannotRead):
            with_cosignatures(note, wrong, [NORTH])


# Monitors.

TILED = TiledNodes(grown(MOST), MOST)


@given(st.integers(0, MOST))
def test_a_log_that_goes_on_is_no_split_view(size: int) -> None:
    assert compare(note_of(size), note_of(MOST), TILED) is None
    assert compare(note_of(MOST), note_of(size), TILED) is None


@given(st.integers(20, MOST))
def test_a_split_view_is_proved_to_who_believes_nobody(size: int) -> None:
    evidence = compare(note_of(size, FORK), note_of(MOST), TILED)
    assert evidence is not None
    assert parse_split_view(format_split_view(evidence)) == evidence
    old, new = check_split_view(evidence, [LOG])
    assert (old.size, new.size, old.root) == (size, MOST, root(size, FORK))
    with pytest.raises(NotSigned):
        check_split_view(evidence, [verifier_of(ORIGIN, OTHER_KEY)])


def test_evidence_that_shows_nothing_is_none() -> None:
    fork = compare(note_of(30, FORK), note_of(MOST), TILED)
    assert fork is not None
    innocent = SplitView(note_of(30), note_of(MOST), root(30, NAIVE), fork.proof)
    for wrong in (
        innocent,
        SplitView(note_of(30), note_of(30)),
        SplitView(note_of(30), note_of(MOST)),
        SplitView(note_of(30), note_of(30, FORK), None, (bytes(32),)),
        replace(fork, root=bytes(32)),
        replace(fork, root=root(30, FORK)),
        replace(fork, proof=fork.proof[:-1]),
        replace(fork, larger=note_of(39)),
        replace(innocent, smaller=note_of(30, origin="elsewhere.example/log")),
    ):
        with pytest.raises(ProofFails):
            check_split_view(wrong, [LOG])


def test_a_log_is_not_accused_by_anothers_signature() -> None:
    text = note_of(30, FORK).text
    other = verifier_of("elsewhere.example/log", OTHER_KEY)
    framed = SplitView(note_of(30), Note(text, (sign(text, other.name, OTHER_KEY),)))
    with pytest.raises(NotSigned, match="both"):
        check_split_view(framed, [LOG, other])


def test_two_sizes_are_not_compared_without_the_tiles_nor_with_anothers() -> None:
    with pytest.raises(ProofFails):
        compare(note_of(20), note_of(30))
    with pytest.raises(ProofFails):
        compare(note_of(20), note_of(MOST, FORK), TILED)
    with pytest.raises(UsageError):
        compare(note_of(20), note_of(20, origin="elsewhere.example/log"))


GOOD = format_split_view(SplitView(note_of(30), note_of(30, FORK)))
NO_EVIDENCE = {
    "nothing": b"",
    "another schema": GOOD.replace(b"split_view/1", b"split_view/2"),
    "a field more": GOOD.replace(b'"proof":[]', b'"proof":[],"q":1'),
    "no root": GOOD.replace(b'"root":null,', b""),
    "a root in capitals": GOOD.replace(b"null", b'"AB"'),
    "a hash that is none": GOOD.replace(b"[]", b'["x"]'),
    "a number for a hash": GOOD.replace(b"[]", b"[1]"),
    "a note that is none": GOOD.replace("—".encode(), b"-"),
}


@pytest.mark.parametrize("name", NO_EVIDENCE)
def test_what_is_not_exactly_evidence_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_split_view(NO_EVIDENCE[name])


def test_a_signed_checkpoint_of_tests_is_that_of_the_builder() -> None:
    assert note_of(MOST) == signed(NAIVE, LOG_KEY)
