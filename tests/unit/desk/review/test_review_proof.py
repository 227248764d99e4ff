"""The custody log of a case for a court's expert: whom it is given to, what is in it, and that it can be checked."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from desk_cast import NAMES, WORDS, Ready, clock, hold, signed_in
from kept_rows import altered_unseen, said_in_entries
from repository import ROOT
from safehand.desk.core.state import State
from safehand.desk.custody import giving, triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.giving import files_of_case, files_to_lodge, verifier, zipped
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.custody.proving import keep_answer
from safehand.desk.custody.signed_log import newest, sign_log
from safehand.desk.custody.stamping import stamp_newest
from safehand.desk.officers.roles import HELD, Held, Role
from safehand.desk.review.actions import read_page
from safehand.desk.review.giving_proof import give, given_before
from safehand.desk.review.models import ProofGiven
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.settings.authority import Authority as Set
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of
from timestamp_authority import Authority
from verifier_copy import VERIFIER, run
from witness_made import north, sees

pytestmark = pytest.mark.django_db

WHO, WHY = "Dr M. Sand, of Sand and Reed", "They asked for it on Friday"
OTHER = "SH-8Q2V5TR41"


@pytest.fixture
def where(ready: Ready) -> str:
    """Alice read a page, something was done in another case, and Alice read on."""
    read_page(ready.cast.alice, ready.case, 1, clock=clock)
    enter(OTHER)
    read_page(ready.cast.alice, ready.case, 1, clock=clock)
    return f"/cases/{ready.case.reference}/proof/"


def enter(case: str, about: str = "case") -> None:
    with transaction.atomic():
        record(Verb.REPORTS_LINKED, actor="officer:alice", case=case, record=about, clock=clock)


def given(browser: Client, where: str) -> bytes:
    answer = browser.post(where, {"to": "defence", "who": WHO, "why": WHY})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip"), answer.content.decode()
    return answer.content


def unpacked(data: bytes, folder: Path) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def shell(commands: str, folder: Path) -> str:
    done = subprocess.run(["sh", "-c", commands], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def commands_of(readme: str, begins: str) -> str:
    """The indented lines from the one that begins so, to the end of its block."""
    lines = readme.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"    {begins}"))
    block = []
    for line in lines[at:]:
        if not line.startswith("    "):
            break
        block.append(line[4:])
    return "\n".join(block)


# What is in it.


def test_every_entry_of_the_case_is_there_opened_and_none_of_another(
    as_alice: Client, where: str, ready: Ready
) -> None:
    with zipfile.ZipFile(io.BytesIO(given(as_alice, where))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    before = CustodyEntry.objects.filter(case=ready.case.reference).exclude(verb="proof.given")
    numbers = [row.sequence for row in before]
    assert [name for name in files if name.endswith(".tlog-proof")] == [f"entries/{at}.tlog-proof" for at in numbers]
    assert not [name for name in files if name.endswith(".leaf")]
    rows = list(csv.DictReader(io.StringIO(files["entries.csv"].decode())))
    assert [(row["entry"], row["did"], row["shown"]) for row in rows] == [
        (str(row.sequence), row.verb, "opened") for row in before
    ]
    everything = b"".join(files.values()).decode("latin-1")
    for secret in (*NAMES, *WORDS, OTHER, WHO, WHY):
        assert secret not in everything, secret
    assert files["check_safehand.py"] == VERIFIER.read_bytes() == verifier()


def test_that_it_was_given_is_a_disclosure_with_recipient_reason_and_the_hash_of_the_file(
    as_alice: Client, where: str, ready: Ready
) -> None:
    data = given(as_alice, where)
    entry = parse_entry(bytes(CustodyEntry.objects.latest("sequence").canonical))
    assert (entry.act.value, entry.verb.value, entry.actor) == ("disclosure", "proof.given", "officer:alice")
    assert (entry.case, entry.record, entry.recipient) == (ready.case.reference, "log", "expert:defence")
    assert entry.reason is not None
    assert (entry.reason.value, entry.details["file"]) == ("criminal_proceedings", sha256_of(data))
    assert not [problem for problem in problems_of_rows() if "What was decided" in problem]
    assert altered_unseen(ProofGiven, said_in_entries()) == []
    row = ProofGiven.objects.get()
    assert WHO.encode() not in bytes(row.sealed_who) + bytes(row.sealed_why)
    signed = newest()
    assert signed is not None
    assert (row.size, signed.checkpoint.size) == (entry.sequence - 1, entry.sequence - 1), "signed as it stood"


def test_whom_it_was_given_to_is_shown_and_that_is_an_entry(as_alice: Client, where: str) -> None:
    count = CustodyEntry.objects.count()
    page = as_alice.get(where).content.decode()
    assert CustodyEntry.objects.count() == count, "there was nothing to show"
    assert sha256_of(VERIFIER.read_bytes()) in page
    data = given(as_alice, where)
    page = as_alice.get(where).content.decode()
    assert CustodyEntry.objects.latest("sequence").verb == "proofs.shown"
    for shown in (WHO, WHY, "The defence", sha256_of(data)):
        assert shown in page


@pytest.mark.parametrize("lacks", ["to", "who", "why"])
def test_without_whom_and_why_nothing_is_given(as_alice: Client, where: str, ready: Ready, lacks: str) -> None:
    said = {"to": "court", "who": WHO, "why": WHY}
    page = as_alice.post(where, {**said, lacks: " "})
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
    with pytest.raises(UsageError):
        give(ready.cast.alice, ready.case, **{**said, lacks: " "}, clock=clock)
    assert not CustodyEntry.objects.filter(verb="proof.given").exists()


def test_of_a_log_that_was_changed_nothing_is_given(as_alice: Client, where: str) -> None:
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE custody_custodyentry SET leaf_hash = REPLACE(leaf_hash, '1', '2')")
    triggers.put_up(connection)
    page = as_alice.post(where, {"to": "court", "who": WHO, "why": WHY})
    assert page.status_code == 409
    assert "Nothing was given" in page.content.decode()
    assert not ProofGiven.objects.exists()


# Who may.


@pytest.mark.parametrize("held", HELD)
def test_it_is_for_the_disclosure_officer_of_the_case_and_the_actions_ask_too(ready: Ready, held: Held) -> None:
    enter(ready.case.reference)
    bob = hold(ready.cast.bob, held)
    if held is Role.DISCLOSURE:
        assert give(bob, ready.case, "court", WHO, WHY, clock=clock).data
        assert "with its proof" in signed_in(bob).get(f"/cases/{ready.case.reference}/who-saw-what/").content.decode()
        return
    for act in (lambda: give(bob, ready.case, "court", WHO, WHY), lambda: given_before(bob, ready.case)):
        with pytest.raises(NotAllowed):
            act()


def test_who_is_not_on_the_case_gives_nothing(ready: Ready, where: str) -> None:
    charlie = hold(ready.cast.charlie, Role.DISCLOSURE)
    assert signed_in(charlie).get(where).status_code == 404
    with pytest.raises(Http404):
        give(charlie, ready.case, "court", WHO, WHY, clock=clock)


# What the expert does with it.


def test_the_verifier_in_it_finds_each_entry_and_one_byte_that_was_flipped(
    as_alice: Client, where: str, tmp_path: Path
) -> None:
    folder = unpacked(given(as_alice, where), tmp_path / "empty")
    assert "FAILED" not in shell("sha256sum -c SHA256SUMS", folder)
    readme = (folder / "README.txt").read_text()
    assert "its dates are the unit's word" in readme
    one = commands_of(readme, "python3 -I -S check_safehand.py proof")
    told = shell(one, folder)
    assert "The log signed that." in told
    assert "WRONG" not in told
    every = commands_of(readme, "for each in")
    assert shell(every, folder) == ""
    name = one.split()[5]
    proof = (folder / name).read_text()
    for line, place in ((1, 20), (3, 10), (-1, -20)):
        lines = proof.splitlines()
        at = lines[line]
        lines[line] = at[:place] + ("A" if at[place] != "A" else "B") + at[place + 1 :]
        (folder / name).write_text("\n".join(lines) + "\n")
        assert run(folder, "proof", name, "--policy", "policy.txt")[0] == 1
        assert "WRONG" in shell(every, folder)


def test_entries_that_would_show_another_case_are_proved_and_not_opened(
    ready: Ready, desk_state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(ready.case.reference)
    enter(ready.case.reference, f"case:{OTHER}")
    enter(OTHER)
    enter(ready.case.reference)
    names = [row.sequence for row in CustodyEntry.objects.filter(record=f"case:{OTHER}")]
    last = CustodyEntry.objects.latest("sequence").sequence
    monkeypatch.setattr(giving, "OLDER", "safehand.custody/2")  # as if each named the one before by a hash
    given = files_of_case(desk_state, "Plot 14", ready.case.reference, sign_log(desk_state, clock=clock))
    assert given.closed == 2
    folder = unpacked(zipped(given.files, 0), tmp_path / "empty")
    assert [int(path.stem) for path in sorted((folder / "entries").glob("*.leaf"))] == [*names, last]
    assert OTHER.encode() not in b"".join(given.files.values())
    readme = (folder / "README.txt").read_text()
    assert f"Closed: {names[0]}, {last}." in readme
    assert shell(commands_of(readme, "for each in"), folder) == ""
    (folder / f"entries/{last}.leaf").write_bytes(b"safehand.leaf/1 " + b"0" * 64 + b"\n")
    assert "WRONG" in shell(commands_of(readme, "for each in"), folder)


def test_who_dated_and_saw_the_log_before_stands_beside_it_and_leads_to_it(
    ready: Ready, desk_state: State, tmp_path: Path, settings: Settings
) -> None:
    authority = Authority(tmp_path / "authority")
    settings.TIMESTAMPS = Set("http://tsa.example", authority.certificates)
    enter(ready.case.reference)
    old = sign_log(desk_state, clock=clock)
    stamp_newest(clock, lambda request, _: authority.answer(request))
    keep_answer(sees(old.note.text), [north()], clock=clock)
    enter(ready.case.reference)
    enter(OTHER)
    signed = sign_log(desk_state, clock=clock)
    given = files_of_case(desk_state, "Plot 14", ready.case.reference, signed)
    lodged = files_to_lodge(desk_state, "Plot 14", signed)
    assert set(lodged) < set(given.files)
    for name, files in (("case", given.files), ("lodged", lodged)):
        folder = unpacked(zipped(files, signed.signed_at), tmp_path / name)
        assert "FAILED" not in shell("sha256sum -c SHA256SUMS", folder)
        readme = (folder / "README.txt").read_text()
        for part in ("dated", "witnessed"):
            told = shell(commands_of(readme, f"cd {part}"), folder)
            assert (
                f"The log of {signed.checkpoint.size} entries begins with the {old.checkpoint.size} of before" in told
            )
            assert ("Verification: OK" in told) == (part == "dated")
            assert "WRONG" not in told
        (folder / "dated/checkpoint.txt").write_text((folder / "checkpoint.txt").read_text())
        told = shell(commands_of(readme, "cd dated"), folder)
        assert "Verification: OK" not in told
        assert "WRONG" in told


def test_what_is_lodged_is_one_file_and_to_take_it_is_no_entry(ready: Ready, desk_state: State) -> None:
    auditor = signed_in(hold(ready.cast.bob, Role.AUDITOR))
    where = "/log/checkpoint/files"
    assert auditor.get(where).status_code == 302, "nothing was signed yet"
    enter(ready.case.reference)
    sign_log(desk_state, clock=clock)
    count = CustodyEntry.objects.count()
    answer = auditor.get(where)
    assert answer["Content-Disposition"] == f'attachment; filename="checkpoint-{count}.zip"'
    assert answer.content == auditor.get(where).content, "the same files make the same bytes"
    assert CustodyEntry.objects.count() == count
    assert sha256_of(VERIFIER.read_bytes()) in auditor.get("/log/checkpoint/").content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        everything = b"".join(map(archive.read, archive.namelist())).decode("latin-1")
    for secret in (*NAMES, ready.case.reference, "alice"):
        assert secret not in everything.replace((ROOT / "verifier/check_safehand.py").read_text("utf-8"), "")
