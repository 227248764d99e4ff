"""A desk and a witness, each end as it is shipped, over loopback: signed, refused, away, and shown another log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

import witness_made
from desk_cast import NOW, Cast, clock, hold, signed_in
from safehand.cli.witness_server import witness_server
from safehand.desk.core.state import State
from safehand.desk.custody import triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.log_key import log_key, policy_of, verifier_of
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogCosignature, LogSplitView, LogTile
from safehand.desk.custody.proving import prove
from safehand.desk.custody.signed_log import SignedLog, newest, sign_log
from safehand.desk.custody.witness_http import Said, say
from safehand.desk.custody.witnessing import (
    ask_witness_now,
    ask_witnesses_when_due,
    policy_to_give,
    problems_of_witnesses,
    witness_states,
)
from safehand.desk.intake.alarms import standing_alarms
from safehand.desk.intake.log_alarms import raise_log_alarms
from safehand.desk.officers.roles import Role
from safehand.desk.settings.witnesses import witnesses
from safehand.errors import CannotRead, UsageError
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.note import parse_note
from safehand.log.policy import Listed, Policy, parse_policy
from safehand.log.proof_file import parse_log_proof
from safehand.log.split_view import check_split_view, parse_split_view
from safehand.log.vkey import format_vkey
from safehand.log.witness_folder import WitnessFolder, new_witness
from witness_made import sees

pytestmark = pytest.mark.django_db

SECONDS = NOW // 1_000_000
MINUTE = 60_000_000
WHERE = "/log/checkpoint/"


def signed(state: State, many: int = 1, case: str = "SH-7K3M9QXA1") -> SignedLog:
    with transaction.atomic():
        for _ in range(many):
            record(Verb.CASE_OPENED, actor="officer:alice", case=case, clock=clock)
    return sign_log(state, clock=clock)


@contextmanager
def served(folder: WitnessFolder) -> Iterator[str]:
    with witness_server(folder, 0, lambda: SECONDS, lambda _: None) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def north(desk_state: State, tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A witness that looks at this desk's log, and a desk that asks it. Its folder."""
    first = signed(desk_state, 3)
    folder = tmp_path / "north"
    key = new_witness(folder, "north.example", lambda count: bytes(range(count)))
    (folder / "policy.txt").write_text(policy_of(desk_state, first.checkpoint.origin))
    with served(WitnessFolder(folder)) as address:
        settings.WITNESSES = Policy((), {"north": Listed(key, address)}, {}, "north")
        yield folder


def write_anew(state: State) -> SignedLog:
    """Whoever has the machine, the database and the key: another log of as many entries and one more."""
    many = CustodyEntry.objects.count()
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        for table in ("logcosignature", "logcheckpoint", "custodyentry"):
            cursor.execute(f"DELETE FROM custody_{table}")  # noqa: S608  our own names
    triggers.put_up(connection)
    LogTile.objects.all().delete()
    return signed(state, many + 1, "SH-8Q2V5TR41")


# As it should be.


@pytest.mark.usefixtures("north")
def test_a_witness_is_asked_by_a_task_and_what_it_signed_stands_under_the_checkpoint(
    desk_state: State, cast: Cast
) -> None:
    for _ in range(3):
        ask_witnesses_when_due(clock)
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": ["north"], "kwargs": {}}
    for many in (1, 20):
        assert ask_witness_now("north", clock)
        made = newest()
        assert made is not None
        assert [one.name for one in made.note.signatures] == [made.checkpoint.origin, "north.example"]
        states = witness_states(clock)
        assert states is not None
        assert (states.signed, states.is_met, states.each[0].seconds) == (1, True, SECONDS)
        signed(desk_state, many)
    page = signed_in(cast.alice).get(WHERE).content.decode()
    assert "1 witness is asked, and 0 signed this checkpoint. The quorum of the policy is not met" in page
    assert "north signed 4 entries on 22 November 2026, 10:00:00." in page
    assert ask_witness_now("north", clock)
    assert "north.example" in parse_log_proof(prove(1)).signed.signatures[1].name
    page = signed_in(cast.alice).get(WHERE).content.decode()
    assert "1 witness is asked, and 1 signed this checkpoint. The quorum of the policy is met" in page
    assert (list(problems_of_witnesses(clock)), CustodyEntry.objects.count()) == ([], 24)
    ask_witnesses_when_due(lambda: NOW + 60 * MINUTE)
    assert DBTaskResult.objects.count() == 1, "who signed the newest is not asked"


@pytest.mark.usefixtures("north")
def test_a_desk_that_lost_what_it_was_signed_goes_by_what_the_witness_says(desk_state: State) -> None:
    assert ask_witness_now("north", clock)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM custody_logcosignature")
    signed(desk_state, 2)
    assert ask_witness_now("north", clock)
    assert LogCosignature.objects.get().checkpoint.size == 5


@pytest.mark.usefixtures("north")
def test_what_is_signed_while_a_witness_is_asked_is_not_what_it_signed(desk_state: State) -> None:
    def slow(address: str, body: str | None) -> Said:
        said = say(address, body)
        signed(desk_state)
        return said

    assert ask_witness_now("north", clock, slow)
    assert LogCosignature.objects.get().checkpoint.size == 3


@pytest.mark.usefixtures("north")
def test_a_policy_that_is_given_names_the_witness_and_asks_for_none(desk_state: State) -> None:
    made = newest()
    assert made is not None
    policy = parse_policy(policy_to_give(desk_state, made.checkpoint.origin).encode())
    assert ([*policy.witnesses], policy.quorum) == (["north"], "none")


# Where it fails.


def test_a_witness_that_is_away_is_asked_again_and_the_page_says_so(
    desk_state: State, settings: Settings, cast: Cast
) -> None:
    signed(desk_state)
    settings.WITNESSES = Policy((), {"north": Listed(witness_made.north(), "http://127.0.0.1:9")}, {}, "none")
    for _ in range(3):
        assert not ask_witness_now("north", clock)
    page = signed_in(cast.alice).get(WHERE).content.decode()
    assert "north has signed nothing yet." in page
    assert "Tried 3 times and not signed, last on 22 November 2026, 10:00:00: The witness did not answer." in page
    (problem,) = problems_of_witnesses(clock)
    assert "asked 3 times" in problem
    ask_witnesses_when_due(lambda: NOW + 4 * MINUTE - 1)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(404, ""), "does not look at this log"),
        (Said(403, ""), "another key for this log"),
        (Said(409, "many"), "does not say how much"),
        (Said(500, ""), "none of the answers"),
        (Said(200, sees("another text\n")), "not of this text"),
        (Said(200, ""), "no answer of a witness"),
    ],
    ids=str,
)
def test_what_a_witness_answers_otherwise_is_said_and_nothing_is_kept(
    desk_state: State, settings: Settings, said: Said, told: str
) -> None:
    signed(desk_state)
    settings.WITNESSES = Policy((), {"north": Listed(witness_made.north(), "http://north.example")}, {}, "none")
    assert not ask_witness_now("north", clock, lambda _, __: said)
    states = witness_states(clock)
    assert states is not None
    assert states.each[0].failing is not None
    assert told in states.each[0].failing.answer
    assert not LogCosignature.objects.exists()


def test_nobody_is_asked_unless_a_policy_is_set(desk_state: State) -> None:
    signed(desk_state)
    ask_witnesses_when_due(clock)
    assert not ask_witness_now("north", clock)
    assert (witness_states(clock), DBTaskResult.objects.count()) == (None, 0)


# Another log.


@pytest.mark.usefixtures("north")
def test_a_log_that_was_written_anew_is_caught_with_the_evidence_in_hand_and_an_alarm(
    desk_state: State, cast: Cast
) -> None:
    assert ask_witness_now("north", clock)
    before = newest()
    made = write_anew(desk_state)
    for _ in range(2):
        assert not ask_witness_now("north", clock)
    kept = LogSplitView.objects.get()
    key = verifier_of(log_key(desk_state, may_be_new=False), made.checkpoint.origin)
    smaller, larger = check_split_view(parse_split_view(kept.evidence.encode()), [key])
    assert before is not None
    assert (smaller, larger) == (before.checkpoint, made.checkpoint)
    assert [raise_log_alarms(clock) for _ in range(2)] == [1, 0]
    custodian = hold(cast.bob, Role.CUSTODIAN)
    (alarm,) = standing_alarms(custodian)
    assert alarm.why == "split_view"
    page = signed_in(custodian).get(WHERE).content.decode()
    assert "A witness has seen another custody log under this desk’s name, found on 22 November 2026, 10:00." in page
    assert "safehand.split_view/1" in page
    assert any(kept.sha256[:16] in problem for problem in problems_of_witnesses(clock))
    with pytest.raises(UsageError):
        LogSplitView.objects.all().delete()


@pytest.mark.usefixtures("north")
def test_a_log_that_was_taken_back_is_caught_by_the_larger_one_that_the_witness_saw(desk_state: State) -> None:
    signed(desk_state, 4)
    assert ask_witness_now("north", clock)
    with connection.cursor() as cursor:  # as a backup of an hour ago has it
        cursor.execute("DELETE FROM custody_logcosignature")
        cursor.execute("DELETE FROM custody_logcheckpoint WHERE size = 7")
    assert not ask_witness_now("north", clock)
    theirs = parse_note(LogSplitView.objects.get().evidence)
    assert parse_checkpoint(theirs.text).size == 7
    assert LogCheckpoint.objects.get().size == 3


@pytest.mark.parametrize("how", ["another's signature", "the same log", "no note"])
def test_what_a_witness_makes_up_is_no_evidence(desk_state: State, settings: Settings, how: str) -> None:
    made = signed(desk_state)
    note = LogCheckpoint.objects.get().note
    text = {"another's signature": note.replace("— ", "— x"), "the same log": note, "no note": "peas"}[how]
    settings.WITNESSES = Policy((), {"north": Listed(witness_made.north(), "http://north.example")}, {}, "none")
    assert not ask_witness_now("north", clock, lambda _, body: Said(422, "") if body is not None else Said(200, text))
    assert made.checkpoint.size == 1
    assert not LogSplitView.objects.exists()


# Settings, and what is said on the line.


@pytest.mark.parametrize(
    "text",
    ["quorum none\n", "witness north {}\nquorum north\n", "witness north {} ftp://n\nquorum north\n", "peas", ""],
)
def test_a_policy_without_witnesses_or_where_they_are_stops_the_start(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vkey = format_vkey(witness_made.north())
    path = tmp_path / "witnesses.txt"
    monkeypatch.setenv("SAFEHAND_WITNESSES", str(path))
    path.write_text(f"witness north {vkey} https://north.example/w\nquorum north\n")
    policy = witnesses("SAFEHAND_WITNESSES")
    assert policy is not None
    assert policy.witnesses["north"].url == "https://north.example/w"
    path.write_text(text.format(vkey))
    with pytest.raises(UsageError):
        witnesses("SAFEHAND_WITNESSES")
    path.unlink()
    with pytest.raises(UsageError):
        witnesses("SAFEHAND_WITNESSES")


@pytest.mark.usefixtures("north")
def test_a_witness_that_says_too_much_or_no_text_is_not_listened_to(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    for data in (b"\xff", bytes(1 << 17)):
        monkeypatch.setattr(WitnessFolder, "checkpoint", lambda _, __, data=data: data.decode("latin-1"))
        address = settings.WITNESSES.witnesses["north"].url
        if len(data) > 1:
            with pytest.raises(CannotRead):
                say(f"{address}/x/checkpoint")
        else:
            assert say(f"{address}/x/checkpoint").text == "ÿ"
