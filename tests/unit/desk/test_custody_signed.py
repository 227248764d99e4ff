"""The custody log as a tree: it catches up with the entries, is signed, and says what was done to it afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from desk_cast import NOW, clock
from log_made import InMemory
from safehand.desk.core.state import State
from safehand.desk.custody import signed_log, triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.log_key import log_key, origin_of, verifier_of
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogTile
from safehand.desk.custody.proving import ask_witness, keep_answer, prove, prove_opened
from safehand.desk.custody.signed_log import DUE, SignedLog, sign_log, sign_now, sign_when_due
from safehand.desk.rows_of_log import problems_of_rows
from safehand.errors import CannotRead, SafehandError, UsageError
from safehand.log.check import check_consistency
from safehand.log.commitment import Opening, check_committed, commit, parse_opening
from safehand.log.growing import EdgeChanged
from safehand.log.hashes import leaf_hash
from safehand.log.note import Note, NotSigned, format_signature, parse_note, sign
from safehand.log.policy import Listed, Policy
from safehand.log.proof_file import check_log_proof, parse_log_proof
from safehand.log.witness_request import parse_request
from safehand.signing.keys import load_signing_key
from witness_made import NORTH, north, sees

pytestmark = pytest.mark.django_db


def write(times: int, case: str = "SH-7K3M9QXA1") -> None:
    with transaction.atomic():
        for _ in range(times):
            record(Verb.CASE_OPENED, actor="officer:alice", case=case, clock=clock)


def leaves() -> list[bytes]:
    return [commit(Opening(bytes(row.salt), bytes(row.canonical))) for row in CustodyEntry.objects.all()]


def policy(state: State, signed: SignedLog) -> Policy:
    key = verifier_of(load_signing_key(state.log_signing), signed.checkpoint.origin)
    return Policy((Listed(key),), {}, {}, "none")


@contextmanager
def without_triggers() -> Iterator[None]:
    """As whoever owns the database has it."""
    triggers.take_down(connection)
    yield
    triggers.put_up(connection)


def execute(statement: str) -> None:
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement.replace("{}", triggers.TABLE))


@pytest.mark.parametrize("cuts", [[1], [3, 255, 256, 257], [300, 513]], ids=str)
def test_however_often_it_is_signed_it_is_the_tree_over_the_entries(desk_state: State, cuts: list[int]) -> None:
    written = 0
    for cut in cuts:
        write(cut - written)
        written = cut
        signed = sign_log(desk_state, clock=clock)
        assert (signed.checkpoint.size, signed.checkpoint.root) == (cut, InMemory(leaves()).checkpoint.root)
    assert LogCheckpoint.objects.count() == len(cuts)
    assert LogTile.objects.filter(level=0).count() == -(-written // 256)


def test_it_is_signed_with_a_key_of_its_own_that_nobody_else_may_read(desk_state: State) -> None:
    write(1)
    signed = sign_log(desk_state, clock=clock)
    key = load_signing_key(desk_state.log_signing)
    assert signed.checkpoint.origin == origin_of(key)
    assert desk_state.log_signing.stat().st_mode & 0o077 == 0
    assert desk_state.log_signing.read_bytes() != desk_state.desk_signing.read_bytes()
    check_log_proof(parse_log_proof(prove(1)), leaf_hash(leaves()[0]), policy(desk_state, signed))


def test_what_was_signed_is_not_signed_again_and_nothing_is_not_signed_at_all(desk_state: State) -> None:
    with pytest.raises(UsageError):
        sign_log(desk_state, clock=clock)
    assert not LogCheckpoint.objects.exists()
    write(2)
    assert sign_log(desk_state, clock=clock) == sign_log(desk_state, clock=lambda: NOW + 1)
    assert LogCheckpoint.objects.count() == 1


def test_a_log_is_called_the_same_as_it_grows(desk_state: State) -> None:
    write(2)
    first = sign_log(desk_state, clock=clock)
    write(2)
    assert sign_log(desk_state, clock=clock).checkpoint.origin == first.checkpoint.origin


def test_no_other_key_goes_on_where_one_was_lost(desk_state: State) -> None:
    write(1)
    sign_log(desk_state, clock=clock)
    desk_state.log_signing.unlink()
    write(1)
    with pytest.raises(CannotRead, match="backup"):
        sign_log(desk_state, clock=clock)
    assert not desk_state.log_signing.exists()
    assert any("backup" in problem for problem in audit_log(desk_state).problems)


@pytest.mark.parametrize("step", ["grow", "sign", "format_note"])
def test_a_desk_that_stops_at_any_step_has_all_of_it_or_none_and_goes_on(
    desk_state: State, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(300)
    sign_log(desk_state, clock=clock)
    before = list(LogTile.objects.order_by("level", "index").values_list("level", "index", "hashes"))
    write(300)
    whole = getattr(signed_log, step)

    def stops(*given: object, **named: object) -> object:
        whole(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(signed_log, step, stops)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            sign_log(desk_state, clock=clock)
    assert list(LogTile.objects.order_by("level", "index").values_list("level", "index", "hashes")) == before
    assert sign_log(desk_state, clock=clock).checkpoint.root == InMemory(leaves()).checkpoint.root


def test_leaves_are_taken_in_by_batches_when_there_are_many(desk_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_log, "_BATCH", 100)
    write(350)
    assert sign_log(desk_state, clock=clock).checkpoint.root == InMemory(leaves()).checkpoint.root


TAKE = "UPDATE {} SET %s = (SELECT %s FROM {} WHERE sequence = 1) WHERE sequence = 5"
REMOVE = "DELETE FROM {} WHERE sequence = 5"

NOT_SIGNED = {
    "an entry that was changed": TAKE % ("canonical", "canonical"),
    "a salt that was changed": TAKE % ("salt", "salt"),
    "a leaf that was changed": TAKE % ("leaf_hash", "leaf_hash"),
    "an entry that was removed": REMOVE,
}


@pytest.mark.parametrize("how", NOT_SIGNED)
def test_nothing_is_signed_over_what_is_not_as_it_was_written(desk_state: State, how: str) -> None:
    write(3)
    sign_log(desk_state, clock=clock)
    write(3)
    execute(NOT_SIGNED[how])
    with pytest.raises(EdgeChanged, match="entry 5"):
        sign_log(desk_state, clock=clock)
    assert LogCheckpoint.objects.count() == 1


def test_nothing_is_added_to_a_tile_that_is_not_as_it_was_signed(desk_state: State) -> None:
    write(3)
    sign_log(desk_state, clock=clock)
    write(1)
    LogTile.objects.update(hashes=bytes(96))
    with pytest.raises(EdgeChanged):
        sign_log(desk_state, clock=clock)


# When it is signed.


def test_what_was_signed_is_no_row_that_an_entry_speaks_of(desk_state: State) -> None:
    signed = sign_now("officer:alice", desk_state, clock=clock)
    keep_answer(sees(signed.note.text), [north()], clock=clock)
    assert list(problems_of_rows()) == []


def test_who_has_it_signed_is_the_last_entry_that_is_signed(desk_state: State) -> None:
    write(2)
    signed = sign_now("officer:alice", desk_state, clock=clock)
    last = CustodyEntry.objects.order_by("-sequence")[0]
    assert (last.sequence, last.verb, last.actor) == (signed.checkpoint.size, "log.signed", "officer:alice")


def test_no_entry_waits_longer_than_it_must_and_the_chore_makes_none(desk_state: State) -> None:
    sign_when_due(clock)
    assert not LogCheckpoint.objects.exists()
    write(1)
    sign_when_due(clock)
    write(1)
    sign_when_due(lambda: NOW + DUE - 1)
    assert [row.size for row in LogCheckpoint.objects.all()] == [1]
    sign_when_due(lambda: NOW + DUE)
    sign_when_due(lambda: NOW + 9 * DUE)
    assert [row.size for row in LogCheckpoint.objects.all()] == [1, 2]
    assert CustodyEntry.objects.count() == 2
    assert desk_state.log_signing.exists()


# What is given out.


def test_a_receipt_shows_that_an_entry_stands_there_and_not_what_it_says(desk_state: State) -> None:
    write(300)
    signed = sign_log(desk_state, clock=clock)
    for sequence in (1, 256, 257, 300):
        text = prove(sequence)
        proof = parse_log_proof(text)
        assert proof.extra is None
        assert check_log_proof(proof, leaf_hash(leaves()[sequence - 1]), policy(desk_state, signed)).size == 300
    assert CustodyEntry.objects.count() == 300, "nothing was shown"


def test_a_receipt_that_is_opened_is_an_entry_with_its_purpose(desk_state: State) -> None:
    write(3)
    sign_log(desk_state, clock=clock)
    proof = parse_log_proof(prove_opened(2, Purpose.CRIMINAL_PROCEEDINGS, "desk:shell", clock=clock))
    opening = parse_opening(proof.extra or b"")
    check_committed(leaves()[1], opening)
    assert parse_entry(opening.entry).sequence == 2
    shown = CustodyEntry.objects.get(sequence=4)
    assert (shown.verb, shown.case, shown.reason) == ("log.shown", "SH-7K3M9QXA1", "criminal_proceedings")
    assert parse_entry(bytes(shown.canonical)).details == {"entries": 1, "entry": 2}


@pytest.mark.parametrize("sequence", [0, -1, 4, 5])
def test_what_no_checkpoint_holds_is_not_proved_and_not_shown(desk_state: State, sequence: int) -> None:
    write(3)
    sign_log(desk_state, clock=clock)
    write(1)
    for asked in (prove, lambda number: prove_opened(number, Purpose.INTEGRITY, "desk:shell", clock=clock)):
        with pytest.raises(UsageError, match="checkpoint"):
            asked(sequence)
    assert CustodyEntry.objects.count() == 4


def test_before_it_was_signed_nothing_is_given_out() -> None:
    write(1)
    asked: list[Callable[[], object]] = [lambda: prove(1), lambda: ask_witness(0), lambda: keep_answer("", [])]
    for ask in asked:
        with pytest.raises(UsageError, match="not signed yet"):
            ask()


def test_a_witness_is_shown_that_the_log_goes_on_and_what_it_writes_is_kept_once(desk_state: State) -> None:
    write(20)
    old = sign_log(desk_state, clock=clock).checkpoint
    write(300)
    new = sign_log(desk_state, clock=clock).checkpoint
    request = parse_request(ask_witness(20))
    check_consistency(20, old.root, 320, new.root, request.proof)
    answer = sees(request.signed.text)
    for _ in range(2):
        kept = keep_answer(answer, [north()], clock=clock)
    assert len(kept.note.signatures) == 2
    assert format_signature(kept.note.signatures[1]) == answer
    assert prove(5).endswith(answer)
    assert parse_note(LogCheckpoint.objects.get(size=320).note).signatures == kept.note.signatures[:1]


def test_what_no_witness_wrote_is_not_kept(desk_state: State) -> None:
    write(1)
    signed = sign_log(desk_state, clock=clock)
    for answer, refused in ((sees("another text\n"), NotSigned), ("no lines", CannotRead), ("", CannotRead)):
        with pytest.raises(refused):
            keep_answer(answer, [north()], clock=clock)
    with pytest.raises(NotSigned):
        keep_answer(sees(signed.note.text), [], clock=clock)
    assert signed_log.newest() == signed
    assert NORTH not in prove(1)


# What is found.


def test_a_log_nobody_touched_is_sound_and_says_what_it_was_compared_with(desk_state: State) -> None:
    write(3)
    assert audit_log(desk_state).problems == ()
    assert audit_log(desk_state).compared == 0
    lodged = sign_log(desk_state, clock=clock)
    write(300)
    sign_log(desk_state, clock=clock)
    write(2)
    found = audit_log(desk_state, [lodged.note])
    assert (found.entries, found.compared, found.lodged, found.problems) == (305, 2, 1, ())


DONE = {
    "an entry changed": (TAKE % ("canonical", "canonical"), "entry 5: It is not the"),
    "a salt cut": ("UPDATE {} SET salt = SUBSTR(salt, 1, 31) WHERE sequence = 5", "entry 5: It is not the"),
    "an entry removed": (REMOVE, "entry 5: It was removed"),
    "the last removed": ("DELETE FROM {} WHERE sequence = 9", "entry 9: It was removed"),
    "all removed": ("DELETE FROM {}", "entry 1: It was removed"),
    "a tile gone": ("DELETE FROM custody_logtile", "tile/0/000.p/9: A tile of the log is gone"),
    "a tile cut": ("UPDATE custody_logtile SET hashes = SUBSTR(hashes, 1, 64)", "tile/0/000.p/9: A tile"),
    "a checkpoint damaged": (
        "UPDATE custody_logcheckpoint SET note = 'x' WHERE size = 9",
        "checkpoint of 9: This is no",
    ),
    "a checkpoint put elsewhere": (
        "UPDATE custody_logcheckpoint SET size = 8 WHERE size = 9",
        "checkpoint of 8: It is of another size",
    ),
    "a checkpoint changed": ("UPDATE custody_logcheckpoint SET note = REPLACE(note, '4', '5')", "checkpoint of"),
}


@pytest.mark.parametrize("how", DONE)
def test_what_was_done_to_the_log_is_found_and_named(desk_state: State, how: str) -> None:
    write(4)
    sign_log(desk_state, clock=clock)
    write(5)
    sign_log(desk_state, clock=clock)
    statement, found = DONE[how]
    execute(statement)
    assert any(found in problem for problem in audit_log(desk_state).problems), audit_log(desk_state)


def test_a_log_that_was_written_anew_whole_is_found_by_what_was_lodged(
    desk_state: State,
) -> None:
    write(6)
    lodged = sign_log(desk_state, clock=clock).note
    execute("DELETE FROM {} WHERE sequence > 3")
    LogTile.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM custody_logcheckpoint")
    write(4, case="SH-8Q2V5TR41")
    sign_log(desk_state, clock=clock)
    assert audit_log(desk_state).problems == ()
    (found,) = audit_log(desk_state, [lodged]).problems
    assert "size 6" in found


def test_a_checkpoint_of_another_log_is_not_compared(desk_state: State, tmp_path: Path) -> None:
    write(2)
    sign_log(desk_state, clock=clock)
    other = State(tmp_path / "other")
    other.make()
    key = log_key(other, may_be_new=True)
    text = f"{origin_of(key)}\n2\n{'A' * 43}=\n"
    (found,) = audit_log(desk_state, [Note(text, (sign(text, origin_of(key), key),))]).problems
    assert "No key that is believed" in found


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps bytes in a column of bytes")
def test_text_where_bytes_belong_is_a_change_like_another(desk_state: State) -> None:
    write(5)
    sign_log(desk_state, clock=clock)
    execute("UPDATE {} SET canonical = CAST(canonical AS TEXT) || ' ', salt = 'x' WHERE sequence = 5")
    assert any("entry 5: It is not the" in problem for problem in audit_log(desk_state).problems)
    assert any("entry 5: Its bytes" in problem for problem in problems_of_log())


def test_an_error_of_the_log_names_no_case_and_no_officer(desk_state: State) -> None:
    write(3)
    sign_log(desk_state, clock=clock)
    write(2)
    execute("DELETE FROM {} WHERE sequence = 4")
    asked: list[Callable[[], object]] = [lambda: prove(9), lambda: sign_log(desk_state, clock=clock)]
    for ask in asked:
        with pytest.raises(SafehandError) as raised:
            ask()
        assert not re.search("SH-|alice", str(raised.value))
