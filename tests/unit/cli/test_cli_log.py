"""What ``safehand log`` prints and ends with: at a desk, at a witness, and in the hands of whoever believes neither."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction

from desk_cast import clock
from safehand.cli.log import PURPOSES
from safehand.cli.main import run
from safehand.desk import server
from safehand.desk.core.state import State
from safehand.desk.custody import triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.log.commitment import Opening, commit
from verifier_copy import loaded, told

pytestmark = pytest.mark.django_db


@dataclass
class Shell:
    """A shell at the desk: what a command ended with, and what it wrote."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str, into: str = "") -> tuple[int, str, str]:
        code = run(["log", *words])
        out, err = self.capture.readouterr()
        if into:
            (self.folder / into).write_text(out, "utf-8")
        return code, out, err


@pytest.fixture
def shell(
    desk_state: State, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """In a desk whose log holds three entries."""
    monkeypatch.setattr(server, "_desk_at", lambda _: desk_state)
    monkeypatch.chdir(tmp_path)
    write(3)
    return Shell(tmp_path, capsys)


def write(times: int) -> None:
    with transaction.atomic():
        for _ in range(times):
            record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=clock)


def test_the_purposes_are_those_that_the_law_allows() -> None:
    assert set(PURPOSES) == {purpose.value for purpose in Purpose}


def test_what_the_desk_signs_and_proves_is_believed_here_and_by_the_one_file_verifier(shell: Shell) -> None:
    assert shell("checkpoint", into="checkpoint.txt")[0] == 0
    assert shell("checkpoint", "--policy", into="policy.txt")[0] == 0
    assert CustodyEntry.objects.count() == 4, "that it was signed is an entry, and its policy is none"
    assert shell("prove", "2", "--open", "criminal_proceedings", into="2.tlog-proof")[0] == 0
    assert CustodyEntry.objects.count() == 5, "and so is that an entry was shown"
    code, out, _ = shell("verify", "2.tlog-proof", "--policy", "policy.txt")
    assert code == 0
    assert out.startswith("Entry 2 stands in the log safehand-desk-")
    assert '"sequence":2' in out
    proof, policy = shell.folder / "2.tlog-proof", shell.folder / "policy.txt"
    assert told(loaded(), "proof", proof, "--policy", policy)[0] == 0


def test_a_receipt_that_is_not_opened_shows_a_leaf_alone(shell: Shell) -> None:
    shell("checkpoint")
    shell("checkpoint", "--policy", into="policy.txt")
    shell("prove", "2", into="2.tlog-proof")
    row = CustodyEntry.objects.get(sequence=2)
    (shell.folder / "entry.json").write_bytes(bytes(row.canonical))
    (shell.folder / "leaf").write_bytes(commit(Opening(bytes(row.salt), bytes(row.canonical))))
    believed = ("verify", "2.tlog-proof", "--policy", "policy.txt")
    assert shell(*believed)[0] == 2
    assert shell(*believed, "--leaf", "leaf")[0] == 0
    assert shell(*believed, "--entry", "entry.json", "--salt", bytes(row.salt).hex())[0] == 0
    assert shell(*believed, "--entry", "entry.json", "--salt", "00" * 32)[0] == 3
    assert shell(*believed, "--entry", "entry.json", "--salt", "00")[0] == 2
    assert shell(*believed, "--entry", "entry.json")[0] == 2
    (shell.folder / "leaf").write_bytes(b"another\n")
    assert shell(*believed, "--leaf", "leaf")[0] == 3


def test_a_witness_elsewhere_sees_that_the_log_goes_on_and_stands_in_the_receipt(shell: Shell) -> None:
    _, north, _ = shell("witness", "north", "--new", "north.example")
    shell("checkpoint", into="first.txt")
    shell("checkpoint", "--policy", into="policy.txt")
    (shell.folder / "north/policy.txt").write_text((shell.folder / "policy.txt").read_text())
    for seen in (0, 4):
        shell("checkpoint", "--seen", str(seen), into="request.txt")
        assert shell("witness", "north", "--request", "request.txt", into="answer.txt")[0] == 0
        code, out, _ = shell("checkpoint", "--answer", "answer.txt", "--witness", north.strip())
        assert (code, out.count("\n— ")) == (0, 2)
        write(300)
        shell("checkpoint", into="second.txt")
    trusting = (shell.folder / "policy.txt").read_text().replace("quorum none", "")
    (shell.folder / "trusting.txt").write_text(f"{trusting}witness n {north}quorum n\n")
    shell("checkpoint", "--seen", "4", into="newer.txt")
    newer = ("verify", "newer.txt", "--older", "first.txt", "--policy")
    assert shell(*newer, "trusting.txt")[0] == 3, "the first was witnessed later than it was printed"
    code, out, _ = shell(*newer, "policy.txt")
    assert code == 0
    assert "begins with the 4 " in out
    assert "No witness that you believe" in out


def test_a_receipt_says_which_witness_saw_it_and_when(shell: Shell) -> None:
    _, north, _ = shell("witness", "north", "--new", "north.example")
    shell("checkpoint")
    shell("checkpoint", "--policy", into="policy.txt")
    (shell.folder / "north/policy.txt").write_text((shell.folder / "policy.txt").read_text())
    shell("checkpoint", "--seen", "0", into="request.txt")
    shell("witness", "north", "--request", "request.txt", into="answer.txt")
    shell("checkpoint", "--answer", "answer.txt", "--witness", north.strip())
    shell("prove", "1", "--open", "integrity", into="1.tlog-proof")
    trusting = (shell.folder / "policy.txt").read_text().replace("quorum none", "")
    (shell.folder / "policy.txt").write_text(f"{trusting}witness n {north}quorum n\n")
    code, out, _ = shell("verify", "1.tlog-proof", "--policy", "policy.txt")
    assert code == 0
    assert "Seen by n at 20" in out


def test_an_audit_says_what_agreed_and_what_was_done(shell: Shell) -> None:
    assert shell("audit")[0] == 3, "nothing was signed, so nothing was compared"
    shell("checkpoint", into="lodged.txt")
    code, out, err = shell("audit")
    assert (code, out) == (0, "4 entries, and they agree with 1 checkpoint.\n")
    assert "--checkpoint" in err
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {triggers.TABLE} WHERE sequence = 2")  # noqa: S608  our own name
        cursor.execute("DELETE FROM custody_logcheckpoint")
    triggers.put_up(connection)
    code, out, _ = shell("audit", "--checkpoint", "lodged.txt", "--json")
    assert code == 3
    assert "size 4" in json.loads(out)["problems"][0]


REFUSED: dict[str, Callable[[Shell], tuple[str, ...]]] = {
    "two things at once": lambda _: ("checkpoint", "--policy", "--seen", "0"),
    "an answer of nobody": lambda _: ("checkpoint", "--answer", "answer.txt"),
    "a witness and no answer": lambda _: ("checkpoint", "--witness", "north.example+56b05a0c+BDp3"),
    "a size that the log has not": lambda _: ("checkpoint", "--seen", "99"),
    "an entry that was not signed for": lambda _: ("prove", "99"),
    "a purpose that there is not": lambda _: ("prove", "1", "--open", "curiosity"),
    "an entry and a leaf": lambda _: (
        "verify",
        "x",
        "--policy",
        "policy.txt",
        "--entry",
        "x",
        "--salt",
        "x",
        "--leaf",
        "x",
    ),
    "a witness that is to do nothing": lambda _: ("witness", "north"),
    "a witness that is to do two things": lambda _: ("witness", "north", "--new", "n.example", "--port", "8700"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_cannot_be_meant_is_said_and_changes_nothing(shell: Shell, how: str) -> None:
    shell("checkpoint")
    shell("checkpoint", "--policy", into="policy.txt")
    (shell.folder / "x").write_text("x")
    code, out, err = shell(*REFUSED[how](shell))
    assert (code, out) == (2, "")
    assert err.startswith("safehand: ")
    assert (CustodyEntry.objects.count(), LogCheckpoint.objects.count()) == (4, 1)
    assert not (shell.folder / "north").exists()
